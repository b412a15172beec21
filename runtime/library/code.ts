/** Commands that run code, and those about errors and calls (facts: 4D theme pages `Language`, `Formulas`, `Interruptions`). */

import { fold } from '#syntaxes/text/fold.js';
import { putOff } from '../machine/deferred.js';
import { type ErrorScope, errorMethodIn, setErrorMethod } from '../machine/errorMethods.js';
import { FourDError, type NativeResult, type RuntimeError } from '../machine/types.js';
import { plainName } from '../values/owner.js';
import type { FormulaValue, ObjectValue, Value } from '../values/value.js';
import { BAD_PARAMETER, raise } from './errors.js';
import { type Call, Theme } from './theme.js';

export const code = new Theme('Running code, errors, calls');

// ---- running code

/** `EXECUTE METHOD(name; result; …)`, `(name; *; …)`: the result goes into the variable, if there is one. */
code.command(1007, 'EXECUTE METHOD', (call) => {
  const args = Array.from({ length: Math.max(0, call.count() - 2) }, (_, i) => call.value(i + 2));
  return { native: 'call', code: { method: call.text(0) }, args, then: 'EXECUTE METHOD' };
});
code.continuation('EXECUTE METHOD', (call, _state, result) => {
  if (call.has(1) && !call.isOperator(1)) call.set(1, result);
  return undefined;
});

/** The text sees the local variables of the method that calls. */
code.command(63, 'EXECUTE FORMULA', (call) => {
  const text = call.text(0);
  if (text.trim() === '') return undefined;
  return { native: 'call', code: { formula: formula(call, text, localsIn(call, text)) }, args: [], then: 'EXECUTE FORMULA' };
});
code.continuation('EXECUTE FORMULA', () => undefined);

/** Pointers to the caller's locals that a text names. */
function localsIn(call: Call, text: string): Map<string, Value> {
  const captured = new Map<string, Value>();
  for (const [name] of text.matchAll(/\$[\p{L}\p{N}_]+/gu)) {
    const place = call.machine.find(call.process, name);
    if (place) captured.set(`->${fold(name)}`, { t: 'pointer', target: place });
  }
  return captured;
}

function formula(call: Call, text: string, captured?: ReadonlyMap<string, Value>): FormulaValue {
  const component = call.machine.componentOf(call.process);
  const code = component === undefined ? ({ kind: 'source', text } as const) : ({ kind: 'source', text, component } as const);
  return { t: 'formula', code, source: text, ...(captured?.size ? { captured } : {}) };
}

code.reader(1601, 'Formula from string', (call) => {
  const text = call.text(0);
  return text.trim() === '' ? null : formula(call, text);
});

// ---- errors

/** By the constants `ek local`, `ek global`, `ek errors from components`. */
const scopes: readonly ErrorScope[] = ['local', 'global', 'components'];

code.command(155, 'ON ERR CALL', (call) => {
  const { machine, process } = call;
  const method = call.text(0) === '' ? '' : machine.methodKey(process, call.text(0));
  setErrorMethod(machine.state, process, machine.componentOf(process), scopes[call.integer(1)] ?? 'local', method);
  call.setSystem('Error', 0);
  return undefined;
});

code.reader(704, 'Method called on error', (call) => {
  const { machine, process } = call;
  return plainName(errorMethodIn(machine.state, process, machine.componentOf(process), scopes[call.integer(0)] ?? 'local'));
});

/** Null when there was none. */
code.reader(1799, 'Last errors', (call) => {
  const { errors } = call.process;
  if (errors.length === 0) return null;
  return {
    t: 'collection',
    items: errors.map((error) => {
      const properties = new Map<string, Value>([
        ['errCode', error.code],
        ['message', error.message.en],
        ['componentSignature', error.componentSignature ?? '4DRT'],
      ]);
      for (const [name, value] of error.details ?? []) properties.set(name, value);
      return { t: 'object', properties } satisfies ObjectValue;
    }),
  };
});

/** `throw(code; text)`, `throw({errCode; message; componentSignature; …})`; with `deferred` it waits for the end of the Try block or of the method. Without argument all current errors, put off in the same way (facts: 4D page `commands/throw`). */
code.command(1805, 'throw', raiseError);
// An older name of it, which components of 4D itself still use.
code.command(1520, '_4D THROW ERROR', raiseError);

function raiseError(call: Call): undefined {
  if (call.count() === 0) {
    const { errors } = call.process;
    const [last] = errors;
    if (last && !call.frame) throw new FourDError(last);
    if (call.frame) putOff(call.frame, errors);
    return undefined;
  }
  const given = call.value(0);
  if (typeof given === 'object' && given?.t === 'object') {
    const error = errorIn(given);
    if (given.properties.get('deferred') !== true || !call.frame) throw new FourDError(error);
    putOff(call.frame, [error]);
    return undefined;
  }
  const number = call.integer(0);
  const text = call.has(1) ? call.text(1) : `Error code ${number}: (host)`;
  throw new FourDError({ code: number, message: { en: text, es: text }, componentSignature: 'host' });
}

