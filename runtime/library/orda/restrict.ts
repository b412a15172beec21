/** `Function event restrict` of a dataclass: the entities that code may see (facts: 4D page `ORDA/entities`, Restricting entity selections). */
import type { Value } from '../../values/value.js';
import type { Call } from '../theme.js';
import { asSelection, dataClassValue, tableOf } from './model.js';
import { ask, type Reading } from './paths.js';

const FILTER = 'event restrict';

/** True where the dataclass of a table has a filter that is to be asked: in the filter itself there is none. */
function isRestricted(call: Call, table: number): boolean {
  const { name } = tableOf(call.host.records, table);
  if (!call.machine.classInfo?.(name)?.declared.has(FILTER)) return false;
  return !call.machine.callChain(call.process).some((each) => each.name === `${name}.${FILTER}`);
}

/** Those of the records that the filter lets through; all of them where it gives no entity selection of its dataclass. */
export function restricted(reading: Reading, table: number, records: readonly number[]): readonly number[] {
  const { call } = reading;
  if (!isRestricted(call, table)) return records;
  const className = tableOf(call.host.records, table).name;
  const self = dataClassValue(call.host.records, table);
  const result: Value = ask(reading, `restrict ${table}`, () => ({ code: { className, functionName: FILTER }, self }));
  const selection = asSelection(result);
  if (selection?.table !== table) return records;
  const seen = new Set(selection.records);
  return records.filter((record) => seen.has(record));
}
