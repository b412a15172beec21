import type { Bilingual } from '#syntaxes/text/bilingual.js';
import { N } from '#syntaxes/tree/kinds.js';
import type { Node } from '#syntaxes/tree/tree.js';
import type { CommandUse } from '../analysis/calls.js';
import { guardOf } from '../analysis/guards.js';
import { commandNumber } from '../analysis/literals.js';
import type { LocalVariable } from '../analysis/locals.js';
import type { Snapshot } from '../analysis/snapshot.js';
import { statementOf } from '../rules/edits.js';
import { number } from '../rules/mode.js';
import type { Found } from './types.js';
import { logOutLines, removeStatement, replaceStatement, sessionIsNull, standsAlone } from './writing.js';

const keepsBoth: Bilingual = {
  en: 'Keep the call for legacy sessions, and do the same for scalable ones beside it: `If (Session=Null) … Else … End if`',
  es: 'Conservar la llamada para las sesiones heredadas y hacer lo mismo al lado para las escalables: `If (Session=Null) … Else … End if`',
};

/** Every use of the commands of legacy sessions. */
export function* sessionCommands(snapshot: Snapshot): Iterable<Found> {
  let first = true;
  for (const use of snapshot.usesOf(
    number.legacyClose,
    number.legacyGetExpiration,
    number.getCurrentSessionId,
    number.getSessionProcessCount,
  )) {
    const guard = guardOf(snapshot, use.name);
    const place = { start: snapshot.tree.start(use.call), end: snapshot.tree.end(use.call) };
    if (guard === 'sessionNull' || guard === 'tested') {
      if (use.command.number !== number.getCurrentSessionId)
        yield {
          ...place,
          idiom: 'guarded-call',
          kind: 'automatic',
          reason: {
            en: 'A test of the session mode stands around it already: it runs with legacy sessions only. Nothing to do; remove the branch when legacy sessions are gone for good.',
            es: 'Ya está rodeada de una comprobación del modo de sesión: solo se ejecuta con sesiones heredadas. Nada que hacer; quite la rama cuando las sesiones heredadas desaparezcan del todo.',
          },
        };
      continue;
    }
    switch (use.command.number) {
      case number.legacyClose:
        yield { ...place, ...close(snapshot, use, first) };
        first = false;
        break;
      case number.legacyGetExpiration:
        yield { ...place, ...expiration(snapshot, use) };
        break;
      case number.getCurrentSessionId:
        yield {
          ...place,
          idiom: 'current-session-id',
          kind: 'automatic',
          reason: {
            en: 'Works in both modes. Nothing to do.',
            es: 'Funciona en los dos modos. Nada que hacer.',
          },
        };
        break;
      default:
        yield {
          ...place,
          idiom: 'session-process-count',
          kind: 'manual',
          reason: {
            en: 'The command is obsolete and knows legacy sessions only. `Process activity` lists the processes of a session, on 4D Server, for web sessions since 21: count them there if the number is still needed.',
            es: 'El comando está obsoleto y solo conoce sesiones heredadas. `Process activity` enumera los procesos de una sesión, en 4D Server, para sesiones web desde la versión 21: cuéntelos allí si el número aún hace falta.',
          },
        };
    }
  }
}

type Answer = Omit<Found, 'start' | 'end'>;

function close(snapshot: Snapshot, use: CommandUse, first: boolean): Answer {
  const { tree } = snapshot;
  const statement = statementOf(snapshot, use.call);
  const own = use.args.length === 1 && isOwnSession(snapshot, use.args[0]);
  if (!own)
    return {
      idiom: 'close-other-session',
      kind: 'manual',
      reason: {
        en: 'No command closes another scalable session. Put a mark into `Session storage(id)` (between `Use` and `End use`), test it at each request and log out there; or use *Drop session* in the window of 4D Server.',
        es: 'Ningún comando cierra otra sesión escalable. Ponga una marca en `Session storage(id)` (entre `Use` y `End use`), compruébela en cada petición y salga allí; o use *Drop session* en la ventana de 4D Server.',
      },
    };
  if (!use.statement || !standsAlone(snapshot, statement))
    return {
      idiom: 'close-own-session',
      kind: 'manual',
      reason: {
        en: 'The call shares its line with other code. Give it a line of its own, then plan again.',
        es: 'La llamada comparte su línea con otro código. Póngala en una línea propia y vuelva a planificar.',
      },
    };
  if (logsOut(snapshot, tree.parent(statement))) {
    const edit = removeStatement(snapshot, use.call);
    return {
      idiom: 'close-own-session',
      kind: 'automatic',
      reason: {
        en: 'The lines around it log the visitor out of a scalable session already; there the call is ignored.',
        es: 'Las líneas de alrededor ya hacen que el visitante salga de una sesión escalable; ahí la llamada se ignora.',
      },
      title: { en: 'Remove the call', es: 'Quitar la llamada' },
      edits: edit && [edit],
    };
  }
  const out = logOutLines(snapshot, first);
  return {
    idiom: 'close-own-session',
    kind: 'assisted',
    reason: {
      en: 'A log-out. Scalable sessions cannot be closed; their privileges and storage can be emptied, which comes near. What else the application keeps of a visitor has to be looked at.',
      es: 'Una salida. Las sesiones escalables no se pueden cerrar; sus privilegios y su almacenamiento se pueden vaciar, y eso se le acerca. Hay que mirar qué más guarda la aplicación de un visitante.',
    },
    title: {
      en: 'Clear the privileges and the storage of the session',
      es: 'Borrar los privilegios y el almacenamiento de la sesión',
    },
    change: {
      en: 'The session lives on as a guest’s, with the same identifier and cookie, until its idle time is over. No method runs at this moment, and no record lock is freed by it.',
      es: 'La sesión sigue viva como la de un invitado, con el mismo identificador y la misma cookie, hasta que se agota su tiempo de inactividad. Ningún método se ejecuta en este momento, ni se libera por ello ningún bloqueo de registro.',
    },
    edits: [replaceStatement(snapshot, statement, out)],
    bothModes: {
      title: keepsBoth,
      edits: [
        replaceStatement(snapshot, statement, [
          `If (${sessionIsNull(snapshot)})`,
          `\t${tree.textOf(statement)}`,
          'Else ',
          ...out.map((line) => `\t${line}`),
          'End if ',
        ]),
      ],
    },
  };
}

