import {
  CodeLensRefreshRequest,
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type FileEvent,
  type InitializeParams,
  NotificationType0,
} from 'vscode-languageserver';
import { defaultCatalogue } from '#syntaxes/catalogue/catalogue.js';
import { isBeyondCode } from '../analysis/beyondCode.js';
import { sessionModeChanged } from '../protocol.js';
import type { Client } from './client.js';
import { section } from './configuration.js';
import { Diagnosing } from './diagnosing.js';
import { registerHandlers } from './handlers.js';
import type { Host } from './host.js';
import { registerMigration } from './migration.js';
import { pathOf } from './paths.js';
import type { LoadedProject } from './projects.js';
import { Reading } from './reading.js';
import { Session } from './session.js';
import { Settings } from './settings.js';

/** Changes on disk come in storms (a checkout, a build): they are taken together after this pause (milliseconds). */
const FILE_EVENTS_WAIT = 60;

/** Connects every feature to a client that was told what the server can do (`start.ts`), until it says `exit`. */
export function serve(connection: Connection, host: Host, client: Client, params: InitializeParams): void {
  const settings = new Settings(connection, client, params.initializationOptions);
  const session: Session = new Session(connection, host, client, settings, defaultCatalogue(), {
    changed: (project) => {
      diagnosing.refresh(project);
      refreshViews(session);
    },
    modeChanged: (project) => {
      diagnosing.refresh(project);
      refreshViews(session);
      void connection.sendNotification(new NotificationType0(sessionModeChanged));
    },
  });
  const diagnosing = new Diagnosing(session);
  session.workspace.folders = params.workspaceFolders?.map((f) => f.uri) ?? (params.rootUri ? [params.rootUri] : []);
  registerHandlers(session, diagnosing);
  registerMigration(session);
  registerDocuments(session, diagnosing);
  connection.workspace.textDocumentContent.on(async ({ uri }) => {
    const text = await host.pages.read(pathOf(uri).replace(/^[^:]*:\/*/, ''));
    return text === undefined ? null : { text };
  });

  connection.onInitialized(() => {
    const failed = (error: unknown): void => session.report('registration', error);
    if (client.watchConfiguration) connection.client.register(DidChangeConfigurationNotification.type, { section }).catch(failed);
    if (client.watchFiles)
      connection.client
        .register(DidChangeWatchedFilesNotification.type, {
          watchers: [
            { globPattern: '**/{*.4dm,*.4DSettings,*.4DCatalog,*.4DProject,*.4DForm,*.htm,*.html,*.shtml,HTTPHandlers.json,fourd.json}' },
          ],
        })
        .catch(failed);
    if (client.workspaceFolders)
      connection.workspace.onDidChangeWorkspaceFolders(async () => {
        const folders = await connection.workspace.getWorkspaceFolders().catch(() => null);
        session.workspace.folders = folders?.map((f) => f.uri) ?? [];
      });
  });

  connection.onDidChangeConfiguration(({ settings }) => {
    session.settings.changed(settings);
    diagnosing.refresh();
    refreshViews(session);
  });

  connection.onShutdown(() => diagnosing.dispose());
}

/** What clients show beside the text may be other than before without the text having changed. */
function refreshViews({ connection, client }: Session): void {
  const ignore = (): void => undefined;
  if (client.refreshSemanticTokens) connection.languages.semanticTokens.refresh().catch(ignore);
  if (client.refreshInlayHints) connection.languages.inlayHint.refresh().catch(ignore);
  if (client.refreshCodeLenses) connection.sendRequest(CodeLensRefreshRequest.type).catch(ignore);
}

function registerDocuments(session: Session, diagnosing: Diagnosing): void {
  const { connection, documents, workspace } = session;
  const reading = new Reading(session);

  connection.onDidOpenTextDocument(({ textDocument: { uri, version, text } }) => {
    documents.open(uri, version, text);
    // asked of the client now, so that the first request about the document need not
    void session.settings.of(uri);
    diagnosing.changed(uri, 0);
    reading.opened(uri);
  });
  connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) => {
    documents.change(uri, version, contentChanges);
    diagnosing.changed(uri);
  });
  connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
    documents.close(uri);
    session.settings.closed(uri);
    diagnosing.closed(uri);
    const project = workspace.projectOf(uri);
    const path = project?.relative(pathOf(uri));
    if (project && path !== undefined) project.documentClosed(path).catch((error) => session.report(`close ${uri}`, error));
  });
  connection.onDidSaveTextDocument(({ textDocument: { uri } }) => fileEvents([{ uri, type: 2 }]));

  let waiting: FileEvent[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  function fileEvents(events: readonly FileEvent[]): void {
    waiting.push(...events);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const batch = waiting;
      waiting = [];
      handleFileEvents(session, batch).catch((error) => session.report('file events', error));
    }, FILE_EVENTS_WAIT);
  }
  connection.onDidChangeWatchedFiles(({ changes }) => fileEvents(changes));
  connection.workspace.onDidCreateFiles(({ files }) => fileEvents(files.map(({ uri }) => ({ uri, type: 1 }))));
  connection.workspace.onDidDeleteFiles(({ files }) => fileEvents(files.map(({ uri }) => ({ uri, type: 3 }))));
  connection.workspace.onDidRenameFiles(({ files }) =>
    fileEvents(
      files.flatMap(({ oldUri, newUri }) => [
        { uri: oldUri, type: 3 as const },
        { uri: newUri, type: 1 as const },
      ]),
    ),
  );
}

/** A method's new contents are read by themselves; anything that comes, goes or is no method makes its project read its files again. */
async function handleFileEvents(session: Session, events: readonly FileEvent[]): Promise<void> {
  const { workspace } = session;
  const reload = new Set<LoadedProject>();
  const changed = new Map<LoadedProject, Set<string>>();
  for (const { uri, type } of events) {
    const path = pathOf(uri);
    for (const project of workspace.loaded) {
      const relative = project.relative(path);
      if (relative === undefined) continue;
      if ((type === 2 && /\.4dm$/i.test(path)) || isBeyondCode(path))
        changed.set(project, (changed.get(project) ?? new Set()).add(relative));
      else reload.add(project);
    }
  }
  for (const project of reload) await project.reload();
  for (const [project, paths] of changed) {
    for (const path of paths) await project.fileChanged(path);
  }
}
