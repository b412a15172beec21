/** Records to begin with, from JSON: `{"Table": [{"Field": value}]}`. */
import type { FieldDefinition, TableDefinition } from '#syntaxes/project/types.js';
import type { Bilingual } from '#syntaxes/text/bilingual.js';
import { dateFromIso, nullDate } from '../values/dates.js';
import type { Value } from '../values/value.js';
import { emptyRow, storedTable } from './state.js';
import { convertToField, defaultFieldValue, fieldByName, fieldType, tableByName } from './structure.js';
import type { Records } from './types.js';

/** What is wrong with a fixture, and where: `Customer[2].Born`. */
export interface FixtureProblem {
  readonly path: string;
  readonly message: Bilingual;
}

/**
 * Puts rows into the tables. Dates are `YYYY-MM-DD`, times `HH:MM:SS` or seconds, blobs and pictures base64, UUIDs text; `null` is the field's default.
 * Fields that a row leaves out get their default, auto-incremented and UUID ones their next value. What is wrong is left out and told; the rest is put in.
 */
export function loadFixtures(records: Records, fixtures: unknown): FixtureProblem[] {
  const problems: FixtureProblem[] = [];
  if (typeof fixtures !== 'object' || fixtures === null || Array.isArray(fixtures)) {
    problems.push({
      path: '',
      message: {
        en: 'Records must be an object whose keys are tables: {"Table": [{"Field": value}]}.',
        es: 'Los registros deben ser un objeto cuyas claves son tablas: {"Tabla": [{"Campo": valor}]}.',
      },
    });
    return problems;
  }
  for (const [name, rows] of Object.entries(fixtures)) {
    const table = tableByName(records, name);
    if (!table) {
      const known = records.structure.tables.map((t) => t.name).join(', ') || '—';
      problems.push({
        path: name,
        message: {
          en: `The structure has no table «${name}». It has: ${known}.`,
          es: `La estructura no tiene la tabla «${name}». Tiene: ${known}.`,
        },
      });
    } else if (!Array.isArray(rows)) {
      problems.push({
        path: name,
        message: { en: 'The rows of a table must be a list of objects.', es: 'Las filas de una tabla deben ser una lista de objetos.' },
      });
    } else for (const [i, row] of rows.entries()) loadRow(records, table, row, `${name}[${i}]`, problems);
  }
  return problems;
}

function loadRow(records: Records, table: TableDefinition, row: unknown, path: string, problems: FixtureProblem[]): void {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) {
    problems.push({
      path,
      message: { en: 'A row must be an object: {"Field": value}.', es: 'Una fila debe ser un objeto: {"Campo": valor}.' },
    });
    return;
  }
  const stored = storedTable(records, table.number);
  const values = emptyRow(records, table.number);
  const given = new Set<number>();
  for (const [name, json] of Object.entries(row)) {
    const field = fieldByName(table, name);
    if (!field) {
      const known = table.fields.map((f) => f.name).join(', ');
      problems.push({
        path: `${path}.${name}`,
        message: {
          en: `[${table.name}] has no field «${name}». It has: ${known}.`,
          es: `[${table.name}] no tiene el campo «${name}». Tiene: ${known}.`,
        },
      });
      continue;
    }
    given.add(field.number);
    const value = fromFixture(field, json);
    if (value) values[field.number] = value.value;
    else {
      problems.push({
        path: `${path}.${name}`,
        message: {
          en: `${JSON.stringify(json)} is no value for a field of type ${field.type}. ${hints[fieldType(field)]?.en ?? ''}`.trim(),
          es: `${JSON.stringify(json)} no es un valor para un campo de tipo ${field.type}. ${hints[fieldType(field)]?.es ?? ''}`.trim(),
        },
      });
    }
  }
  for (const field of table.fields) {
    if (field.autoSequence) {
      const number = values[field.number];
      if (!given.has(field.number)) values[field.number] = stored.nextSequence++;
      else if (typeof number === 'number') stored.nextSequence = Math.max(stored.nextSequence, number + 1);
    } else if (field.autoGenerate && !given.has(field.number) && fieldType(field) === 'text') values[field.number] = records.uuid();
  }
  stored.rows.set(stored.nextRecord++, values);
}

const hints: Partial<Record<string, Bilingual>> = {
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
