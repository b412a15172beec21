import type { Bilingual } from '#syntaxes/text/bilingual.js';
import { N } from '#syntaxes/tree/kinds.js';
import { nameRange } from '#syntaxes/tree/names.js';
import type { Node } from '#syntaxes/tree/tree.js';
import type { CommandUse } from '../analysis/calls.js';
import { guardOf } from '../analysis/guards.js';
import { numberValue } from '../analysis/literals.js';
import { isConstant, sessionEvidence } from '../analysis/sessionEvidence.js';
import { isFamilyConstant } from '../analysis/sessionUses.js';
import type { Snapshot } from '../analysis/snapshot.js';
import { number } from '../rules/mode.js';
import type { Found } from './types.js';
import { removeStatement } from './writing.js';

const LEGACY = 70;
const SESSION_TIMEOUT = 72;
/** Ignored with scalable sessions; the last two go on working (facts: `web-sessions` section 5.1). */
const ignored: readonly number[] = [18, 71, 73, 78, 83];
const kept: readonly number[] = [81, 82];

/** Selectors of `WEB SET OPTION` and `WEB GET OPTION`, and `keepSession` given to `start()`. */
export function* sessionOptions(snapshot: Snapshot): Iterable<Found> {
  const { tree } = snapshot;
  const uses = snapshot.usesOf(number.webSetOption, number.webGetOption);
  for (const use of uses) {
    const place = { start: tree.start(use.call), end: tree.end(use.call) };
    const guard = guardOf(snapshot, use.name);
    const selector = use.args.length > 0 ? numberValue(snapshot, use.args[0]) : undefined;
    if (selector === undefined) {
      const computed = use.command.number === number.webSetOption && use.args.length > 1 && !isConstant(snapshot, use.args[0]);
      if (computed && guard !== 'sessionNull' && guard !== 'tested') yield { ...place, ...computedSelector };
      continue;
    }
    const answer =
      guard === 'sessionNull' || guard === 'tested'
        ? undefined
        : use.command.number === number.webSetOption
          ? sets(snapshot, use, selector)
          : gets(selector);
    if (answer) yield { ...place, ...answer };
  }
  yield* handedOn(snapshot, new Set(uses.flatMap((use) => use.args.slice(0, 1))));
  yield* starts(snapshot);
}

const computedSelector: Omit<Found, 'start' | 'end'> = {
  idiom: 'option-at-run-time',
  kind: 'manual',
  reason: {
    en: 'Which option is set is only known at run time. Look at the selectors it can get: those of legacy sessions have to go, and one that chooses the mode must not undo the change of the settings.',
    es: 'La opción que se fija solo se conoce al ejecutar. Mire los selectores que puede recibir: los de sesiones heredadas deben desaparecer, y uno que elige el modo no debe deshacer el cambio de los ajustes.',
  },
};

/** Selectors of legacy sessions that stand elsewhere than in a call that sets or reads them: in a list of options, an argument. */
function* handedOn(snapshot: Snapshot, selectors: ReadonlySet<Node>): Iterable<Found> {
  const { tree } = snapshot;
  for (let node = 0; node < tree.data.nodeCount; node++) {
    if (tree.kind(node) !== N.Name || selectors.has(node)) continue;
    const resolved = snapshot.resolve(node);
    if (resolved.kind !== 'constant' || !isFamilyConstant(resolved.constant)) continue;
    const value = Number(resolved.constant.value);
    if (value !== LEGACY && value !== SESSION_TIMEOUT && !ignored.includes(value)) continue;
    yield {
      start: tree.start(node),
      end: tree.end(node),
      idiom: 'selector-handed-on',
      kind: 'manual',
      reason:
        value === LEGACY
          ? {
              en: 'The selector is handed on as a value: code elsewhere may switch legacy sessions on with it, and would undo the change of the settings. Hand on `Web scalable session` instead.',
              es: 'El selector se pasa como valor: otro código puede activar con él las sesiones heredadas y desharía el cambio de los ajustes. Pase en su lugar `Web scalable session`.',
            }
          : {
              en: 'The selector is handed on as a value, to code that sets or reads an option of legacy sessions. With scalable ones the option is ignored: take it out of the list.',
              es: 'El selector se pasa como valor a código que fija o lee una opción de sesiones heredadas. Con las escalables la opción se ignora: quítelo de la lista.',
            },
    };
  }
}

type Answer = Omit<Found, 'start' | 'end'>;

const remove: Bilingual = { en: 'Remove the call', es: 'Quitar la llamada' };

