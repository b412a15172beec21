/**
 * 4D values as plain data: numbers, strings, booleans, and small tagged objects without prototypes or closures,
 * so that a machine's whole state can be copied (aliases included) and put back.
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
  | ClassValue
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
  /** Name of its class as the project writes it: `Shop`; undefined for a plain object. */
  className?: string;
  /** Number of the shared group it belongs to; undefined when it is not shared. */
  shared?: number;
}

export interface CollectionValue {
  readonly t: 'collection';
  readonly items: Value[];
  shared?: number;
}

/** `Formula(…)`, a class function as a value, a method as a value: one thing that can be called. */
export interface FormulaValue {
  readonly t: 'formula';
  /** What it runs. */
  readonly code:
    | { readonly kind: 'source'; readonly text: string /** Of a component's code: its name. */; readonly component?: string }
    | { readonly kind: 'function'; readonly className: string; readonly name: string }
    | { readonly kind: 'native'; readonly className: string; readonly name: string };
  /** What `.source` gives. */
  readonly source: string;
  /** The object a function was read from; `This` when it is called without one. */
  readonly self?: Value;
  /** Values of the locals that the text names, taken when the formula was made. */
  readonly captured?: ReadonlyMap<string, Value>;
  /** Own properties: a formula is an object too. */
  properties?: Map<string, Value>;
}

/** A class or a class store as a value: `cs` is `''` of the project, `4D` is `4D`, `cs.Shop` is `Shop`, `4D.File` is `4D.File`. */
export interface ClassValue {
  readonly t: 'class';
  readonly name: string;
  /** `store` for `cs` and `4D` themselves, `project` for a class file, `native` for a class of the library. */
  readonly kind: 'store' | 'project' | 'native';
}

/** An opaque thing that a library made (a file, a web server, an entity selection): its class and its plain data. */
export interface HostValue {
  readonly t: 'host';
  /** `4D.File`, `4D.Session`, `4D.EntitySelection` …: where its members are looked up in the libraries. */
  readonly className: string;
  /** Name of a class file of the project that is looked in first: `Shop`, `ShopEntity`, `ShopSelection`. */
  readonly projectClass?: string;
  readonly data: unknown;
  shared?: number;
}

/** A place that holds a value, as plain data: what `->x` points to and what an output parameter writes. */
export type Reference =
  /** A local by its slot number in a frame that may be gone. */
  | { readonly ref: 'local'; readonly process: number; readonly frame: number; readonly slot: number }
  /** `name` is folded. */
  | { readonly ref: 'process'; readonly name: string }
  /** `name` is folded, without `<>`. */
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

/**
 * What an array variable holds. `items[0]` is element 0; the size is `items.length - 1`.
 * Two dimensions: every item is an array of one dimension with its own element 0.
 * Never a `Value`: arrays are not passed, only the place of one (`Reference`) is.
 */
export interface ArrayValue {
  readonly t: 'array';
  readonly type: TypeName;
  readonly dimensions: 1 | 2;
  items: (Value | ArrayValue)[];
  /** The array's own number (the selected element), what its name gives as a value. */
  current: number;
}

/** What a place can hold. */
export type Slot = Value | ArrayValue;

/** A process or interprocess variable. Its owner keeps it under its folded name; `name` is as first written. */
export interface Variable {
  readonly name: string;
  /** Declared type; `variant` when never declared: then it takes any value. Element type while it holds an array. */
  type: TypeName;
  value: Slot;
}
