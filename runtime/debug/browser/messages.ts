/**
 * What a host and the simulator's worker say to each other where there are no processes and no sockets: the Debug Adapter Protocol's messages
 * as they are, and the files that the worker asks the host for. Paths are URIs as text (`vscode-vfs://github/owner/name/Project/…`).
 */
import type { DirectoryEntry } from '#syntaxes/project/fileSystem.js';

export type FileQuestion =
  | { readonly kind: 'readText'; readonly id: number; readonly path: string }
  | { readonly kind: 'readBytes'; readonly id: number; readonly path: string }
  | { readonly kind: 'list'; readonly id: number; readonly path: string };

export type ToWorker =
  | { readonly kind: 'dap'; readonly message: object }
  | { readonly kind: 'answer'; readonly id: number; readonly result: string | Uint8Array | readonly DirectoryEntry[] | undefined };

export type FromWorker = { readonly kind: 'dap'; readonly message: object } | FileQuestion;
