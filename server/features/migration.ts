import type { CodeAction, WorkspaceEdit } from 'vscode-languageserver';
import { type Bilingual, type Language, say } from '#syntaxes/text/bilingual.js';
import type { Snapshot } from '../analysis/snapshot.js';
import { editsOf } from '../migration/apply.js';
import { formerNames } from '../migration/formerNames.js';
import type { MigrationPlan } from '../migration/plan.js';
import { sessionCommands } from '../migration/sessionCommands.js';
import { sessionOptions } from '../migration/sessionOptions.js';
import type { Found, MigrationItem } from '../migration/types.js';
import type { MigrationPlanResult } from '../protocol.js';
import type { TextEdit } from '../rules/rule.js';

/** The kind of the code actions that lead to scalable sessions. */
export const migrationKind = 'refactor.rewrite.scalableSessions';

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
 * whole project (`4dWebSessions/migrationPlan`).
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
    const edit = asWorkspaceEdit([{ uri: snapshot.uri, snapshot, edits, change }], language, support);
    return { title: say(head, language, title[language]), kind: migrationKind, edit };
  }
}

interface DocumentEdits {
  readonly uri: string;
  readonly snapshot: Pick<Snapshot, 'span'>;
  readonly edits: readonly TextEdit[];
  /** What is different afterwards: shown, and to be confirmed, where the client can. */
  readonly change?: Bilingual;
  readonly label?: string;
}

function asWorkspaceEdit(documents: readonly DocumentEdits[], language: Language, support: AnnotationSupport): WorkspaceEdit {
  const annotated = support.documentChanges && support.annotations;
  const byUri = new Map<string, { range: ReturnType<Snapshot['span']>; newText: string; annotationId?: string }[]>();
  const annotations: NonNullable<WorkspaceEdit['changeAnnotations']> = {};
  for (const { uri, snapshot, edits, change, label } of documents) {
    const list = byUri.get(uri) ?? [];
    byUri.set(uri, list);
    const id = change && annotated ? `${label ?? ''} ${change.en}`.trim() : undefined;
    if (id && change) annotations[id] = { label: label ?? change[language], description: change[language], needsConfirmation: true };
    for (const edit of edits)
      list.push({ range: snapshot.span(edit.start, edit.end), newText: edit.text, ...(id ? { annotationId: id } : {}) });
  }
  if (!support.documentChanges) return { changes: Object.fromEntries(byUri) };
  return {
    documentChanges: [...byUri].map(([uri, edits]) => ({ textDocument: { uri, version: null }, edits })),
    ...(Object.keys(annotations).length > 0 ? { changeAnnotations: annotations } : {}),
  };
}

/** What a plan needs to become positions and addresses of a client. */
export interface PlanSurroundings {
  readonly language: Language;
  readonly support: AnnotationSupport;
  readonly bothModes: boolean;
  uriOf(path: string): string;
  /** Offsets of a file to places, by its path. */
  linesOf(path: string): Pick<Snapshot, 'span'> | undefined;
  readonly report: string;
}

/** The plan of a project as the answer to `4dWebSessions/migrationPlan`: its items, and the edits of all of them as one. */
export function migrationResult(plan: MigrationPlan, items: readonly MigrationItem[], around: PlanSurroundings): MigrationPlanResult {
  const { language, uriOf } = around;
  const documents: DocumentEdits[] = items.flatMap((item) =>
    Object.entries(editsOf(item, around.bothModes) ?? {}).flatMap(([path, edits]) => {
      const snapshot = around.linesOf(path);
      const change = around.bothModes ? undefined : item.change;
      return snapshot ? [{ uri: uriOf(path), snapshot, edits, change, label: item.title?.[language] }] : [];
    }),
  );
  return {
    project: uriOf(plan.root),
    name: plan.name,
    sessionMode: plan.mode.value,
    items: plan.items.map((item) => ({
      uri: uriOf(item.path),
      range: item.span,
      text: item.text,
      idiom: item.idiom,
      kind: item.kind,
      reason: item.reason[language],
      ...(item.title && item.edits ? { edit: item.title[language] } : {}),
      ...(item.change ? { change: item.change[language] } : {}),
      ...(item.bothModes ? { bothModes: item.bothModes.title[language] } : {}),
    })),
    ...(documents.length > 0 ? { edit: asWorkspaceEdit(documents, language, around.support) } : {}),
    report: around.report,
  };
}
