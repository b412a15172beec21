import type { Bilingual } from '#syntaxes/text/bilingual.js';
import { type CustomHandlers, Refusal } from './handlers.js';

type Kind = 'text' | 'number' | 'list' | 'object' | 'source';
type Wanted = Readonly<Record<string, Kind>>;

const thread: Wanted = { threadId: 'number' };
const frame: Wanted = { frameId: 'number' };

/** What a request cannot do without. A name that ends with `?` may be left out, but is of that kind when it is there. */
const wanted: Readonly<Record<string, Wanted>> = {
  setBreakpoints: { source: 'source', 'breakpoints?': 'list' },
  setFunctionBreakpoints: { breakpoints: 'list' },
  setExceptionBreakpoints: { filters: 'list', 'filterOptions?': 'list' },
  breakpointLocations: { source: 'source', line: 'number' },
  dataBreakpointInfo: { name: 'text' },
  setDataBreakpoints: { breakpoints: 'list' },
  terminateThreads: { 'threadIds?': 'list' },
  stackTrace: thread,
  scopes: frame,
  variables: { variablesReference: 'number' },
  setVariable: { variablesReference: 'number', name: 'text', value: 'text' },
  setExpression: { expression: 'text', value: 'text' },
  evaluate: { expression: 'text' },
  completions: { text: 'text', column: 'number' },
  continue: thread,
  next: thread,
  stepIn: thread,
  stepOut: thread,
  stepInTargets: frame,
  stepBack: thread,
  reverseContinue: thread,
  restartFrame: frame,
  gotoTargets: { source: 'source', line: 'number' },
  goto: { ...thread, targetId: 'number' },
  pause: thread,
  exceptionInfo: thread,
  source: { 'source?': 'source' },
  '4d/close': { session: 'text' },
  '4d/expire': { session: 'text' },
};

/** What each item of a list must have. */
const items: Readonly<Record<string, Readonly<Record<string, Wanted>>>> = {
  setBreakpoints: { breakpoints: { line: 'number', 'condition?': 'text', 'hitCondition?': 'text', 'logMessage?': 'text' } },
  setFunctionBreakpoints: { breakpoints: { name: 'text', 'condition?': 'text', 'hitCondition?': 'text' } },
  setExceptionBreakpoints: { filterOptions: { filterId: 'text', 'condition?': 'text' } },
  setDataBreakpoints: { breakpoints: { dataId: 'text', 'condition?': 'text', 'hitCondition?': 'text' } },
};

const kinds: Record<Kind, Bilingual> = {
  text: { en: 'a text', es: 'un texto' },
  number: { en: 'a number', es: 'un número' },
  list: { en: 'a list', es: 'una lista' },
  object: { en: 'an object', es: 'un objeto' },
  source: { en: 'an object whose “path” is a text', es: 'un objeto cuyo «path» es un texto' },
};

const is: Record<Kind, (value: unknown) => boolean> = {
  text: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number' && Number.isFinite(value),
  list: Array.isArray,
  object: isObject,
  source: (value) => isObject(value) && (value.path === undefined || typeof value.path === 'string'),
};

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The arguments of a request, an empty object for anything else. Throws a `Refusal` that names what is missing or of another kind. */
export function argumentsOf(command: string, args: unknown): Parameters<CustomHandlers[string]>[0] {
  const given = isObject(args) ? args : {};
  if (!Object.hasOwn(wanted, command)) return given;
  check(command, '', given, wanted[command]);
  for (const [list, each] of Object.entries(items[command] ?? {})) {
    for (const [index, item] of ((given[list] ?? []) as unknown[]).entries()) {
      const path = `${list}[${index}]`;
      if (!isObject(item)) throw misfit(command, path, 'object');
      check(command, `${path}.`, item, each);
    }
  }
  return given;
}

function check(command: string, path: string, given: Readonly<Record<string, unknown>>, all: Wanted): void {
  for (const [name, kind] of Object.entries(all)) {
    const plain = name.replace('?', '');
    const value = given[plain] ?? undefined;
    if (value === undefined ? plain === name : !is[kind](value)) throw misfit(command, path + plain, kind);
  }
}

const misfit = (command: string, name: string, kind: Kind): Refusal =>
  new Refusal({
    en: `“${command}”: the argument “${name}” must be ${kinds[kind].en}.`,
    es: `«${command}»: el argumento «${name}» debe ser ${kinds[kind].es}.`,
  });
