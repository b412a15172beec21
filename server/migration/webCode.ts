import type { Bilingual } from '#syntaxes/text/bilingual.js';
import { N } from '#syntaxes/tree/kinds.js';
import { nameText } from '#syntaxes/tree/names.js';
import type { Snapshot } from '../analysis/snapshot.js';
import { number } from '../rules/mode.js';
import { isStatementList } from '../rules/statements.js';
import type { Found } from './types.js';

/** Commands whose effect a legacy session keeps for its next request, by number, with what to do instead. */
const keptByTheProcess: Readonly<Record<number, { readonly idiom: string; readonly reason: Bilingual }>> = {
  146: lock(),
  52: lock(),
  239: {
    idiom: 'transaction-across-requests',
    reason: {
      en: 'A transaction ends with its process, which is with the request now. One request, one transaction: check that it is validated or cancelled before the answer goes out.',
      es: 'Una transacción termina con su proceso, que ahora es con la petición. Una petición, una transacción: compruebe que se valida o se cancela antes de que salga la respuesta.',
    },
  },
  331: selection(),
  334: selection(),
  116: selection(),
  639: {
    idiom: 'home-page-of-process',
    reason: {
      en: 'The home page is tied to the web process, which no longer lasts for the session. Send a redirect, or decide at each request.',
      es: 'La página de inicio va unida al proceso web, que ya no dura toda la sesión. Envíe una redirección o decida en cada petición.',
    },
  },
};

function lock(): { idiom: string; reason: Bilingual } {
  return {
    idiom: 'lock-across-requests',
    reason: {
      en: 'A record stays locked only as long as the process lives, which is one request now. If the lock has to hold until the next request, use entities with optimistic locking, or a field that says who holds the record.',
      es: 'Un registro queda bloqueado solo mientras vive el proceso, que ahora es una petición. Si el bloqueo debe durar hasta la siguiente petición, use entidades con bloqueo optimista o un campo que diga quién tiene el registro.',
    },
  };
}

function selection(): { idiom: string; reason: Bilingual } {
  return {
    idiom: 'selection-across-requests',
    reason: {
      en: 'Sets, named selections and current selections end with the process. If a later request uses this one, keep the keys in `Session.storage` and query again, or keep a shared copy of an entity selection.',
      es: 'Los conjuntos, las selecciones temporales y las selecciones actuales terminan con el proceso. Si la usa una petición posterior, guarde las claves en `Session.storage` y vuelva a consultar, o guarde una copia compartida de una selección de entidades.',
    },
  };
}

/** What code that web requests reach leaves to the process of the session. One item a command and file: it is the file that has to be read. */
export function* webCode(snapshot: Snapshot): Iterable<Found> {
  const { tree } = snapshot;
  const seen = new Set<string>();
  for (const use of snapshot.usesOf(...Object.keys(keptByTheProcess).map(Number))) {
    const { idiom, reason } = keptByTheProcess[use.command.number!];
    if (seen.has(idiom)) continue;
    seen.add(idiom);
    yield { start: tree.start(use.call), end: tree.end(use.call), idiom, kind: 'manual', reason };
  }
  for (const use of snapshot.usesOf(number.getCurrentSessionId)) {
    const inter = interprocessBeside(snapshot, use.call);
    if (inter === undefined || seen.has(inter)) continue;
    seen.add(inter);
    yield {
      start: tree.start(use.call),
      end: tree.end(use.call),
      idiom: 'interprocess-by-session',
      kind: 'manual',
      reason: {
        en: `\`${inter}\` keeps something for each session in interprocess variables, which several requests now change at the same time. Use \`Session.storage\`, or \`Storage\` with the identifier as the key.`,
        es: `\`${inter}\` guarda algo de cada sesión en variables interproceso, que ahora varias peticiones cambian a la vez. Use \`Session.storage\`, o \`Storage\` con el identificador como clave.`,
      },
    };
  }
}

function interprocessBeside(snapshot: Snapshot, call: number): string | undefined {
  const { tree } = snapshot;
  for (let up = tree.parent(call), hops = 0; up > 0 && hops < 4 && !isStatementList(tree.kind(up)); up = tree.parent(up), hops++) {
    const found = tree.children(up).find((c) => tree.kind(c) === N.Interprocess);
    if (found !== undefined) return nameText(tree, found);
  }
  return undefined;
}

/** Database methods and `COMPILER_WEB`, whose place in a request's life changes. */
export function* specialMethods(snapshot: Snapshot): Iterable<Found> {
  const { tree, source } = snapshot;
  const first = tree.firstChild(tree.root);
  if (!source || first < 0) return;
  const place = { start: tree.start(first), end: Math.max(tree.start(first), tree.end(first)) };
  if (source.kind === 'databaseMethod' && /^onWebSessionSuspend$/i.test(source.name))
    yield {
      ...place,
      idiom: 'close-method',
      kind: 'manual',
      reason: {
        en: 'No method runs when a scalable session ends. What this one saves has to be saved at each change; temporary files need a scheduled clean-up.',
        es: 'Ningún método se ejecuta cuando termina una sesión escalable. Lo que este guarda hay que guardarlo en cada cambio; los archivos temporales necesitan una limpieza programada.',
      },
    };
  else if (source.kind === 'databaseMethod' && /^onRESTAuthentication$/i.test(source.name))
    yield {
      ...place,
      idiom: 'rest-authentication',
      kind: 'manual',
      reason: {
        en: '*On REST Authentication* is deprecated since 20 R6. Use `ds.authentify()` and force the log-in.',
        es: '*On REST Authentication* está obsoleto desde 20 R6. Use `ds.authentify()` y fuerce el inicio de sesión.',
      },
    };
  else if (source.kind === 'method' && /^COMPILER_WEB$/i.test(source.name)) {
    const work = tree.children(tree.root).find((c) => tree.kind(c) === N.Assignment);
    if (work !== undefined)
      yield {
        start: tree.start(work),
        end: tree.end(work),
        idiom: 'compiler-web',
        kind: 'manual',
        reason: {
          en: 'With legacy sessions this ran once for each new session, with scalable ones it runs at each request. What is set up once has to ask `Session.storage` first whether that has been done.',
          es: 'Con sesiones heredadas esto se ejecutaba una vez por sesión nueva; con las escalables se ejecuta en cada petición. Lo que se prepara una sola vez debe preguntar antes a `Session.storage` si ya está hecho.',
        },
      };
  }
}

/** URLs that lost their special meaning. */
export function* oldUrls(snapshot: Snapshot): Iterable<Found> {
  const { tree } = snapshot;
  if (!/\/4DCGI\//i.test(snapshot.text)) return;
  for (let node = 0; node < tree.data.nodeCount; node++) {
    if (tree.kind(node) !== N.String) continue;
    const at = tree.textOf(node).search(/\/4DCGI\//i);
    if (at < 0) continue;
    yield {
      start: tree.start(node) + at,
      end: tree.start(node) + at + '/4DCGI/'.length,
      idiom: 'old-url',
      kind: 'manual',
      reason: {
        en: '`/4DCGI/` is an ordinary path since 21: it goes to a file of that name, or to *On Web Connection*. Check that the method takes it, or use another path.',
        es: '`/4DCGI/` es una ruta normal desde la versión 21: lleva a un archivo con ese nombre o a *On Web Connection*. Compruebe que el método la atiende o use otra ruta.',
      },
    };
  }
}
