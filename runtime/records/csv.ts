/** Records to begin with, from CSV (RFC 4180): a file for each table, named like it; its first line has the names of the fields. */
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
 * What cannot be converted stays text, so that loading tells it.
 */
export function csvRows(records: Records, tableName: string, source: string): Record<string, unknown>[] {
  const [names = [], ...rows] = readCsv(source);
  const table = tableByName(records, tableName);
  return rows.map((cells) => {
    const row: Record<string, unknown> = {};
    for (const [i, name] of names.entries()) {
      const key = name.trim();
      const cell = cells[i] ?? '';
      const field = table && fieldByName(table, key);
      if (cell !== '' || field === undefined) row[key] = field ? convert(fieldType(field), cell) : cell;
    }
    return row;
  });
}

function convert(type: string, cell: string): unknown {
  switch (type) {
    case 'integer':
    case 'real':
      return cell.trim() !== '' && Number.isFinite(Number(cell)) ? Number(cell) : cell;
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
