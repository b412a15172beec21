/** Theme Queries (facts: 4D theme page `Queries`). Queries without criteria, which open an editor in 4D, are not modelled. */

import type { Argument } from '../machine/types.js';
import * as r from '../records/records.js';
import { equalValues } from '../values/compare.js';
import type { Value } from '../values/value.js';
import { notModelled, raise } from './errors.js';
import { afterTable, fieldArgument, fieldOrNone, tableArgument } from './tables.js';
import { type Call, Theme } from './theme.js';

export const queries = new Theme('Queries');

const process = (call: Call) => call.process.number;

type Conjunction = r.Criterion['conjunction'];
const operatorOf = (argument: Argument): string | undefined =>
  typeof argument === 'object' && argument !== null && 'a' in argument && argument.a === 'operator' ? argument.operator : undefined;

/** The criteria of one QUERY line, from argument `first`; also in pieces: `field; comparator; value`. */
function criteriaOf(call: Call, first: number, end: number): r.Criterion[] {
  const found: r.Criterion[] = [];
  let conjunction: Conjunction = '';
  for (let i = first; i < end; i++) {
    const argument = call.args[i];
    const sign = operatorOf(argument);
    if (sign === '&' || sign === '|' || sign === '#') {
      conjunction = sign;
    } else if (typeof argument === 'object' && argument !== null && 'a' in argument && argument.a === 'criterion') {
      const { field } = argument;
      if (field.ref !== 'field') noField(call, i);
      else {
        found.push({
          conjunction: argument.conjunction || conjunction,
          table: field.table,
          field: field.field,
          comparator: argument.comparator,
          value: argument.value,
          ...(argument.path ? { path: argument.path } : {}),
        });
      }
      conjunction = '';
    } else {
      const field = fieldOrNone(call, i) ?? noField(call, i);
      if (i + 2 >= end) noField(call, i);
      const comparator = operatorOf(call.args[i + 1]) ?? call.text(i + 1).trim();
      found.push({ conjunction, table: field.table, field: field.field, comparator, value: call.value(i + 2) });
      conjunction = '';
      i += 2;
    }
  }
  return found;
}

function noField(call: Call, index: number): never {
  return raise(
    2,
    {
      en: '{0} needs a criterion as argument {1}: a field, a comparator and a value, as in [Shop]City="Ly@".',
      es: '{0} necesita un criterio como argumento {1}: un campo, un comparador y un valor, como en [Shop]City="Ly@".',
    },
    call.command,
    index + 1,
  );
}

/** QUERY and QUERY SELECTION: lines that end with `*` wait, each table has its own. */
function query(call: Call, inSelection: boolean): void {
  const all = call.host.records;
  const first = afterTable(call);
  const goesOn = call.count() > first && call.isOperator(call.count() - 1);
  const criteria = criteriaOf(call, first, goesOn ? call.count() - 1 : call.count());
  const table =
    first === 1 || criteria.length === 0 ? tableArgument(call) : (r.processRecords(all, process(call)).defaultTable ?? criteria[0].table);
  const state = r.tableState(all, process(call), table);
  for (const criterion of criteria) {
    const conjunction: Conjunction = state.query.length === 0 ? '' : criterion.conjunction || '&';
    state.query.push({ ...criterion, conjunction });
  }
  if (goesOn) return;
  const lines = state.query;
  state.query = [];
  if (lines.length === 0) {
    notModelled(
      {
        en: '{0} without criteria opens the Query editor, which is not simulated. Give criteria, or a stand-in for {0}.',
        es: '{0} sin criterios abre el editor de búsquedas, que no se simula. Indique criterios, o un sustituto de {0}.',
      },
      call.command,
    );
  }
  finish(call, r.runQuery(all, process(call), table, lines, inSelection));
}

/** Puts the count where SET QUERY DESTINATION wants it, and sets OK. */
function finish(call: Call, { count, ok }: { readonly count: number; readonly ok: boolean }): void {
  const { queryDestination } = r.processRecords(call.host.records, process(call));
  if (queryDestination.to === 'variable') call.machine.write(call.process, queryDestination.variable, count);
  call.setSystem('OK', ok ? 1 : 0);
}

queries.command(277, 'QUERY', (call) => {
  query(call, false);
});
queries.command(341, 'QUERY SELECTION', (call) => {
  query(call, true);
});

/** QUERY WITH ARRAY and its kin: the field equals one of the elements. */
function withArray(call: Call, inSelection: boolean): void {
  const { table, field } = fieldArgument(call, 0);
  const all = call.host.records;
  const wanted = call.array(1).items.slice(1) as Value[];
  const scope = inSelection ? r.tableState(all, process(call), table).selection : r.visibleRecords(all, process(call), table);
  const found = scope.filter((record) => {
    const value = r.visibleRow(all, process(call), table, record)?.[field];
    return wanted.some((one) => equalValues(value, one));
  });
  finish(call, r.deliver(all, process(call), table, found));
}
queries.command(644, 'QUERY WITH ARRAY', (call) => {
  withArray(call, false);
});
queries.command(1050, 'QUERY SELECTION WITH ARRAY', (call) => {
  withArray(call, true);
});

