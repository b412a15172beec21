/**
 * Records in memory: tables of the structure, what each process has selected and loaded, locks between processes, transactions.
 *
 * Make one with `createRecords(structure, { trace, uuid })`, fill it with `loadFixtures`. All state is plain data in `records.state`
 * (copy it with `structuredClone` for step back); every function takes the `Records` and the number of the 4D process it acts for.
 * - `releaseAll(records, process)` when a process ended or a legacy session closed.
 * - `readField` / `writeField` are what `[Table]Field` means in code.
 * - To look: `records.state.processes.get(n)` (selections, current records, sets …), `allLocks(records)`, `describeProcess`.
 */
import { tableByNumber } from './structure.js';
import type { Records } from './types.js';

export * from './current.js';
export * from './fixtures.js';
export { allLocks, type LockReason, lock, lockHolder, releaseAll, unlock, unlockAll } from './locks.js';
export { recordsWithValue } from './lookup.js';
export type { FixtureProblem } from './problems.js';
export * from './query.js';
export * from './relate.js';
export * from './relationKey.js';
export * from './relations.js';
export * from './selections.js';
export * from './state.js';
export * from './structure.js';
export * from './transactions.js';
export * from './types.js';

/** What a process has of the tables it used, for the debugger and the session explorer: names instead of numbers. */
export interface ProcessRecordsView {
  readonly tables: readonly {
    readonly table: string;
    readonly number: number;
    readonly readOnly: boolean;
    readonly selected: number;
    /** Position from 1 in the selection; 0 for none. */
    readonly position: number;
    /** Record number; -3 new, -1 none. */
    readonly record: number;
    readonly locked: boolean;
  }[];
  readonly namedSelections: readonly { readonly name: string; readonly table: string; readonly records: number }[];
  readonly sets: readonly { readonly name: string; readonly table: string; readonly records: number }[];
  readonly transactionLevel: number;
  /** Records that the process holds, by table. */
  readonly locks: readonly { readonly table: string; readonly record: number }[];
}

export function describeProcess(records: Records, process: number): ProcessRecordsView {
  const own = records.state.processes.get(process);
  const name = (table: number) => tableByNumber(records, table)?.name ?? String(table);
  const locks: { table: string; record: number }[] = [];
  for (const stored of records.state.tables.values()) {
    for (const [record, held] of stored.locks) if (held.process === process) locks.push({ table: name(stored.number), record });
  }
  return {
    tables: [...(own?.tables ?? [])].map(([number, state]) => ({
      table: name(number),
      number,
      readOnly: state.readOnly,
      selected: state.selection.length,
      position: Number.isInteger(state.position) && state.position < state.selection.length ? state.position + 1 : 0,
      record: state.current?.record ?? -1,
      locked: state.current?.loaded === true && !state.current.writable,
    })),
    namedSelections: [...(own?.namedSelections ?? [])].map(([key, s]) => ({ name: key, table: name(s.table), records: s.records.length })),
    sets: [...(own?.sets ?? [])].map(([key, s]) => ({ name: key, table: name(s.table), records: s.records.size })),
    transactionLevel: own?.transactions.length ?? 0,
    locks,
  };
}
