/** Transactions of a process; nothing of an open one is seen by others (facts: 4D theme page Transactions). */
import { unlock, unlockAll } from './locks.js';
import { processRecords, storedTable, storeRow, tableState, visibleRow } from './state.js';
import type { Records } from './types.js';

export function startTransaction(records: Records, process: number): void {
  processRecords(records, process).transactions.push({ changes: new Map(), suspended: false });
}

/** `Transaction level`: 0 outside. */
export function transactionLevel(records: Records, process: number): number {
  return records.state.processes.get(process)?.transactions.length ?? 0;
}

/** `VALIDATE TRANSACTION`: the changes of the innermost level go to the level around it, or into the datafile. False when none is open. */
export function validateTransaction(records: Records, process: number): boolean {
  const done = processRecords(records, process).transactions.pop();
  if (!done) return false;
  for (const [table, changed] of done.changes) for (const [record, row] of changed) storeRow(records, process, table, record, row);
  if (transactionLevel(records, process) === 0) unlockAll(records, process, 'transaction');
  return true;
}

/** `CANCEL TRANSACTION`: the changes of the innermost level are lost. Values changed in loaded records stay as they are in memory. False when none is open. */
export function cancelTransaction(records: Records, process: number): boolean {
  const own = processRecords(records, process);
  const lost = own.transactions.pop();
  if (!lost) return false;
  for (const [table, changed] of lost.changes) {
    const state = tableState(records, process, table);
    for (const record of changed.keys()) {
      if (visibleRow(records, process, table, record)) continue;
      // A record that only existed in the transaction is gone from everywhere.
      if (state.current?.record === record) state.current = undefined;
      if (storedTable(records, table).locks.has(record)) unlock(records, process, table, record, 'loaded');
      state.selection = state.selection.filter((other) => other !== record);
    }
    state.position = Math.min(state.position, state.selection.length);
  }
  if (own.transactions.length === 0) unlockAll(records, process, 'transaction');
  return true;
}

export function suspendTransaction(records: Records, process: number): void {
  const last = processRecords(records, process).transactions.at(-1);
  if (last) last.suspended = true;
}

export function resumeTransaction(records: Records, process: number): void {
  const last = processRecords(records, process).transactions.at(-1);
  if (last) last.suspended = false;
}

/** `Active transaction`: one is open and not suspended. */
export function activeTransaction(records: Records, process: number): boolean {
  const last = records.state.processes.get(process)?.transactions.at(-1);
  return last !== undefined && !last.suspended;
}
