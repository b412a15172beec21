import type { Bilingual } from '#syntaxes/text/bilingual.js';
import type { CommandUse } from '../analysis/calls.js';
import { decisiveEvidence, type ModeAnswer, type ModeEvidence } from '../analysis/sessionMode.js';
import type { Snapshot } from '../analysis/snapshot.js';
import type { Related, Severity } from './rule.js';

/** Command numbers of the session family (facts: `web-sessions`, sections 3 and 4). */
export const number = {
  getCurrentSessionId: 1162,
  legacyGetExpiration: 1207,
  legacyClose: 1208,
  webGetOption: 1209,
  webSetOption: 1210,
  getSessionProcessCount: 1350,
  session: 1714,
  sessionStorage: 1839,
  sessionInfo: 1844,
} as const;

/** Commands whose first argument is the identifier of a session. */
export const takesSessionId: readonly number[] = [
  number.legacyClose,
  number.legacyGetExpiration,
  number.getSessionProcessCount,
  number.sessionStorage,
  number.sessionInfo,
];

/** The mode that rules may judge by: known, not left open by code, and with all code looked at. Undefined: say nothing. */
export function knownMode(snapshot: Snapshot): (ModeAnswer & { value: 'legacy' | 'scalable' | 'none' }) | undefined {
  const mode = snapshot.view?.mode;
  return mode?.complete && !mode.open && mode.value !== 'unknown' ? (mode as ReturnType<typeof knownMode>) : undefined;
}

/** A lower severity where the mode is only assumed. */
export function weigh(mode: ModeAnswer, severity: Severity): Severity {
  return mode.confidence === 'certain' ? severity : severity === 'error' ? 'warning' : 'info';
}

/** The places that decide the mode, for related information. */
export function modeRelated(mode: ModeAnswer): Related[] {
  return decisiveEvidence(mode)
    .slice(0, 5)
    .map((e) => ({ file: e.file, span: e.span, message: e.what }));
}

/** ` (settings.4DSettings, line 7)`: the place that decides; nothing where no place does. */
export function modePlace(mode: ModeAnswer): Bilingual {
  const decisive: ModeEvidence | undefined = mode.evidence[0];
  if (!decisive || decisive.end <= decisive.start || (mode.confidence === 'assumed' && decisive.source === 'settings'))
    return { en: '', es: '' };
  const file = decisive.file.split('/').at(-1);
  const line = decisive.span.start.line + 1;
  return { en: ` (${file}, line ${line})`, es: ` (${file}, línea ${line})` };
}

/** Uses of commands whose forms are documented: the only ones whose arguments and results can be judged. */
export function knownCommands(snapshot: Snapshot): readonly CommandUse[] {
  let known = commandsOf.get(snapshot);
  if (!known) {
    known = snapshot.uses.filter((use) => use.command.signatures.length > 0 && use.command.number !== undefined);
    commandsOf.set(snapshot, known);
  }
  return known;
}

const commandsOf = new WeakMap<Snapshot, readonly CommandUse[]>();
