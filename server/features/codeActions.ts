import { type CodeAction, type CodeActionContext, CodeActionKind } from 'vscode-languageserver';
import { say } from '#syntaxes/text/bilingual.js';
import type { Snapshot } from '../analysis/snapshot.js';
import { migrationKind } from '../protocol.js';
import { disableLine } from '../rules/disabling.js';
import type { Fix, Problem } from '../rules/rule.js';
import { type DiagnosticOptions, problems, toDiagnostic } from './diagnostics.js';
import { type AnnotationSupport, migrationActions } from './migration.js';
import { documentEdit } from './workspaceEdit.js';

export type CodeActionOptions = DiagnosticOptions & { readonly edits?: AnnotationSupport };

const noAnnotations: AnnotationSupport = { documentChanges: false, annotations: false };

/** Quick fixes of the problems that touch a stretch of text, the comment that silences each, ways to scalable sessions, and «fix all» where asked for. */
export function codeActions(
  snapshot: Snapshot,
  start: number,
  end: number,
  context: CodeActionContext,
  options: CodeActionOptions,
): CodeAction[] {
  const wants = (kind: string): boolean => !context.only || context.only.some((o) => kind === o || kind.startsWith(`${o}.`));
  const all = problems(snapshot, options);
  const actions: CodeAction[] = [];
  if (wants(CodeActionKind.QuickFix)) {
    const touched = all.filter((p) => p.start <= end && start <= p.end);
    for (const problem of touched) for (const fix of problem.fixes ?? []) actions.push(action(snapshot, problem, fix, options));
    const silenced = new Set<string>();
    for (const problem of touched) {
      const line = snapshot.lines.lineAt(problem.start);
      if (problem.code.startsWith('syntax') || silenced.has(`${problem.code} ${line}`)) continue;
      silenced.add(`${problem.code} ${line}`);
      actions.push(action(snapshot, problem, disableLine(problem, snapshot), options));
    }
  }
  if (wants(migrationKind)) actions.push(...migrationActions(snapshot, start, end, options.language, options.edits ?? noAnnotations));
  if (context.only?.length && wants(CodeActionKind.SourceFixAll)) {
    const edits = safeFixes(all);
    if (edits.length > 0)
      actions.push({
        title: say(
          { en: 'Apply all safe fixes of 4D Web Sessions', es: 'Aplicar todas las correcciones seguras de 4D Web Sessions' },
          options.language,
        ),
        kind: CodeActionKind.SourceFixAll,
        edit: { changes: { [snapshot.uri]: edits.map((e) => ({ range: snapshot.span(e.start, e.end), newText: e.text })) } },
      });
  }
  return actions;
}

/** The edits of the preferred fixes, none overlapping another. */
export function safeFixes(problems: readonly Problem[]): Fix['edits'] {
  const edits = problems.flatMap((p) => p.fixes?.find((f) => f.preferred)?.edits ?? []).sort((a, b) => a.start - b.start);
  return edits.filter((e, i) => i === 0 || edits[i - 1].end <= e.start);
}

/** A client that shows a change before it is made can say beside it what it is for. */
function action(snapshot: Snapshot, problem: Problem, fix: Fix, options: CodeActionOptions): CodeAction {
  const { language, edits = noAnnotations } = options;
  return {
    title: fix.title[language],
    kind: CodeActionKind.QuickFix,
    diagnostics: [toDiagnostic(snapshot, problem, options)],
    ...(fix.preferred ? { isPreferred: true } : {}),
    edit: documentEdit(snapshot, fix.edits, { label: fix.title[language], description: problem.message[language] }, edits),
  };
}
