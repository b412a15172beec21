import type { InitializeParams } from 'vscode-languageserver';
import { type Language, languageOf } from '#syntaxes/text/bilingual.js';
import type { Encoding } from '../analysis/lines.js';
import type { EditSupport } from '../features/languageService.js';

/** What the client said it can do, each thing once. What it does not name it cannot. */
export interface Client {
  readonly language: Language;
  readonly encoding: Encoding;
  readonly markdownHover: boolean;
  readonly markdownCompletion: boolean;
  readonly deprecatedTags: boolean;
  readonly relatedInformation: boolean;
  readonly diagnosticTags: boolean;
  readonly codeDescription: boolean;
  readonly pullDiagnostics: boolean;
  readonly refreshDiagnostics: boolean;
  readonly refreshSemanticTokens: boolean;
  readonly configuration: boolean;
  readonly watchConfiguration: boolean;
  readonly watchFiles: boolean;
  readonly workspaceFolders: boolean;
  readonly progress: boolean;
  /** Block snippets are wanted: the client takes snippets and has not said that it has its own. */
  readonly snippets: boolean;
  readonly nestedSymbols: boolean;
  readonly edits: EditSupport;
  /** Commands of ours that the client can run. */
  readonly commands: ReadonlySet<string>;
  readonly refreshCodeLenses: boolean;
  readonly refreshInlayHints: boolean;
  /** The client shows documents whose text it asks the server for. */
  readonly textContents: boolean;
}

export function readClient(params: InitializeParams): Client {
  const { general, textDocument, workspace, window } = params.capabilities ?? {};
  const encodings = general?.positionEncodings ?? [];
  const published = textDocument?.publishDiagnostics;
  return {
    language: languageOf(params.locale),
    encoding:
      encodings.length === 0 || encodings.includes('utf-16')
        ? 'utf-16'
        : ((encodings.find((e) => e === 'utf-8' || e === 'utf-32') as Encoding) ?? 'utf-16'),
    // a client that says nothing about formats gets Markdown, which reads well as text; one that lists them gets its first
    markdownHover: (textDocument?.hover?.contentFormat?.[0] ?? 'markdown') === 'markdown',
    markdownCompletion: (textDocument?.completion?.completionItem?.documentationFormat?.[0] ?? 'markdown') === 'markdown',
    deprecatedTags: (textDocument?.completion?.completionItem?.tagSupport?.valueSet.length ?? 0) > 0,
    relatedInformation: published?.relatedInformation ?? textDocument?.diagnostic?.relatedInformation ?? false,
    diagnosticTags: (published?.tagSupport ?? textDocument?.diagnostic?.tagSupport) !== undefined,
    codeDescription: published?.codeDescriptionSupport ?? textDocument?.diagnostic?.codeDescriptionSupport ?? false,
    pullDiagnostics: textDocument?.diagnostic !== undefined,
    refreshDiagnostics: workspace?.diagnostics?.refreshSupport ?? false,
    refreshSemanticTokens: workspace?.semanticTokens?.refreshSupport ?? false,
    configuration: workspace?.configuration ?? false,
    watchConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration ?? false,
    watchFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration ?? false,
    workspaceFolders: workspace?.workspaceFolders ?? false,
    progress: window?.workDoneProgress ?? false,
    snippets: (textDocument?.completion?.completionItem?.snippetSupport ?? false) && ownOptions(params).snippets !== false,
    nestedSymbols: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport ?? false,
    edits: {
      documentChanges: workspace?.workspaceEdit?.documentChanges ?? false,
      annotations: workspace?.workspaceEdit?.changeAnnotationSupport !== undefined,
      renameFiles: workspace?.workspaceEdit?.resourceOperations?.includes('rename') ?? false,
    },
    commands: new Set(commandsOf(params)),
    refreshCodeLenses: workspace?.codeLens?.refreshSupport ?? false,
    refreshInlayHints: workspace?.inlayHint?.refreshSupport ?? false,
    textContents: workspace?.textDocumentContent !== undefined,
  };
}

/** Initialization options beside the settings: `{ snippets: false }` from clients that have block snippets of their own. */
function ownOptions({ initializationOptions: given }: InitializeParams): { readonly snippets?: unknown } {
  return typeof given === 'object' && given !== null ? given : {};
}

/** `experimental.commands.commands`: the commands a client can run. */
function commandsOf({ capabilities }: InitializeParams): string[] {
  const { commands } = (capabilities?.experimental ?? {}) as { commands?: { commands?: unknown } };
  return Array.isArray(commands?.commands) ? commands.commands.filter((c): c is string => typeof c === 'string') : [];
}
