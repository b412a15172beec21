/** Queries, sorts and formulas over dataclasses and entity selections (facts: 4D pages `API/DataClassClass`, query(), and `ORDA/ordaClasses`). */
import type { FieldDefinition } from '#syntaxes/project/types.js';
import type { Callable } from '../../machine/types.js';
import { sortOrder } from '../../records/query.js';
import * as r from '../../records/records.js';
import { convertLoosely } from '../../values/convert.js';
import type { FormulaValue, Value } from '../../values/value.js';
import { BAD_PARAMETER, raise } from '../errors.js';
import { orderOf, queryOf } from '../queryCall.js';
import { parseOrder, parseQuery, type QueryNode, queryTester, type SortPath } from '../queryString.js';
import type { Call } from '../theme.js';
import { asEntity, attributeByName, keyOf, otherTable, selectionValue } from './model.js';
import {
  ask,
  type ComputedPlace,
  checkPath,
  computedAtEnd,
  computedCode,
  longestChain,
  type Reading,
  recordSubject,
  type Subject,
  subjectsAlong,
  valuesAlong,
  withoutAliases,
} from './paths.js';

/** A query whose computed attributes are replaced by what their `Function query` gave. */
type Resolved =
  | Extract<QueryNode, { kind: 'compare' }>
  | { readonly kind: 'formula'; readonly code: Callable; readonly number: number }
  | { readonly kind: 'and' | 'or'; readonly left: Resolved; readonly right: Resolved }
  | { readonly kind: 'not'; readonly part: Resolved }
  /** One of the entities that a path of relations leads to meets the part; without a part all do. */
  | { readonly kind: 'within'; readonly path: string; readonly table: number; readonly part: Resolved | undefined };

/** A reading of one query, with numbers for its criteria: the same ones in each pass. */
interface QueryReading {
  readonly reading: Reading;
  criteria: number;
  readonly args: readonly Value[];
}

/** `query` over some records of a table. */
export function query(reading: Reading, table: number, scope: readonly number[]): Value {
  const { call } = reading;
  const first = call.value(0);
  const formulas = setting(call, 'allowFormulas') === false ? 'forbidden' : 'allowed';
  const { node, order } =
    typeof first === 'object' && first?.t === 'formula'
      ? { node: { kind: 'formula', formula: first } as const, order: [] }
      : queryOf(call, formulas);
  checkPaths(call, table, node, order);
  const own: QueryReading = { reading, criteria: 0, args: argumentsOf(call) };
  const resolved = node && resolve(own, table, node, 0);
  const levels = resolveOrder(reading, table, order, 0);
  if (reading.wanted.size > 0) return undefined;
  const test = tester(own, table, resolved);
  const found = scope.filter((record) => test(recordSubject(call, table, record)));
  const sorted = levels.length ? sortByPaths(reading, table, found, levels) : found;
  return selectionValue(call.host.records, {
    table,
    records: sorted,
    ordered: order.length > 0,
    alterable: false,
    queryText: typeof first === 'string' ? first : '',
  });
}

/** A property of the settings, the last argument. */
function setting(call: Call, name: string): Value {
  const settings = call.count() > 1 ? call.value(call.count() - 1) : undefined;
  return typeof settings === 'object' && settings?.t === 'object' ? settings.properties.get(name) : undefined;
}

/** `$1` of a formula is what the settings give as `args`. */
function argumentsOf(call: Call): Value[] {
  const args = setting(call, 'args');
  return args === undefined ? [] : [args];
}

const formulaCode = (formula: string | FormulaValue, name: string): Callable =>
  typeof formula === 'string' ? { line: formula, name } : { formula };

