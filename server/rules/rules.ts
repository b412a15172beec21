import type { Snapshot } from '../analysis/snapshot.js';
import { actionNotPublished } from './actionNotPublished.js';
import { argumentCount } from './argumentCount.js';
import { argumentType } from './argumentType.js';
import { closeMethodUnused } from './closeMethodUnused.js';
import { deprecatedCommand } from './deprecatedCommand.js';
import { readDisabling } from './disabling.js';
import { formerName } from './formerName.js';
import { legacyCloseIgnored } from './legacyCloseIgnored.js';
import { legacyExpirationIgnored } from './legacyExpirationIgnored.js';
import { needsScalable } from './needsScalable.js';
import { readAfterClose } from './readAfterClose.js';
import { resultIgnored } from './resultIgnored.js';
import { resultOfCommand } from './resultOfCommand.js';
import type { Problem, Rule } from './rule.js';
import type { RuleSettings } from './ruleSettings.js';
import { sessionIdWrong } from './sessionIdWrong.js';
import { sessionModesConflict } from './sessionModesConflict.js';
import { sessionNull } from './sessionNull.js';
import { sessionOptionIgnored } from './sessionOptionIgnored.js';
import { sessionStateInProcess } from './sessionStateInProcess.js';
import { storageOutsideUse } from './storageOutsideUse.js';
import { storageUnshared } from './storageUnshared.js';
import { syntax } from './syntax.js';
import { tokenMismatch } from './tokenMismatch.js';
import { undeclaredLocal } from './undeclaredLocal.js';
import { unknownMethod } from './unknownMethod.js';
import { unreachableCode } from './unreachableCode.js';
import { unusedLocal } from './unusedLocal.js';
import { weakSessionCookie } from './weakSessionCookie.js';

/** Every rule there is. */
export const rules: readonly Rule[] = [
  syntax,
  legacyCloseIgnored,
  legacyExpirationIgnored,
  sessionOptionIgnored,
  sessionNull,
  closeMethodUnused,
  sessionIdWrong,
  readAfterClose,
  actionNotPublished,
  sessionStateInProcess,
  storageOutsideUse,
  storageUnshared,
  needsScalable,
  sessionModesConflict,
  weakSessionCookie,
  argumentCount,
  argumentType,
  resultOfCommand,
  formerName,
  tokenMismatch,
  deprecatedCommand,
  unknownMethod,
  undeclaredLocal,
  unusedLocal,
  resultIgnored,
  unreachableCode,
];

export type { RuleSettings } from './ruleSettings.js';

/**
 * All problems of a document in text order: those switched off or silenced by a comment left out. What the project's `fourd.json` says counts
 * where the settings given say nothing.
 */
export function check(snapshot: Snapshot, given: RuleSettings = {}, selected: readonly Rule[] = rules): Problem[] {
  const problems: Problem[] = [];
  const agreed = snapshot.source && snapshot.view?.ruleFile?.levelsFor(snapshot.source.path);
  const settings = agreed ? { ...agreed, ...given } : given;
  const broken = brokenLines(snapshot);
  for (const rule of selected) {
    if (settings[rule.code] === 'off') continue;
    for (const finding of rule.check(snapshot)) {
      // what the parser could not read says nothing about arguments and results
      if (rule !== syntax && broken.has(snapshot.lines.lineAt(finding.start))) continue;
      const code = finding.code ?? rule.code;
      const set = settings[code] ?? settings[rule.code] ?? 'default';
      if (set === 'off') continue;
      problems.push({ ...finding, code, severity: set === 'default' ? (finding.severity ?? rule.severity) : set });
    }
  }
  if (problems.length === 0) return problems;
  const disabling = readDisabling(snapshot);
  return problems.filter((p) => !disabling.isDisabled(p)).sort((a, b) => a.start - b.start || a.end - b.end);
}

/** Lines that a syntax error touches. */
function brokenLines({ tree, lines }: Snapshot): Set<number> {
  const broken = new Set<number>();
  for (const { start, end } of tree.errors)
    for (let line = lines.lineAt(start); line <= Math.min(lines.lineAt(end), lines.lineAt(start) + 20); line++) broken.add(line);
  return broken;
}
