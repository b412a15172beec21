/**
 * What a host and the simulator's worker say to each other: the Debug Adapter Protocol's messages as they are, scenarios to play, and the files
 * that the worker asks the host for where it has no disk of its own. Paths are then URIs as text (`vscode-vfs://github/owner/name/Project/…`).
 */
import type { DirectoryEntry } from '#syntaxes/project/fileSystem.js';
import type { RunParams, RunResult } from '../../scenarios/run.js';

export type FileQuestion =
  | { readonly kind: 'readText'; readonly id: number; readonly path: string }
  | { readonly kind: 'readBytes'; readonly id: number; readonly path: string }
  | { readonly kind: 'list'; readonly id: number; readonly path: string };

export type ToWorker =
  | { readonly kind: 'dap'; readonly message: object }
  | { readonly kind: 'play'; readonly id: number; readonly params: RunParams }
  | { readonly kind: 'answer'; readonly id: number; readonly result: string | Uint8Array | readonly DirectoryEntry[] | undefined };

export type FromWorker =
  | { readonly kind: 'dap'; readonly message: object }
  | { readonly kind: 'played'; readonly id: number; readonly result: RunResult }
  | FileQuestion;
