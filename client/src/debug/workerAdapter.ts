import * as vscode from 'vscode';
import { answerFile, type SimulatorWorker } from '../simulator/worker.js';

/** A debug adapter that lives in a worker, with VS Code as its file system. */
export class WorkerAdapter implements vscode.DebugAdapter {
  private readonly sent = new vscode.EventEmitter<vscode.DebugProtocolMessage>();
  readonly onDidSendMessage = this.sent.event;

  constructor(private readonly worker: SimulatorWorker) {
    worker.listen(
      (message) => {
        if (message.kind === 'dap') this.sent.fire(message.message);
        else if (message.kind !== 'played') void answerFile(message, worker);
      },
      // A worker that cannot even start says nothing itself: the session must end all the same.
      (why) => {
        this.event('output', { category: 'stderr', output: `${why}\n` });
        this.event('terminated');
      },
    );
  }

  handleMessage(message: vscode.DebugProtocolMessage): void {
    this.worker.post({ kind: 'dap', message });
  }

  dispose(): void {
    this.worker.terminate();
    this.sent.dispose();
  }

  private event(event: string, body?: object): void {
    this.sent.fire({ type: 'event', event, seq: 0, body } as vscode.DebugProtocolMessage);
  }
}
