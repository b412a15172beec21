/** Query texts of collections and ORDA: `name = :1 and (age > 5 or tags[] in :list) order by name desc` (facts: 4D pages `API/DataClassClass` query(), `API/CollectionClass` query()). */
import { pathTester, tester, valuesAtPath } from '../records/query.js';
import { dateFromIso, isNullDate } from '../values/dates.js';
import type { FormulaValue, Value } from '../values/value.js';
import { BAD_PARAMETER, raise } from './errors.js';

export type QueryNode =
  | { readonly kind: 'and' | 'or'; readonly left: QueryNode; readonly right: QueryNode }
  | { readonly kind: 'not'; readonly part: QueryNode }
  | { readonly kind: 'compare'; readonly path: string; readonly comparator: string; readonly value: Value }
  /** A formula that is true for what is looked for: its text, or a formula object. Only where formulas are allowed. */
  | { readonly kind: 'formula'; readonly formula: string | FormulaValue };

export interface SortPath {
  readonly path: string;
  readonly descending: boolean;
}

export interface ParsedQuery {
  /** Undefined for an empty query: everything. */
  readonly node: QueryNode | undefined;
  readonly order: readonly SortPath[];
}

/** What placeholders stand for: `:1` by position, `:name` by name. */
export interface Placeholders {
  readonly values: readonly Value[];
  readonly parameters?: ReadonlyMap<string, Value>;
  readonly attributes?: ReadonlyMap<string, Value>;
  /** What `eval(…)` and a formula for a placeholder are: a criterion, forbidden by the settings, or unknown as in collections. */
  readonly formulas?: 'allowed' | 'forbidden';
}

interface Token {
  readonly kind: 'word' | 'quoted' | 'placeholder' | 'sign' | 'eval';
  readonly text: string;
  readonly at: number;
}

