import { nameRange, nameText } from '#syntaxes/tree/names.js';
import { guardOf } from '../analysis/guards.js';
import { knownMode, modePlace, modeRelated, number, weigh } from './mode.js';
import type { Rule } from './rule.js';

/** `WEB LEGACY GET SESSION EXPIRATION` gives a null date and time outside legacy sessions (facts: `web-sessions` section 3). */
export const legacyExpirationIgnored: Rule = {
  code: 'legacy-expiration-ignored',
  severity: 'warning',
  aboutSessions: true,
  *check(snapshot) {
    const mode = knownMode(snapshot);
    if (!mode || mode.value === 'legacy') return;
    for (const use of snapshot.usesOf(number.legacyGetExpiration)) {
      const guard = guardOf(snapshot, use.name);
      if (guard === 'sessionNull' || guard === 'tested') continue;
      const name = nameText(snapshot.tree, use.name);
      const place = modePlace(mode);
      const probably = mode.confidence === 'certain' ? { en: '', es: '' } : { en: 'probably ', es: 'probablemente ' };
      const message =
        mode.value === 'scalable'
          ? {
              en: `\`${name}\` ${probably.en}gives \`!00-00-00!\` and \`?00:00:00?\` here: the project uses scalable sessions${place.en}. Read \`Session.expirationDate\` instead, for the session of the request.`,
              es: `\`${name}\` ${probably.es}devuelve \`!00-00-00!\` y \`?00:00:00?\` aquí: el proyecto usa sesiones escalables${place.es}. Lea en su lugar \`Session.expirationDate\`, para la sesión de la petición.`,
            }
          : {
              en: `\`${name}\` ${probably.en}finds no session here: the project runs without web sessions${place.en}. Remove the call, or switch sessions on.`,
              es: `\`${name}\` ${probably.es}no encuentra ninguna sesión aquí: el proyecto funciona sin sesiones web${place.es}. Quite la llamada o active las sesiones.`,
            };
      yield { ...nameRange(snapshot.tree, use.name), message, severity: weigh(mode, 'warning'), related: modeRelated(mode) };
    }
  },
};
