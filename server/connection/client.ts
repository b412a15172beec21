import type { InitializeParams } from 'vscode-languageserver';
import { type Language, languageOf } from '#syntaxes/text/bilingual.js';
import type { Encoding } from '../analysis/lines.js';

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
  };
}
