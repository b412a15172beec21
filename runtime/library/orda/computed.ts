/**
 * Operations over entities that may need 4D code: computed attributes, formulas. An operation is a function that can be done again: a pass
 * tells what it needs, that code runs, one call after the other, and then comes the next pass with what it gave. So code in
 * a query can stop, wait and fail like any other call. A pass that needs nothing more is the result.
 */
import type { NativeResult } from '../../machine/types.js';
import type { HostValue, ObjectValue, Value } from '../../values/value.js';
import { type Call, Theme } from '../theme.js';
import { asEntity, ENTITY, entityOf } from './model.js';
import { computedCode, newReading, type Reading, type Wanted } from './paths.js';

export const computedAttributes = new Theme('ORDA: computed attributes');

/** An operation; its result does not count when the reading asked for something. */
export type Operation = (reading: Reading) => Value;

const operations = new Map<string, Operation>();
const NEXT = 'ORDA: computed';

interface Running {
  readonly operation: string;
  readonly known: Map<string, Value>;
  readonly wanted: readonly (readonly [string, Wanted])[];
  at: number;
  event: ObjectValue | undefined;
}

/** A native that runs an operation; `key` names it. `pure`: it changes nothing, as far as the code it calls does not. */
export function computing(theme: Theme, key: string, operation: Operation, pure = true): void {
  const native = operationOf(key, operation);
  if (pure) theme.property(key, native);
  else theme.member(key, native);
}

/** The native of an operation, for one that does something else first. */
export function operationOf(key: string, operation: Operation): (call: Call) => NativeResult {
  operations.set(key, operation);
  return (call) => pass(call, key, new Map());
}

function pass(call: Call, operation: string, known: Map<string, Value>): NativeResult {
  const reading = newReading(call, known);
  const result = operations.get(operation)?.(reading);
  const { wanted } = reading;
  return wanted.size === 0 ? result : next(call, { operation, known, wanted: [...wanted], at: 0, event: undefined });
}

function next(call: Call, state: Running): NativeResult {
  for (; state.at < state.wanted.length; state.at++) {
    const [key, { code, self, event, args = [] }] = state.wanted[state.at];
    const subject = self && 'record' in self ? entityOf(call, self.table, self.record) : self;
    if (subject === null) {
      // The record went while other code ran.
      state.known.set(key, undefined);
      continue;
    }
    state.event = event && { t: 'object', properties: new Map(event) };
    return {
      native: 'call',
      code,
      args: state.event ? [state.event] : args,
      ...(subject === undefined ? {} : { self: subject }),
      then: NEXT,
      state,
    };
  }
  return pass(call, state.operation, state.known);
}

computedAttributes.continuation(NEXT, (call, kept, result) => {
  const state = kept as Running;
  state.known.set(state.wanted[state.at][0], resultOf(state.event, result));
  state.at++;
  return next(call, state);
});

/** `$event.result` comes before what the function returns. */
function resultOf(event: ObjectValue | undefined, result: Value): Value {
  return event?.properties.has('result') ? event.properties.get('result') : result;
}

// ---- reading and setting one computed attribute of an entity: `$e.label`, `$e.label:=…`

const GOT = 'ORDA: computed attribute read';

computedAttributes.property(`${ENTITY}.get *`, (call) => {
  const { table } = asEntity(call.self) as { table: number };
  const name = call.member.slice('get '.length);
  const { code, event } = computedCode(call, table, 'get', name);
  const state: ObjectValue = { t: 'object', properties: new Map(event) };
  return { native: 'call', code, args: [state], self: call.self, then: GOT, state };
});
computedAttributes.continuation(GOT, (_call, event, result) => resultOf(event as ObjectValue, result));

computedAttributes.member(`${ENTITY}.set *`, (call) => {
  const { table } = asEntity(call.self) as { table: number };
  const value = call.value(0);
  const { code, event } = computedCode(call, table, 'set', call.member.slice('set '.length));
  const given: ObjectValue = { t: 'object', properties: new Map([...event, ['value', value]]) };
  return { native: 'call', code, args: [value, given], self: call.self as HostValue };
});
