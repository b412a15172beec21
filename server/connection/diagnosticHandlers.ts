import type { WorkspaceDocumentDiagnosticReport } from 'vscode-languageserver';
import { say } from '#syntaxes/text/bilingual.js';
import type { Diagnosing } from './diagnosing.js';
import { guarded } from './runner.js';
import type { Session } from './session.js';

const checking = { en: 'Checking the project', es: 'Comprobando el proyecto' };

/** Diagnostics that the client asks for, of a document or of the workspace: in parts, with result ids, and with progress. */
export function registerDiagnostics(session: Session, diagnosing: Diagnosing): void {
  const { connection, client, report } = session;
  if (!client.pullDiagnostics) return;
  connection.languages.diagnostics.on(
    (params, token) =>
      guarded('textDocument/diagnostic', token, { kind: 'full' as const, items: [] }, report, () =>
        diagnosing.pull(params.textDocument.uri, params.previousResultId, token),
      ) as never,
  );
  connection.languages.diagnostics.onWorkspace(
    (params, token, progress, partial) =>
      guarded('workspace/diagnostic', token, { items: [] }, report, async () => {
        const previous = new Map(params.previousResultIds.map((p) => [p.uri, p.value]));
        const items: WorkspaceDocumentDiagnosticReport[] = [];
        progress.begin(say(checking, client.language), 0, undefined, true);
        await diagnosing.workspace(previous, token, (batch, done) => {
          if (partial) partial.report({ items: batch });
          else items.push(...batch);
          progress.report(Math.floor(done * 100));
        });
        progress.done();
        return { items };
      }) as never,
  );
}
