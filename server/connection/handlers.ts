import type { CancellationToken, CompletionItem, ResponseError, SemanticTokens, SemanticTokensDelta } from 'vscode-languageserver';
import type { Language } from '#syntaxes/text/bilingual.js';
import type { Snapshot } from '../analysis/snapshot.js';
import { describeConstant } from '../documentation/describe.js';
import { plainText } from '../documentation/plainText.js';
import * as service from '../features/languageService.js';
import { type SessionModeParams, type SessionModeResult, sessionModeRequest } from '../protocol.js';
import type { Diagnosing } from './diagnosing.js';
import { uriOf } from './paths.js';
import { guarded } from './runner.js';
import type { Session } from './session.js';

/** How long an answer waits for the project's code before it says what is known so far (milliseconds). */
const MODE_WAIT = 500;

/** Connects each request to its feature. Every one runs guarded, on the document's present version. */
export function registerHandlers(session: Session, diagnosing: Diagnosing): void {
  const { connection, documents, workspace, client } = session;

  /** A request about an open document: the answer for documents that are not open, and for failures, is `fallback`. */
  const about = <P extends { textDocument: { uri: string } }, R>(
    what: string,
    fallback: R,
    run: (snapshot: Snapshot, params: P, token: CancellationToken) => Promise<R> | R,
    sessionsToo = true,
  ) => {
    return (params: P, token: CancellationToken): Promise<R | ResponseError<void>> =>
      guarded(what, token, fallback, session.report, async () => {
        const snapshot = await documents.snapshot(params.textDocument.uri);
        if (!snapshot) return fallback;
        if (!sessionsToo && (await session.settings.of(snapshot.uri)).features === 'sessions') return fallback;
        return run(snapshot, params, token);
      });
  };

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
  connection.onReferences(
    about('references', [], async (snapshot, params) => {
      const project = workspace.projectOf(snapshot.uri);
      const offset = snapshot.lines.offset(params.position);
      if (project && !service.isLocal(snapshot, offset)) {
        await project.indexAll();
        if (snapshot.source) project.documentChanged(snapshot.source.path, snapshot);
      }
      return service.references(snapshot, offset, params.context.includeDeclaration);
    }),
  );
  connection.onDocumentHighlight(
    about('documentHighlight', [], (snapshot, params) => service.highlights(snapshot, snapshot.lines.offset(params.position))),
  );
  connection.onDocumentSymbol(about('documentSymbol', [], (snapshot) => service.documentSymbols(snapshot, client.language), false));
  connection.onFoldingRanges(about('foldingRange', [], (snapshot) => service.foldingRanges(snapshot), false));
  connection.onSelectionRanges(
    about('selectionRange', [], (snapshot, params) =>
      params.positions.map((p) => service.selectionRange(snapshot, snapshot.lines.offset(p))),
    ),
  );
  connection.onCodeAction(
    about('codeAction', [], async (snapshot, params) =>
      service.codeActions(
        snapshot,
        snapshot.lines.offset(params.range.start),
        snapshot.lines.offset(params.range.end),
        params.context,
        await session.diagnosticOptions(snapshot.uri),
      ),
    ),
  );
  connection.onWorkspaceSymbol((params, token) =>
    guarded('workspace/symbol', token, [], session.report, async () => {
      const projects = await workspace.all();
      return service.workspaceSymbols(projects, params.query, () => token.isCancellationRequested);
    }),
  );

  registerSemanticTokens(session, about);
  registerDiagnostics(session, diagnosing);

  connection.onRequest<SessionModeResult | null, void>(sessionModeRequest, (params: SessionModeParams, token: CancellationToken) =>
    guarded<SessionModeResult | null>(sessionModeRequest, token, null, session.report, () => sessionMode(session, params, token)),
  );
}

type About = <P extends { textDocument: { uri: string } }, R>(
  what: string,
  fallback: R,
  run: (snapshot: Snapshot, params: P, token: CancellationToken) => Promise<R> | R,
  sessionsToo?: boolean,
) => (params: P, token: CancellationToken) => Promise<R | ResponseError<void>>;

