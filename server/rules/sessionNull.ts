import { N } from '#syntaxes/tree/kinds.js';
import { nameRange, nameText } from '#syntaxes/tree/names.js';
import { guardOf } from '../analysis/guards.js';
import type { Snapshot } from '../analysis/snapshot.js';
import { knownMode, modePlace, modeRelated, number } from './mode.js';
import type { Rule } from './rule.js';

/** A member of `Session` read in web code of a project whose sessions are not scalable: `Session` is Null there (facts: `web-sessions` section 9.3). */
export const sessionNull: Rule = {
  code: 'session-null',
  severity: 'warning',
  aboutSessions: true,
  *check(snapshot) {
    const mode = knownMode(snapshot);
    if (!mode || mode.value === 'scalable' || mode.confidence !== 'certain' || !runsInWebProcess(snapshot)) return;
    const { tree } = snapshot;
    for (const use of snapshot.usesOf(number.session)) {
      const member = tree.parent(use.call);
      if (tree.kind(member) !== N.Member || tree.firstChild(member) !== use.call) continue;
      const guard = guardOf(snapshot, use.name);
      if (guard === 'sessionPresent' || guard === 'tested') continue;
      const name = nameText(tree, tree.child(member, 1));
      const place = modePlace(mode);
      const sessions =
        mode.value === 'legacy'
          ? { en: 'uses legacy sessions', es: 'usa sesiones heredadas' }
          : { en: 'runs without web sessions', es: 'funciona sin sesiones web' };
      yield {
        ...nameRange(tree, use.name),
        message: {
          en: `\`Session\` is Null in this web code, so \`.${name}\` fails: the project ${sessions.en}${place.en}. Test \`Session#Null\` first, or switch the project to scalable sessions.`,
          es: `\`Session\` es Null en este código web, así que \`.${name}\` falla: el proyecto ${sessions.es}${place.es}. Compruebe antes \`Session#Null\` o pase el proyecto a sesiones escalables.`,
        },
        related: modeRelated(mode),
      };
    }
  },
};

/** Code that only a web request reaches, as far as the file alone tells: the web database methods and methods open to URLs. */
function runsInWebProcess(snapshot: Snapshot): boolean {
  const { source } = snapshot;
  if (source?.kind === 'databaseMethod') return /^(onWebConnection|onWebAuthentication|onWebSessionSuspend)$/i.test(source.name);
  return source?.kind === 'method' && snapshot.attributes.publishedWeb;
}
