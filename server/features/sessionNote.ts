import { type Language, say } from '#syntaxes/text/bilingual.js';
import { N } from '#syntaxes/tree/kinds.js';
import { memberOf } from '../analysis/expressionType.js';
import { roleOf } from '../analysis/roles.js';
import { decisiveEvidence, type ModeAnswer } from '../analysis/sessionMode.js';
import { isFamilyConstant, noteCommands } from '../analysis/sessionUses.js';
import type { Snapshot } from '../analysis/snapshot.js';

const modeWords = {
  legacy: { en: 'legacy sessions', es: 'sesiones heredadas' },
  scalable: { en: 'scalable sessions', es: 'sesiones escalables' },
  none: { en: 'no sessions', es: 'sin sesiones' },
  unknown: { en: 'unknown', es: 'desconocido' },
} as const;

const texts = {
  mode: { en: 'Session mode of this project', es: 'Modo de sesión de este proyecto' },
  assumed: { en: ' (assumed)', es: ' (supuesto)' },
  reading: { en: ' — the code is still being read', es: ' — todavía se está leyendo el código' },
  line: { en: 'line {0}', es: 'línea {0}' },
} as const;

/** What a command of the family does in each mode: one clause, put behind the mode's name. */
const effects: Readonly<Record<number, Partial<Record<ModeAnswer['value'], { en: string; es: string }>>>> = {
  1208: {
    legacy: { en: 'the command closes the session', es: 'el comando cierra la sesión' },
    scalable: { en: '4D ignores the command', es: '4D ignora el comando' },
    none: { en: 'there is no session to close', es: 'no hay ninguna sesión que cerrar' },
  },
  1207: {
    legacy: { en: 'the command gives when the session’s cookie expires', es: 'el comando da la caducidad de la cookie de la sesión' },
    scalable: { en: 'the command gives a null date and time', es: 'el comando da una fecha y una hora nulas' },
    none: { en: 'there is no session to ask about', es: 'no hay ninguna sesión que consultar' },
  },
  1162: {
    legacy: { en: 'the identifier of the request’s session', es: 'el identificador de la sesión de la petición' },
    scalable: { en: 'the same value as `Session.id`', es: 'el mismo valor que `Session.id`' },
    none: { en: 'an empty text', es: 'un texto vacío' },
  },
  1350: {
    legacy: { en: 'the command gives 1 for a web session', es: 'el comando da 1 para una sesión web' },
  },
  1714: {
    legacy: { en: '`Session` is Null in web processes', es: '`Session` es Null en los procesos web' },
    scalable: { en: '`Session` is the session of the request', es: '`Session` es la sesión de la petición' },
    none: { en: '`Session` is Null in web processes', es: '`Session` es Null en los procesos web' },
  },
};

/** The mode in words, and what it makes of a command: `scalable sessions: 4D ignores the command`. Undefined where nothing is known. */
export function effectText(mode: ModeAnswer, command: number, language: Language): string | undefined {
  const effect = effects[command]?.[mode.value];
  if (!effect || mode.value === 'unknown') return undefined;
  const assumed = mode.confidence === 'assumed' ? say(texts.assumed, language) : '';
  return `${say(modeWords[mode.value], language)}${assumed}: ${say(effect, language)}`;
}

/** Whether the name at an offset belongs to web sessions: a command or selector of the family, a member of the session or the web server. */
export function isSessionName(snapshot: Snapshot, offset: number): boolean {
  const node = snapshot.nameAt(offset);
  const { tree } = snapshot;
  if (node < 0 || tree.kind(node) !== N.Name) return false;
  const parent = tree.parent(node);
  if (roleOf(tree, node) === 'member')
    return tree.kind(parent) === N.Member && /^4D\.(Session|WebServer)$/.test(memberOf(snapshot, parent)?.owner.name ?? '');
  if (roleOf(tree, node) !== 'free') return false;
  const resolved = snapshot.resolve(node);
  if (resolved.kind === 'command') return resolved.command.number !== undefined && noteCommands.has(resolved.command.number);
  return resolved.kind === 'constant' && isFamilyConstant(resolved.constant);
}

/**
 * The effective session mode of the document's project, its cause with a link to the place, and what follows from it for a command.
 * Undefined where the document belongs to no project.
 */
export function sessionNote(snapshot: Snapshot, command: number | undefined, language: Language): string | undefined {
  const mode = snapshot.view?.mode;
  if (!mode) return undefined;
  const effect = command === undefined ? undefined : effects[command]?.[mode.value];
  const name = say(modeWords[mode.value], language);
  const assumed = mode.confidence === 'assumed' && mode.value !== 'unknown' ? say(texts.assumed, language) : '';
  const reading = mode.complete ? '' : say(texts.reading, language);
  const head = `**${say(texts.mode, language)}:** ${name}${assumed}${effect ? `; ${say(effect, language)}` : ''}${reading}`;
  const causes = decisiveEvidence(mode)
    .slice(0, 3)
    .map((e) => {
      const file = e.file.split('/').at(-1)!;
      const line = e.span.start.line + 1;
      const place = e.end > e.start ? `${file}, ${say(texts.line, language, line)}` : file;
      return `- ${say(e.what, language)} ([${place}](${snapshot.view!.uriOf(e.file)}#L${line}))`;
    });
  return [head, ...causes].join('\n');
}
