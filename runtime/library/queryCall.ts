/** Queries and orders as the arguments of a call give them: to collections, dataclasses, entity selections. */
import { valueAtPath } from '../records/records.js';
import type { Value } from '../values/value.js';
import { parseOrder, parseQuery, type SortPath } from './queryString.js';
import type { Call } from './theme.js';

/** The query text and its placeholders from a call of `query` or `indices`; the last argument may be the settings object. */
export function queryOf(call: Call, formulas?: 'allowed' | 'forbidden'): ReturnType<typeof parseQuery> {
  const last = call.count() > 1 ? call.value(call.count() - 1) : undefined;
  const settings = typeof last === 'object' && last?.t === 'object' ? last : undefined;
  const values = call.args.slice(1).map((_, i) => call.value(i + 1));
  const named = (name: string): ReadonlyMap<string, Value> | undefined => {
    const value = settings?.properties.get(name);
    return typeof value === 'object' && value?.t === 'object' ? value.properties : undefined;
  };
  return parseQuery(
    call.text(0),
    { values, parameters: named('parameters'), attributes: named('attributes'), ...(formulas ? { formulas } : {}) },
    call.command,
  );
}

/** Sort paths given as a text or as a collection of `{propertyPath, descending}`. */
export function orderOf(call: Call, index: number): readonly SortPath[] {
  const value = call.value(index);
  if (typeof value === 'string') return parseOrder(value, call.command);
  if (typeof value !== 'object' || value?.t !== 'collection') return [];
  return value.items.flatMap((item) => {
    const path = valueAtPath(item, 'propertyPath');
    return typeof path === 'string' ? [{ path, descending: valueAtPath(item, 'descending') === true }] : [];
  });
}
