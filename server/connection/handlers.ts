import type { CancellationToken, CompletionItem } from 'vscode-languageserver';
import type { ModeAnswer } from '../analysis/sessionMode.js';
import { plainText } from '../documentation/plainText.js';
import * as service from '../features/languageService.js';
import { type SessionModeParams, type SessionModeResult, sessionModeRequest } from '../protocol.js';
import { aboutDocuments } from './about.js';
import type { Diagnosing } from './diagnosing.js';
import { registerDiagnostics } from './diagnosticHandlers.js';
import { registerLayout } from './layoutHandlers.js';
import { uriOf } from './paths.js';
import { registerProjectWide } from './projectHandlers.js';
import { guarded } from './runner.js';
import { registerSemanticTokens } from './semanticTokenHandlers.js';
import type { Session } from './session.js';

/** How long an answer waits for the project's code before it says what is known so far (milliseconds). */
const MODE_WAIT = 500;

/** Connects each request to its feature. Every one runs guarded, on the document's present version. */
export function registerHandlers(session: Session, diagnosing: Diagnosing): void {
  const { connection, client } = session;
  const about = aboutDocuments(session);

  connection.onHover(
    about('hover', null, async (snapshot, params) => {
      const offset = snapshot.lines.offset(params.position);
      const { features } = await session.settings.of(snapshot.uri);
      if (features === 'sessions' && !service.isSessionName(snapshot, offset)) return null;
      return service.hover(snapshot, offset, await session.context(snapshot));
    }),
  );
  connection.onCompletion(
    about(
      'completion',
      { isIncomplete: false, items: [] },
      async (snapshot, params) => {
        const { tokens } = await session.settings.of(snapshot.uri);
        const trigger = params.context?.triggerKind === 2 ? params.context.triggerCharacter : undefined;
        return service.completion(snapshot, snapshot.lines.offset(params.position), {
          tokens,
          deprecatedTags: client.deprecatedTags,
          snippets: client.snippets,
          trigger,
        });
      },
      false,
    ),
  );
  connection.onCompletionResolve((item, token) =>
    guarded('completionItem/resolve', token, item, session.report, () => resolve(session, item)),
  );
  connection.onSignatureHelp(
    about(
      'signatureHelp',
      null,
      async (snapshot, params) => service.signatureHelp(snapshot, snapshot.lines.offset(params.position), await session.context(snapshot)),
      false,
    ),
  );
  connection.onDefinition(
    about('definition', [], async (snapshot, params) => {
      const offset = snapshot.lines.offset(params.position);
      const { features } = await session.settings.of(snapshot.uri);
      if (features === 'sessions' && !service.isSessionName(snapshot, offset)) return [];
      return service.definition(snapshot, offset, { open: (path) => session.open(snapshot, path) });
    }),
  );
  connection.onTypeDefinition(
    about(
      'typeDefinition',
      [],
      (snapshot, params) =>
        service.typeDefinition(snapshot, snapshot.lines.offset(params.position), { open: (path) => session.open(snapshot, path) }),
      false,
    ),
  );
  connection.onDocumentHighlight(
    about('documentHighlight', [], (snapshot, params) => service.highlights(snapshot, snapshot.lines.offset(params.position))),
  );
  connection.onCodeAction(
    about('codeAction', [], async (snapshot, params) =>
      service.codeActions(snapshot, snapshot.lines.offset(params.range.start), snapshot.lines.offset(params.range.end), params.context, {
        ...(await session.diagnosticOptions(snapshot.uri)),
        edits: client.edits,
      }),
    ),
  );

  registerLayout(session, about);
  registerSemanticTokens(session, about);
  registerProjectWide(session, about);
  registerDiagnostics(session, diagnosing);

  connection.onRequest<SessionModeResult | null, void>(sessionModeRequest, (params: SessionModeParams, token: CancellationToken) =>
    guarded<SessionModeResult | null>(sessionModeRequest, token, null, session.report, () => sessionMode(session, params, token)),
  );
}

async function resolve(session: Session, item: CompletionItem): Promise<CompletionItem> {
  const data = item.data as service.CompletionData | undefined;
  const snapshot = typeof data?.uri === 'string' ? await session.documents.snapshot(data.uri) : undefined;
  if (!data || !snapshot) return item;
  const text = await service.completionDocumentation(snapshot, data, await session.context(snapshot));
  if (!text) return item;
  const { markdownCompletion } = session.client;
  return {
    ...item,
    documentation: { kind: markdownCompletion ? 'markdown' : 'plaintext', value: markdownCompletion ? text : plainText(text) },
  };
}

/** Answers `4dWebSessions/sessionMode`; waits a little for code that may change the settings' answer. */
async function sessionMode(session: Session, params: SessionModeParams, token: CancellationToken): Promise<SessionModeResult | null> {
  const { host, client, workspace } = session;
  const project = workspace.projectOf(params.textDocument.uri);
  if (!project) return null;
  await project.opened;
  if (!project.indexed) {
    void project.indexAll();
    const until = host.now() + MODE_WAIT;
    while (!project.indexed && host.now() < until && !token.isCancellationRequested) await host.pause();
  }
  const tell = ({ value, confidence, evidence }: ModeAnswer) => ({
    value,
    confidence,
    evidence: evidence.map((e) => ({ uri: project.uriOf(e.file), range: e.span, what: e.what[client.language] })),
  });
  const standalone = tell(project.mode);
  const remote = project.remoteMode;
  return {
    project: uriOf(project.root),
    name: project.project.name,
    ...standalone,
    servers: [{ server: 'standalone', ...standalone }, ...(remote ? [{ server: 'remote' as const, ...tell(remote) }] : [])],
  };
}
