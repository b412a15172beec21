/** JSON texts and 4D values (facts: 4D pages `commands/json-stringify`, `commands/json-parse`; default date setting `Date type`). */
import { dateFromIso, isNullDate, isoDate } from './dates.js';
import type { PointerValue, Slot, Value } from './value.js';

/** Why a value cannot become JSON, or a text is none. `offset` counts UTF-16 units from 0. */
export class JsonError extends Error {
  constructor(
    readonly reason: 'syntax' | 'depth' | 'circle',
    readonly offset: number,
  ) {
    super(reason);
  }
}

const DEEPEST = 2000;

export interface StringifyOptions {
  /** Tabs and line feeds, as the operator `*` asks for. */
  readonly pretty?: boolean;
  /** What a pointer points to; without it pointers become `"[object Pointer]"`. */
  readonly read?: (pointer: PointerValue) => Slot;
}

/** The JSON text of a value: dates as `yyyy-mm-dd`, times as seconds, pictures and objects of the runtime as `[object …]`. Throws `JsonError`. */
export function stringify(value: Slot, options: StringifyOptions = {}): string {
  const above = new Set<unknown>();
  const write = (slot: Slot, indent: string): string | undefined => {
    if (typeof slot === 'string') return JSON.stringify(slot);
    if (typeof slot === 'number') return Number.isFinite(slot) ? String(slot) : 'null';
    if (typeof slot === 'boolean') return String(slot);
    if (slot === null) return 'null';
    if (slot === undefined) return undefined;
    switch (slot.t) {
      case 'date':
        return isNullDate(slot) ? '"0000-00-00"' : `"${isoDate(slot)}"`;
      case 'time':
        return String(slot.seconds);
      case 'picture':
        return '"[object Picture]"';
      case 'blob':
        return '"[object Blob]"';
      case 'pointer':
        return options.read && slot.target ? write(options.read(slot), indent) : '"[object Pointer]"';
      case 'formula':
        return '"[object Formula]"';
      case 'class':
        return `"[object ${slot.name || 'ClassStore'}]"`;
      case 'host':
        return `"[object ${slot.className.replace(/^4D\./, '')}]"`;
      default:
        return container(slot, indent);
    }
  };
  const container = (slot: Extract<Slot, { t: 'object' | 'collection' | 'array' }>, indent: string): string => {
    if (above.has(slot)) throw new JsonError('circle', 0);
    if (above.size >= DEEPEST) throw new JsonError('depth', 0);
    above.add(slot);
    const inner = `${indent}\t`;
    const parts: string[] = [];
    if (slot.t === 'object') {
      for (const [name, item] of slot.properties) {
        const text = write(item, inner);
        if (text !== undefined) parts.push(`${JSON.stringify(name)}:${options.pretty ? ' ' : ''}${text}`);
      }
    } else {
      const items = slot.t === 'array' ? slot.items.slice(1) : slot.items;
      for (const item of items) parts.push(write(item, inner) ?? 'null');
    }
    above.delete(slot);
    const [open, close] = slot.t === 'object' ? '{}' : '[]';
    if (parts.length === 0) return open + close;
    if (!options.pretty) return open + parts.join(',') + close;
    return `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${indent}${close}`;
  };
  return write(value, '') ?? 'null';
}

/** The value that a JSON text stands for. Texts that are a date as `yyyy-mm-dd` become dates. Throws `JsonError`. */
export function parseJson(source: string): Value {
  let at = 0;
  let depth = 0;
  const fail = (): never => {
    throw new JsonError('syntax', at);
  };
  const blank = (): void => {
    while (at < source.length && ' \t\r\n\ufeff'.includes(source[at])) at++;
  };
  const text = (): string => {
    let result = '';
    for (at++; ; ) {
      const end = source.slice(at).search(/["\\\u0000-\u001f]/);
      if (end < 0) {
        at = source.length;
        return fail();
      }
      result += source.slice(at, at + end);
      at += end;
      const c = source[at];
      if (c === '"') {
        at++;
        return result;
      }
      if (c !== '\\') return fail();
      const unicode = /^u([0-9A-Fa-f]{4})/.exec(source.slice(at + 1, at + 6));
      const simple = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }[source[at + 1]];
      if (unicode) result += String.fromCharCode(Number.parseInt(unicode[1], 16));
      else if (simple !== undefined) result += simple;
      else return fail();
      at += unicode ? 6 : 2;
    }
  };
  const value = (): Value => {
    blank();
    const c = source[at];
    if (c === '"') {
      const found = text();
      const date = /^\d{4}-\d{2}-\d{2}$/.test(found) ? dateFromIso(found) : undefined;
      return date && (!isNullDate(date) || found === '0000-00-00') ? date : found;
    }
    if (c === '{' || c === '[') {
      if (++depth > DEEPEST) throw new JsonError('depth', at);
      const made = c === '{' ? members() : elements();
      depth--;
      return made;
    }
    for (const [word, meaning] of [
      ['true', true],
      ['false', false],
      ['null', null],
    ] as const) {
      if (source.startsWith(word, at)) {
        at += word.length;
        return meaning;
      }
    }
    const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/.exec(source.slice(at, at + 400));
    if (!number) return fail();
    at += number[0].length;
    return Number(number[0]);
  };
  const members = (): Value => {
    const properties = new Map<string, Value>();
    at++;
    blank();
    if (source[at] === '}') at++;
    else {
      for (;;) {
        blank();
        if (source[at] !== '"') fail();
        const name = text();
        blank();
        if (source[at] !== ':') fail();
        at++;
        properties.set(name, value());
        blank();
        if (source[at] !== ',' && source[at] !== '}') fail();
        if (source[at++] === '}') break;
      }
    }
    return { t: 'object', properties };
  };
  const elements = (): Value => {
    const items: Value[] = [];
    at++;
    blank();
    if (source[at] === ']') at++;
    else {
      for (;;) {
        items.push(value());
        blank();
        if (source[at] !== ',' && source[at] !== ']') fail();
        if (source[at++] === ']') break;
      }
    }
    return { t: 'collection', items };
  };
  const result = value();
  blank();
  if (at < source.length) fail();
  return result;
}