/** One of the values along the path is enough for a criterion; between them stand and, or, not. */
function tester(own: QueryReading, table: number, node: Resolved | undefined): (subject: Subject) => boolean {
  const { reading } = own;
  if (!node) return () => true;
  switch (node.kind) {
    case 'not': {
      const part = tester(own, table, node.part);
      return (subject) => !part(subject);
    }
    case 'and':
    case 'or': {
      const [left, right] = [tester(own, table, node.left), tester(own, table, node.right)];
      return node.kind === 'and' ? (subject) => left(subject) && right(subject) : (subject) => left(subject) || right(subject);
    }
    case 'within': {
      const part = tester(own, node.table, node.part);
      return (subject) => subjectsAlong(reading, subject, node.path).some(part);
    }
    case 'formula':
      return ({ key, self }) => ask(reading, `formula ${node.number} ${key}`, () => ({ code: node.code, args: own.args, self })) === true;
    default: {
      const value = comparable(reading.call, fitting(reading.call, table, node.path, node.value));
      const test = queryTester<Value>({ ...node, path: 'value', value }, (found) => found);
      return (subject) => valuesAlong(reading, subject, node.path).some(test);
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

/** A value of another type is made fit for the field at the end of a path where that is possible: what comes from the web is text. */
function fitting(call: Call, table: number, path: string, value: Value): Value {
  const names = withoutAliases(call, table, path).split('.');
  let here = table;
  for (const [i, name] of names.entries()) {
    const attribute = attributeByName(call.host.records, here, name);
    if (!attribute) return value;
    if (attribute.kind === 'storage') return i === names.length - 1 ? fitted(attribute.field, value) : value;
    here = otherTable(attribute);
  }
  return value;
}

function fitted(field: FieldDefinition, value: Value): Value {
  if (typeof value === 'object' && value?.t === 'collection')
    return { t: 'collection', items: value.items.map((item) => fitted(field, item)) };
  if (value === null || value === undefined || r.fieldType(field) === 'object') return value;
  return convertLoosely(r.fieldType(field), value)?.value ?? value;
}

function checkPaths(call: Call, table: number, node: QueryNode | undefined, order: readonly SortPath[]): void {
  if (node?.kind === 'not') checkPaths(call, table, node.part, []);
  else if (node?.kind === 'and' || node?.kind === 'or') {
    checkPaths(call, table, node.left, []);
    checkPaths(call, table, node.right, []);
  } else if (node?.kind === 'compare') checkPath(call, table, node.path);
  for (const { path } of order) checkPath(call, table, path);
}

// ---- Function query and Function orderBy of computed attributes

const operatorNames: Readonly<Record<string, string>> = { '=': '==', '#': '!=', in: 'IN' };

function resolve(own: QueryReading, table: number, node: QueryNode, depth: number): Resolved {
  switch (node.kind) {
    case 'not':
      return { kind: 'not', part: resolve(own, table, node.part, depth) };
    case 'and':
    case 'or':
      return { kind: node.kind, left: resolve(own, table, node.left, depth), right: resolve(own, table, node.right, depth) };
    case 'formula':
      return { kind: 'formula', code: formulaCode(node.formula, 'eval'), number: ++own.criteria };
    case 'compare': {
      const number = ++own.criteria;
      const place = computedAtEnd(own.reading.call, table, node.path);
      if (!place?.computed.queries || place.computed.gives !== 'value') return node;
      const parsed = askedQuery(own, place, node, number, depth);
      if (!parsed) return node;
      const part = parsed.node && resolve(own, place.table, parsed.node, depth + 1);
      return { kind: 'within', path: place.before, table: place.table, part };
    }
  }
}

/** The query that `Function query` puts in the place of a criterion; undefined for the usual one, value by value. */
function askedQuery(
  { reading }: QueryReading,
  { table, computed: { name } }: ComputedPlace,
  { comparator, value }: Extract<QueryNode, { kind: 'compare' }>,
  number: number,
  depth: number,
): { readonly node: QueryNode | undefined } | undefined {
  const { call } = reading;
  if (depth > longestChain) tooDeep(call, name);
  const { code, event } = computedCode(call, table, 'query', name);
  const operator = operatorNames[comparator] ?? comparator;
  const asked = ask(reading, `query ${number}`, () => ({ code, event: [...event, ['value', value], ['operator', operator]] }));
  if (asked === undefined || asked === null) return undefined;
  const object = typeof asked === 'object' && asked.t === 'object' ? asked.properties : undefined;
  const text = object ? object.get('query') : asked;
  const given = object?.get('parameters');
  const wrong = (): never =>
    raise(
      BAD_PARAMETER,
      {
        en: '{0}: Function query {1} must give a query as text, or an object with the properties query and parameters (a collection).',
        es: '{0}: Function query {1} debe dar una consulta como texto, o un objeto con las propiedades query y parameters (una colección).',
      },
      call.command,
      name,
    );
  if (typeof text !== 'string') return wrong();
  if (given !== undefined && given !== null && !(typeof given === 'object' && given.t === 'collection')) return wrong();
  const parsed = parseQuery(text, { values: given ? given.items : [], formulas: 'allowed' }, call.command);
  if (parsed.order.length)
    raise(
      BAD_PARAMETER,
      {
        en: '{0}: the query that Function query {1} gives cannot have an order by.',
        es: '{0}: la consulta que da Function query {1} no puede llevar order by.',
      },
      call.command,
      name,
    );
  checkPaths(call, table, parsed.node, []);
  return parsed;
}

/** Sort levels with what `Function orderBy` gives in the place of computed attributes. */
function resolveOrder(reading: Reading, table: number, order: readonly SortPath[], depth: number): readonly SortPath[] {
  const { call } = reading;
  return order.flatMap((level): readonly SortPath[] => {
    const place = computedAtEnd(call, table, level.path);
    if (!place?.computed.sorts || place.computed.gives !== 'value') return [level];
    const { name } = place.computed;
    if (depth > longestChain) tooDeep(call, name);
    const operator = level.descending ? 'desc' : 'asc';
    const { code, event } = computedCode(call, place.table, 'orderBy', name);
    const asked = ask(reading, `orderBy ${place.table} ${name} ${operator}`, () => ({
      code,
      event: [...event, ['operator', operator], ['descending', level.descending]],
    }));
    if (asked === undefined || asked === null) return [level];
    if (typeof asked !== 'string')
      return raise(
        BAD_PARAMETER,
        {
          en: '{0}: Function orderBy {1} must give the order as text, like "name desc, city".',
          es: '{0}: Function orderBy {1} debe dar el orden como texto, como "name desc, city".',
        },
        call.command,
        name,
      );
    const levels = parseOrder(asked, call.command);
    checkPaths(call, place.table, undefined, levels);
    const full = levels.map(({ path, descending }) => ({ path: place.before === '' ? path : `${place.before}.${path}`, descending }));
    return resolveOrder(reading, table, full, depth + 1);
  });
}

function tooDeep(call: Call, name: string): never {
  return raise(
    BAD_PARAMETER,
    {
      en: '{0}: the functions of the computed attribute {1} lead to themselves.',
      es: '{0}: las funciones del atributo calculado {1} se remiten a sí mismas.',
    },
    call.command,
    name,
  );
}

// ---- sorts

/** Records sorted by attribute paths; the first value along a path counts. */
function sortByPaths(reading: Reading, table: number, records: readonly number[], order: readonly SortPath[]): readonly number[] {
  const rows = records.map((record) => {
    const subject = recordSubject(reading.call, table, record);
    return { record, keys: order.map(({ path }) => valuesAlong(reading, subject, path)[0]) };
  });
  if (reading.wanted.size > 0) return records;
  rows.sort((a, b) => {
    for (const [i, { descending }] of order.entries()) {
      const found = sortOrder(a.keys[i], b.keys[i]);
      if (found !== 0) return descending ? -found : found;
    }
    return 0;
  });
  return rows.map(({ record }) => record);
}

export function orderBy(reading: Reading, table: number, records: readonly number[]): Value {
  const { call } = reading;
  const order = orderOf(call, 0);
  checkPaths(call, table, undefined, order);
  const levels = resolveOrder(reading, table, order, 0);
  if (reading.wanted.size > 0) return undefined;
  const sorted = sortByPaths(reading, table, records, levels);
  return selectionValue(call.host.records, { table, records: sorted, ordered: true, alterable: false });
}

/** `orderByFormula`: a formula, or its text. */
export function orderByFormula(reading: Reading, table: number, records: readonly number[]): Value {
  const { call } = reading;
  const first = call.value(0);
  const code = formulaCode(first as string | FormulaValue, 'orderByFormula');
  const args = argumentsOf(call);
  const keys = records.map((record) => ask(reading, String(record), () => ({ code, args, self: { table, record } })));
  const descending = call.value(1) === 1;
  const order = records.map((_, i) => i).sort((a, b) => (descending ? -1 : 1) * sortOrder(keys[a], keys[b]) || a - b);
  return selectionValue(call.host.records, { table, records: order.map((i) => records[i]), ordered: true, alterable: false });
}
