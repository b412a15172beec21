import * as vscode from 'vscode';
import * as assert from './assert.js';
import { open, projectUri, sourceUri, until } from './helpers.js';
import type { Interface } from './report.js';

const form = { 'Content-Type': 'application/x-www-form-urlencoded' };

interface Message {
  readonly type: string;
  readonly event?: string;
  readonly body?: { readonly reason?: string; readonly threadId?: number; readonly output?: string };
}

/** Runs a debug session and lets the test look at it; the session has ended when this returns. */
async function debug(
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

const stopped = (messages: readonly Message[]): Message | undefined => messages.find(({ event }) => event === 'stopped');
const output = (messages: readonly Message[]): string =>
  messages.map(({ event, body }) => (event === 'output' ? body?.output : '')).join('');

export function debugging({ suite, test }: Interface): void {
  suite('Debugging', () => {
    test('logging out stops inside On Web Legacy Close Session, where the session still has its variables', async () => {
      const { document } = await open('legacy', 'DatabaseMethods/onWebSessionSuspend.4dm');
      const line = document
        .getText()
        .split(/\r\n|\r|\n/)
        .findIndex((text) => text.includes('vCustomerID'));
      vscode.debug.addBreakpoints([new vscode.SourceBreakpoint(new vscode.Location(document.uri, new vscode.Position(line, 0)))]);
      const messages = await debug(
        {
          project: projectUri('legacy').fsPath,
          records: vscode.Uri.joinPath(projectUri('legacy'), 'records.json').fsPath,
          requests: [
            { client: 'ana', method: 'POST', url: '/4DACTION/Web_logIn', headers: form, body: 'login=ana&code=4711' },
            { client: 'ana', url: '/4DACTION/Web_logOut' },
          ],
          keepAlive: false,
        },
        async (session, seen) => {
          const { body } = await until('a stop at the breakpoint', () => stopped(seen));
          assert.equal(body?.reason, 'breakpoint');
          const { stackFrames } = await session.customRequest('stackTrace', { threadId: body!.threadId });
          assert.ok(stackFrames[0].source.path.endsWith('onWebSessionSuspend.4dm'), stackFrames[0].source.path);
          assert.equal(stackFrames[0].line, line + 1);
          const { scopes } = await session.customRequest('scopes', { frameId: stackFrames[0].id });
          const values = new Map<string, string>();
          for (const { variablesReference } of scopes) {
            const { variables } = await session.customRequest('variables', { variablesReference });
            for (const { name, value } of variables) values.set(name, value);
          }
          assert.equal(values.get('vCustomerID'), '1', [...values.keys()].join(' '));
          assert.match(values.get('vCustomerName') ?? '', /Ana/);
          await session.customRequest('continue', { threadId: body!.threadId });
        },
      );
      assert.match(output(messages), /clos/i);
    });

    test('in scalable mode the same log out closes nothing, and the debug console says so', async () => {
      const messages = await debug(
        {
          project: projectUri('scalable').fsPath,
          records: vscode.Uri.joinPath(projectUri('scalable'), 'records.json').fsPath,
          requests: [{ client: 'ana', url: '/4DACTION/Web_logOut' }],
          keepAlive: false,
        },
        async () => undefined,
      );
      assert.match(output(messages), /ignored/i);
      assert.equal(stopped(messages), undefined);
    });

    test('a method runs by itself from the editor', async () => {
      await open('legacy', 'Methods/Html_escape.4dm');
      const ended = new Promise<vscode.DebugSession>((resolve) => {
        const subscription = vscode.debug.onDidTerminateDebugSession((session) => {
          subscription.dispose();
          resolve(session);
        });
      });
      await vscode.commands.executeCommand('4dWebSessions.runMethod', sourceUri('legacy', 'Methods/Html_escape.4dm'));
      const session = await ended;
      assert.equal(session.configuration.program.endsWith('Html_escape.4dm'), true);
      assert.equal(session.configuration.project.endsWith('legacy'), true);
    });
  });
}