function tokens(source: string): Token[] {
  const found: Token[] = [];
  const pattern =
    /\s+|'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|:([\p{L}\p{N}_]+)|===|!==|<=|>=|==|!=|&&|\|\||[=#<>%()&|,;[\]]|(?:[^\s=#<>%()&|,;'"[\]:!]|\[\w*\])+|./gu;
  for (let m = pattern.exec(source); m; m = pattern.exec(source)) {
    if (/^\s/.test(m[0])) continue;
    const quoted = m[1] ?? m[2];
    const formula = /^eval$/i.test(m[0]) ? inParentheses(source, pattern.lastIndex) : undefined;
    if (formula !== undefined) {
      found.push({ kind: 'eval', text: formula.text, at: m.index });
      pattern.lastIndex = formula.end;
    } else if (quoted !== undefined) found.push({ kind: 'quoted', text: quoted.replace(/\\(.)/g, '$1'), at: m.index });
    else if (m[3] !== undefined) found.push({ kind: 'placeholder', text: m[3], at: m.index });
    else found.push({ kind: /^[=#<>%()&|,;[\]!]/.test(m[0]) ? 'sign' : 'word', text: m[0], at: m.index });
  }
  return found;
}

/** What stands between the parenthesis at a place and the one that closes it; texts of 4D in it are passed over. */
function inParentheses(source: string, at: number): { readonly text: string; readonly end: number } | undefined {
  const begin = /^\s*\(/.exec(source.slice(at));
  if (!begin) return undefined;
  const start = at + begin[0].length;
  let depth = 1;
  for (let i = start; i < source.length; i++) {
    if (source[i] === '"') i = source.indexOf('"', i + 1) < 0 ? source.length : source.indexOf('"', i + 1);
    else if (source[i] === '(') depth++;
    else if (source[i] === ')' && --depth === 0) return { text: source.slice(start, i), end: i + 1 };
  }
  return undefined;
}

const comparators = new Set(['=', '==', '===', '#', '!=', '!==', '<', '>', '<=', '>=', '%']);

/** Reads a query text with what its placeholders stand for; raises a 4D error that tells what is wrong and where. */
export function parseQuery(source: string, placeholders: Placeholders, command: string): ParsedQuery {
  const list = tokens(source);
  let at = 0;
  const fail = (): never =>
    raise(
      BAD_PARAMETER,
      {
        en: '{0}: the query «{1}» is wrong near «{2}». Write it like name = :1 and age > 5, with single quotes around texts.',
        es: '{0}: la consulta «{1}» tiene un error cerca de «{2}». Escríbala como name = :1 and age > 5, con comillas simples alrededor de los textos.',
      },
      command,
      source,
      source.slice(list[at]?.at ?? source.length) || source,
    );
  const is = (text: string, ahead = 0) => list[at + ahead]?.kind !== 'quoted' && list[at + ahead]?.text.toLowerCase() === text;
  const take = (...texts: string[]) => {
    if (!texts.some((text) => is(text))) return false;
    at++;
    return true;
  };
  const atOrder = () => is('order') && is('by', 1);

  const disjunction = (): QueryNode => {
    let left = conjunction();
    while (take('or', '|', '||')) left = { kind: 'or', left, right: conjunction() };
    return left;
  };
  const conjunction = (): QueryNode => {
    let left = unit();
    while (take('and', '&', '&&')) left = { kind: 'and', left, right: unit() };
    return left;
  };
  const unit = (): QueryNode => {
    if (is('not')) {
      at++;
      return { kind: 'not', part: unit() };
    }
    if (is('(')) {
      at++;
      const inner = disjunction();
      if (!take(')')) fail();
      return inner;
    }
    return formulaHere() ?? comparison();
  };
  /** `eval(…)`, or a placeholder that stands for a formula. */
  const formulaHere = (): QueryNode | undefined => {
    const token = list[at];
    const given = token?.kind === 'placeholder' ? placeholderValue(token.text) : undefined;
    const formula = token?.kind === 'eval' ? token.text : typeof given === 'object' && given?.t === 'formula' ? given : undefined;
    if (formula === undefined || !placeholders.formulas) return undefined;
    if (placeholders.formulas === 'forbidden')
      raise(
        BAD_PARAMETER,
        {
          en: '{0}: the settings of this query do not allow formulas (allowFormulas).',
          es: '{0}: la configuración de esta consulta no permite fórmulas (allowFormulas).',
        },
        command,
      );
    at++;
    return { kind: 'formula', formula };
  };
  const placeholderValue = (name: string): Value => placeholders.parameters?.get(name) ?? placeholders.values[Number(name) - 1];
  const comparison = (): QueryNode => {
    const path = pathHere();
    let comparator = list[at]?.text.toLowerCase() ?? '';
    if (list[at]?.kind === 'quoted') fail();
    at++;
    if (comparator === 'is') comparator = take('not') ? '!==' : '===';
    else if (comparator === 'not' && take('in')) comparator = 'not in';
    else if (comparator === 'like') comparator = '=';
    if (!comparators.has(comparator) && comparator !== 'in' && comparator !== 'not in') {
      at--;
      fail();
    }
    const value = valueHere();
    if (comparator === 'not in') return { kind: 'not', part: { kind: 'compare', path, comparator: 'in', value } };
    return { kind: 'compare', path, comparator, value };
  };
  const pathHere = (): string => {
    const token = list[at];
    if (!token) return fail();
    at++;
    if (token.kind === 'placeholder') {
      const given = placeholders.attributes?.get(token.text) ?? placeholders.values[Number(token.text) - 1];
      if (typeof given === 'string') return given;
      if (typeof given === 'object' && given?.t === 'collection') return given.items.filter((item) => typeof item === 'string').join('.');
    } else if (token.kind === 'word' || token.kind === 'quoted') return token.text;
    at--;
    return fail();
  };
  const valueHere = (): Value => {
    const token = list[at];
    if (!token) return fail();
    if (token.kind === 'placeholder') {
      at++;
      if (placeholders.parameters?.has(token.text)) return placeholders.parameters.get(token.text);
      const index = Number(token.text) - 1;
      if (index >= 0 && index < placeholders.values.length) return placeholders.values[index];
      at--;
      return fail();
    }
    if (token.kind === 'quoted') {
      at++;
      return datesToo(token.text);
    }
    if (is('[')) {
      at++;
      const items: Value[] = [];
      while (!is(']')) {
        if (at >= list.length) fail();
        if (!take(',', ';')) items.push(valueHere());
      }
      at++;
      return { t: 'collection', items };
    }
    if (token.kind !== 'word') return fail();
    // A text without quotes goes on until a logical operator, a parenthesis or the order.
    const words: string[] = [];
    while (list[at]?.kind === 'word' && !atOrder() && !(words.length > 0 && (is('and') || is('or')))) words.push(list[at++].text);
    const text = words.join(' ');
    if (text === 'true' || text === 'false') return text === 'true';
    if (text.toLowerCase() === 'null') return null;
    return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : datesToo(text);
  };
  const sorts = (): SortPath[] => {
    const order: SortPath[] = [];
    do {
      const path = pathHere();
      const descending = take('desc');
      if (!descending) take('asc');
      order.push({ path, descending });
    } while (take(','));
    return order;
  };

  const node = list.length === 0 || atOrder() ? undefined : disjunction();
  let order: SortPath[] = [];
  if (atOrder()) {
    at += 2;
    order = sorts();
  }
  if (at < list.length) fail();
  return { node, order };
}

function datesToo(text: string): Value {
  const date = /^\d{4}-\d{2}-\d{2}/.test(text) ? dateFromIso(text) : undefined;
  return date && !isNullDate(date) ? date : text;
}

/** Sort paths of a text: `name desc, age`. */
export function parseOrder(source: string, command: string): readonly SortPath[] {
  return source.trim() === '' ? [] : parseQuery(`order by ${source}`, { values: [] }, command).order;
}

/** A test made once for many objects. `read` gives the value at a path without `[]`. */
export function queryTester<T>(node: QueryNode | undefined, read: (object: T, path: string) => Value): (object: T) => boolean {
  if (!node) return () => true;
  if (node.kind === 'not') {
    const part = queryTester(node.part, read);
    return (object) => !part(object);
  }
  if (node.kind === 'formula') return () => false;
  if (node.kind !== 'compare') {
    const left = queryTester(node.left, read);
    const right = queryTester(node.right, read);
    return node.kind === 'and' ? (object) => left(object) && right(object) : (object) => left(object) || right(object);
  }
  const { path, comparator, value } = node;
  const test = comparator === 'in' ? inTester(value) : value === null ? nullTester(comparator) : tester({ comparator, value });
  const many = /^(.*?)(\[\w*\].*)$/.exec(path);
  if (!many) return (object) => test(read(object, path));
  const below = comparator === 'in' ? undefined : pathTester({ comparator, value }, many[2]);
  return (object) => {
    const list = many[1] === '' ? undefined : read(object, many[1]);
    return below ? below(list) : (valuesAtPath(list, many[2]) ?? []).some(test);
  };
}

function inTester(value: Value): (found: Value) => boolean {
  const items = typeof value === 'object' && value?.t === 'collection' ? value.items : [value];
  const tests = items.map((item) => tester({ comparator: '=', value: item }));
  return (found) => tests.some((test) => test(found));
}

function nullTester(comparator: string): (found: Value) => boolean {
  const wanted = !['#', '!=', '!=='].includes(comparator);
  return (found) => (found === null || found === undefined) === wanted;
}
