import type { Bilingual } from '#syntaxes/text/bilingual.js';

/** What a path inside a project is (facts: `keywords.json`, projectLayout; Trash is no part of a project). Paths are relative to the project's root folder (the one that holds `Project`), with `/`. */
export interface SourceFile {
  readonly path: string;
  readonly kind: 'method' | 'databaseMethod' | 'class' | 'trigger' | 'formMethod' | 'objectMethod';
  /** Decoded (`%2F` is `/`): `Basket_add`, `onWebConnection`, `Shop`, form name … */
  readonly name: string;
  /** Table number of triggers and table forms. */
  readonly table?: number;
  readonly object?: string;
  /** The component it belongs to; absent for the project's own. */
  readonly component?: string;
}

/** First line of a method: `//%attributes = {…}`. */
export interface MethodAttributes {
  readonly publishedWeb: boolean;
  readonly invisible: boolean;
  readonly shared: boolean;
  readonly executedOnServer: boolean;
  readonly preemptive?: string;
  readonly language?: string;
}

export interface TableDefinition {
  readonly name: string;
  readonly number: number;
  readonly fields: readonly FieldDefinition[];
  /** Events that run the table's trigger; undefined for none. */
  readonly triggers?: { readonly insert: boolean; readonly update: boolean; readonly delete: boolean };
}

export interface FieldDefinition {
  readonly name: string;
  readonly number: number;
  /** 4D's type as words: `text`, `integer`, `integer64`, `real`, `boolean`, `date`, `time`, `blob`, `picture`, `object`, `uuid`. */
  readonly type: string;
  readonly autoSequence: boolean;
  readonly autoGenerate: boolean;
  readonly primaryKey: boolean;
  readonly unique: boolean;
  /** Of an alpha field, in characters. */
  readonly maxLength?: number;
}

export interface RelationDefinition {
  readonly name?: string;
  readonly many: { readonly table: number; readonly field: number };
  readonly one: { readonly table: number; readonly field: number };
  readonly manyToOneName?: string;
  readonly oneToManyName?: string;
}

export interface StructureCatalog {
  readonly tables: readonly TableDefinition[];
  readonly relations: readonly RelationDefinition[];
}

export type SessionMode = 'legacy' | 'scalable' | 'none' | 'unknown';

/** One attribute found in a settings file, with UTF-16 offsets of its name and value (quotes left out). */
export interface SettingsAttribute {
  /** `standalone_server/configuration` or `remote/configuration` … below `web`; `/general` … for what is not below `web`. */
  readonly element: string;
  readonly name: string;
  readonly value: string;
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly valueStart: number;
  readonly valueEnd: number;
}

/** A place that speaks for a session mode. Offsets into the named file; lines from 0 are computed by who shows them. */
export interface SessionModeEvidence {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly what: Bilingual;
}

/** Facts: `web-sessions`, section 12.3. */
export interface SessionModeAnswer {
  readonly value: SessionMode;
  readonly confidence: 'certain' | 'assumed';
  readonly evidence: readonly SessionModeEvidence[];
}
