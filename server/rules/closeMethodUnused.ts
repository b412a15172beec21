import { knownMode, modePlace, modeRelated, weigh } from './mode.js';
import type { Rule } from './rule.js';

/** On Web Legacy Close Session holds code that no session will ever call (facts: `web-sessions` sections 1 and 7). */
export const closeMethodUnused: Rule = {
  code: 'close-method-unused',
  severity: 'info',
  aboutSessions: true,
  *check(snapshot) {
    const { source, tree } = snapshot;
    if (source?.kind !== 'databaseMethod' || !/^onWebSessionSuspend$/i.test(source.name)) return;
    const mode = knownMode(snapshot);
    const first = tree.firstChild(tree.root);
    if (!mode || mode.value === 'legacy' || first < 0) return;
    const place = modePlace(mode);
    const probably = mode.confidence === 'certain' ? { en: '', es: '' } : { en: 'probably ', es: 'probablemente ' };
    const sessions =
      mode.value === 'scalable'
        ? { en: 'uses scalable sessions', es: 'usa sesiones escalables' }
        : { en: 'runs without web sessions', es: 'funciona sin sesiones web' };
    const start = tree.start(first);
    const line = snapshot.lines.lineAt(start);
    yield {
      start,
      end: Math.max(start, Math.min(tree.end(first), snapshot.lines.lineEnd(line))),
      message: {
        en: `\`On Web Legacy Close Session\` is ${probably.en}never called: the project ${sessions.en}${place.en}. No method runs when such a session ends; save what must be kept at each change.`,
        es: `\`On Web Legacy Close Session\` ${probably.es}no se llama nunca: el proyecto ${sessions.es}${place.es}. Ningún método se ejecuta cuando termina una sesión así; guarde en cada cambio lo que deba conservarse.`,
      },
      severity: weigh(mode, 'info'),
      related: modeRelated(mode),
      tag: 'unnecessary',
    };
  },
};
