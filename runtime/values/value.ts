/**
 * 4D values as plain data: numbers, strings, booleans, and small tagged objects without prototypes or closures,
 * so that a machine's whole state can be copied with `structuredClone` (aliases included) and put back.
 */
export type Value =
  | number // Integer, Real
  | string // Text
  | boolean
  | null // Null
  | undefined // Undefined
  | DateValue
  | TimeValue
  | BlobValue
  | PictureValue
  | PointerValue
  | ObjectValue
  | CollectionValue
  | FormulaValue
  | HostValue;

/** A civil date; `year` 0, `month` 0, `day` 0 is the null date `!00-00-00!`. */
export interface DateValue {
  readonly t: 'date';
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Seconds; may be negative or beyond a day, as in 4D. */
export interface TimeValue {
  readonly t: 'time';
  readonly seconds: number;
}

/** Passed by value: whoever changes one makes a new one. */
export interface BlobValue {
  readonly t: 'blob';
  readonly bytes: Uint8Array;
}

/** Opaque: pictures are carried, never drawn. */
export interface PictureValue {
  readonly t: 'picture';
  readonly bytes: Uint8Array;
  readonly mime: string;
}

/** `target` undefined is the nil pointer. */
export interface PointerValue {
  readonly t: 'pointer';
  readonly target: Reference | undefined;
}

/** By reference. A `Map`, so that no property name can reach a prototype. */
export interface ObjectValue {
  readonly t: 'object';
  readonly properties: Map<string, Value>;
  /** Name of its class: `cs.Shop`, `4D.Session` …; undefined for a plain object. */
  className?: string;
  /** Number of the shared group it belongs to; undefined when it is not shared. */
  shared?: number;
}

export interface CollectionValue {
  readonly t: 'collection';
  readonly items: Value[];
  shared?: number;
}

/** `Formula(…)`, a class function as a value, a method as a value. */
export interface FormulaValue {
  readonly t: 'formula';
  /** Key of the compiled code (see `machine/code.ts`). */
  readonly code: string;
  readonly source: string;
  readonly self?: Value;
}

/** An opaque thing that a library made (a file, a web server, an entity selection): its class and its plain data. */
export interface HostValue {
  readonly t: 'host';
  readonly className: string;
  readonly data: unknown;
  shared?: number;
}

/** A place that holds a value, as plain data: what `->x` points to and what an output parameter writes. */
export type Reference =
  | { readonly ref: 'local'; readonly process: number; readonly frame: number; readonly name: string }
  | { readonly ref: 'process'; readonly name: string }
  | { readonly ref: 'interprocess'; readonly name: string }
  | { readonly ref: 'element'; readonly array: Reference; readonly index: number; readonly second?: number }
  | { readonly ref: 'property'; readonly object: Value; readonly name: string }
  | { readonly ref: 'item'; readonly collection: Value; readonly index: number }
  | { readonly ref: 'character'; readonly text: Reference; readonly index: number }
  | { readonly ref: 'table'; readonly table: number }
  | { readonly ref: 'field'; readonly table: number; readonly field: number };

/** Types of variables, as `C_…`, `var` and `ARRAY …` declare them. */
export type TypeName =
  | 'text'
  | 'integer'
  | 'real'
  | 'boolean'
  | 'date'
  | 'time'
  | 'blob'
  | 'picture'
  | 'pointer'
  | 'object'
  | 'collection'
  | 'variant';

/** A variable: a declared type and a value, or an array. Names are kept folded (see `#syntaxes/text/fold`) by their owner. */
export type Variable =
  | { readonly array: false; readonly type: TypeName; readonly name: string; value: Value }
  /** `items[0]` is element 0; `size` is `items.length - 1`. Two dimensions: each item is a Value[] with its own element 0. */
  | {
      readonly array: true;
      readonly type: TypeName;
      readonly name: string;
      items: (Value | Value[])[];
      readonly dimensions: 1 | 2;
      current: number;
    };