/** QUERY BY ATTRIBUTE and its kin: `{table;} {conjunction;} field; path; comparator; value {; *}`. */
function byAttribute(call: Call, inSelection: boolean): void {
  const all = call.host.records;
  let i: number = afterTable(call);
  const table = i === 1 ? tableArgument(call) : undefined;
  const goesOn = call.isOperator(call.count() - 1);
  const sign = operatorOf(call.args[i]);
  if (sign) i++;
  const field = fieldArgument(call, i);
  const queried = table ?? r.processRecords(all, process(call)).defaultTable ?? field.table;
  const state = r.tableState(all, process(call), queried);
  const conjunction: Conjunction = state.query.length === 0 ? '' : ((sign as Conjunction | undefined) ?? '&');
  const path = call
    .text(i + 1)
    .split('.')
    .map((name) => name.trim().replace(/\[\w\]$/, '[]'))
    .join('.');
  const comparator = operatorOf(call.args[i + 2]) ?? call.text(i + 2).trim();
  state.query.push({ conjunction, table: field.table, field: field.field, comparator, value: call.value(i + 3), path });
  if (goesOn) return;
  const lines = state.query;
  state.query = [];
  finish(call, r.runQuery(all, process(call), queried, lines, inSelection));
}
queries.command(1331, 'QUERY BY ATTRIBUTE', (call) => {
  byAttribute(call, false);
});
queries.command(1424, 'QUERY SELECTION BY ATTRIBUTE', (call) => {
  byAttribute(call, true);
});

// ---- formulas over records

interface FormulaQuery {
  readonly table: number;
  readonly records: readonly number[];
  readonly at: number;
  readonly found: readonly number[];
}

function byFormula(call: Call, inSelection: boolean): ReturnType<Parameters<typeof queries.command>[2]> {
  const all = call.host.records;
  const table = tableArgument(call);
  const scope = inSelection ? r.tableState(all, process(call), table).selection : r.visibleRecords(all, process(call), table);
  return askNext(call, { table, records: scope, at: 0, found: [] });
}

function askNext(call: Call, state: FormulaQuery): ReturnType<Parameters<typeof queries.command>[2]> {
  if (state.at < state.records.length) {
    r.showRecord(call.host.records, process(call), state.table, state.records[state.at]);
    return { native: 'call', code: { formula: call.value(1) }, args: [], then: 'QUERY BY FORMULA', state };
  }
  finish(call, r.deliver(call.host.records, process(call), state.table, [...state.found]));
  return undefined;
}

queries.command(48, 'QUERY BY FORMULA', (call) => byFormula(call, false));
queries.command(207, 'QUERY SELECTION BY FORMULA', (call) => byFormula(call, true));
queries.continuation('QUERY BY FORMULA', (call, kept, result) => {
  const state = kept as FormulaQuery;
  const found = result === true ? [...state.found, state.records[state.at]] : state.found;
  return askNext(call, { ...state, at: state.at + 1, found });
});

interface FormulaSort {
  readonly table: number;
  readonly records: readonly number[];
  /** Keys of the records so far, one list a record. */
  readonly keys: readonly (readonly Value[])[];
  readonly level: number;
  readonly row: readonly Value[];
}

/** Arguments that are formulas, with their direction. */
function formulaLevels(call: Call): { readonly index: number; readonly descending: boolean }[] {
  const levels: { index: number; descending: boolean }[] = [];
  for (let i = 1; i < call.count(); i++) {
    if (operatorOf(call.args[i]) === undefined) levels.push({ index: i, descending: operatorOf(call.args[i + 1]) === '<' });
  }
  return levels;
}

queries.command(300, 'ORDER BY FORMULA', (call) => {
  const table = tableArgument(call);
  const { selection } = r.tableState(call.host.records, process(call), table);
  return keyNext(call, { table, records: selection, keys: [], level: 0, row: [] });
});

function keyNext(call: Call, state: FormulaSort): ReturnType<Parameters<typeof queries.command>[2]> {
  const levels = formulaLevels(call);
  const { table, records: numbers, keys } = state;
  if (keys.length < numbers.length && levels.length > 0) {
    if (state.level === 0) r.showRecord(call.host.records, process(call), table, numbers[keys.length]);
    return { native: 'call', code: { formula: call.value(levels[state.level].index) }, args: [], then: 'ORDER BY FORMULA', state };
  }
  const order = numbers.map((_, i) => i);
  order.sort((a, b) => {
    for (const [i, level] of levels.entries()) {
      const found = r.sortOrder(keys[a][i], keys[b][i]);
      if (found !== 0) return level.descending ? -found : found;
    }
    return 0;
  });
  r.setSelection(
    call.host.records,
    process(call),
    table,
    order.map((i) => numbers[i]),
  );
  call.setSystem('OK', 1);
  return undefined;
}

