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
  readonly text: string;
  /** Names of the entity events that it has: `validateSave`, `touched name`. */
  readonly events: readonly string[];
  readonly aliases: ReadonlyMap<string, string>;
  readonly computed: ReadonlyMap<string, Computed>;
}

const nothing: ClassAttributes = { text: '', events: [], aliases: new Map(), computed: new Map() };

/** By program and table, with the text that they were read from; one program is under way at a time, or few. */
const files = new WeakMap<object, Map<number, ClassAttributes>>();

function attributesInFile(call: Call, table: number): ClassAttributes {
  const { program } = call.machine;
  const file = program?.classByName(`${r.tableByNumber(call.host.records, table)?.name}Entity`);
  const text = (file && program.text(file.path)) ?? '';
  if (text === '') return nothing;
  const tables = files.get(program) ?? new Map<number, ClassAttributes>();
  files.set(program, tables);
  let known = tables.get(table);
  if (known?.text !== text) {
    known = { text, events: eventsIn(text), aliases: aliasesIn(text), computed: computedIn(text) };
    tables.set(table, known);
  }
  return known;
}

function aliasesIn(text: string): Map<string, string> {
  const found = text.matchAll(/^[ \t]*(?:exposed[ \t]+)?Alias[ \t]+(\S+)[ \t]+(\S+)/gim);
  return new Map([...found].map(([, alias, path]) => [alias, path]));
}

function eventsIn(text: string): string[] {
  return [...text.matchAll(/^[ \t]*(?:local[ \t]+)?Function[ \t]+event[ \t]+(\w+)/gim)].map(([, name]) => name);
}

/** Stops with an error where an entity's class has events: they are not modelled (facts: 4D page `ORDA/orda-events`). */
export function refuseEvents(call: Call, table: number): void {
  const [event] = attributesInFile(call, table).events;
  if (event === undefined) return;
  notModelled(
    {
      en: '{0}: the entity class of {1} has Function event {2}, and entity events are not simulated. A trigger of the table is.',
      es: '{0}: la clase de entidad de {1} tiene Function event {2}, y los eventos de entidad no se simulan. Un trigger de la tabla sí.',
    },
    call.command,
    r.tableByNumber(call.host.records, table)?.name ?? '',
    event,
  );
}

const functionLine =
  /^[ \t]*((?:(?:exposed|local|server|shared)[ \t]+)*)Function[ \t]+(get|set|query|orderBy)[ \t]+([^\s(:>;/-]+)[ \t]*(?:\([^)\r\n]*\))?[ \t]*(?:->[ \t]*\$\w+[ \t]*)?(?::[ \t]*([\w.:]+))?/gim;

function computedIn(text: string): Map<string, Computed> {
  const lines = [...text.matchAll(functionLine)].map(([, words, kind, name, type = '']) => ({
    words,
    kind: kind.toLowerCase(),
    name,
    type,
  }));
  const has = (kind: string, name: string) => lines.some((line) => line.kind === kind && line.name === name);
  const found = new Map<string, Computed>();
  for (const line of lines) {
    if (line.kind !== 'get') continue;
    const { name } = line;
    const type = line.type.replace(/:C\d+/g, '');
    found.set(name, {
      name,
      type,
      gives: /(?:^|\.)\w*Selection$/.test(type) ? 'selection' : /(?:^|\.)\w*Entity$/.test(type) ? 'entity' : 'value',
      exposed: /\bexposed\b/i.test(line.words),
      sets: has('set', name),
      queries: has('query', name),
      sorts: has('orderby', name),
    });
  }
  return found;
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
