/** Themes Relations and Structure Access (facts: 4D theme pages of these names). */
import * as r from '../records/records.js';
import type { TypeName, Value } from '../values/value.js';
import { raise } from './errors.js';
import { afterTable, fieldArgument, fieldOrNone, tableArgument, tableNumberArgument } from './tables.js';
import { type Call, Theme } from './theme.js';
import { throughSaving } from './triggers.js';

export const relations = new Theme('Relations');

const process = (call: Call) => call.process.number;

function noRelation(call: Call): never {
  const { table, field } = fieldArgument(call, 0);
  const definition = r.tableByNumber(call.host.records, table);
  return raise(
    16,
    {
      en: '{0}: no relation starts at [{1}]{2}. Add it to the structure.',
      es: '{0}: ninguna relación sale de [{1}]{2}. Añádala a la estructura.',
    },
    call.command,
    definition?.name ?? '',
    r.fieldByNumber(call.host.records, table, field)?.name ?? '',
  );
}

relations.command(42, 'RELATE ONE', (call) => {
  const field = fieldOrNone(call, 0);
  if (!field) r.relateOneTable(call.host.records, process(call), tableArgument(call));
  else if (!r.relateOneField(call.host.records, process(call), field.table, field.field)) noRelation(call);
  call.setSystem('OK', 1);
});
relations.command(44, 'OLD RELATED ONE', (call) => {
  const { table, field } = fieldArgument(call, 0);
  if (!r.relateOneField(call.host.records, process(call), table, field, true)) noRelation(call);
  call.setSystem('OK', 1);
});
relations.command(262, 'RELATE MANY', (call) => {
  const field = fieldOrNone(call, 0);
  r.relateMany(call.host.records, process(call), field ? field.table : tableArgument(call), field?.field);
});
relations.command(263, 'OLD RELATED MANY', (call) => {
  const { table, field } = fieldArgument(call, 0);
  r.relateMany(call.host.records, process(call), table, field, true);
});
relations.command(349, 'RELATE ONE SELECTION', (call) => {
  r.relateOneSelection(call.host.records, process(call), tableArgument(call, 0), tableArgument(call, 1));
});
relations.command(340, 'RELATE MANY SELECTION', (call) => {
  const { table, field } = fieldArgument(call, 0);
  if (!r.relateManySelection(call.host.records, process(call), table, field)) noRelation(call);
});
relations.command(65, 'CREATE RELATED ONE', (call) => {
  const { table, field } = fieldArgument(call, 0);
  if (!r.createRelatedOne(call.host.records, process(call), table, field)) noRelation(call);
});
relations.command(43, 'SAVE RELATED ONE', (call) => {
  const { table, field } = fieldArgument(call, 0);
  const one = r.relatedOneTable(call.host.records, table, field);
  if (one === undefined) return undefined;
  // Goes on as SAVE RECORD of the other table does.
  const trigger = throughSaving(call, one, { then: 'SAVE RECORD', state: one });
  if (trigger === undefined) r.saveRecord(call.host.records, process(call), one);
  return trigger;
});
relations.command(310, 'SET AUTOMATIC RELATIONS', (call) => {
  const own = r.processRecords(call.host.records, process(call));
  own.automaticOne = call.boolean(0);
  if (call.has(1)) own.automaticMany = call.boolean(1);
});
relations.command(899, 'GET AUTOMATIC RELATIONS', (call) => {
  const own = r.processRecords(call.host.records, process(call));
  call.set(0, own.automaticOne);
  call.set(1, own.automaticMany);
});

// The default of all fields is «Map NULL values to blank values»: then no value is Null (4D pages `commands/is-field-value-null`, `set-field-value-null`).
relations.reader(964, 'Is field value Null', () => false);
relations.command(965, 'SET FIELD VALUE NULL', (call) => {
  const { table, field } = fieldArgument(call, 0);
  r.writeField(call.host.records, process(call), table, field, null);
});

// ---- structure access

relations.command(687, 'GET TABLE PROPERTIES', (call) => {
  const value = call.value(0);
  const number = typeof value === 'number' ? value : (call.table(0) ?? 0);
  const triggers = r.tableByNumber(call.host.records, number)?.triggers;
  // Whether a table is invisible the simulator does not read.
  const found = [false, triggers?.insert ?? false, triggers?.update ?? false, triggers?.delete ?? false, false];
  for (const [i, each] of found.entries()) if (call.has(i + 1)) call.set(i + 1, each);
});

