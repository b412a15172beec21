import type { Bilingual } from '#syntaxes/text/bilingual.js';
import { momentOf } from '../simulator/clock.js';
import { milliseconds } from '../simulator/duration.js';
import { answersIn, type Shape, wrongValues } from './shapes.js';
import type { Scenario } from './types.js';

export type ReadScenario = { readonly scenario: Scenario } | { readonly problems: readonly Bilingual[] };

const keys = {
  scenario: ['$schema', 'title', 'project', 'modes', 'records', 'start', 'seed', 'clock', 'choices', 'standIns', 'options', 'steps'],
  request: ['client', 'method', 'url', 'headers', 'body', 'bytes', 'address', 'secure', 'mobile', 'server', 'cookies', 'wait', 'expect'],
  action: ['request', 'together', 'advance', 'until', 'close', 'run', 'set', 'server'],
  step: ['comment', 'in', 'closed', 'args', 'result', 'error', 'trace', 'happens', 'never', 'sessions'],
} as const;

/** A scenario from the text of its file; what is wrong with it is told with its place in the file. */
export function readScenario(text: string): ReadScenario {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const yaml = /^\s*(---|#|[\w"']+\s*:)/.test(text);
    const en = yaml ? 'Scenarios are JSON, not YAML. ' : '';
    const es = yaml ? 'Los escenarios son JSON, no YAML. ' : '';
    return { problems: [{ en: `${en}It is no JSON: ${why}`, es: `${es}No es JSON: ${why}` }] };
  }
  const problems: Bilingual[] = [];
  const tell = (path: string, en: string, es: string): void => {
    problems.push({ en: `${path}: ${en}`, es: `${path}: ${es}` });
  };
  if (!isObject(json)) return { problems: [{ en: 'A scenario is an object.', es: 'Un escenario es un objeto.' }] };
  unknownKeys(json, keys.scenario, '', tell);
  values(json, 'scenario', '', tell);
  if (json.title === undefined) tell('title', 'a text is needed', 'hace falta un texto');
  for (const mode of Array.isArray(json.modes) ? json.modes : []) {
    if (!/^(project|legacy|scalable|none)$/.test(String(mode))) {
      tell('modes', `“${mode}” is none of project, legacy, scalable, none`, `«${mode}» no es project, legacy, scalable ni none`);
    }
  }
  const isReading = (each: unknown): boolean => Array.isArray(each) && each.length === 2 && each.every(Number.isInteger);
  if (json.clock !== undefined && !(Array.isArray(json.clock) && json.clock.every(isReading))) {
    tell('clock', 'a list of [steps, milliseconds] is needed', 'hace falta una lista de [pasos, milisegundos]');
  }
  if (!Array.isArray(json.steps)) tell('steps', 'a list is needed', 'hace falta una lista');
  else for (const [i, step] of json.steps.entries()) readStep(step, `steps[${i}]`, tell);
  return problems.length ? { problems } : { scenario: json as unknown as Scenario };
}

type Tell = (path: string, en: string, es: string) => void;

function readStep(step: unknown, path: string, tell: Tell): void {
  if (!isObject(step)) {
    tell(path, 'a step is an object', 'un paso es un objeto');
    return;
  }
  unknownKeys(step, [...keys.action, ...keys.step], path, tell);
  values(step, 'step', path, tell);
  const actions = keys.action.filter((key) => Object.hasOwn(step, key));
  if (actions.length !== 1) {
    const list = keys.action.join(', ');
    tell(path, `a step has one of ${list}; this one has ${actions.length}`, `un paso tiene uno de ${list}; este tiene ${actions.length}`);
  }
  if ('request' in step) readRequest(step.request, `${path}.request`, tell);
  if ('together' in step) {
    if (!Array.isArray(step.together)) tell(`${path}.together`, 'a list is needed', 'hace falta una lista');
    else for (const [i, request] of step.together.entries()) readRequest(request, `${path}.together[${i}]`, tell);
  }
  if ('until' in step && (typeof step.until !== 'string' || momentOf(step.until) === undefined)) {
    tell(
      `${path}.until`,
      `“${step.until}” is no moment such as 2026-01-15T16:30:00`,
      `«${step.until}» no es un momento como 2026-01-15T16:30:00`,
    );
  }
  if ('advance' in step && milliseconds(step.advance as string | number) === undefined) {
    tell(
      `${path}.advance`,
      `“${step.advance}” is no span of time such as 8h or 1d 30min`,
      `«${step.advance}» no es un tiempo como 8h o 1d 30min`,
    );
  }
  if ('server' in step && !/^(stop|start|restart)$/.test(String(step.server))) {
    tell(`${path}.server`, 'it is stop, start or restart', 'es stop, start o restart');
  }
  for (const key of ['close', 'run'] as const) {
    if (key in step && typeof step[key] !== 'string') tell(`${path}.${key}`, 'a text is needed', 'hace falta un texto');
  }
}

function readRequest(request: unknown, path: string, tell: Tell): void {
  if (!isObject(request)) {
    tell(path, 'a request is an object', 'una petición es un objeto');
    return;
  }
  unknownKeys(request, keys.request, path, tell);
  values(request, 'request', path, tell);
  if (request.url === undefined) tell(`${path}.url`, 'a text is needed', 'hace falta un texto');
  for (const [mode, answer] of isObject(request.expect) ? answersIn(request.expect) : []) {
    if (isObject(answer)) values(answer, 'answer', `${path}.expect${mode}`, tell);
    else tell(`${path}.expect${mode}`, 'an object is needed', 'hace falta un objeto');
  }
}

function values(json: Readonly<Record<string, unknown>>, shape: Shape, path: string, tell: Tell): void {
  wrongValues(json, shape, (name, { en, es }) => {
    tell([path, name].filter(Boolean).join('.'), `${en} is needed`, `hace falta ${es}`);
  });
}

function unknownKeys(json: Readonly<Record<string, unknown>>, known: readonly string[], path: string, tell: Tell): void {
  for (const key of Object.keys(json)) {
    if (!known.includes(key)) {
      tell(
        [path, key].filter(Boolean).join('.'),
        `there is no such key; the keys are ${known.join(', ')}`,
        `no existe esa clave; las claves son ${known.join(', ')}`,
      );
    }
  }
}

function isObject(json: unknown): json is Record<string, unknown> {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
