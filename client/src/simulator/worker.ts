import * as vscode from 'vscode';
import type { FileQuestion, FromWorker, ToWorker } from '#runtime/debug/worker/messages.js';
import { list, readBytes, readText } from '../files.js';

/** The simulator as something to talk with: a child process, or a worker of the browser. */
export interface SimulatorWorker {
  post(message: ToWorker): void;
  /** Hears what it says, and that it has failed, which it may not be able to say itself. Called once. */
  listen(take: (message: FromWorker) => void, failed: (why: string) => void): void;
  terminate(): void;
}

/** Answers what a simulator asks of files, through VS Code. */
export async function answerFile({ kind, id, path }: FileQuestion, worker: SimulatorWorker): Promise<void> {
  const uri = vscode.Uri.parse(path);
  const result = kind === 'readText' ? await readText(uri) : kind === 'readBytes' ? await readBytes(uri) : await list(uri);
  worker.post({ kind: 'answer', id, result });
}
