/** Following relations between tables (facts: 4D theme page Relations). */
import type { RelationDefinition } from '#syntaxes/project/types.js';
import { equalValues } from '../values/compare.js';
import type { Value } from '../values/value.js';
import { failWith } from './errors.js';
import { relationKey } from './relationKey.js';
import { visibleRecords, visibleRow } from './state.js';
import { tableByNumber } from './structure.js';
import type { Records } from './types.js';

interface Hop {
  readonly relation: RelationDefinition;
  readonly towards: 'one' | 'many';
}

/** Shortest chain of relations between two tables; undefined when there is none. */
export function relationPath(records: Records, from: number, to: number): Hop[] | undefined {
  const seen = new Set([from]);
  let paths: { table: number; hops: Hop[] }[] = [{ table: from, hops: [] }];
  while (paths.length > 0) {
    const next: typeof paths = [];
    for (const { table, hops } of paths) {
      if (table === to) return hops;
      for (const relation of records.structure.relations) {
        for (const towards of ['one', 'many'] as const) {
          const start = towards === 'one' ? relation.many : relation.one;
          const end = towards === 'one' ? relation.one : relation.many;
          if (start.table !== table || seen.has(end.table)) continue;
          seen.add(end.table);
          next.push({ table: end.table, hops: [...hops, { relation, towards }] });
        }
      }
    }
    paths = next;
  }
  return undefined;
}

/** Records of `to` that are related to the given records of `from`, over any number of relations. Raises an error when no relation leads there. */
export function relatedRecords(records: Records, process: number, from: number, to: number, numbers: readonly number[]): Set<number> {
  const path = relationPath(records, from, to);
  if (!path) failWith('relation', tableByNumber(records, from)?.name ?? '', tableByNumber(records, to)?.name ?? '');
  let here: Iterable<number> = numbers;
  for (const hop of path) here = hopOver(records, process, hop, here);
  return new Set(here);
}

function hopOver(records: Records, process: number, { relation, towards }: Hop, numbers: Iterable<number>): Set<number> {
  const start = towards === 'one' ? relation.many : relation.one;
  const end = towards === 'one' ? relation.one : relation.many;
  const keys = new Set<string>();
  for (const record of numbers) {
    const key = relationKey(visibleRow(records, process, start.table, record)?.[start.field]);
    if (key !== undefined) keys.add(key);
  }
  const found = new Set<number>();
  for (const record of visibleRecords(records, process, end.table)) {
    const key = relationKey(visibleRow(records, process, end.table, record)?.[end.field]);
    if (key !== undefined && keys.has(key)) found.add(record);
  }
  return found;
}

/** A look-up from records of `from` to their first related record of `to`, made once for many records. */
export function relatedLookup(records: Records, process: number, from: number, to: number): (record: number) => number | undefined {
  const path = relationPath(records, from, to);
  if (!path) failWith('relation', tableByNumber(records, from)?.name ?? '', tableByNumber(records, to)?.name ?? '');
  const hops = path.map(({ relation, towards }) => {
    const start = towards === 'one' ? relation.many : relation.one;
    const end = towards === 'one' ? relation.one : relation.many;
    const byKey = new Map<string, number>();
    for (const record of visibleRecords(records, process, end.table)) {
      const key = relationKey(visibleRow(records, process, end.table, record)?.[end.field]);
      if (key !== undefined && !byKey.has(key)) byKey.set(key, record);
    }
    return (record: number) => {
      const key = relationKey(visibleRow(records, process, start.table, record)?.[start.field]);
      return key === undefined ? undefined : byKey.get(key);
    };
  });
  return (record) => {
    let here: number | undefined = record;
    for (const hop of hops) {
      if (here === undefined) return undefined;
      here = hop(here);
    }
    return here;
  };
}

/** Records of a table whose field equals the value; `@` in it stands for anything. */
export function recordsWith(records: Records, process: number, table: number, field: number, value: Value): number[] {
  return visibleRecords(records, process, table).filter((record) =>
    equalValues(visibleRow(records, process, table, record)?.[field], value),
  );
}
