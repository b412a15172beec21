/** Records to begin with, from JSON: `{"Table": [{"Field": value}]}`. */
import type { FieldDefinition, RelationDefinition, TableDefinition } from '#syntaxes/project/types.js';
import type { Bilingual } from '#syntaxes/text/bilingual.js';
import { fold } from '#syntaxes/text/fold.js';
import { dateFromIso, nullDate } from '../values/dates.js';
import type { Value } from '../values/value.js';
import { putRow } from './lookup.js';
import { type FixtureProblem, Problems } from './problems.js';
import { relationKey } from './relationKey.js';
import { emptyRow, storedTable } from './state.js';
import { convertToField, defaultFieldValue, fieldByNumber, fieldType, primaryKey, tableByName, tableByNumber } from './structure.js';
import type { Records } from './types.js';

/** A table while it is filled: what its names mean, and the keys that it has. */
interface Filling {
  readonly table: TableDefinition;
  /** By folded name. */
  readonly fields: ReadonlyMap<string, FieldDefinition>;
  /** Relation attributes by their names. */
  readonly toOne: ReadonlyMap<string, RelationDefinition>;
  readonly toMany: ReadonlyMap<string, RelationDefinition>;
  /** Values that are there already, by the number of their unique field. */
  readonly taken: ReadonlyMap<number, Set<string>>;
}

interface Loading {
  readonly records: Records;
  readonly problems: Problems;
  readonly tables: Map<number, Filling>;
}

type Row = Readonly<Record<string, unknown>>;

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Puts rows into the tables. Dates are `YYYY-MM-DD`, times `HH:MM:SS` or seconds, blobs and pictures base64, UUIDs text; `null` is the field's default.
 * Fields that a row leaves out get their default, auto-incremented and UUID ones their next value. Rows of related tables may stand below
 * the names of their relations, as `toObject` and `toCollection` of ORDA give them: `__KEY` is the primary key, `__STAMP` counts for nothing.
 * What is wrong is left out and told, once for each field; the rest is put in.
 */
export function loadFixtures(records: Records, fixtures: unknown): FixtureProblem[] {
  const problems = new Problems();
  const loading: Loading = { records, problems, tables: new Map() };
  if (!isRow(fixtures)) {
    problems.add('', '', () => ({
      en: 'Records must be an object whose keys are tables: {"Table": [{"Field": value}]}.',
      es: 'Los registros deben ser un objeto cuyas claves son tablas: {"Tabla": [{"Campo": valor}]}.',
    }));
    return problems.list();
  }
  for (const [name, rows] of Object.entries(fixtures)) {
    const table = tableByName(records, name);
    if (!table) {
      const known = records.structure.tables.map((t) => t.name).join(', ') || '—';
      problems.add(`table ${name}`, name, () => ({
        en: `The structure has no table «${name}». It has: ${known}.`,
        es: `La estructura no tiene la tabla «${name}». Tiene: ${known}.`,
      }));
    } else if (Array.isArray(rows)) rows.forEach((row: unknown, i) => void loadRow(loading, table.number, row, `${name}[${i}]`));
    else
      problems.add(`rows ${name}`, name, () => ({
        en: 'The rows of a table must be a list of objects.',
        es: 'Las filas de una tabla deben ser una lista de objetos.',
      }));
  }
  return problems.list();
}

function fillingOf({ records, tables }: Loading, number: number): Filling {
  const known = tables.get(number);
  if (known) return known;
  const table = tableByNumber(records, number) as TableDefinition;
  const taken = new Map<number, Set<string>>();
  for (const field of table.fields) {
    if (!field.unique && !field.primaryKey) continue;
    const keys = new Set<string>();
    for (const row of storedTable(records, number).rows.values()) keys.add(relationKey(row[field.number]) ?? '');
    taken.set(field.number, keys);
  }
  const { relations } = records.structure;
  const made: Filling = {
    table,
    fields: new Map(table.fields.map((field) => [fold(field.name), field])),
    toOne: new Map(relations.flatMap((each) => (each.many.table === number && each.manyToOneName ? [[each.manyToOneName, each]] : []))),
    toMany: new Map(relations.flatMap((each) => (each.one.table === number && each.oneToManyName ? [[each.oneToManyName, each]] : []))),
    taken,
  };
  tables.set(number, made);
  return made;
}

