/** Themes Math and On a Series (facts: 4D theme pages `Math`, `On a Series`). */

import { sortOrder } from '../records/query.js';
import { fieldReader, tableState, valueAtPath } from '../records/records.js';
import { roundTo } from '../values/format.js';
import type { Value } from '../values/value.js';
import { BAD_PARAMETER, raise } from './errors.js';
import { type Call, Theme } from './theme.js';

export const math = new Theme('Math');

math.reader(99, 'Abs', (call) => Math.abs(call.number(0)));
math.reader(20, 'Arctan', (call) => Math.atan(call.number(0)));
math.reader(18, 'Cos', (call) => Math.cos(call.number(0)));
math.reader(17, 'Sin', (call) => Math.sin(call.number(0)));
math.reader(19, 'Tan', (call) => Math.tan(call.number(0)));
math.reader(21, 'Exp', (call) => Math.exp(call.number(0)));
math.reader(22, 'Log', (call) => Math.log(call.number(0)));
math.reader(539, 'Square root', (call) => Math.sqrt(call.number(0)));
math.reader(8, 'Int', (call) => Math.floor(call.number(0)));
math.reader(9, 'Dec', (call) => {
  const number = call.number(0);
  // Taken from the decimal text, so that no binary rest shows.
  const decimals = /\.(\d+)/.exec(String(Math.abs(number)));
  return decimals && Math.abs(number) < 1e21 ? Number(`0.${decimals[1]}`) : 0;
});
math.reader(98, 'Mod', (call) => modulo(call.number(0), call.number(1)));

/** The rest of the division of the rounded numbers (4D page `commands/mod`), with the sign of the first number; 4D gives the first number when the second is 0. */
export function modulo(first: number, second: number): number {
  const divisor = roundTo(second, 0);
  return divisor === 0 ? first : roundTo(first, 0) % divisor;
}

math.reader(94, 'Round', (call) => roundTo(call.number(0), call.integer(1)));
math.reader(95, 'Trunc', (call) => truncateTo(call.number(0), call.integer(1)));

function truncateTo(value: number, decimals: number): number {
  if (!Number.isFinite(value) || value === 0) return value;
  const [mantissa, exponent = '0'] = String(value).split('e');
  const whole = Math.floor(Number(`${mantissa}e${Number(exponent) + decimals}`));
  const [digits, power = '0'] = String(whole).split('e');
  return Number(`${digits}e${Number(power) - decimals}`);
}

math.command(100, 'Random', (call) => Math.floor(call.machine.random.next() * 32768));
math.command(623, 'SET REAL COMPARISON LEVEL', (call) => {
  call.machine.state.realLevel = Math.abs(call.number(0));
  return undefined;
});

const euro: Record<string, number> = {
  ATS: 13.7603,
  BEF: 40.3399,
  DEM: 1.95583,
  ESP: 166.386,
  EUR: 1,
  FIM: 5.94573,
  FRF: 6.55957,
  GRD: 340.75,
  IEP: 0.787564,
  ITL: 1936.27,
  LUF: 40.3399,
  NLG: 2.20371,
  PTE: 200.482,
};
math.reader(676, 'Euro converter', (call) => {
  const rate = (index: number) =>
    euro[call.text(index).toUpperCase()] ??
    raise(
      BAD_PARAMETER,
      { en: '«{0}» is no currency that became the euro.', es: '«{0}» no es una moneda que pasara al euro.' },
      call.text(index),
    );
  return (call.number(0) / rate(1)) * rate(2);
});

// ---- on a series

/** The values of an array, or of a field over its table's current selection. */
function series(call: Call): readonly Value[] {
  const path = call.has(1) && typeof call.value(1) === 'string' ? call.text(1) : undefined;
  const array = call.arrayOrNone(0);
  if (array) {
    const values = array.items.slice(1).filter((item): item is Value => typeof item !== 'object' || item === null || item.t !== 'array');
    return path ? values.map((value) => valueAtPath(value, path)) : values;
  }
  const reference = call.reference(0);
  if (reference.ref !== 'field') {
    return raise(45, { en: '{0} needs an array or a field.', es: '{0} necesita un array o un campo.' }, call.command);
  }
  const { records } = call.host;
  const read = fieldReader(records, call.process.number, reference.table, reference.table, reference.field, path);
  return tableState(records, call.process.number, reference.table).selection.map(read);
}

function numbers(call: Call): number[] {
  const result: number[] = [];
  for (const value of series(call)) {
    if (typeof value === 'number') result.push(value);
    else if (typeof value === 'object' && value?.t === 'time') result.push(value.seconds);
  }
  return result;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const average = (values: readonly number[]) => (values.length === 0 ? 0 : sum(values) / values.length);
const variance = (values: readonly number[]) => {
  const mean = average(values);
  return values.length === 0 ? 0 : sum(values.map((value) => (value - mean) ** 2)) / values.length;
};

math.reader(1, 'Sum', (call) => sum(numbers(call)));
math.reader(2, 'Average', (call) => average(numbers(call)));
math.reader(3, 'Max', (call) => extreme(series(call), 1));
math.reader(4, 'Min', (call) => extreme(series(call), -1));
math.reader(26, 'Std deviation', (call) => Math.sqrt(variance(numbers(call))));
math.reader(27, 'Variance', (call) => variance(numbers(call)));
math.reader(28, 'Sum squares', (call) => sum(numbers(call).map((value) => value * value)));

function extreme(values: readonly Value[], sign: 1 | -1): Value {
  let best: Value;
  for (const value of values) {
    if (value === undefined || value === null) continue;
    if (best === undefined || sortOrder(value, best) * sign > 0) best = value;
  }
  return best ?? 0;
}
