import type { Bilingual } from '#syntaxes/text/bilingual.js';
import { guardOf } from '../analysis/guards.js';
import { numberValue } from '../analysis/literals.js';
import { knownMode, modePlace, modeRelated, number, weigh } from './mode.js';
import type { Rule } from './rule.js';

/** Selectors without effect, by mode (facts: `web-sessions` section 5.1, column «Ignored in»). */
const ignored: Readonly<Record<'scalable' | 'none', readonly number[]>> = {
  scalable: [18, 71, 72, 73, 78, 83],
  none: [71, 72, 73, 78, 83],
};

const instead: Readonly<Record<number, Bilingual>> = {
  72: {
    en: 'Set `Session.idleTimeout` (minutes, 60 or more) for each session.',
    es: 'Fije `Session.idleTimeout` (minutos, 60 o más) para cada sesión.',
  },
  73: {
    en: 'The cookie is called `4DSID_` and the application’s name; read it from `WEB Server.sessionCookieName`.',
    es: 'La cookie se llama `4DSID_` y el nombre de la aplicación; léalo en `WEB Server.sessionCookieName`.',
  },
};
const remove: Bilingual = { en: 'Remove the call.', es: 'Quite la llamada.' };

/** `WEB SET OPTION` with a selector that the project's session mode ignores. */
export const sessionOptionIgnored: Rule = {
  code: 'session-option-ignored',
  severity: 'warning',
  aboutSessions: true,
  *check(snapshot) {
    const mode = knownMode(snapshot);
    if (!mode || mode.value === 'legacy') return;
    for (const use of snapshot.usesOf(number.webSetOption, number.webGetOption)) {
      const selector = use.args[0];
      const value = selector === undefined ? undefined : numberValue(snapshot, selector);
      if (value === undefined || !ignored[mode.value].includes(value)) continue;
      const guard = guardOf(snapshot, use.name);
      if (guard === 'sessionNull' || guard === 'tested') continue;
      const { tree } = snapshot;
      const text = tree.textOf(selector).replace(/:K\d+:\d+$/, '');
      const place = modePlace(mode);
      const sets = use.command.number === number.webSetOption;
      const probably = mode.confidence === 'certain' ? { en: '', es: '' } : { en: 'probably ', es: 'probablemente ' };
      const sessions =
        mode.value === 'scalable'
          ? { en: 'with scalable sessions', es: 'con sesiones escalables' }
          : { en: 'without web sessions', es: 'sin sesiones web' };
      const advice = (mode.value === 'scalable' && sets ? instead[value] : undefined) ?? remove;
      yield {
        start: tree.start(selector),
        end: tree.end(selector),
        message: sets
          ? {
              en: `Setting \`${text}\` ${probably.en}has no effect: the project runs ${sessions.en}${place.en}. ${advice.en}`,
              es: `Fijar \`${text}\` ${probably.es}no tiene efecto: el proyecto funciona ${sessions.es}${place.es}. ${advice.es}`,
            }
          : {
              en: `\`${text}\` ${probably.en}plays no part: the project runs ${sessions.en}${place.en}, so the value read governs nothing. ${advice.en}`,
              es: `\`${text}\` ${probably.es}no interviene: el proyecto funciona ${sessions.es}${place.es}, así que el valor leído no rige nada. ${advice.es}`,
            },
        severity: weigh(mode, sets ? 'warning' : 'info'),
        related: modeRelated(mode),
      };
    }
  },
};
