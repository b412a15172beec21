import {
  CodeActionKind,
  type FileOperationRegistrationOptions,
  type ServerCapabilities,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import { legend } from '../features/semanticTokenLegend.js';
import { documentScheme, migrationKind } from '../protocol.js';
import type { Client } from './client.js';

/** Files that are part of a project by their name alone. */
const methodFiles: FileOperationRegistrationOptions = {
  filters: [{ pattern: { glob: '**/*.4dm', matches: 'file', options: { ignoreCase: true } } }],
};

/** What the server offers, all of it said at the start: a client that registers nothing later has it too. */
export function capabilities(client: Client): ServerCapabilities {
  return {
    positionEncoding: client.encoding,
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
    hoverProvider: true,
    typeDefinitionProvider: true,
    renameProvider: { prepareProvider: true },
    callHierarchyProvider: true,
    typeHierarchyProvider: true,
    codeLensProvider: { resolveProvider: true },
    documentLinkProvider: {},
    inlayHintProvider: true,
    inlineValueProvider: true,
    documentFormattingProvider: true,
    documentRangeFormattingProvider: true,
    documentOnTypeFormattingProvider: { firstTriggerCharacter: '\n' },
    completionProvider: { triggerCharacters: ['$', '.', '[', ']', '>', '"', ' '], resolveProvider: true },
    signatureHelpProvider: { triggerCharacters: ['(', ';'], retriggerCharacters: [')'] },
    definitionProvider: true,
    referencesProvider: { workDoneProgress: true },
    documentHighlightProvider: true,
    documentSymbolProvider: true,
    workspaceSymbolProvider: true,
    codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.SourceFixAll, migrationKind] },
    foldingRangeProvider: true,
    selectionRangeProvider: true,
    semanticTokensProvider: { legend, full: { delta: true }, range: true },
    ...(client.pullDiagnostics
      ? {
          diagnosticProvider: {
            identifier: '4d-web-sessions',
            interFileDependencies: true,
            workspaceDiagnostics: true,
            workDoneProgress: true,
          },
        }
      : {}),
    workspace: {
      workspaceFolders: { supported: true, changeNotifications: true },
      fileOperations: { willRename: methodFiles, didRename: methodFiles, didCreate: methodFiles, didDelete: methodFiles },
      ...(client.textContents ? { textDocumentContent: { schemes: [documentScheme] } } : {}),
    },
  };
}
