/**
 * Requests and notifications of our own between a client and the language server, documented in `docs/protocol.md`.
 * Positions are LSP's: lines and characters from 0. Every answer is plain JSON.
 */

/** Client → server: the session mode of the project that a document belongs to; null when it belongs to none. */
export const sessionModeRequest = '4dWebSessions/sessionMode';

export interface SessionModeParams {
  readonly textDocument: { readonly uri: string };
}

export interface SessionModeResult {
  /** URI of the project's root folder, the one that holds `Project`. */
  readonly project: string;
  readonly name: string;
  readonly value: 'legacy' | 'scalable' | 'none' | 'unknown';
  readonly confidence: 'certain' | 'assumed';
  /** The places that speak for it, strongest first. */
  readonly evidence: readonly SessionModeEvidence[];
  /** The same for each web server that the settings speak of; `standalone` is the one above. */
  readonly servers: readonly ServerSessionMode[];
}

/** The mode of one web server: of 4D or 4D Server, or of a remote 4D. */
export interface ServerSessionMode {
  readonly server: 'standalone' | 'remote';
  readonly value: SessionModeResult['value'];
  readonly confidence: SessionModeResult['confidence'];
  readonly evidence: readonly SessionModeEvidence[];
}

export interface SessionModeEvidence {
  readonly uri: string;
  readonly range: {
    readonly start: { readonly line: number; readonly character: number };
    readonly end: { readonly line: number; readonly character: number };
  };
  /** A sentence in the client's language. */
  readonly what: string;
}

/** Client → server: how the project that a document belongs to gets from legacy to scalable sessions; null when it belongs to none. Nothing is written. */
export const migrateRequest = '4dWebSessions/migrate';

export interface MigrateParams {
  readonly textDocument: { readonly uri: string };
  /** Code that runs in both modes, in place of scalable sessions alone; the settings stay as they are. */
  readonly bothModes: boolean;
}

export interface MigrateResult {
  readonly name: string;
  /** Markdown, in the client's language: every use of legacy sessions, what becomes of it, what is left to do by hand. */
  readonly report: string;
  readonly files: readonly {
    readonly uri: string;
    readonly edits: readonly { readonly range: SessionModeEvidence['range']; readonly newText: string }[];
  }[];
}

/** Server → client, a notification without parameters: some project's session mode may have changed, ask again. */
export const sessionModeChanged = '4dWebSessions/sessionModeChanged';

/** Server → client, where the server has no file system of its own (browser worker, schemes other than `file`): text of a file, null when it cannot be read. */
export const readTextRequest = '4dWebSessions/readText';
/** Server → client, likewise: entries of a folder, empty when it cannot be listed. */
export const listRequest = '4dWebSessions/list';

export interface FileParams {
  readonly uri: string;
}

export type ListResult = readonly { readonly name: string; readonly folder: boolean }[];

/**
 * Commands that code lenses name, run by the client. A client says which of them it has in its capabilities, as
 * `experimental.commands.commands`; lenses without a command that it has are text only.
 */
/** Runs, or debugs, a method in the simulator: `[uri]`. */
export const runMethodCommand = '4dWebSessions.runMethod';
export const debugMethodCommand = '4dWebSessions.debugMethod';
/** Arguments: the document's URI. Offered at methods that 4D answers a URL with. */
export const runAsClientCommand = '4dWebSessions.runAsClient';
/** Shows places: `[uri, position, locations]`. */
export const showReferencesCommand = '4dWebSessions.showReferences';
/** Shows the session mode of a document's project: `[uri]`. */
export const showSessionModeCommand = '4dWebSessions.showSessionMode';

/** Scheme of the documents whose text the server gives (`workspace/textDocumentContent`): `4d-web-sessions:/en/rules/legacy-close-ignored.md`. */
export const documentScheme = '4d-web-sessions';

/** The kind of the code actions that lead to scalable sessions. */
export const migrationKind = 'refactor.rewrite.scalableSessions';
