/** What the class file of an entity adds to the attributes of its dataclass: aliases and computed attributes (facts: 4D page `ORDA/ordaClasses`). */
import * as r from '../../records/records.js';
import { notModelled } from '../errors.js';
import type { Call } from '../theme.js';

/** A computed attribute: `Function get name`, and what else the file has for it. */
export interface Computed {
  readonly name: string;
  /** Result type as declared, without tokens, `Text`, `cs.ShopEntity`; empty for none. */
  readonly type: string;
  /** It gives an entity or an entity selection: then 4D supports neither `Function query` nor `Function orderBy`. */
  readonly gives: 'value' | 'entity' | 'selection';
  readonly exposed: boolean;
  readonly sets: boolean;
  readonly queries: boolean;
  readonly sorts: boolean;
}

interface ClassAttributes {
  /** What the machine read it from: another file gives another one. */
  readonly source: object | undefined;
  readonly aliases: ReadonlyMap<string, string>;
  readonly computed: ReadonlyMap<string, Computed>;
}

const nothing: ClassAttributes = { source: undefined, aliases: new Map(), computed: new Map() };

/** By structure and table. */
const known = new WeakMap<object, Map<number, ClassAttributes>>();

const infoOf = (call: Call, table: number) => call.machine.classInfo?.(`${r.tableByNumber(call.host.records, table)?.name}Entity`);

function attributesInFile(call: Call, table: number): ClassAttributes {
  const source = infoOf(call, table);
  if (!source) return nothing;
  const { structure } = call.host.records;
  const tables = known.get(structure) ?? new Map<number, ClassAttributes>();
  known.set(structure, tables);
  let found = tables.get(table);
  if (found?.source !== source) {
    found = { source, aliases: source.aliases, computed: computedIn(source.declared) };
    tables.set(table, found);
  }
  return found;
}

function computedIn(declared: NonNullable<ReturnType<typeof infoOf>>['declared']): Map<string, Computed> {
  const found = new Map<string, Computed>();
  for (const { kind, name, result, exposed } of declared.values()) {
    if (kind !== 'get') continue;
    const has = (other: string) => declared.has(`${other} ${name}`);
    found.set(name, {
      name,
      type: result,
      gives: /(?:^|\.)\w*Selection$/.test(result) ? 'selection' : /(?:^|\.)\w*Entity$/.test(result) ? 'entity' : 'value',
      exposed,
      sets: has('set'),
      queries: has('query'),
      sorts: has('orderBy'),
    });
  }
  return found;
}

/** Stops with an error where an entity's class has events: they are not modelled (facts: 4D page `ORDA/orda-events`). */
export function refuseEvents(call: Call, table: number): void {
  const event = [...(infoOf(call, table)?.declared.values() ?? [])].find(({ kind }) => kind === 'event');
  if (!event) return;
  notModelled(
    {
      en: '{0}: the entity class of {1} has Function event {2}, and entity events are not simulated. A trigger of the table is.',
      es: '{0}: la clase de entidad de {1} tiene Function event {2}, y los eventos de entidad no se simulan. Un trigger de la tabla sí.',
    },
    call.command,
    r.tableByNumber(call.host.records, table)?.name ?? '',
    event.name,
  );
}

/** The path that `Alias name path` stands for; undefined for any other name. A stored attribute of that name comes first. */
export function aliasOf(call: Call, table: number, name: string): string | undefined {
  return attributesInFile(call, table).aliases.get(name);
}

/** The computed attribute of a name; undefined for any other name. */
export function computedOf(call: Call, table: number, name: string): Computed | undefined {
  return attributesInFile(call, table).computed.get(name);
}

/** Computed attributes and aliases of a dataclass, in the order of the file. */
export function addedByClass(call: Call, table: number): Pick<ClassAttributes, 'aliases' | 'computed'> {
  return attributesInFile(call, table);
}
