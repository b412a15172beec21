import type { CodeAction } from 'vscode-languageserver';
import { type Bilingual, type Language, say } from '#syntaxes/text/bilingual.js';
import type { Snapshot } from '../analysis/snapshot.js';
import { formerNames } from '../migration/formerNames.js';
import { sessionCommands } from '../migration/sessionCommands.js';
import { sessionOptions } from '../migration/sessionOptions.js';
import type { Found } from '../migration/types.js';
import { migrationKind } from '../protocol.js';
import type { TextEdit } from '../rules/rule.js';
import { documentEdit } from './workspaceEdit.js';

const words = {
  scalable: { en: 'Scalable sessions: {0}', es: 'Sesiones escalables: {0}' },
  both: { en: 'Both session modes: {0}', es: 'Los dos modos de sesión: {0}' },
} satisfies Record<string, Bilingual>;

/** What a client can do with an edit. */
export interface AnnotationSupport {
  readonly documentChanges: boolean;
  readonly annotations: boolean;
}

/**
 * What can be done for scalable sessions at a stretch of a document, by itself or so that both modes work. Edits of several files belong to the plan of the
 * whole project (`4dWebSessions/migrate`).
 */
export function migrationActions(
  snapshot: Snapshot,
  start: number,
  end: number,
  language: Language,
  support: AnnotationSupport,
): CodeAction[] {
  if (!/session|1207|1208|1210/i.test(snapshot.text)) return [];
  const found: Found[] = [...sessionCommands(snapshot), ...sessionOptions(snapshot), ...formerNames(snapshot)];
  const actions: CodeAction[] = [];
  for (const item of found.filter((f) => f.start <= end && start <= f.end)) {
    if (item.title && item.edits && item.idiom !== 'former-name')
      actions.push(action(words.scalable, item.title, item.edits, item.kind === 'assisted' ? item.change : undefined));
    if (item.bothModes) actions.push(action(words.both, item.bothModes.title, item.bothModes.edits, undefined));
  }
  return actions;

  function action(head: Bilingual, title: Bilingual, edits: readonly TextEdit[], change: Bilingual | undefined): CodeAction {
    // What is different afterwards is to be confirmed.
    const edit = documentEdit(snapshot, edits, change && { label: change[language], needsConfirmation: true }, support);
    return { title: say(head, language, title[language]), kind: migrationKind, edit };
  }
}
