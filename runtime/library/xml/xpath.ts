/** XPath as the DOM commands take it: steps, and conditions in brackets with comparisons, `and`, `or` and the common functions (facts: 4D page `commands/dom-find-xml-element`). */
import { elementsIn, type XmlNode } from './tree.js';

/** An attribute or a text is there by its value alone. */
type Item = XmlNode | string;
type Found = string | number | boolean | readonly Item[];
/** Something that is worked out for one node among several. */
type Test = (node: XmlNode, position: number, size: number) => Found;

interface Step {
  readonly deep: boolean;
  readonly name: string;
  readonly filters: readonly Test[];
}

/** What is wrong with a path, and where it begins. */
export class XPathError extends Error {
  constructor(readonly rest: string) {
    super(rest);
  }
}

/** The elements on a path. A path from `/` begins at the document of the node. Throws `XPathError` for what it cannot read, or that leads to no elements. */
export function findNodes(from: XmlNode, path: string): XmlNode[] {
  const reader = new Reader(path.trim());
  const { absolute, steps } = reader.path();
  if (!reader.ended) throw new XPathError(reader.rest);
  const last = steps.at(-1);
  if (last && /^@|\(\)$/.test(last.name)) throw new XPathError(last.name);
  return walk(from, absolute, steps).filter((item): item is XmlNode => typeof item === 'object' && item.kind === 'element');
}

function walk(from: XmlNode, absolute: boolean, steps: readonly Step[]): readonly Item[] {
  let top = from;
  if (absolute) while (top.parent) top = top.parent;
  let here: readonly Item[] = [top];
  for (const step of steps) {
    const starts = here.filter((item) => typeof item === 'object').flatMap((node) => (step.deep ? [node, ...descendants(node)] : [node]));
    here = [...new Set(starts.flatMap((node) => oneStep(node, step)))];
  }
  return here;
}

const descendants = (node: XmlNode): XmlNode[] => elementsIn(node).flatMap((child) => [child, ...descendants(child)]);

function oneStep(node: XmlNode, { name, filters }: Step): readonly Item[] {
  if (name === '.') return [node];
  if (name === '..') return node.parent ? [node.parent] : [];
  if (name === '@*') return [...node.attributes.values()];
  if (name.startsWith('@')) {
    const value = node.attributes.get(name.slice(1));
    return value === undefined ? [] : [value];
  }
  if (name === 'text()') return node.children.flatMap((child) => (child.kind === 'text' || child.kind === 'cdata' ? [child.value] : []));
  let found = elementsIn(node).filter((child) => name === '*' || name === 'node()' || child.name === name);
  for (const filter of filters) {
    const { length } = found;
    found = found.filter((child, i) => {
      const value = filter(child, i + 1, length);
      return typeof value === 'number' ? value === i + 1 : truth(value);
    });
  }
  return found;
}

const truth = (value: Found): boolean => (typeof value === 'object' ? value.length > 0 : Boolean(value));
const stringOf = (value: Found): string => (typeof value === 'object' ? (value.length ? itemText(value[0]) : '') : String(value));
const itemText = (item: Item): string => (typeof item === 'string' ? item : wholeText(item));

/** All text in an element and below it. */
function wholeText(node: XmlNode): string {
  return node.kind === 'text' || node.kind === 'cdata' ? node.value : node.children.map(wholeText).join('');
}
const numberOf = (value: Found): number => (typeof value === 'number' ? value : Number(stringOf(value).trim() || Number.NaN));

/** One of the nodes of a list is enough for a comparison. */
function compare(sign: string, left: Found, right: Found): boolean {
  if (typeof left === 'object') return left.some((item) => compare(sign, itemText(item), right));
  if (typeof right === 'object') return right.some((item) => compare(sign, left, itemText(item)));
  const asNumbers = typeof left === 'number' || typeof right === 'number' || (sign !== '=' && sign !== '!=');
  const [a, b] = asNumbers ? [numberOf(left), numberOf(right)] : [String(left), String(right)];
  switch (sign) {
    case '=':
      return a === b;
    case '!=':
      return a !== b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    default:
      return a >= b;
  }
}

