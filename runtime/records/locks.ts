/** Record locks between processes (facts: 4D pages `load-record`, `locked`, `locked-by`, `unload-record`). */
import { processRecords, storedTable } from './state.js';
import { tableByNumber } from './structure.js';
import type { Lock, Records } from './types.js';

export type LockReason = 'loaded' | 'transaction' | 'pushed' | 'entity';

/** The process that holds a record, undefined when none does. */
export function lockHolder(records: Records, table: number, record: number): number | undefined {
  return storedTable(records, table).locks.get(record)?.process;
}

/** Takes the lock for a process; false when another process holds it. Taking it again for another reason adds that reason. */
export function lock(records: Records, process: number, table: number, record: number, reason: LockReason): boolean {
  const { locks } = storedTable(records, table);
  let held = locks.get(record);
  if (held && held.process !== process) return false;
  if (!held) {
    held = { process, loaded: false, transaction: false, pushed: 0, entity: false };
    locks.set(record, held);
    records.trace({ kind: 'record-locked', process, table: tableByNumber(records, table)?.name ?? String(table), record });
  }
  if (reason === 'pushed') held.pushed++;
  else held[reason] = true;
  return true;
}

/** Takes a reason away; the record is free when none is left. True when it became free. */
export function unlock(records: Records, process: number, table: number, record: number, reason: LockReason): boolean {
  const held = storedTable(records, table).locks.get(record);
  if (!held || held.process !== process) return false;
  if (reason === 'pushed') held.pushed = Math.max(0, held.pushed - 1);
  else held[reason] = false;
  return free(records, table, record, held);
}

function free(records: Records, table: number, record: number, held: Lock): boolean {
  if (held.loaded || held.transaction || held.pushed > 0 || held.entity) return false;
  storedTable(records, table).locks.delete(record);
  records.trace({
    kind: 'record-unlocked',
    process: held.process,
    table: tableByNumber(records, table)?.name ?? String(table),
    record,
  });
  return true;
}

/** Takes away one reason, or all of them, from every lock of a process. Gives the number of records that became free. */
export function unlockAll(records: Records, process: number, reason?: LockReason): number {
  let count = 0;
  for (const [table, { locks }] of records.state.tables) {
    for (const [record, held] of locks) {
      if (held.process !== process) continue;
      if (!reason || reason === 'loaded') held.loaded = false;
      if (!reason || reason === 'transaction') held.transaction = false;
      if (!reason || reason === 'pushed') held.pushed = 0;
      if (!reason || reason === 'entity') held.entity = false;
      if (free(records, table, record, held)) count++;
    }
  }
  return count;
}

/** Every lock there is, for `Locked records info`, the console and the session explorer. */
export function allLocks(records: Records, table?: number): { table: number; record: number; process: number }[] {
  const found: { table: number; record: number; process: number }[] = [];
  for (const stored of records.state.tables.values()) {
    if (table !== undefined && stored.number !== table) continue;
    for (const [record, held] of stored.locks) found.push({ table: stored.number, record, process: held.process });
  }
  return found;
}

/**
 * Frees all that a process holds: locks, transactions (cancelled), current records, selections, named selections and sets.
 * To be called when a process ended or a legacy session closed (facts: web-sessions §2.2).
 * `unlocked`: records that became free; `selections`: current and named selections that held records.
 */
export function releaseAll(records: Records, process: number): { unlocked: number; selections: number } {
  if (!records.state.processes.has(process)) return { unlocked: unlockAll(records, process), selections: 0 };
  const own = processRecords(records, process);
  const selections =
    [...own.tables.values()].filter((table) => table.selection.length > 0).length +
    [...own.namedSelections.values()].filter((selection) => selection.records.length > 0).length;
  records.state.processes.delete(process);
  return { unlocked: unlockAll(records, process), selections };
}
