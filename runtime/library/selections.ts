/** Themes Selection, Sets and Named Selections (facts: 4D theme pages of these names). */
import type { NativeResult } from '../machine/types.js';
import * as r from '../records/records.js';
import type { Value } from '../values/value.js';
import { raise } from './errors.js';
import { afterTable, tableArgument } from './tables.js';
import { type Call, Theme } from './theme.js';
import { DELETING, hasTrigger, throughSaving, throughTrigger, triggerEnded } from './triggers.js';

export const selections = new Theme('Selection');

const process = (call: Call) => call.process.number;

function readTable(number: number, name: string, read: (records: r.Records, process: number, table: number) => Value): void {
  selections.reader(number, name, (call) => read(call.host.records, process(call), tableArgument(call)));
}

readTable(76, 'Records in selection', r.recordsInSelection);
readTable(246, 'Selected record number', r.selectedRecordNumber);
readTable(36, 'End selection', r.endSelection);
readTable(198, 'Before selection', r.beforeSelection);

selections.command(47, 'ALL RECORDS', (call) => {
  r.allRecords(call.host.records, process(call), tableArgument(call));
});

const steps: readonly [number, string, r.Step][] = [
  [50, 'FIRST RECORD', 'first'],
  [200, 'LAST RECORD', 'last'],
  [51, 'NEXT RECORD', 'next'],
  [110, 'PREVIOUS RECORD', 'previous'],
];
for (const [number, name, way] of steps) {
  selections.command(number, name, (call) => {
    r.step(call.host.records, process(call), tableArgument(call), way);
  });
}

selections.command(245, 'GOTO SELECTED RECORD', (call) => {
  r.gotoSelected(call.host.records, process(call), tableArgument(call), call.integer(afterTable(call)));
});
selections.command(351, 'REDUCE SELECTION', (call) => {
  r.reduceSelection(call.host.records, process(call), tableArgument(call), call.integer(afterTable(call)));
});
selections.command(189, 'ONE RECORD SELECT', (call) => {
  r.oneRecordSelect(call.host.records, process(call), tableArgument(call));
});
selections.command(66, 'DELETE SELECTION', (call) => {
  const table = tableArgument(call);
  const { selection, readOnly } = r.tableState(call.host.records, process(call), table);
  if (!readOnly && hasTrigger(call, table, DELETING)) return deleteNext(call, { table, records: selection, at: 0, locked: [] });
  tellKept(call, table, r.deleteSelection(call.host.records, process(call), table));
  return undefined;
});

interface Deletion {
  readonly table: number;
  readonly records: readonly number[];
  readonly at: number;
  readonly locked: readonly number[];
}

/** Loads the next record that can be deleted and calls the trigger on it. */
function deleteNext(call: Call, { table, records, at, locked }: Deletion): NativeResult {
  const all = call.host.records;
  const kept = [...locked];
  for (let i = at; i < records.length; i++) {
    r.setSelection(all, process(call), table, [records[i]]);
    const { current } = r.tableState(all, process(call), table);
    if (current?.missing) continue;
    if (current?.writable) {
      const state = { table, records, at: i + 1, locked: kept } satisfies Deletion;
      return throughTrigger(call, table, DELETING, { then: 'DELETE SELECTION', state });
    }
    kept.push(records[i]);
  }
  r.setSelection(all, process(call), table, []);
  r.setLockedSet(all, process(call), table, new Set(kept));
  tellKept(call, table, kept.length);
  return undefined;
}

selections.continuation('DELETE SELECTION', (call, kept, result) => {
  const state = kept as Deletion;
  triggerEnded(call, result);
  r.deleteRecord(call.host.records, process(call), state.table);
  return deleteNext(call, state);
});

function tellKept(call: Call, table: number, kept: number): void {
  const name = r.tableByNumber(call.host.records, table)?.name ?? '';
  if (kept > 0) {
    call.machine.trace({
      kind: 'output',
      process: process(call),
      text: `DELETE SELECTION([${name}]) left ${kept} locked records: they are in LockedSet`,
    });
  }
}
selections.command(1051, 'TRUNCATE TABLE', (call) => {
  call.setSystem('OK', r.truncateTable(call.host.records, process(call), tableArgument(call)) ? 1 : 0);
});

// ---- a formula for each record

interface Application {
  readonly table: number;
  readonly records: readonly number[];
  at: number;
  readonly locked: number[];
  readonly position: number;
}

selections.command(70, 'APPLY TO SELECTION', (call) => {
  const table = tableArgument(call);
  const { selection, position } = r.tableState(call.host.records, process(call), table);
  return applyNext(call, { table, records: selection, at: 0, locked: [], position });
});

