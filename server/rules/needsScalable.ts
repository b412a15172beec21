import { N } from '#syntaxes/tree/kinds.js';
import { typeName } from '#syntaxes/tree/names.js';
import { guardOf } from '../analysis/guards.js';
import { knownMode, modePlace, modeRelated } from './mode.js';
import type { Rule } from './rule.js';

/** Things that 4D has for scalable sessions only, in a project with legacy ones (facts: `web-sessions` sections 1 and 9.5). */
export const needsScalable: Rule = {
  code: 'needs-scalable-sessions',
  severity: 'warning',
  aboutSessions: true,
  *check(snapshot) {
    const mode = knownMode(snapshot);
    if (mode?.value !== 'legacy' || mode.confidence !== 'certain') return;
    const { tree, text } = snapshot;
    if (!/\$4DSID|IncomingMessage/i.test(text)) return;
    const place = modePlace(mode);
    const related = modeRelated(mode);
    for (let node = 0; node < tree.data.nodeCount; node++) {
      const kind = tree.kind(node);
      if (kind === N.String) {
        const at = tree.textOf(node).search(/\$4DSID=/i);
        const guard = at < 0 ? undefined : guardOf(snapshot, node);
        if (at < 0 || guard === 'sessionPresent' || guard === 'tested') continue;
        yield {
          start: tree.start(node) + at,
          end: tree.start(node) + at + '$4DSID'.length,
          message: {
            en: `\`$4DSID\` in a URL means nothing here: one-time tokens belong to scalable sessions, and this project has legacy ones${place.en}. Identify the visitor by the session cookie, or switch the project to scalable sessions.`,
            es: `\`$4DSID\` en una URL no significa nada aquí: los tokens de un solo uso son de las sesiones escalables, y este proyecto las tiene heredadas${place.es}. Identifique al visitante por la cookie de sesión o pase el proyecto a sesiones escalables.`,
          },
          related,
        };
      } else if (kind === N.Parameter && snapshot.source?.kind === 'class') {
        const type = tree.children(node).find((c) => tree.kind(c) === N.Type);
        if (type === undefined || !/^4D\.IncomingMessage$/i.test(typeName(tree, type))) continue;
        yield {
          start: tree.start(type),
          end: tree.end(type),
          message: {
            en: `No request reaches this function: 4D does not support HTTP request handlers with legacy sessions, which this project has${place.en}. Answer in \`On Web Connection\`, or switch the project to scalable sessions.`,
            es: `Ninguna petición llega a esta función: 4D no admite controladores de peticiones HTTP con sesiones heredadas, que son las de este proyecto${place.es}. Responda en \`On Web Connection\` o pase el proyecto a sesiones escalables.`,
          },
          related,
        };
      }
    }
  },
};