function registerSemanticTokens({ connection, documents }: Session, about: About): void {
  const last = new Map<string, { id: string; data: number[] }>();
  let ids = 0;
  const remember = (uri: string, data: number[]): string => {
    for (const known of last.keys()) if (!documents.has(known)) last.delete(known);
    const id = String(++ids);
    last.set(uri, { id, data });
    return id;
  };
  const none: SemanticTokens = { data: [] };
  connection.languages.semanticTokens.on(
    about(
      'semanticTokens/full',
      none,
      (snapshot) => {
        const data = service.semanticTokens(snapshot);
        return { resultId: remember(snapshot.uri, data), data };
      },
      false,
    ),
  );
  connection.languages.semanticTokens.onDelta(
    about(
      'semanticTokens/delta',
      none as SemanticTokens | SemanticTokensDelta,
      (snapshot, params: { textDocument: { uri: string }; previousResultId: string }) => {
        const data = service.semanticTokens(snapshot);
        const before = last.get(snapshot.uri);
        const resultId = remember(snapshot.uri, data);
        return before?.id === params.previousResultId ? { resultId, edits: service.tokenEdits(before.data, data) } : { resultId, data };
      },
      false,
    ),
  );
  connection.languages.semanticTokens.onRange(
    about(
      'semanticTokens/range',
      none,
      (snapshot, params) => ({
        data: service.semanticTokens(snapshot, snapshot.lines.offset(params.range.start), snapshot.lines.offset(params.range.end)),
      }),
      false,
    ),
  );
}

function registerDiagnostics(session: Session, diagnosing: Diagnosing): void {
  const { connection } = session;
  if (!session.client.pullDiagnostics) return;
  connection.languages.diagnostics.on(
    (params, token) =>
      guarded('textDocument/diagnostic', token, { kind: 'full' as const, items: [] }, session.report, () =>
        diagnosing.pull(params.textDocument.uri, params.previousResultId, token),
      ) as never,
  );
  connection.languages.diagnostics.onWorkspace(
    (params, token, _progress, partial) =>
      guarded('workspace/diagnostic', token, { items: [] }, session.report, async () => {
        const previous = new Map(params.previousResultIds.map((p) => [p.uri, p.value]));
        const items: Parameters<Parameters<typeof diagnosing.workspace>[2]>[0] = [];
        await diagnosing.workspace(previous, token, (batch) => (partial ? partial.report({ items: batch }) : items.push(...batch)));
        return { items };
      }) as never,
  );
}

async function resolve(session: Session, item: CompletionItem): Promise<CompletionItem> {
  const data = item.data as service.CompletionData | undefined;
  const snapshot = data && (await session.documents.snapshot(data.uri));
  if (!data || !snapshot) return item;
  const context = await session.context(snapshot);
  const text = await documentationOf(snapshot, data, context);
  if (!text) return item;
  const { markdownCompletion } = session.client;
  return {
    ...item,
    documentation: { kind: markdownCompletion ? 'markdown' : 'plaintext', value: markdownCompletion ? text : plainText(text) },
  };
}

async function documentationOf(
  snapshot: Snapshot,
  data: service.CompletionData,
  context: service.FeatureContext,
): Promise<string | undefined> {
  const languages: readonly Language[] = context.documentation;
  if (data.kind === 'command') {
    const command = snapshot.catalogue.commandByName(data.id)?.command;
    return command && service.commandText(snapshot, command, context);
  }
  if (data.kind === 'constant') {
    const constant = snapshot.catalogue.constantByName(data.id)?.constant;
    return constant && languages.map((l) => describeConstant(constant, l)).join('\n\n---\n\n');
  }
  const file = snapshot.view?.project.fileByPath(data.id);
  return file && service.describeMethod(snapshot, file, context);
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
  const { mode } = project;
  return {
    project: uriOf(project.root),
    name: project.project.name,
    value: mode.value,
    confidence: mode.confidence,
    evidence: mode.evidence.map((e) => ({ uri: project.uriOf(e.file), range: e.span, what: e.what[client.language] })),
  };
}
