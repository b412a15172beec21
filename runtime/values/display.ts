/** Values as people read them in a debugger: as they would be written in 4D code, short, on one line. */
import { isNullDate, isoDate, isoTime } from './dates.js';
import { numberText } from './format.js';
import { ownerOf, plainName } from './owner.js';
import type { Reference, Slot } from './value.js';

const LONGEST = 1000;
const ITEMS = 8;

/** One line for a value; long texts and large collections are cut with `…`. `depth` limits nested objects. */
export function display(value: Slot, depth = 2): string {
  switch (typeof value) {
    case 'undefined':
      return 'Undefined';
    case 'number':
      return numberText(value);
    case 'string':
      return textLiteral(value);
    case 'boolean':
      return value ? 'True' : 'False';
    default:
      break;
  }
  if (value === null) return 'Null';
  switch (value.t) {
    case 'date':
      return isNullDate(value) ? '!00-00-00!' : `!${isoDate(value).slice(0, 10)}!`;
    case 'time':
      return `?${isoTime(value)}?`;
    case 'blob':
      return `Blob (${value.bytes.length} bytes)`;
    case 'picture':
      return `Picture (${value.mime}, ${value.bytes.length} bytes)`;
    case 'pointer':
      return value.target ? `->${placeText(value.target)}` : '->[]';
    case 'formula':
      return `Formula(${cut(value.source)})`;
    case 'class':
      return value.kind === 'native' ? value.name : classText(value.name);
    case 'host':
      return value.className;
    case 'array':
      return `${value.type} array (${value.items.length - 1})`;
    case 'collection': {
      if (depth <= 0) return `[…] (${value.items.length})`;
      const shown = value.items.slice(0, ITEMS).map((item) => display(item, depth - 1));
      return `[${shown.join('; ')}${value.items.length > ITEMS ? '; …' : ''}]`;
    }
    case 'object': {
      const name = value.className ? `cs.${value.className} ` : '';
      if (depth <= 0) return `${name}{…}`;
      const shown = [...value.properties].slice(0, ITEMS).map(([key, item]) => `${key}: ${display(item, depth - 1)}`);
      return `${name}{${shown.join('; ')}${value.properties.size > ITEMS ? '; …' : ''}}`;
    }
  }
}

function textLiteral(text: string): string {
  const escapes: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '"': '\\"', '\\': '\\\\' };
  return `"${cut(text).replace(/[\n\r\t"\\]/g, (c) => escapes[c])}"`;
}

const cut = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

function placeText(place: Reference): string {
  switch (place.ref) {
    case 'process':
      return place.name;
    case 'interprocess':
      return `<>${place.name}`;
    case 'local':
      return `local ${place.slot}`;
    case 'element':
      return `${placeText(place.array)}{${place.index}}${place.second === undefined ? '' : `{${place.second}}`}`;
    case 'property':
      return `….${place.name}`;
    case 'item':
      return `…[${place.index}]`;
    case 'character':
      return `${placeText(place.text)}[[${place.index}]]`;
    case 'table':
      return `[${place.table}]`;
    case 'field':
      return `[${place.table}]${place.field}`;
  }
}

/** A class of a project or a class store as code writes it: `cs.Shop`, `cs.Mail.Sender`, `cs`, `4D`. */
function classText(name: string): string {
  return name === '4D' ? name : ['cs', ownerOf(name), plainName(name)].filter(Boolean).join('.');
}
