import * as vscode from 'vscode';
import type { FileQuestion, FromWorker, ToWorker } from '#runtime/debug/browser/messages.js';
import { list, readBytes, readText } from '../files.js';

/** A debug adapter that lives in a worker, with VS Code as its file system. */
export class WorkerAdapter implements vscode.DebugAdapter {
  private readonly sent = new vscode.EventEmitter<vscode.DebugProtocolMessage>();
  readonly onDidSendMessage = this.sent.event;

  constructor(private readonly worker: Worker) {
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if (data.kind === 'dap') this.sent.fire(data.message);
      else void this.answer(data);
    };
    // A worker that cannot even start says nothing itself: the session must end all the same.
    worker.onerror = ({ message }) => {
      this.sent.fire({
        type: 'event',
        event: 'output',
        seq: 0,
        body: { category: 'stderr', output: `${message}\n` },
      } as vscode.DebugProtocolMessage);
      this.sent.fire({ type: 'event', event: 'terminated', seq: 0 } as vscode.DebugProtocolMessage);
    };
  }

  handleMessage(message: vscode.DebugProtocolMessage): void {
    this.post({ kind: 'dap', message });
  }

  dispose(): void {
    this.worker.terminate();
    this.sent.dispose();
  }

  private async answer({ kind, id, path }: FileQuestion): Promise<void> {
    const uri = vscode.Uri.parse(path);
    const result = kind === 'readText' ? await readText(uri) : kind === 'readBytes' ? await readBytes(uri) : await list(uri);
    this.post({ kind: 'answer', id, result });
  }

  private post(message: ToWorker): void {
    this.worker.postMessage(message);
  }
}