/** Puts one row in; gives its values, undefined when it was left out. `linked`: the field that relates it to the row around it. */
function loadRow(
  loading: Loading,
  number: number,
  row: unknown,
  path: string,
  linked?: { readonly field: number; readonly value: Value },
): readonly Value[] | undefined {
  const { records, problems } = loading;
  const filling = fillingOf(loading, number);
  const { table } = filling;
  if (!isRow(row)) {
    problems.add(`row ${number}`, path, () => ({
      en: 'A row must be an object: {"Field": value}.',
      es: 'Una fila debe ser un objeto: {"Campo": valor}.',
    }));
    return undefined;
  }
  const values = emptyRow(records, number);
  const given = new Set<number>();
  const put = (field: FieldDefinition, json: unknown, name: string): void => {
    if (json !== null) given.add(field.number);
    const value = fromFixture(field, json);
    if (value) values[field.number] = value.value;
    else problems.add(`type ${number}.${field.number}`, `${path}.${name}`, () => wrongType(field, json));
  };
  const below: (() => void)[] = [];
  for (const [name, json] of Object.entries(row)) {
    const field = filling.fields.get(fold(name));
    const key = name === '__KEY' ? primaryKey(table) : undefined;
    const one = field ? undefined : filling.toOne.get(name);
    const many = field ? undefined : filling.toMany.get(name);
    if (field) put(field, json, name);
    else if (key) put(key, json, name);
    else if (name === '__STAMP') continue;
    else if (one) {
      const found = oneBefore(loading, one, json, `${path}.${name}`);
      if (found === undefined) continue;
      values[one.many.field] = found;
      given.add(one.many.field);
    } else if (many && Array.isArray(json)) {
      const { field: far, table: other } = many.many;
      json.forEach((each: unknown, i) => {
        below.push(() => void loadRow(loading, other, each, `${path}.${name}[${i}]`, { field: far, value: values[many.one.field] }));
      });
    } else
      problems.add(`field ${number}.${name}`, `${path}.${name}`, () => {
        const known = [...table.fields.map((each) => each.name), ...filling.toOne.keys(), ...filling.toMany.keys()].join(', ');
        return many
          ? { en: `«${name}» needs a list of rows: [{"Field": value}].`, es: `«${name}» necesita una lista de filas: [{"Campo": valor}].` }
          : {
              en: `[${table.name}] has no field «${name}». It has: ${known}.`,
              es: `[${table.name}] no tiene el campo «${name}». Tiene: ${known}.`,
            };
      });
  }
  if (linked) {
    values[linked.field] = linked.value;
    given.add(linked.field);
  }
  const stored = storedTable(records, number);
  for (const field of table.fields) {
    if (field.autoSequence) {
      const sequence = values[field.number];
      if (!given.has(field.number)) values[field.number] = stored.nextSequence++;
      else if (typeof sequence === 'number') stored.nextSequence = Math.max(stored.nextSequence, sequence + 1);
    } else if (field.autoGenerate && !given.has(field.number) && fieldType(field) === 'text') values[field.number] = records.uuid();
  }
  if (isTaken(filling, values, given, path, problems)) return undefined;
  putRow(stored, stored.nextRecord++, values);
  for (const load of below) load();
  return values;
}

/** True, and told, where a unique field has a value that another row has. */
function isTaken(
  { table, taken }: Filling,
  values: readonly Value[],
  given: ReadonlySet<number>,
  path: string,
  problems: Problems,
): boolean {
  for (const [number, keys] of taken) {
    const key = given.has(number) ? relationKey(values[number]) : undefined;
    if (key === undefined || !keys.has(key)) continue;
    const field = table.fields.find((each) => each.number === number);
    problems.add(`taken ${table.number}.${number}`, `${path}.${field?.name}`, () => ({
      en: `Another row of [${table.name}] has the value ${key} already, and the field is unique: this row is left out.`,
      es: `Otra fila de [${table.name}] ya tiene el valor ${key} y el campo es único: esta fila se descarta.`,
    }));
    return true;
  }
  for (const [number, keys] of taken) keys.add(relationKey(values[number]) ?? '');
  return false;
}

/** The value that relates a row to the one below the name of its relation: `{"__KEY": 3}`, or a row that is put in unless its key is there. */
function oneBefore(loading: Loading, { one }: RelationDefinition, json: unknown, path: string): Value {
  if (json === null || json === undefined) return undefined;
  const field = fieldByNumber(loading.records, one.table, one.field);
  if (!field) return undefined;
  if (!isRow(json)) {
    loading.problems.add(`one ${path.replace(/\[\d+\]/g, '')}`, path, () => ({
      en: 'A related row must be an object: {"__KEY": value}, or its fields.',
      es: 'Una fila relacionada debe ser un objeto: {"__KEY": valor}, o sus campos.',
    }));
    return undefined;
  }
  const filling = fillingOf(loading, one.table);
  const given = Object.entries(json).find(([name]) => fold(name) === fold(field.name))?.[1] ?? json.__KEY;
  const value = given === undefined ? undefined : fromFixture(field, given)?.value;
  const known = value !== undefined && filling.taken.get(one.field)?.has(relationKey(value) ?? '');
  const only = Object.keys(json).every((name) => name === '__KEY' || name === '__STAMP');
  if (known || only) return value;
  return loadRow(loading, one.table, json, path)?.[one.field];
}