relations.reader(254, 'Last table number', (call) => Math.max(0, ...call.host.records.structure.tables.map((table) => table.number)));
relations.reader(255, 'Last field number', (call) =>
  Math.max(0, ...(r.tableByNumber(call.host.records, tableNumberArgument(call, 0))?.fields ?? []).map((field) => field.number)),
);
relations.reader(999, 'Is table number valid', (call) => r.tableByNumber(call.host.records, call.integer(0)) !== undefined);
relations.reader(1000, 'Is field number valid', (call) =>
  Boolean(r.fieldByNumber(call.host.records, tableNumberArgument(call, 0), call.integer(1))),
);

relations.reader(252, 'Table', (call) => {
  const field = fieldOrNone(call, 0);
  if (field) return field.table;
  const value = call.value(0);
  if (typeof value === 'number') {
    const table = call.integer(0);
    return { t: 'pointer', target: r.tableByNumber(call.host.records, table) ? { ref: 'table', table } : undefined };
  }
  return tableNumberArgument(call, 0);
});
relations.reader(253, 'Field', (call) => {
  if (!call.has(1)) return fieldArgument(call, 0).field;
  const [table, field] = [tableNumberArgument(call, 0), call.integer(1)];
  return { t: 'pointer', target: r.fieldByNumber(call.host.records, table, field) ? { ref: 'field', table, field } : undefined };
});
relations.reader(256, 'Table name', (call) => r.tableByNumber(call.host.records, tableNumberArgument(call, 0))?.name ?? '');
/** Titles are the names: nobody sees those that SET TABLE TITLES and SET FIELD TITLES give. */
relations.command(803, 'GET TABLE TITLES', (call) => {
  const { tables } = call.host.records.structure;
  call.array(0, 'text').items = ['', ...tables.map(({ name }) => name)];
  call.array(1, 'integer').items = [0, ...tables.map(({ number }) => number)];
});
relations.command(804, 'GET FIELD TITLES', (call) => {
  const fields = r.tableByNumber(call.host.records, tableArgument(call))?.fields ?? [];
  const first = afterTable(call);
  call.array(first, 'text').items = ['', ...fields.map(({ name }) => name)];
  call.array(first + 1, 'integer').items = [0, ...fields.map(({ number }) => number)];
});
relations.reader(257, 'Field name', (call) => {
  const { table, field } = fieldPlace(call);
  return r.fieldByNumber(call.host.records, table, field)?.name ?? '';
});

/** A field by pointer, or by table and field number; with the index of the argument that follows. */
function fieldPlace(call: Call): { readonly table: number; readonly field: number; readonly next: number } {
  const field = fieldOrNone(call, 0);
  return field ? { ...field, next: 1 } : { table: tableNumberArgument(call, 0), field: call.integer(1), next: 2 };
}

/** Type constants of fields (`Is text` …). */
export const typeNumbers: Readonly<Record<TypeName, number>> = {
  text: 2,
  integer: 9,
  real: 1,
  boolean: 6,
  date: 4,
  time: 11,
  blob: 30,
  picture: 3,
  pointer: 23,
  object: 38,
  collection: 42,
  variant: 12,
};

relations.command(258, 'GET FIELD PROPERTIES', (call) => {
  const { table, field, next } = fieldPlace(call);
  const definition = r.fieldByNumber(call.host.records, table, field);
  if (!definition) noField(call);
  else {
    const type =
      definition.type === 'uuid' || definition.maxLength !== undefined
        ? 0
        : definition.type === 'integer64'
          ? 25
          : typeNumbers[r.fieldType(definition)];
    const answers: Value[] = [type, definition.maxLength ?? 0, definition.unique || definition.primaryKey, definition.unique, false];
    answers.forEach((answer, i) => {
      if (call.has(next + i)) call.set(next + i, answer);
    });
  }
});

function noField(call: Call): never {
  return raise(2, { en: '{0}: there is no such field.', es: '{0}: no existe ese campo.' }, call.command);
}

relations.command(686, 'GET RELATION PROPERTIES', (call) => {
  const { table, field, next } = fieldPlace(call);
  const relation = r.relationFrom(call.host.records, table, field);
  const answers: Value[] = [relation?.one.table ?? 0, relation?.one.field ?? 0, 0, false, false];
  answers.forEach((answer, i) => {
    if (call.has(next + i)) call.set(next + i, answer);
  });
});

// Indexes only make 4D faster: records in memory need none.
relations.command(344, 'SET INDEX', () => undefined);
relations.command(966, 'CREATE INDEX', () => undefined);
relations.command(967, 'DELETE INDEX', () => undefined);
relations.command(1293, 'PAUSE INDEXES', () => undefined);
relations.command(1294, 'RESUME INDEXES', () => undefined);
