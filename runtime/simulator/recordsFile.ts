import type { FileSystem } from '#syntaxes/project/fileSystem.js';
import type { Bilingual } from '#syntaxes/text/bilingual.js';
import { csvRows } from '../records/csv.js';
import { loadFixtures, type Records } from '../records/records.js';
import { JsonError, parseJson } from '../values/json.js';
import type { SimulatorOptions } from './types.js';

/** The file beside a project whose records are taken when none are given. */
export const recordsFile = 'records.json';

/** Records that were asked for and cannot be had: nothing is to run without them. */
export class UnreadableRecords extends Error {
  constructor(readonly text: Bilingual) {
    super(text.en);
  }
}

/**
 * Fills the tables with the records of the options: rows as data, a JSON file, a CSV file named like its table or a folder of those by its path, or `records.json` beside the project when
 * nothing is given. `fromProject`: it was that file. What is wrong in them is left out and told; throws `UnreadableRecords` when the file that is given
 * does not exist or is no JSON.
 */
export async function fillRecords(
  records: Records,
  files: FileSystem,
  root: string,
  given: SimulatorOptions['records'],
): Promise<{ readonly fromProject: boolean; readonly problems: Bilingual[] }> {
  if (given !== undefined && typeof given !== 'string') return { fromProject: false, problems: load(records, given, 'records') };
  const path = given ?? recordsFile;
  const place = absolute(path) ? path : `${root}/${path}`;
  const told: Bilingual[] = [];
  const tables = given === undefined ? undefined : await csvTables(records, files, place, told);
  if (tables) return { fromProject: false, problems: [...told, ...load(records, tables, path)] };
  const text = await files.readText(place);
  if (text === undefined) {
    if (given === undefined) return { fromProject: false, problems: [] };
    throw new UnreadableRecords({
      en: `The records file “${path}” cannot be read. Paths are relative to the project’s folder; a folder must hold .csv files.`,
      es: `No se puede leer el archivo de registros «${path}». Las rutas son relativas a la carpeta del proyecto; una carpeta debe contener archivos .csv.`,
    });
  }
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    const why = whereBroken(text);
    const broken = {
      en: `The records file “${path}” is no JSON (${why.en}). It should be {"Table": [{"Field": value}]}, or a .csv file named like its table.`,
      es: `El archivo de registros «${path}» no es JSON (${why.es}). Debe ser {"Tabla": [{"Campo": valor}]}, o un archivo .csv con el nombre de su tabla.`,
    };
    if (given !== undefined) throw new UnreadableRecords(broken);
    return { fromProject: false, problems: [broken] };
  }
  return { fromProject: given === undefined, problems: [...encoding(text, path), ...load(records, json, path)] };
}

/** Rows by table from a CSV file, or from those in a folder; undefined when the path is neither. */
async function csvTables(
  records: Records,
  files: FileSystem,
  place: string,
  told: Bilingual[],
): Promise<Record<string, unknown> | undefined> {
  const names = /\.csv$/i.test(place)
    ? [place]
    : (await files.list(place)).filter((entry) => !entry.folder && /\.csv$/i.test(entry.name)).map((entry) => `${place}/${entry.name}`);
  const tables: Record<string, unknown> = {};
  for (const name of names.sort()) {
    const text = await files.readText(name);
    const table = name.slice(name.lastIndexOf('/') + 1).replace(/\.csv$/i, '');
    if (text === undefined) continue;
    told.push(...encoding(text, `${table}.csv`));
    tables[table] = csvRows(records, table, text, ({ en, es }) => told.push({ en: `${table}.csv: ${en}`, es: `${table}.csv: ${es}` }));
  }
  return Object.keys(tables).length ? tables : undefined;
}

/** A place in a text that is no JSON, as JSON Parse tells it. */
function whereBroken(text: string): Bilingual {
  const clean = text.replace(/^\uFEFF/, '');
  if (clean.trim() === '') return { en: 'it is empty', es: 'está vacío' };
  try {
    parseJson(clean);
  } catch (error) {
    if (error instanceof JsonError) {
      const before = clean.slice(0, error.offset).split(/\r\n|\r|\n/);
      const [line, column] = [before.length, (before.at(-1)?.length ?? 0) + 1];
      return { en: `line ${line}, column ${column}`, es: `línea ${line}, columna ${column}` };
    }
  }
  return { en: 'it cannot be read', es: 'no se puede leer' };
}

/** A file in another encoding than UTF-8 has lost its accents. */
function encoding(text: string, from: string): Bilingual[] {
  if (!text.includes('\uFFFD')) return [];
  return [
    {
      en: `${from}: the file is not UTF-8: some letters are lost. Save it as UTF-8.`,
      es: `${from}: el archivo no está en UTF-8: se han perdido letras. Guárdelo como UTF-8.`,
    },
  ];
}

function load(records: Records, json: unknown, from: string): Bilingual[] {
  return loadFixtures(records, json).map(({ path, message }) => ({
    en: `${[from, path].filter(Boolean).join(': ')}: ${message.en}`,
    es: `${[from, path].filter(Boolean).join(': ')}: ${message.es}`,
  }));
}

/** A path from the root of a file system, of a drive, or a URI. */
function absolute(path: string): boolean {
  return /^([/\\]|[A-Za-z]:[/\\]|[A-Za-z][A-Za-z0-9+.-]*:\/\/)/.test(path);
}
