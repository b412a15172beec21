/** Queries, sorts and formulas over dataclasses and entity selections (facts: 4D page `API/DataClassClass`, query()). */
import type { NativeResult } from '../../machine/types.js';
import { sortOrder } from '../../records/query.js';
import type * as r from '../../records/records.js';
import type { FormulaValue, Value } from '../../values/value.js';
import { orderOf, queryOf } from '../collections.js';
import { BAD_PARAMETER, raise } from '../errors.js';
import { type QueryNode, queryTester, type SortPath } from '../queryString.js';
import { type Call, Theme } from '../theme.js';
import { asEntity, entityOf, isPath, keyOf, rowOf, selectionValue, tableOf, valuesAlong } from './model.js';

export const ordaQueries = new Theme('ORDA: queries');

const FORMULA = 'ORDA: query by formula';
const SORT_FORMULA = 'ORDA: order by formula';

/** `query` over some records of a table. */
export function query(call: Call, table: number, scope: readonly number[]): NativeResult {
  const first = call.value(0);
  if (typeof first === 'object' && first?.t === 'formula') return byFormula(call, first, { table, scope, at: 0, found: [] });
  const { node, order } = queryOf(call);
  checkPaths(call, table, node, order);
  const test = tester(call, table, node);
  const found = scope.filter((record) => test(rowOf(call, table, record)));
  const sorted = order.length ? sortByPaths(call, table, found, order) : found;
  return selectionValue(call.host.records, {
    table,
    records: sorted,
    ordered: order.length > 0,
    alterable: false,
    queryText: call.text(0),
  });
}

/** One of the values along the path is enough for a criterion; between them stand and, or, not. */
function tester(call: Call, table: number, node: QueryNode | undefined): (row: r.Row) => boolean {
  if (!node) return () => true;
  switch (node.kind) {
    case 'not': {
      const part = tester(call, table, node.part);
      return (row) => !part(row);
    }
    case 'and':
    case 'or': {
      const [left, right] = [tester(call, table, node.left), tester(call, table, node.right)];
      return node.kind === 'and' ? (row) => left(row) && right(row) : (row) => left(row) || right(row);
    }
    default: {
      const test = queryTester<Value>({ ...node, path: 'value', value: comparable(call, node.value) }, (value) => value);
      return (row) => valuesAlong(call, table, row, node.path).some(test);
    }
  }
}

/** An entity compares by its key. */
function comparable(call: Call, value: Value): Value {
  const entity = asEntity(value);
  if (entity) return keyOf(call.host.records, entity.table, entity.values);
  if (typeof value === 'object' && value?.t === 'collection')
    return { t: 'collection', items: value.items.map((item) => comparable(call, item)) };
  return value;
}

function checkPaths(call: Call, table: number, node: QueryNode | undefined, order: readonly SortPath[]): void {
  if (node && node.kind !== 'compare') {
    if (node.kind === 'not') checkPaths(call, table, node.part, []);
    else {
      checkPaths(call, table, node.left, []);
      checkPaths(call, table, node.right, []);
    }
  }
  const paths = [...(node?.kind === 'compare' ? [node.path] : []), ...order.map(({ path }) => path)];
  for (const path of paths) {
    if (isPath(call, table, path)) continue;
    raise(
      BAD_PARAMETER,
      {
        en: '{0}: the dataclass {1} has no attribute «{2}». Names of attributes count with their case.',
        es: '{0}: la clase de datos {1} no tiene el atributo «{2}». Los nombres de atributos distinguen mayúsculas.',
      },
      call.command,
      tableOf(call.host.records, table).name,
      path.split('.')[0],
    );
  }
}

/** Records sorted by attribute paths; the first value along a path counts. */
export function sortByPaths(call: Call, table: number, records: readonly number[], order: readonly SortPath[]): number[] {
  checkPaths(call, table, undefined, order);
  const rows = records.map((record) => {
    const row = rowOf(call, table, record);
    return { record, keys: order.map(({ path }) => valuesAlong(call, table, row, path)[0]) };
  });
  rows.sort((a, b) => {
    for (const [i, { descending }] of order.entries()) {
      const found = sortOrder(a.keys[i], b.keys[i]);
      if (found !== 0) return descending ? -found : found;
    }
    return 0;
  });
  return rows.map(({ record }) => record);
}

export function orderBy(call: Call, table: number, records: readonly number[]): Value {
  const sorted = sortByPaths(call, table, records, orderOf(call, 0));
  return selectionValue(call.host.records, { table, records: sorted, ordered: true, alterable: false });
}

// ---- formulas, one entity after the other as `This`

interface FormulaQuery {
  readonly table: number;
  readonly scope: readonly number[];
  readonly at: number;
  readonly found: readonly number[];
}

function byFormula(call: Call, formula: FormulaValue, state: FormulaQuery): NativeResult {
  const { table, scope, at, found } = state;
  if (at >= scope.length) return selectionValue(call.host.records, { table, records: found, ordered: false, alterable: false });
  return { native: 'call', code: { formula }, args: parametersOf(call), self: entityOf(call, table, scope[at]), then: FORMULA, state };
}

/** `$1` of a formula is what the settings give as `args`. */
function parametersOf(call: Call): Value[] {
  const settings = call.count() > 1 ? call.value(call.count() - 1) : undefined;
  const args = typeof settings === 'object' && settings?.t === 'object' ? settings.properties.get('args') : undefined;
  return args === undefined ? [] : [args];
}

ordaQueries.continuation(FORMULA, (call, kept, result) => {
  const state = kept as FormulaQuery;
  const found = result === true ? [...state.found, state.scope[state.at]] : state.found;
  return byFormula(call, call.value(0) as FormulaValue, { ...state, at: state.at + 1, found });
});

interface FormulaSort {
  readonly table: number;
  readonly records: readonly number[];
  readonly keys: readonly Value[];
}

/** `orderByFormula`: a formula, or its text. */
export function orderByFormula(call: Call, table: number, records: readonly number[]): NativeResult {
  return nextKey(call, { table, records, keys: [] });
}

function nextKey(call: Call, state: FormulaSort): NativeResult {
  const { table, records, keys } = state;
  if (keys.length < records.length) {
    const first = call.value(0);
    const code = typeof first === 'string' ? ({ line: first, name: 'orderByFormula' } as const) : ({ formula: first } as const);
    return { native: 'call', code, args: parametersOf(call), self: entityOf(call, table, records[keys.length]), then: SORT_FORMULA, state };
  }
  const descending = call.value(1) === 1;
  const order = records.map((_, i) => i).sort((a, b) => (descending ? -1 : 1) * sortOrder(keys[a], keys[b]) || a - b);
  return selectionValue(call.host.records, { table, records: order.map((i) => records[i]), ordered: true, alterable: false });
}

ordaQueries.continuation(SORT_FORMULA, (call, kept, result) => {
  const state = kept as FormulaSort;
  return nextKey(call, { ...state, keys: [...state.keys, result] });
});