function expiration(snapshot: Snapshot, use: CommandUse): Answer {
  const { tree } = snapshot;
  const own = use.args.length > 0 && isOwnSession(snapshot, use.args[0]);
  const statement = statementOf(snapshot, use.call);
  const guard =
    use.statement && standsAlone(snapshot, statement)
      ? {
          title: {
            en: 'Ask only where sessions are legacy: `If (Session=Null)`',
            es: 'Preguntar solo donde las sesiones son heredadas: `If (Session=Null)`',
          },
          edits: [replaceStatement(snapshot, statement, [`If (${sessionIsNull(snapshot)})`, `\t${tree.textOf(statement)}`, 'End if '])],
        }
      : undefined;
  return own
    ? {
        idiom: 'own-expiration',
        kind: 'manual',
        reason: {
          en: '`Session.expirationDate` gives the same moment as one text in ISO form and UTC, where this call fills a date and a time. How the two are used further on decides what to write.',
          es: '`Session.expirationDate` da el mismo momento como un texto en forma ISO y UTC, donde esta llamada rellena una fecha y una hora. Cómo se usan después decide qué escribir.',
        },
        bothModes: guard,
      }
    : {
        idiom: 'other-expiration',
        kind: 'manual',
        reason: {
          en: 'Only a session itself knows when it expires in scalable mode; nothing tells it of another one. Keep the time of the last request in `Session.storage` if the application needs it.',
          es: 'En modo escalable solo la propia sesión sabe cuándo caduca; nada lo dice de otra. Guarde la hora de la última petición en `Session.storage` si la aplicación la necesita.',
        },
        bothModes: guard,
      };
}

const loggingOut = new WeakMap<Snapshot, Map<Node, boolean>>();

/** Whether one of the statements of a list logs the visitor out of a scalable session; looked for once. */
function logsOut(snapshot: Snapshot, list: Node): boolean {
  const { tree } = snapshot;
  const lists = loggingOut.get(snapshot) ?? new Map<Node, boolean>();
  loggingOut.set(snapshot, lists);
  let found = lists.get(list);
  if (found === undefined) {
    found = tree
      .children(list)
      .some((c) => tree.kind(c) === N.ExpressionStatement && /\bSession(?::C1714)?(?:\(\))?\.clearPrivileges\(\)/i.test(tree.textOf(c)));
    lists.set(list, found);
  }
  return found;
}

const ownSessions = new WeakMap<LocalVariable, boolean>();

/** `WEB Get current session ID`, or a local that the method fills from nothing else. */
function isOwnSession(snapshot: Snapshot, argument: Node): boolean {
  if (commandNumber(snapshot, argument) === number.getCurrentSessionId) return true;
  if (snapshot.tree.kind(argument) !== N.Local) return false;
  const variable = snapshot.locals.of(argument);
  if (!variable || variable.kind === 'parameter') return false;
  let own = ownSessions.get(variable);
  if (own === undefined) {
    own = holdsOwnSession(snapshot, variable);
    ownSessions.set(variable, own);
  }
  return own;
}

function holdsOwnSession(snapshot: Snapshot, variable: LocalVariable): boolean {
  const { tree } = snapshot;
  const values = variable.occurrences.flatMap((use) => {
    const parent = tree.parent(use);
    const kind = tree.kind(parent);
    if (kind === N.Assignment && tree.firstChild(parent) === use) return [tree.child(parent, 1)];
    if (kind === N.Declarator) return tree.children(parent).filter((c) => ![N.Local, N.Type, N.Name].includes(tree.kind(c)) || isCall(c));
    return [];
  });
  return values.length > 0 && values.every((v) => commandNumber(snapshot, v) === number.getCurrentSessionId);

  function isCall(node: Node): boolean {
    return commandNumber(snapshot, node) === number.getCurrentSessionId;
  }
}
