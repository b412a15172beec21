import type { CancellationToken } from 'vscode-languageserver';
import { Lines } from '../analysis/lines.js';
import { migrationResult } from '../features/migration.js';
import { applyItems } from '../migration/apply.js';
import { planMigration } from '../migration/plan.js';
import { markdown } from '../migration/reportText.js';
import { type MigrationPlanParams, type MigrationPlanResult, migrationPlanRequest } from '../protocol.js';
import { guarded } from './runner.js';
import type { Session } from './session.js';

/** Answers the request for the way to scalable sessions. Reads the project, changes nothing: the client does the edits, in one step. */
export function registerMigration(session: Session): void {
  const { connection, workspace, documents, client, report } = session;

  async function plan(params: MigrationPlanParams, token: CancellationToken): Promise<MigrationPlanResult | null> {
    const project = workspace.projectOf(params.textDocument.uri);
    if (!project) return null;
    await project.opened;
    await project.indexAll();
    const texts = new Map<string, string>();
    const read = async (path: string): Promise<string | undefined> => {
      // what is open counts as it stands in the editor
      const text = (await documents.snapshot(project.uriOf(path)))?.text ?? (await project.readText(path));
      if (text !== undefined) texts.set(path, text);
      return text;
    };
    const found = await planMigration(project, read);
    if (token.isCancellationRequested) return null;
    const bothModes = params.bothModes === true;
    for (const item of found.items) for (const path of Object.keys(item.edits ?? {})) if (!texts.has(path)) await read(path);
    const applied = applyItems(found.items, (path) => texts.get(path), { bothModes });
    const changed = [...applied.files].map(([path, after]) => ({ path, before: texts.get(path)!, after }));
    return migrationResult(found, applied.done, {
      language: client.language,
      support: client.edits,
      bothModes,
      uriOf: (path) => project.uriOf(path),
      linesOf: (path) => {
        const text = texts.get(path);
        return text === undefined ? undefined : lines(text);
      },
      report: markdown({ plan: found, done: applied.done, changed }, client.language, bothModes),
    });
  }

  const lines = (text: string) => {
    const index = new Lines(text, client.encoding);
    return { span: (start: number, end: number) => index.span(start, end) };
  };

  connection.onRequest<MigrationPlanResult | null, void>(migrationPlanRequest, (params: MigrationPlanParams, token: CancellationToken) =>
    guarded<MigrationPlanResult | null>(migrationPlanRequest, token, null, report, () => plan(params, token)),
  );
}