function errorIn({ properties }: ObjectValue): RuntimeError {
  const number = properties.get('errCode');
  const signature = properties.get('componentSignature');
  const message = properties.get('message');
  const details = new Map([...properties].filter(([name]) => !['errCode', 'message', 'componentSignature', 'deferred'].includes(name)));
  const errCode = typeof number === 'number' ? number : -1;
  const text = typeof message === 'string' ? filled(message, details) : `Error code ${errCode}: (host)`;
  return {
    code: errCode,
    message: { en: text, es: text },
    componentSignature: typeof signature === 'string' ? signature : 'host',
    ...(details.size ? { details } : {}),
  };
}

/** `{name}` in a message is a property of the error. */
function filled(message: string, details: ReadonlyMap<string, Value>): string {
  return message.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = details.get(name);
    return typeof value === 'string' || typeof value === 'number' ? String(value) : place;
  });
}

code.command(156, 'ABORT', (call) => {
  call.machine.abort(call.process);
  return undefined;
});

const ASSERTIONS = 'SET ASSERT ENABLED';
const assertionsOn = (call: Call) => call.machine.state.singletons.get(ASSERTIONS) !== false;

function assertion(call: Call): boolean {
  const holds = call.boolean(0);
  if (holds || !assertionsOn(call)) return holds;
  return raise(
    -10518,
    { en: 'Assertion failed: {0}', es: 'No se cumple lo afirmado: {0}' },
    call.has(1) ? call.text(1) : `${call.place.file}:${call.place.line}`,
  );
}
code.command(1129, 'ASSERT', (call) => {
  assertion(call);
  return undefined;
});
code.command(1132, 'Asserted', (call) => assertion(call));
code.reader(1130, 'Get assert enabled', assertionsOn);
code.command(1131, 'SET ASSERT ENABLED', (call) => {
  call.machine.state.singletons.set(ASSERTIONS, call.boolean(0));
  return undefined;
});

/** 4D opens its debugger; a breakpoint does that here. */
code.command(157, 'TRACE', () => undefined);
code.command(311, 'IDLE', () => undefined);

// ---- calls

code.reader(684, 'Current method name', (call) => call.machine.callChain(call.process)[0]?.name ?? '');
code.reader(1201, 'Current method path', (call) => {
  const [, kind, name] = /Sources\/(\w+)\/(.*)\.4dm$/.exec(call.place.file) ?? [];
  if (kind === 'DatabaseMethods') return `[databaseMethod]/${name}`;
  return kind === 'Classes' ? `[class]/${name}` : (name ?? '');
});
code.reader(1662, 'Call chain', (call) => ({
  t: 'collection',
  items: call.machine.callChain(call.process).map(({ name, place }) => ({
    t: 'object',
    properties: new Map<string, Value>([
      ['name', name],
      ['type', place ? typeOf(place.file) : 'command'],
      ['line', place?.line ?? 0],
      ['database', ''],
    ]),
  })),
}));

function typeOf(file: string): string {
  if (file.includes('/Classes/')) return 'classFunction';
  if (file.includes('/DatabaseMethods/')) return 'databaseMethod';
  return file.includes('/Methods/') ? 'projectMethod' : 'formula';
}

code.reader(1790, 'Copy parameters', (call) => {
  if (!call.frame) return { t: 'collection', items: [] };
  const from = call.has(0) ? Math.max(1, call.integer(0)) : 1;
  return { t: 'collection', items: call.machine.parameters(call.process, call.frame).slice(from - 1) };
});

code.reader(538, 'Command name', (call): NativeResult => {
  const command = call.machine.program.catalogue.commandByNumber(call.integer(0));
  if (!command) return '';
  if (call.has(1)) call.set(1, command.threadSafe ? 1 : 0);
  if (call.has(2)) call.set(2, command.theme ?? '');
  return command.name;
});

/** Name of a method or a formula, as CALL WORKER takes it. */
export function callableAt(call: Call, index: number): { readonly method: string } | { readonly formula: Value } {
  const value = call.value(index);
  if (typeof value === 'string' && value !== '') return { method: value };
  if (typeof value === 'object' && value?.t === 'formula') return { formula: value };
  return raise(
    BAD_PARAMETER,
    { en: '{0} needs a method or a formula as argument {1}.', es: '{0} necesita un método o una fórmula como argumento {1}.' },
    call.command,
    index + 1,
  );
}
