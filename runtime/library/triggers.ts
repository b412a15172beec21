/**
 * Triggers: the method of a table that runs when a record is about to be saved or deleted, in the process that does it (facts: 4D theme page
 * `Triggers`, `commands/trigger-event`). SAVE RECORD and DELETE RECORD run them; what changes records by itself does not, and says so.
 */
import type { NativeResult } from '../machine/types.js';
import * as r from '../records/records.js';
import { raise } from './errors.js';
import { type Call, Theme } from './theme.js';

export const triggers = new Theme('Triggers');

/** Database events, as `Trigger event` gives them. */
export const SAVING_NEW = 1;
export const SAVING_EXISTING = 2;
export const DELETING = 3;

interface Running {
  readonly event: number;
  readonly table: number;
  readonly record: number;
}

/** Key in `ProcessState.extra` of the triggers that run, innermost last. */
const key = 'library.triggers';

/** Key of the tables of which the process has told that their trigger did not run. */
const toldKey = 'library.triggersTold';

const running = (call: Call): readonly Running[] => (call.process.extra.get(key) as readonly Running[] | undefined) ?? [];

/** The file of a table's trigger when there is one for an event; undefined otherwise. */
function triggerFor(call: Call, table: number, event: number): string | undefined {
  const active = r.tableByNumber(call.host.records, table)?.triggers;
  const wanted = event === SAVING_NEW ? active?.insert : event === SAVING_EXISTING ? active?.update : active?.delete;
  const file = `Project/Sources/Triggers/table_${table}.4dm`;
  return wanted && call.machine.exists({ file }) ? file : undefined;
}

/** Runs a table's trigger, then the continuation `then`, which gets the table as its state; undefined where no trigger is to run. */
export function throughTrigger(call: Call, table: number, event: number, then: string): NativeResult {
  const file = triggerFor(call, table, event);
  if (file === undefined) return undefined;
  const record = r.recordNumber(call.host.records, call.process.number, table);
  call.process.extra.set(key, [...running(call), { event, table, record } satisfies Running]);
  return { native: 'call', code: { file }, args: [], then, state: table, failed: 'trigger failed' };
}

/** To be called first by the continuation: the trigger has ended. A result that is not 0 refuses the operation, with that number as the error. */
export function triggerEnded(call: Call, result: unknown): void {
  leave(call);
  if (typeof result === 'number' && result !== 0) refuse(call, result);
}

triggers.continuation('trigger failed', (call, _table, code) => {
  leave(call);
  return refuse(call, typeof code === 'number' ? code : -1);
});

function leave(call: Call): void {
  const rest = running(call).slice(0, -1);
  if (rest.length) call.process.extra.set(key, rest);
  else call.process.extra.delete(key);
}

function refuse(call: Call, code: number): never {
  return raise(
    code,
    { en: '{0}: the trigger of the table refused it with error {1}.', es: '{0}: el trigger de la tabla lo rechazó con el error {1}.' },
    call.command,
    code,
  );
}

/** Tells, once for a table in a process, that records were changed or deleted without the trigger that 4D would have run. */
export function tellWithoutTrigger(call: Call, table: number, event: number): void {
  const told = (call.process.extra.get(toldKey) as readonly number[] | undefined) ?? [];
  if (triggerFor(call, table, event) === undefined || told.includes(table)) return;
  call.process.extra.set(toldKey, [...told, table]);
  const name = r.tableByNumber(call.host.records, table)?.name ?? '';
  call.machine.trace({
    kind: 'output',
    process: call.process.number,
    text: `${call.command}: the trigger of [${name}] did not run; only SAVE RECORD and DELETE RECORD run triggers here`,
  });
}

triggers.reader(369, 'Trigger event', (call) => running(call).at(-1)?.event ?? 0);
triggers.reader(398, 'Trigger level', (call) => running(call).length);
triggers.command(399, 'TRIGGER PROPERTIES', (call) => {
  const one = running(call)[call.integer(0) - 1];
  call.set(1, one?.event ?? 0);
  call.set(2, one?.table ?? 0);
  call.set(3, one?.record ?? 0);
  return undefined;
});
