import { fold } from '#syntaxes/text/fold.js';
import { N } from '#syntaxes/tree/kinds.js';
import { nameText } from '#syntaxes/tree/names.js';
import type { Node } from '#syntaxes/tree/tree.js';
import { booleanLiteral, numberValue, pairKey, textValue } from '../analysis/literals.js';
import type { Snapshot } from '../analysis/snapshot.js';
import { number } from './mode.js';
import type { Finding, Rule } from './rule.js';

const IP_VALIDATION = 83;

/** Options that make a session easier to steal: no check of the IP address, `SameSite=None` without HTTPS (facts: `web-sessions` sections 6.4, 11). */
export const weakSessionCookie: Rule = {
  code: 'weak-session-cookie',
  severity: 'info',
  aboutSessions: true,
  *check(snapshot) {
    const { tree, view } = snapshot;
    // scalable sessions have no such check: the selector is reported as ignored there
    const checksIp = view?.mode.complete === true && view.mode.value === 'legacy';
    if (checksIp)
      for (const use of snapshot.usesOf(number.webSetOption))
        if (use.args.length === 2 && numberValue(snapshot, use.args[0]) === IP_VALIDATION && numberValue(snapshot, use.args[1]) === 0)
          yield openToAnyAddress(snapshot, use.call);
    if (!/sessionIPAddressValidation|sessionCookieSameSite/i.test(snapshot.text)) return;
    for (const { name, value, at, siblings } of memberValues(snapshot)) {
      if (checksIp && name === 'sessionipaddressvalidation' && booleanLiteral(snapshot, value) === false)
        yield openToAnyAddress(snapshot, at);
      if (name !== 'sessioncookiesamesite' || !isNone(snapshot, value) || !withoutHttps(snapshot, siblings)) continue;
      yield {
        start: tree.start(at),
        end: tree.end(at),
        message: {
          en: '`SameSite=None` without HTTPS: browsers refuse such a cookie, since it would go along with requests from any site over an open line. Switch HTTPS on, or use “Lax” or “Strict”.',
          es: '`SameSite=None` sin HTTPS: los navegadores rechazan una cookie así, pues viajaría con peticiones de cualquier sitio por una línea abierta. Active HTTPS o use «Lax» o «Strict».',
        },
      };
    }
  },
};

function openToAnyAddress(snapshot: Snapshot, node: Node): Finding {
  return {
    start: snapshot.tree.start(node),
    end: snapshot.tree.end(node),
    message: {
      en: 'Without the check of the IP address, whoever gets hold of a session cookie is in that session, from anywhere. Leave the check on, or make sure that the cookie travels over HTTPS only.',
      es: 'Sin la comprobación de la dirección IP, quien se haga con la cookie de una sesión está dentro de ella, desde cualquier sitio. Deje la comprobación activada o asegúrese de que la cookie viaje solo por HTTPS.',
    },
  };
}

interface MemberValue {
  readonly name: string;
  readonly value: Node;
  readonly at: Node;
  /** The object literal it stands in; -1 for an assignment. */
  readonly siblings: Node;
}

/** `{name: value}` and `….name:=value`. */
function* memberValues(snapshot: Snapshot): Iterable<MemberValue> {
  const { tree } = snapshot;
  for (let node = 0; node < tree.data.nodeCount; node++) {
    const kind = tree.kind(node);
    if (kind === N.Pair) yield { name: fold(pairKey(snapshot, node)), value: tree.child(node, 1), at: node, siblings: tree.parent(node) };
    else if (kind === N.Assignment && tree.kind(tree.firstChild(node)) === N.Member)
      yield { name: fold(nameText(tree, tree.child(tree.firstChild(node), 1))), value: tree.child(node, 1), at: node, siblings: -1 };
  }
}

function isNone(snapshot: Snapshot, value: Node): boolean {
  const { tree } = snapshot;
  if (textValue(snapshot, value)?.toLowerCase() === 'none') return true;
  if (tree.kind(value) !== N.Name) return false;
  const resolved = snapshot.resolve(value);
  return resolved.kind === 'constant' && resolved.constant.name === 'Web SameSite None';
}

/** HTTPS is off for certain: in the same object, or in the settings with nothing in the object against it. */
function withoutHttps(snapshot: Snapshot, object: Node): boolean {
  const { tree, view } = snapshot;
  if (object >= 0 && tree.kind(object) === N.ObjectLiteral)
    for (const pair of tree.children(object)) {
      if (tree.kind(pair) !== N.Pair || fold(pairKey(snapshot, pair)) !== 'httpsenabled') continue;
      return booleanLiteral(snapshot, tree.child(pair, 1)) === false;
    }
  if (/HTTPSEnabled/i.test(snapshot.text)) return false;
  const ssl = view?.project.settings
    .flatMap((s) => s.attributes)
    .filter((a) => a.element === 'standalone_server/configuration' && a.name === 'allow_ssl')
    .at(-1);
  return ssl?.value.toLowerCase() === 'false';
}