/** Functions by name; their arguments are worked out already. `name` and `local-name` are of the node itself. */
const functions: Readonly<Record<string, (args: readonly Found[], node: XmlNode, position: number, size: number) => Found>> = {
  position: (_args, _node, position) => position,
  last: (_args, _node, _position, size) => size,
  contains: ([a, b]) => stringOf(a).includes(stringOf(b)),
  'starts-with': ([a, b]) => stringOf(a).startsWith(stringOf(b)),
  not: ([a]) => !truth(a),
  count: ([a]) => (typeof a === 'object' ? a.length : 0),
  string: ([a], node) => (a === undefined ? wholeText(node) : stringOf(a)),
  number: ([a]) => numberOf(a),
  'string-length': ([a], node) => (a === undefined ? wholeText(node) : stringOf(a)).length,
  'normalize-space': ([a], node) => (a === undefined ? wholeText(node) : stringOf(a)).trim().replace(/\s+/g, ' '),
  name: (_args, node) => node.name,
  'local-name': (_args, node) => node.name.replace(/^.*:/, ''),
  true: () => true,
  false: () => false,
};

class Reader {
  private at = 0;

  constructor(private readonly text: string) {}

  get ended(): boolean {
    return this.skip().at >= this.text.length;
  }
  get rest(): string {
    return this.text.slice(this.at);
  }

  private skip(): this {
    while (/\s/.test(this.text[this.at] ?? '')) this.at++;
    return this;
  }
  /** What a sticky pattern matches here. */
  private take(pattern: RegExp): string | undefined {
    this.skip();
    pattern.lastIndex = this.at;
    const m = pattern.exec(this.text);
    if (m) this.at += m[0].length;
    return m?.[0];
  }
  private need(pattern: RegExp): string {
    return this.take(pattern) ?? this.fail();
  }
  private fail(): never {
    throw new XPathError(this.rest || this.text);
  }

  path(): { readonly absolute: boolean; readonly steps: readonly Step[] } {
    const steps: Step[] = [];
    const first = this.take(/\/\/?/uy);
    let deep = first === '//';
    if (first === '/' && this.ended) return { absolute: true, steps };
    for (;;) {
      const name = this.need(/\.\.|\.|@\*|@[\w:.-]+|text\(\)|node\(\)|\*|[\p{L}_][\p{L}\p{N}_:.-]*/uy);
      const filters: Test[] = [];
      while (this.take(/\[/uy)) {
        filters.push(this.either());
        this.need(/\]/uy);
      }
      steps.push({ deep, name, filters });
      const slash = this.take(/\/\/?/uy);
      // A slash at the end leads nowhere else.
      if (slash === undefined || this.ended) return { absolute: first !== undefined, steps };
      deep = slash === '//';
    }
  }

  private either(): Test {
    let left = this.both();
    while (this.take(/or(?![\w-])/uy)) {
      const [a, b] = [left, this.both()];
      left = (...of) => truth(a(...of)) || truth(b(...of));
    }
    return left;
  }
  private both(): Test {
    let left = this.comparison();
    while (this.take(/and(?![\w-])/uy)) {
      const [a, b] = [left, this.comparison()];
      left = (...of) => truth(a(...of)) && truth(b(...of));
    }
    return left;
  }
  private comparison(): Test {
    const left = this.operand();
    const sign = this.take(/!=|<=|>=|=|<|>/uy);
    if (sign === undefined) return left;
    const right = this.operand();
    return (...of) => compare(sign, left(...of), right(...of));
  }
  private operand(): Test {
    const text = this.take(/"[^"]*"|'[^']*'/uy);
    if (text !== undefined) return () => text.slice(1, -1);
    const number = this.take(/\d+(?:\.\d+)?/uy);
    if (number !== undefined) return () => Number(number);
    if (this.take(/\(/uy)) {
      const inner = this.either();
      this.need(/\)/uy);
      return inner;
    }
    const name = this.take(/(?!text\(\)|node\(\))[a-z-]+(?=\()/uy);
    if (name === undefined) {
      const { absolute, steps } = this.path();
      return (node) => walk(node, absolute, steps);
    }
    const run = Object.hasOwn(functions, name) ? functions[name] : this.fail();
    this.need(/\(/uy);
    const args: Test[] = [];
    while (!this.take(/\)/uy)) {
      if (args.length) this.need(/,/uy);
      args.push(this.either());
    }
    return (node, position, size) =>
      run(
        args.map((each) => each(node, position, size)),
        node,
        position,
        size,
      );
  }
}
