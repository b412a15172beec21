/** What the values of a scenario are: the same as `scenario.schema.json` says, for whoever has no schema at hand. */
import type { Bilingual } from '#syntaxes/text/bilingual.js';
import { momentOf } from '../simulator/clock.js';

interface Kind extends Bilingual {
  readonly is: (value: unknown) => boolean;
}

const isText = (value: unknown): boolean => typeof value === 'string';
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (is: Kind['is']) => (value: unknown) => Array.isArray(value) && value.every(is);
const mapOf = (is: Kind['is']) => (value: unknown) => isObject(value) && Object.values(value).every(is);
const either =
  (...kinds: readonly Kind['is'][]) =>
  (value: unknown) =>
    kinds.some((is) => is(value));

const texts = listOf(isText);
const isNull = (value: unknown): boolean => value === null;
const text: Kind = { is: isText, en: 'a text', es: 'un texto' };
const textOrTexts: Kind = { is: either(isText, texts), en: 'a text or a list of texts', es: 'un texto o una lista de textos' };
const textOrObject: Kind = { is: either(isText, isObject), en: 'a text or an object', es: 'un texto o un objeto' };
const yesOrNo: Kind = { is: (value) => typeof value === 'boolean', en: 'true or false', es: 'true o false' };
const number: Kind = { is: Number.isInteger, en: 'a whole number', es: 'un número entero' };
const object: Kind = { is: isObject, en: 'an object', es: 'un objeto' };
const list: Kind = { is: Array.isArray, en: 'a list', es: 'una lista' };
const lines: Kind = {
  is: either(texts, mapOf(texts)),
  en: 'a list of texts, or one for each mode',
  es: 'una lista de textos, o una por modo',
};
const settings: Kind = {
  is: mapOf((value) => ['string', 'number', 'boolean'].includes(typeof value)),
  en: 'an object of texts, numbers, true and false',
  es: 'un objeto de textos, números, true y false',
};

const shapes = {
  scenario: {
    title: text,
    project: text,
    modes: { is: (value) => texts(value) && (value as unknown[]).length > 0, en: 'a list of modes', es: 'una lista de modos' },
    records: textOrObject,
    start: {
      is: (value) => typeof value === 'string' && momentOf(value) !== undefined,
      en: 'a moment such as 2026-01-15T08:30:00',
      es: 'un momento como 2026-01-15T08:30:00',
    },
    seed: number,
    choices: object,
    standIns: { is: mapOf(isObject), en: 'an object of objects', es: 'un objeto de objetos' },
    options: settings,
  },
  request: {
    client: text,
    method: text,
    url: text,
    headers: { is: mapOf(isText), en: 'an object of texts', es: 'un objeto de textos' },
    body: textOrTexts,
    bytes: {
      is: (value) => typeof value === 'string' && /^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(value),
      en: 'a text in base64',
      es: 'un texto en base64',
    },
    address: text,
    secure: yesOrNo,
    mobile: yesOrNo,
    server: text,
    cookies: text,
    wait: yesOrNo,
    expect: object,
  },
  answer: {
    status: number,
    headers: { is: mapOf(either(isText, isNull)), en: 'an object of texts', es: 'un objeto de textos' },
    body: textOrTexts,
    contains: textOrTexts,
    lacks: textOrTexts,
    cookie: { is: either(isText, isNull), en: 'a text or null', es: 'un texto o null' },
  },
  step: {
    comment: text,
    in: { is: texts, en: 'a list of modes', es: 'una lista de modos' },
    args: list,
    closed: { is: either(yesOrNo.is, isObject), en: 'true or false', es: 'true o false' },
    error: textOrObject,
    set: settings,
    trace: lines,
    happens: lines,
    never: lines,
    sessions: { is: either(number.is, isObject), en: 'a whole number', es: 'un número entero' },
  },
} satisfies Record<string, Readonly<Record<string, Kind>>>;

export type Shape = keyof typeof shapes;

/** Tells the values of an object that are none of their kind, by name. */
export function wrongValues(json: Readonly<Record<string, unknown>>, shape: Shape, tell: (name: string, wanted: Bilingual) => void): void {
  for (const [name, kind] of Object.entries<Kind>(shapes[shape])) {
    if (Object.hasOwn(json, name) && !kind.is(json[name])) tell(name, kind);
  }
}

/** The answers that `expect` names: itself, or one for each mode. */
export function answersIn(expect: Readonly<Record<string, unknown>>): readonly (readonly [path: string, answer: unknown])[] {
  const entries = Object.entries(expect);
  const byMode = entries.length > 0 && entries.every(([name]) => /^(legacy|scalable|none)$/.test(name));
  return byMode ? entries.map(([name, answer]) => [`.${name}`, answer] as const) : [['', expect]];
}
