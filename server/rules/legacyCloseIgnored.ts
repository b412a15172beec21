import type { Bilingual } from '#syntaxes/text/bilingual.js';
import { nameRange, nameText } from '#syntaxes/tree/names.js';
import { guardOf } from '../analysis/guards.js';
import type { ModeAnswer } from '../analysis/sessionMode.js';
import { statementOf, wrapInIf, written } from './edits.js';
import { knownMode, modePlace, modeRelated, number, weigh } from './mode.js';
import type { Fix, Rule } from './rule.js';

/** `WEB LEGACY CLOSE SESSION` where sessions are scalable (it is ignored) or absent (it finds none) (facts: `web-sessions` section 2.1). */
export const legacyCloseIgnored: Rule = {
  code: 'legacy-close-ignored',
  severity: 'warning',
  aboutSessions: true,
  *check(snapshot) {
    const mode = knownMode(snapshot);
    if (!mode) return;
    for (const use of snapshot.usesOf(number.legacyClose)) {
      const guard = guardOf(snapshot, use.name);
      if (guard === 'sessionNull' || guard === 'tested') continue;
      const range = nameRange(snapshot.tree, use.name);
      const name = nameText(snapshot.tree, use.name);
      const fixes: Fix[] = [];
      if (use.statement) {
        const statement = statementOf(snapshot, use.call);
        fixes.push({
          title: {
            en: 'Close only where sessions are legacy: `If (Session=Null)`',
            es: 'Cerrar solo donde las sesiones son heredadas: `If (Session=Null)`',
          },
          edits: wrapInIf(snapshot, statement, `${written(snapshot, number.session)}=${written(snapshot, 1517)}`),
        });
        if (mode.value === 'scalable')
          fixes.push({
            title: {
              en: 'Replace with `Session.clearPrivileges()` (the session object and its storage live on)',
              es: 'Sustituir por `Session.clearPrivileges()` (el objeto sesión y su almacenamiento siguen existiendo)',
            },
            edits: [
              {
                start: snapshot.tree.start(use.call),
                end: snapshot.tree.end(use.call),
                text: `${written(snapshot, number.session)}.clearPrivileges()`,
              },
            ],
          });
      }
      if (guard === 'sessionPresent') yield { ...range, message: besideSession(name), fixes };
      else if (mode.value !== 'legacy')
        yield { ...range, message: say(name, mode), severity: weigh(mode, 'warning'), related: modeRelated(mode), fixes };
    }
  },
};

function besideSession(name: string): Bilingual {
  return {
    en: `\`${name}\` does nothing in this branch: it runs only where there is a \`Session\` object, so sessions are scalable and 4D ignores the command. Call \`Session.clearPrivileges()\` here.`,
    es: `\`${name}\` no hace nada en esta rama: solo se ejecuta donde hay un objeto \`Session\`, así que las sesiones son escalables y 4D ignora el comando. Llame aquí a \`Session.clearPrivileges()\`.`,
  };
}

function say(name: string, mode: ModeAnswer): Bilingual {
  const place = modePlace(mode);
  const certain = mode.confidence === 'certain';
  if (mode.value === 'scalable')
    return certain
      ? {
          en: `\`${name}\` does nothing here: the project uses scalable sessions${place.en}, and 4D ignores the command in that mode. To log a user out, call \`Session.clearPrivileges()\` and empty \`Session.storage\`; or switch the project to legacy sessions.`,
          es: `\`${name}\` no hace nada aquí: el proyecto usa sesiones escalables${place.es} y 4D ignora el comando en ese modo. Para que un usuario salga, llame a \`Session.clearPrivileges()\` y vacíe \`Session.storage\`, o pase el proyecto a sesiones heredadas.`,
        }
      : {
          en: `\`${name}\` probably does nothing here: the project seems to use scalable sessions${place.en}, where 4D ignores the command. Check the session mode in the project's settings; if it is scalable, call \`Session.clearPrivileges()\` and empty \`Session.storage\`.`,
          es: `\`${name}\` probablemente no hace nada aquí: el proyecto parece usar sesiones escalables${place.es}, donde 4D ignora el comando. Compruebe el modo de sesión en los ajustes del proyecto; si es escalable, llame a \`Session.clearPrivileges()\` y vacíe \`Session.storage\`.`,
        };
  return certain
    ? {
        en: `\`${name}\` does nothing here: the project runs without web sessions${place.en}, so there is none to close. Remove the call, or switch sessions on.`,
        es: `\`${name}\` no hace nada aquí: el proyecto funciona sin sesiones web${place.es}, así que no hay ninguna que cerrar. Quite la llamada o active las sesiones.`,
      }
    : {
        en: `\`${name}\` probably does nothing here: the project seems to run without web sessions${place.en}. Check the session mode in the project's settings.`,
        es: `\`${name}\` probablemente no hace nada aquí: el proyecto parece funcionar sin sesiones web${place.es}. Compruebe el modo de sesión en los ajustes del proyecto.`,
      };
}
