import type * as vscode from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';
import type { SimulatorWorker } from './simulator/worker.js';

/** What differs between VS Code on a machine and VS Code in the browser. */
export interface Host {
  /** A client for the language server, not started yet; its code is loaded now. */
  languageClient(options: LanguageClientOptions): Promise<BaseLanguageClient>;
  /** Starts the debug adapter of one debug session. */
  readonly debugAdapter: vscode.DebugAdapterDescriptorFactory;
  /** Starts a simulator to play scenarios in. */
  simulatorWorker(): SimulatorWorker;
  /** A file or folder as the debug adapter understands it: a path on a disk, or a URI as text. */
  pathOf(uri: vscode.Uri): string;
}