queries.continuation('ORDER BY FORMULA', (call, kept, result) => {
  const state = kept as FormulaSort;
  const row = [...state.row, result];
  if (row.length < formulaLevels(call).length) return keyNext(call, { ...state, level: state.level + 1, row });
  return keyNext(call, { ...state, keys: [...state.keys, row], level: 0, row: [] });
});

// ---- sorts

/** ORDER BY: `{table;} field {; > or <} … {; *}`; lines that end with `*` wait. */
queries.command(49, 'ORDER BY', (call) => {
  sort(call, false);
});
queries.command(1407, 'ORDER BY ATTRIBUTE', (call) => {
  sort(call, true);
});

function sort(call: Call, attribute: boolean): void {
  const all = call.host.records;
  const first = afterTable(call);
  const goesOn = call.count() > first && call.isOperator(call.count() - 1);
  const end = goesOn ? call.count() - 1 : call.count();
  const levels: r.SortLevel[] = [];
  for (let i: number = first; i < end; i++) {
    const sign = operatorOf(call.args[i]);
    if (sign !== undefined) continue;
    const { table, field } = fieldArgument(call, i);
    const path = attribute ? call.text(++i) : undefined;
    levels.push({ table, field, descending: operatorOf(call.args[i + 1]) === '<', ...(path ? { path } : {}) });
  }
  const table =
    first === 1 || levels.length === 0 ? tableArgument(call) : (r.processRecords(all, process(call)).defaultTable ?? levels[0].table);
  const state = r.tableState(all, process(call), table);
  state.order.push(...levels);
  if (goesOn) return;
  const wanted = state.order;
  state.order = [];
  if (wanted.length === 0) {
    notModelled(
      {
        en: '{0} without fields opens the Order By editor, which is not simulated. Give fields, or a stand-in for {0}.',
        es: '{0} sin campos abre el editor de ordenación, que no se simula. Indique campos, o un sustituto de {0}.',
      },
      call.command,
    );
  }
  r.orderSelection(all, process(call), table, wanted);
  call.setSystem('OK', 1);
}

queries.command(350, 'SCAN INDEX', (call) => {
  const all = call.host.records;
  const { table, field } = fieldArgument(call, 0);
  const numbers = r.visibleRecords(all, process(call), table);
  const sorted = r.sortRecords(all, process(call), table, [{ table, field, descending: call.isOperator(2, '<') }], numbers);
  r.setSelection(all, process(call), table, sorted.slice(0, Math.max(0, call.integer(1))));
});

queries.command(653, 'Find in field', (call) => {
  const all = call.host.records;
  const { table, field } = fieldArgument(call, 0);
  const [record] = r.recordsWith(all, process(call), table, field, call.value(1));
  if (record === undefined) return -1;
  const argument = call.args[1];
  if (typeof argument === 'object' && argument !== null && 'ref' in argument)
    call.set(1, r.visibleRow(all, process(call), table, record)?.[field]);
  return record;
});

// ---- settings

queries.command(396, 'SET QUERY DESTINATION', (call) => {
  const own = r.processRecords(call.host.records, process(call));
  switch (call.integer(0)) {
    case 1:
      own.queryDestination = { to: 'set', name: call.text(1) };
      break;
    case 2:
      own.queryDestination = { to: 'named', name: call.text(1) };
      break;
    case 3:
      own.queryDestination = { to: 'variable', variable: call.reference(call.has(2) ? 2 : 1) };
      break;
    default:
      own.queryDestination = { to: 'selection' };
  }
});
queries.command(1155, 'GET QUERY DESTINATION', (call) => {
  const { queryDestination: destination } = r.processRecords(call.host.records, process(call));
  call.set(0, ['selection', 'set', 'named', 'variable'].indexOf(destination.to));
  call.set(1, 'name' in destination ? destination.name : '');
  if (call.has(2)) call.set(2, { t: 'pointer', target: destination.to === 'variable' ? destination.variable : undefined });
});
queries.command(395, 'SET QUERY LIMIT', (call) => {
  r.processRecords(call.host.records, process(call)).queryLimit = Math.max(0, call.integer(0));
});
queries.reader(1156, 'Get query limit', (call) => r.processRecords(call.host.records, process(call)).queryLimit);
queries.command(661, 'SET QUERY AND LOCK', (call) => {
  r.processRecords(call.host.records, process(call)).queryAndLock = call.boolean(0);
});