function wrongType(field: FieldDefinition, json: unknown): Bilingual {
  const shown = JSON.stringify(json) ?? 'null';
  const short = shown.length > 60 ? `${shown.slice(0, 60)}…` : shown;
  const hint = hints[fieldType(field)];
  return {
    en: `${short} is no value for a field of type ${field.type}. ${hint?.en ?? ''}`.trim(),
    es: `${short} no es un valor para un campo de tipo ${field.type}. ${hint?.es ?? ''}`.trim(),
  };
}

const number: Bilingual = {
  en: 'Write numbers without quotes and with a point: 12.5.',
  es: 'Escriba los números sin comillas y con punto: 12.5.',
};
const hints: Partial<Record<string, Bilingual>> = {
  integer: number,
  real: number,
  boolean: { en: 'Write true or false, without quotes.', es: 'Escriba true o false, sin comillas.' },
  text: { en: 'Write texts in quotes.', es: 'Escriba los textos entre comillas.' },
  object: { en: 'Write an object, {…}, or a list.', es: 'Escriba un objeto, {…}, o una lista.' },
  date: { en: 'Write dates as "2024-02-29".', es: 'Escriba las fechas como "2024-02-29".' },
  time: { en: 'Write times as "08:30:00" or as seconds.', es: 'Escriba las horas como "08:30:00" o en segundos.' },
  blob: { en: 'Write blobs in base64.', es: 'Escriba los blobs en base64.' },
  picture: { en: 'Write pictures in base64.', es: 'Escriba las imágenes en base64.' },
};

/** A JSON value as a field takes it; undefined when it cannot be. */
function fromFixture(field: FieldDefinition, json: unknown): { readonly value: Value } | undefined {
  if (json === null || json === undefined) return { value: defaultFieldValue(field) };
  const type = fieldType(field);
  switch (type) {
    case 'date': {
      if (typeof json !== 'string') return undefined;
      const date = dateFromIso(json);
      return date !== nullDate || /^(0000-00-00)?$/.test(json) ? { value: date } : undefined;
    }
    case 'time': {
      if (typeof json === 'number') return { value: { t: 'time', seconds: Math.round(json) } };
      const m = typeof json === 'string' ? /^(\d+):([0-5]?\d)(?::([0-5]?\d))?$/.exec(json) : null;
      return m ? { value: { t: 'time', seconds: Number(m[1]) * 3600 + Number(m[2]) * 60 + Number(m[3] ?? 0) } } : undefined;
    }
    case 'blob':
    case 'picture': {
      const bytes = typeof json === 'string' ? fromBase64(json) : undefined;
      if (!bytes) return undefined;
      return { value: type === 'blob' ? { t: 'blob', bytes } : { t: 'picture', bytes, mime: '' } };
    }
    case 'object':
      return typeof json === 'object' ? { value: plainToValue(json) } : undefined;
    case 'text':
      // 4D keeps a UUID without dashes, in capitals.
      if (field.type === 'uuid' && typeof json === 'string' && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(json))
        return { value: json.replaceAll('-', '').toUpperCase() };
      return typeof json === 'string' ? { value: json } : typeof json === 'number' ? { value: String(json) } : undefined;
    default:
      return typeof json === 'number' || typeof json === 'boolean' ? convertToField(field, json) : undefined;
  }
}

function fromBase64(text: string): Uint8Array | undefined {
  const clean = text.replace(/\s/g, '');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(clean)) return undefined;
  const binary = atob(clean);
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

/** JSON data as 4D values: texts stay texts. */
export function plainToValue(json: unknown): Value {
  if (Array.isArray(json)) return { t: 'collection', items: json.map(plainToValue) };
  if (typeof json === 'object' && json !== null) {
    return { t: 'object', properties: new Map(Object.entries(json).map(([name, value]) => [name, plainToValue(value)])) };
  }
  return typeof json === 'number' || typeof json === 'string' || typeof json === 'boolean' || json === null ? json : null;
}
