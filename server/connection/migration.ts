import { Lines } from '../analysis/lines.js';
import { lineEdits } from '../migration/lineDiff.js';
import { markdown } from '../migration/reportText.js';
import { migrate } from '../migration/run.js';
import { type MigrateParams, type MigrateResult, migrateRequest } from '../protocol.js';
import { guarded } from './runner.js';
import type { Session } from './session.js';

/** Answers `4dWebSessions/migrate` from the files as they are saved: the client saves first. */
export function registerMigration(session: Session): void {
  session.connection.onRequest<MigrateResult | null, void>(migrateRequest, (params: MigrateParams, token) =>
    guarded<MigrateResult | null>(migrateRequest, token, null, session.report, () => plan(session, params)),
  );
}

async function plan({ host, client, workspace }: Session, { textDocument, bothModes }: MigrateParams): Promise<MigrateResult | null> {
  const project = workspace.projectOf(textDocument.uri);
  const fs = project && host.fileSystem(textDocument.uri);
  if (!project || !fs) return null;
  await project.opened;
  const migration = await migrate(fs, project.root, project.catalogue, { bothModes, wants: () => true });
  return {
    name: project.project.name,
    report: markdown(migration, client.language, bothModes),
    files: migration.changed.map(({ path, before, after }) => {
      const lines = new Lines(before, client.encoding);
      const edits = lineEdits(before, after).map(({ start, end, newText }) => ({ range: lines.span(start, end), newText }));
      return { uri: project.uriOf(path), edits };
    }),
  };
}