/** Loads the next record that can be written and calls the formula on it. */
function applyNext(call: Call, state: Application): NativeResult {
  const all = call.host.records;
  for (; state.at < state.records.length; state.at++) {
    r.setSelection(all, process(call), state.table, [state.records[state.at]]);
    if (!r.isLocked(all, process(call), state.table)) {
      return { native: 'call', code: { formula: call.value(1) }, args: [], then: 'APPLY TO SELECTION', state };
    }
    state.locked.push(state.records[state.at]);
  }
  r.setLockedSet(all, process(call), state.table, new Set(state.locked));
  r.setSelection(all, process(call), state.table, state.records);
  call.setSystem('OK', 1);
  return undefined;
}

selections.continuation('APPLY TO SELECTION', (call, kept) => {
  const state = kept as Application;
  return throughSaving(call, state.table, { then: 'APPLY TO SELECTION, trigger', state }) ?? applied(call, state);
});
selections.continuation('APPLY TO SELECTION, trigger', (call, kept, result) => {
  triggerEnded(call, result);
  return applied(call, kept as Application);
});

function applied(call: Call, state: Application): NativeResult {
  r.saveRecord(call.host.records, process(call), state.table);
  return applyNext(call, { ...state, at: state.at + 1 });
}

// ---- named selections

selections.command(331, 'COPY NAMED SELECTION', (call) => {
  r.copyNamedSelection(call.host.records, process(call), tableArgument(call), call.text(afterTable(call)));
});
selections.command(334, 'CUT NAMED SELECTION', (call) => {
  r.copyNamedSelection(call.host.records, process(call), tableArgument(call), call.text(afterTable(call)), true);
});
selections.command(332, 'USE NAMED SELECTION', (call) => {
  if (r.useNamedSelection(call.host.records, process(call), call.text(0))) return undefined;
  return raise(
    -9967,
    { en: 'There is no named selection «{0}» in this process.', es: 'En este proceso no hay ninguna selección temporal «{0}».' },
    call.text(0),
  );
});
selections.command(333, 'CLEAR NAMED SELECTION', (call) => {
  r.clearNamedSelection(call.host.records, process(call), call.text(0));
});

// ---- sets

const noSet = (name: string): never =>
  raise(
    39,
    { en: 'There is no set «{0}» in this process. Create it first.', es: 'En este proceso no hay ningún conjunto «{0}». Créelo antes.' },
    name,
  );

selections.command(116, 'CREATE SET', (call) => {
  r.createSet(call.host.records, process(call), tableArgument(call), call.text(afterTable(call)));
});
selections.command(140, 'CREATE EMPTY SET', (call) => {
  r.putSet(call.host.records, process(call), call.text(afterTable(call)), tableArgument(call), []);
});
selections.command(118, 'USE SET', (call) => {
  if (!r.useSet(call.host.records, process(call), call.text(0))) noSet(call.text(0));
});
selections.command(117, 'CLEAR SET', (call) => {
  r.clearSet(call.host.records, process(call), call.text(0));
});
selections.command(119, 'ADD TO SET', (call) => {
  r.changeSet(call.host.records, process(call), tableArgument(call), call.text(afterTable(call)), true);
});
selections.command(561, 'REMOVE FROM SET', (call) => {
  r.changeSet(call.host.records, process(call), tableArgument(call), call.text(afterTable(call)), false);
});
selections.command(600, 'COPY SET', (call) => {
  const set = r.recordSet(call.host.records, process(call), call.text(0)) ?? noSet(call.text(0));
  r.putSet(call.host.records, process(call), call.text(1), set.table, set.records);
});
selections.reader(273, 'Is in set', (call) => r.isInSet(call.host.records, process(call), call.text(0)));
selections.reader(195, 'Records in set', (call) => r.recordSet(call.host.records, process(call), call.text(0))?.records.size ?? 0);

const combinations: readonly [number, string, 'union' | 'intersection' | 'difference'][] = [
  [120, 'UNION', 'union'],
  [121, 'INTERSECTION', 'intersection'],
  [122, 'DIFFERENCE', 'difference'],
];
for (const [number, name, how] of combinations) {
  selections.command(number, name, (call) => {
    const all = call.host.records;
    if (r.combineSets(all, process(call), how, call.text(0), call.text(1), call.text(2))) return undefined;
    for (const index of [0, 1]) if (!r.recordSet(all, process(call), call.text(index))) noSet(call.text(index));
    return raise(35, { en: '{0}: the sets belong to different tables.', es: '{0}: los conjuntos son de tablas distintas.' }, call.command);
  });
}
