/** What class files declare, as natives may see it. */

export type FunctionKind = 'function' | 'get' | 'set' | 'query' | 'orderBy' | 'event';

/** What stands in the head of a function of a class. */
export interface DeclaredFunction {
  readonly kind: FunctionKind;
  readonly name: string;
  /** Result type without tokens, `Text`, `cs.ShopEntity`; empty for none. */
  readonly result: string;
  readonly exposed: boolean;
}

export interface DeclaredClass {
  /** By kind and name, `get label`, in the order of the file. */
  readonly declared: ReadonlyMap<string, DeclaredFunction>;
  /** Path behind each `Alias`, `shop.name`. */
  readonly aliases: ReadonlyMap<string, string>;
}
