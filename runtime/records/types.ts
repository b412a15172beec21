/**
 * Records as plain data: stored rows, and what each process has loaded, selected and locked.
 * `RecordsState` can be copied with `structuredClone` and put back (`records.state = copy`); all behaviour is in functions that take a `Records`.
 * The debugger and the session explorer may read all of it; only the functions of this room write it.
 */
import type { StructureCatalog } from '#syntaxes/project/types.js';
import type { Trace } from '../trace.js';
import type { Reference, Value } from '../values/value.js';

/** Values of a record by field number; index 0 is not used. A stored row is never changed: saving puts another in its place. */
export type Row = readonly Value[];

export interface Lock {
  readonly process: number;
  /** Held because the record is the loaded current record of its process in read/write mode. */
  loaded: boolean;
  /** Held until the end of the transaction in which the record was saved or deleted. */
  transaction: boolean;
  /** Held by `PUSH RECORD`, so many times. */
  pushed: number;
  /** Held by `entity.lock()`. */
  entity: boolean;
}

export interface StoredTable {
  readonly number: number;
  /** By record number, from 0. */
  readonly rows: Map<number, Row>;
  /** By record number. */
  readonly locks: Map<number, Lock>;
  /** How often each record was stored (`getStamp` of entities); made when first needed. */
  stamps?: Map<number, number>;
  nextRecord: number;
  /** What `Sequence number` and auto-incremented fields give next. */
  nextSequence: number;
}

/** The current record of a table in a process. */
export interface CurrentRecord {
  /** Record number; -3 while it is new and was not saved. */
  record: number;
  readonly values: Value[];
  /** Values as loaded, for `Old` and `Modified`. */
  old: Row;
  /** False when only the address is known: after `UNLOAD RECORD`. */
  loaded: boolean;
  /** True when the process may save it: read/write mode and nobody else holds it. */
  writable: boolean;
  /** The record was deleted by another process since the selection was made. */
  missing?: boolean;
}

/** What a process has of one table. */
export interface TableState {
  readOnly: boolean;
  /** Record numbers in order; replaced as a whole, never changed. */
  selection: readonly number[];
  /** Index in the selection; -1 before it, the selection's length behind it, a half where a record was deleted between two. */
  position: number;
  current: CurrentRecord | undefined;
  /** Put away by `PUSH RECORD`, newest last. */
  readonly pushed: CurrentRecord[];
  /** Lines of a `QUERY` or `ORDER BY` that end with `*`, waiting for the last one. */
  query: Criterion[];
  order: SortLevel[];
}

export interface NamedSelection {
  readonly table: number;
  readonly records: readonly number[];
  readonly position: number;
}

export interface RecordSet {
  readonly table: number;
  readonly records: ReadonlySet<number>;
}

/** Changes of one transaction level: rows by `table:record`, undefined for a deleted one. */
export interface Transaction {
  readonly changes: Map<number, Map<number, Row | undefined>>;
  suspended: boolean;
}

/** Where the next queries put their result (`SET QUERY DESTINATION`). */
export type QueryDestination =
  | { readonly to: 'selection' }
  | { readonly to: 'set' | 'named'; readonly name: string }
  | { readonly to: 'variable'; readonly variable: Reference };

/** What a process has of the records. */
export interface ProcessRecords {
  readonly tables: Map<number, TableState>;
  /** By folded name. */
  readonly namedSelections: Map<string, NamedSelection>;
  /** By folded name; `userset` and `lockedset` are 4D's own. */
  readonly sets: Map<string, RecordSet>;
  /** Outermost first. */
  readonly transactions: Transaction[];
  defaultTable: number | undefined;
  queryDestination: QueryDestination;
  /** `SET QUERY LIMIT`; 0 for none. */
  queryLimit: number;
  /** `SET QUERY AND LOCK` */
  queryAndLock: boolean;
  /** `SET AUTOMATIC RELATIONS`: manual relations act as automatic. */
  automaticOne: boolean;
  automaticMany: boolean;
}

export interface RecordsState {
  readonly tables: Map<number, StoredTable>;
  readonly processes: Map<number, ProcessRecords>;
  /** Named selections and sets whose name begins with `<>`: seen by all processes. */
  readonly namedSelections: Map<string, NamedSelection>;
  readonly sets: Map<string, RecordSet>;
}

/** One datafile with its structure. */
export interface Records {
  readonly structure: StructureCatalog;
  state: RecordsState;
  /** Gets `record-locked` and `record-unlocked`. */
  readonly trace: Trace;
  /** 32 upper-case hexadecimal digits, for auto-generated UUID fields. */
  readonly uuid: () => string;
}

export interface Criterion {
  /** Empty for the first. */
  readonly conjunction: '' | '&' | '|' | '#';
  readonly table: number;
  readonly field: number;
  /** `=` `#` `<` `>` `<=` `>=` `%` */
  readonly comparator: string;
  readonly value: Value;
  /** Path inside an object field (`QUERY BY ATTRIBUTE`). */
  readonly path?: string;
}

export interface SortLevel {
  readonly table: number;
  readonly field: number;
  readonly descending: boolean;
  readonly path?: string;
}

/** Record number of a new record that was not saved. */
export const NEW_RECORD = -3;
/** Answer of `Record number` when there is no current record. */
export const NO_CURRENT_RECORD = -1;
