/**
 * Triggers: the method of a table that runs when a record is about to be saved or deleted, in the process that does it (facts: 4D theme page
 * `Triggers`, `commands/trigger-event`). Whatever saves or deletes records goes through here; only TRUNCATE TABLE, as in 4D, does not.
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

const running = (call: Call): readonly Running[] => (call.process.extra.get(key) as readonly Running[] | undefined) ?? [];

/** The file of a table's trigger when there is one for an event; undefined otherwise. */
function triggerFor(call: Call, table: number, event: number): string | undefined {
  const active = r.tableByNumber(call.host.records, table)?.triggers;
  const wanted = event === SAVING_NEW ? active?.insert : event === SAVING_EXISTING ? active?.update : active?.delete;
  const file = `Project/Sources/Triggers/table_${table}.4dm`;
  return wanted && call.machine.exists({ file }) ? file : undefined;
}

/** True where a trigger of the table runs for an event. */
export const hasTrigger = (call: Call, table: number, event: number): boolean => triggerFor(call, table, event) !== undefined;

/** What `throughTrigger` goes on with: the continuation and what it gets, and the one for an error in the trigger. */
export interface Onward {
  readonly then: string;
  readonly state: unknown;
  readonly failed?: string;
}

/** Runs a table's trigger on the current record, then goes on; undefined where no trigger is to run. */
export function throughTrigger(call: Call, table: number, event: number, { then, state, failed = 'trigger failed' }: Onward): NativeResult {
  const file = triggerFor(call, table, event);
  if (file === undefined) return undefined;
  const record = r.recordNumber(call.host.records, call.process.number, table);
  call.process.extra.set(key, [...running(call), { event, table, record } satisfies Running]);
  return { native: 'call', code: { file }, args: [], then, state, failed };
}

/** The event of saving the current record of a table now; undefined when there is nothing to save. */
function savingEvent(call: Call, table: number): number | undefined {
  const saves = r.willSave(call.host.records, call.process.number, table);
  return saves && (saves === 'new' ? SAVING_NEW : SAVING_EXISTING);
}

/** Runs the trigger for saving the current record of a table, if there is something to save and a trigger for it. */
export function throughSaving(call: Call, table: number, onward: Onward): NativeResult {
  const event = savingEvent(call, table);
  return event === undefined ? undefined : throughTrigger(call, table, event, onward);
}

/** To be called first by the continuation: the trigger has ended. Gives the error with which it refuses the operation, 0 for none. */
export function triggerAnswer(call: Call, result: unknown): number {
  leave(call);
  return typeof result === 'number' ? result : 0;
}

/** The same where a refusal is an error of the command. */
export function triggerEnded(call: Call, result: unknown): void {
  const code = triggerAnswer(call, result);
  if (code !== 0) refuse(call, code);
}

triggers.continuation('trigger failed', (call, _state, code) => refuse(call, triggerAnswer(call, code) || -1));

function leave(call: Call): void {
  const rest = running(call).slice(0, -1);
  if (rest.length) call.process.extra.set(key, rest);
  else call.process.extra.delete(key);
}

/** The error of a command that a trigger did not let do its work. */
export function refuse(call: Call, code: number): never {
  return raise(
    code,
    { en: '{0}: the trigger of the table refused it with error {1}.', es: '{0}: el trigger de la tabla lo rechazó con el error {1}.' },
    call.command,
    code,
  );
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
