import * as vscode from 'vscode';
import * as assert from './assert.js';
import { until } from './helpers.js';

/** A message of the debug adapter. */
export interface Message {
  readonly type: string;
  readonly event?: string;
  readonly body?: { readonly reason?: string; readonly threadId?: number; readonly output?: string };
}

/** Runs a debug session and lets the test look at it; the session has ended when this returns. */
export async function debug(
  configuration: object,
  look: (session: vscode.DebugSession, messages: readonly Message[]) => Promise<void>,
): Promise<readonly Message[]> {
  const messages: Message[] = [];
  let ended = false;
  let started: vscode.DebugSession | undefined;
  const subscriptions = [
    vscode.debug.registerDebugAdapterTrackerFactory('4d-simulator', {
      createDebugAdapterTracker: (session) => {
        started = session;
        return { onDidSendMessage: (message) => messages.push(message), onExit: () => undefined };
      },
    }),
    vscode.debug.onDidTerminateDebugSession((session) => {
      if (session.id === started?.id) ended = true;
    }),
  ];
  try {
    const folder = vscode.workspace.workspaceFolders![0];
    assert.ok(await vscode.debug.startDebugging(folder, { type: '4d-simulator', request: 'launch', name: 'test', ...configuration }));
    await look(await until('the debug session', () => started), messages);
    await until('the end of the debug session', () => ended);
    return messages;
  } finally {
    if (started && !ended) await vscode.debug.stopDebugging(started);
    for (const subscription of subscriptions) subscription.dispose();
    vscode.debug.removeBreakpoints(vscode.debug.breakpoints);
  }
}

export const stopped = (messages: readonly Message[]): Message | undefined => messages.find(({ event }) => event === 'stopped');
export const output = (messages: readonly Message[]): string =>
  messages.map(({ event, body }) => (event === 'output' ? body?.output : '')).join('');
