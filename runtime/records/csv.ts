/** Records to begin with, from CSV (RFC 4180): a file for each table, named like it; its first line has the names of the fields. */
import type { Bilingual } from '#syntaxes/text/bilingual.js';
import { fieldByName, fieldType, tableByName } from './structure.js';
import type { Records } from './types.js';

/** The cells of a CSV text. The separator is the one of `,`, `;` and tab that the first line has most of. */
export function readCsv(source: string): string[][] {
  const text = source.replace(/^\uFEFF/, '');
  const firstLine = /^[^\r\n]*/.exec(text)?.[0] ?? '';
  const count = (character: string) => firstLine.split(character).length;
  const separator = [',', ';', '\t'].reduce((best, other) => (count(other) > count(best) ? other : best));
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const endRow = () => {
    row.push(cell);
    cell = '';
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  };
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') {
        cell += '"';
        i++;
      } else quoted = false;
    } else if (c === '"' && cell === '') quoted = true;
    else if (c === separator) {
      row.push(cell);
      cell = '';
    } else if (c === '\n' || c === '\r') {
      if (c === '\r' && text[i + 1] === '\n') i++;
      endRow();
    } else cell += c;
  }
  if (cell !== '' || row.length > 0) endRow();
  return rows;
}

/**
 * A CSV text as rows for `loadFixtures`: cells become what the table's fields take; an empty cell is the field's default.
 * What cannot be converted stays text, so that loading tells it. What is wrong with the file as a whole goes to `tell`.
 */
export function csvRows(
  records: Records,
  tableName: string,
  source: string,
  tell: (problem: Bilingual) => void = () => {},
): Record<string, unknown>[] {
  const [names = [], ...rows] = readCsv(source);
  const table = tableByName(records, tableName);
  const columns = names.map((name) => {
    const key = name.trim();
    const field = table && fieldByName(table, key);
    return { key, type: field && fieldType(field) };
  });
  if (names.length === 0)
    tell({
      en: 'The file is empty: its first line must have the names of the fields.',
      es: 'El archivo está vacío: su primera línea debe llevar los nombres de los campos.',
    });
  const twice = columns.find(({ key }, i) => columns.findIndex((other) => other.key.toLowerCase() === key.toLowerCase()) < i);
  if (twice)
    tell({
      en: `The first line has the name «${twice.key}» twice: the last of the columns counts.`,
      es: `La primera línea tiene dos veces el nombre «${twice.key}»: cuenta la última de las columnas.`,
    });
  const wide = rows.findIndex((cells) => cells.length > columns.length);
  if (wide >= 0 && names.length > 0)
    tell({
      en: `Row ${wide + 2} has ${rows[wide].length} cells and the first line ${columns.length} names. Texts with separators need quotes.`,
      es: `La fila ${wide + 2} tiene ${rows[wide].length} celdas y la primera línea ${columns.length} nombres. Los textos con separadores necesitan comillas.`,
    });
  return rows.map((cells) => {
    const row: Record<string, unknown> = {};
    for (const [i, { key, type }] of columns.entries()) {
      const cell = cells[i] ?? '';
      if (type === undefined) row[key] = cell;
      else if (cell !== '') row[key] = convert(type, cell);
    }
    return row;
  });
}

function convert(type: string, cell: string): unknown {
  switch (type) {
    case 'integer':
    case 'real': {
      // A comma is a decimal one where another separator stands between the cells.
      const number = /^\s*-?\d+,\d+\s*$/.test(cell) ? cell.replace(',', '.') : cell;
      return number.trim() !== '' && Number.isFinite(Number(number)) ? Number(number) : cell;
    }
    case 'boolean':
      return /^(true|1|yes)$/i.test(cell.trim()) ? true : /^(false|0|no)$/i.test(cell.trim()) ? false : cell;
    case 'object':
      try {
        return JSON.parse(cell);
      } catch {
        return cell;
      }
    default:
      return cell;
  }
}
