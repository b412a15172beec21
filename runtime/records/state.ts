import type { StructureCatalog } from '#syntaxes/project/types.js';
import type { Trace } from '../trace.js';
import { copyValue } from '../values/copy.js';
import type { Value } from '../values/value.js';
import { putRow } from './lookup.js';
import { defaultFieldValue, tableByNumber } from './structure.js';
import type { ProcessRecords, Records, RecordsState, Row, StoredTable, TableState } from './types.js';

/** An empty datafile for a structure. `trace` gets the lock events, `uuid` fills auto-generated keys. */
export function createRecords(structure: StructureCatalog, edges: { readonly trace: Trace; readonly uuid: () => string }): Records {
  const state: RecordsState = { tables: new Map(), processes: new Map(), namedSelections: new Map(), sets: new Map() };
  for (const { number } of structure.tables) {
    state.tables.set(number, { number, rows: new Map(), locks: new Map(), nextRecord: 0, nextSequence: 1 });
  }
  return { structure, state, ...edges };
}

/** Rows and locks of a table. A table that the structure lacks gets an empty one, so that no caller has to ask. */
export function storedTable(records: Records, table: number): StoredTable {
  let stored = records.state.tables.get(table);
  if (!stored) {
    stored = { number: table, rows: new Map(), locks: new Map(), nextRecord: 0, nextSequence: 1 };
    records.state.tables.set(table, stored);
  }
  return stored;
}

/** What a process has of the records, made on demand. */
export function processRecords(records: Records, process: number): ProcessRecords {
  let own = records.state.processes.get(process);
  if (!own) {
    own = {
      tables: new Map(),
      namedSelections: new Map(),
      sets: new Map(),
      transactions: [],
      defaultTable: undefined,
      queryDestination: { to: 'selection' },
      queryLimit: 0,
      queryAndLock: false,
      automaticOne: false,
      automaticMany: false,
    };
    records.state.processes.set(process, own);
  }
  return own;
}

/** What a process has of one table, made on demand: read/write, nothing selected. */
export function tableState(records: Records, process: number, table: number): TableState {
  const own = processRecords(records, process);
  let state = own.tables.get(table);
  if (!state) {
    state = { readOnly: false, selection: [], position: -1, current: undefined, pushed: [], query: [], order: [] };
    own.tables.set(table, state);
  }
  return state;
}

/** A stored row as this process sees it, its own open transactions included; undefined when there is none. */
export function visibleRow(records: Records, process: number, table: number, record: number): Row | undefined {
  const transactions = records.state.processes.get(process)?.transactions;
  if (transactions) {
    for (let i = transactions.length - 1; i >= 0; i--) {
      const changed = transactions[i].changes.get(table);
      if (changed?.has(record)) return changed.get(record);
    }
  }
  return storedTable(records, table).rows.get(record);
}

/** Numbers of all records that this process sees, in order. */
export function visibleRecords(records: Records, process: number, table: number): number[] {
  const stored = storedTable(records, table);
  const transactions = records.state.processes.get(process)?.transactions;
  if (!transactions?.some((transaction) => transaction.changes.has(table))) return inOrder([...stored.rows.keys()]);
  const numbers = new Set(stored.rows.keys());
  for (const { changes } of transactions) {
    for (const [record, row] of changes.get(table) ?? []) {
      if (row) numbers.add(record);
      else numbers.delete(record);
    }
  }
  return inOrder([...numbers]);
}

function inOrder(numbers: number[]): number[] {
  for (let i = 1; i < numbers.length; i++) if (numbers[i] < numbers[i - 1]) return numbers.sort((a, b) => a - b);
  return numbers;
}

/** Puts a row (or its deletion) into the innermost active transaction of the process, or into the datafile. */
export function storeRow(records: Records, process: number, table: number, record: number, row: Row | undefined): void {
  const stored = storedTable(records, table);
  stored.stamps ??= new Map();
  stored.stamps.set(record, (stored.stamps.get(record) ?? (stored.rows.has(record) ? 1 : 0)) + 1);
  const transactions = records.state.processes.get(process)?.transactions ?? [];
  for (let i = transactions.length - 1; i >= 0; i--) {
    const { changes, suspended } = transactions[i];
    if (suspended) continue;
    const changed = changes.get(table) ?? new Map<number, Row | undefined>();
    changes.set(table, changed.set(record, row));
    return;
  }
  putRow(stored, record, row);
}

/** True while a transaction of the process takes its changes (one is open and not suspended). */
export function inActiveTransaction(records: Records, process: number): boolean {
  return (records.state.processes.get(process)?.transactions ?? []).some((transaction) => !transaction.suspended);
}

/** A row with the default of each field. */
export function emptyRow(records: Records, table: number): Value[] {
  const values: Value[] = [undefined];
  for (const field of tableByNumber(records, table)?.fields ?? []) values[field.number] = defaultFieldValue(field);
  return values;
}

/** A copy whose objects are its own. */
export function copyRow(row: Row): Value[] {
  return row.map((value) => copyValue(value));
}