function sets(snapshot: Snapshot, use: CommandUse, selector: number): Answer | undefined {
  const { tree } = snapshot;
  const edit = removeStatement(snapshot, use.call);
  const value = use.args.length > 1 ? numberValue(snapshot, use.args[1]) : undefined;
  if (selector === LEGACY) {
    if (value === undefined)
      return {
        idiom: 'mode-by-option',
        kind: 'manual',
        reason: {
          en: 'The mode depends on a value that is only known at run time. Decide whether the choice stays; with `Web scalable session` the same call chooses the other mode, before the web server starts.',
          es: 'El modo depende de un valor que solo se conoce al ejecutar. Decida si la elección se mantiene; con `Web scalable session` la misma llamada elige el otro modo, antes de que arranque el servidor web.',
        },
      };
    if (value === 0)
      return {
        idiom: 'mode-by-option',
        kind: 'automatic',
        reason: {
          en: 'Legacy sessions are switched off here, which stays right.',
          es: 'Aquí se desactivan las sesiones heredadas, y eso sigue siendo correcto.',
        },
      };
    const name = nameRange(tree, use.args[0]);
    return {
      idiom: 'mode-by-option',
      kind: 'assisted',
      reason: {
        en: 'The call switches legacy sessions on, and would undo the change of the settings.',
        es: 'La llamada activa las sesiones heredadas y desharía el cambio de los ajustes.',
      },
      title: { en: 'Switch scalable sessions on instead', es: 'Activar en su lugar las sesiones escalables' },
      change: {
        en: 'Takes effect when the web server starts again; legacy sessions end then. The call has to come before the start.',
        es: 'Se aplica cuando el servidor web vuelve a arrancar; las sesiones heredadas terminan entonces. La llamada debe ir antes del arranque.',
      },
      edits: [{ start: name.start, end: tree.end(use.args[0]), text: 'Web scalable session' }],
    };
  }
  if (selector === SESSION_TIMEOUT)
    return {
      idiom: 'session-timeout',
      kind: 'assisted',
      reason: {
        en: 'The option is ignored with scalable sessions. Each session has its own idle time instead.',
        es: 'La opción se ignora con sesiones escalables. En su lugar, cada sesión tiene su propio tiempo de inactividad.',
      },
      title: remove,
      change: {
        en: `Sessions idle for 60 minutes end, whatever the option said. Where that is too short, set \`Session.idleTimeout\`${value !== undefined && value > 60 ? ` to ${value}` : ''} when the visitor logs in; less than 60 is not possible.`,
        es: `Las sesiones inactivas durante 60 minutos terminan, diga lo que diga la opción. Si es demasiado poco, fije \`Session.idleTimeout\`${value !== undefined && value > 60 ? ` en ${value}` : ''} cuando el visitante entra; menos de 60 no es posible.`,
      },
      edits: edit && [edit],
    };
  if (ignored.includes(selector))
    return {
      idiom: 'ignored-option',
      kind: 'automatic',
      reason: {
        en: 'The option governs legacy sessions; with scalable ones 4D ignores the call.',
        es: 'La opción rige las sesiones heredadas; con las escalables 4D ignora la llamada.',
      },
      title: remove,
      ...(selector === 83
        ? {
            change: {
              en: 'Scalable sessions never check the IP address, whatever was set here.',
              es: 'Las sesiones escalables no comprueban nunca la dirección IP, se fijara aquí lo que se fijara.',
            },
          }
        : {}),
      edits: edit && [edit],
    };
  if (kept.includes(selector))
    return {
      idiom: 'cookie-option',
      kind: 'automatic',
      reason: {
        en: 'Domain and path of the cookie count for scalable sessions too. Nothing to do.',
        es: 'El dominio y la ruta de la cookie valen también para sesiones escalables. Nada que hacer.',
      },
    };
  return undefined;
}

function gets(selector: number): Answer | undefined {
  if (![LEGACY, SESSION_TIMEOUT, ...ignored].includes(selector)) return undefined;
  return {
    idiom: 'option-read',
    kind: 'manual',
    reason: {
      en: 'The value read says nothing about scalable sessions. What is done with it decides whether the line can go.',
      es: 'El valor leído no dice nada de las sesiones escalables. Lo que se hace con él decide si la línea puede desaparecer.',
    },
  };
}

/** `keepSession: True` in what `start()` gets. */
function* starts(snapshot: Snapshot): Iterable<Found> {
  const evidence = sessionEvidence(snapshot, '', undefined).filter((e) => e.by === 'start');
  for (const e of evidence) {
    if (e.option !== 'legacy') continue;
    const text = snapshot.text.slice(e.start, e.end);
    const at = text.search(/keepSession/i);
    const place = { start: e.start, end: e.end, idiom: 'mode-by-start' };
    if (e.value === false)
      yield {
        ...place,
        kind: 'automatic',
        reason: {
          en: 'Legacy sessions are switched off here, which stays right.',
          es: 'Aquí se desactivan las sesiones heredadas, y eso sigue siendo correcto.',
        },
      };
    else if (e.value === undefined || at < 0 || evidence.some((other) => other.option === 'scalable'))
      yield {
        ...place,
        kind: 'manual',
        reason: {
          en: 'The mode is chosen by a value that is only known at run time, or both modes are named. Give `scalableSession: True` and leave `keepSession` out.',
          es: 'El modo se elige con un valor que solo se conoce al ejecutar, o se nombran los dos modos. Dé `scalableSession: True` y omita `keepSession`.',
        },
      };
    else
      yield {
        ...place,
        kind: 'assisted',
        reason: {
          en: 'What `start()` gets goes before the settings, so it has to change with them.',
          es: 'Lo que recibe `start()` va por delante de los ajustes, así que tiene que cambiar con ellos.',
        },
        title: { en: 'Ask for scalable sessions instead', es: 'Pedir en su lugar sesiones escalables' },
        change: {
          en: 'This web server has scalable sessions from its next start on.',
          es: 'Este servidor web tiene sesiones escalables desde su próximo arranque.',
        },
        edits: [{ start: e.start + at, end: e.start + at + 'keepSession'.length, text: 'scalableSession' }],
      };
  }
}
