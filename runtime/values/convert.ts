/** What a declared type makes of a value (facts: 4D pages `Concepts/data-types`, `Concepts/dt_number`). */
import { dateFromIso, isNullDate, isoDate, isoTime, nullDate } from './dates.js';
import { numberText } from './format.js';
import type { TypeName, Value } from './value.js';

/** What a variable of the type holds before anything is put in. */
export function defaultValue(type: TypeName): Value {
  switch (type) {
    case 'text':
      return '';
    case 'integer':
    case 'real':
      return 0;
    case 'boolean':
      return false;
    case 'date':
      return nullDate;
    case 'time':
      return { t: 'time', seconds: 0 };
    case 'blob':
      return { t: 'blob', bytes: new Uint8Array(0) };
    case 'picture':
      return { t: 'picture', bytes: new Uint8Array(0), mime: '' };
    case 'pointer':
      return { t: 'pointer', target: undefined };
    case 'object':
    case 'collection':
      return null;
    case 'variant':
      return undefined;
  }
}

/** A number as a 32-bit Integer of 4D: rounded to the nearest, halves away from zero, then wrapped. */
export function toInteger(value: number): number {
  if (!Number.isFinite(value)) return 0;
  return (value < 0 ? -Math.round(-value) : Math.round(value)) | 0;
}

/**
 * The value as a variable or field of the type takes it, in a box; undefined when the types do not go together.
 * Undefined gives the default value; numbers and times go into each other; Null goes into pointers, objects, collections, pictures and variants;
 * a 4D.Blob gives its bytes to a blob (facts: 4D page `Concepts/blob`).
 */
export function convertTo(type: TypeName, value: Value): { readonly value: Value } | undefined {
  if (type === 'variant') return { value };
  if (value === undefined) return { value: defaultValue(type) };
  if (value === null) {
    const nullable = type === 'object' || type === 'collection' || type === 'pointer' || type === 'picture';
    return nullable ? { value: defaultValue(type) } : undefined;
  }
  if (typeof value === 'number') {
    if (type === 'real') return { value };
    if (type === 'integer') return { value: toInteger(value) };
    if (type === 'time') return { value: { t: 'time', seconds: toInteger(value) } };
    return undefined;
  }
  if (typeof value === 'string') return type === 'text' ? { value } : undefined;
  if (typeof value === 'boolean') return type === 'boolean' ? { value } : undefined;
  if (value.t === 'time' && (type === 'integer' || type === 'real')) return { value: value.seconds };
  if (type === 'blob' && value.t === 'host' && value.className === '4D.Blob')
    return { value: { t: 'blob', bytes: (value.data as { readonly bytes: Uint8Array }).bytes.slice() } };
  const own = value.t === 'formula' || value.t === 'host' || value.t === 'class' ? 'object' : value.t;
  return own === type ? { value } : undefined;
}

/**
 * The value made fit for a type as ORDA does with what comes from outside: texts with a number, an ISO date, a time or a truth value in them are
 * read, and other values become text (facts: 4D pages `API/EntityClass`, fromObject, and `API/DataClassClass`, query). In a box; undefined where
 * nothing of the type can be made of it.
 */
export function convertLoosely(type: TypeName, value: Value): { readonly value: Value } | undefined {
  const direct = convertTo(type, value);
  if (direct) return direct;
  if (typeof value === 'boolean') {
    if (type === 'text') return { value: value ? 'true' : 'false' };
    return type === 'integer' || type === 'real' ? { value: value ? 1 : 0 } : undefined;
  }
  if (typeof value === 'number') {
    if (type === 'text') return { value: numberText(value) };
    return type === 'boolean' ? { value: value !== 0 } : undefined;
  }
  if (typeof value === 'string') return fromText(type, value.trim());
  if (typeof value !== 'object' || value === null || type !== 'text') return undefined;
  if (value.t === 'date') return { value: isNullDate(value) ? '' : isoDate(value) };
  return value.t === 'time' ? { value: isoTime(value) } : undefined;
}

function fromText(type: TypeName, text: string): { readonly value: Value } | undefined {
  switch (type) {
    case 'integer':
    case 'real': {
      const number = text === '' ? '0' : /-?\d+(?:\.\d+)?/.exec(text)?.[0];
      return number === undefined ? undefined : convertTo(type, Number(number));
    }
    case 'boolean':
      return /^(?:true|false)$/i.test(text) ? { value: text.toLowerCase() === 'true' } : undefined;
    case 'date': {
      if (text === '') return { value: nullDate };
      const date = /^\d{4}-\d{2}-\d{2}(?:T|$)/.test(text) ? dateFromIso(text) : nullDate;
      return isNullDate(date) ? undefined : { value: date };
    }
    case 'time': {
      const parts = /^(\d+):(\d{2})(?::(\d{2}))?$/.exec(text);
      return parts ? { value: { t: 'time', seconds: Number(parts[1]) * 3600 + Number(parts[2]) * 60 + Number(parts[3] ?? 0) } } : undefined;
    }
    default:
      return undefined;
  }
}
