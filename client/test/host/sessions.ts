import * as vscode from 'vscode';
import * as assert from './assert.js';
import { configure, open, projectUri, sourceUri, until } from './helpers.js';
import type { Interface } from './report.js';

const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
const logIn = { client: 'ana', method: 'POST', url: '/4DACTION/Web_logIn', headers: form, body: 'login=ana&code=4711' };

interface State {
  readonly now: number;
  readonly sessions: readonly { id: string; client?: string; variables: readonly { name: string; value: string }[]; ends: number }[];
}

/** Runs the simulator on the legacy project with a logged in client, for as long as the test looks at it. */
async function simulating(look: (session: vscode.DebugSession, state: () => Promise<State>) => Promise<void>): Promise<void> {
  let ended = false;
  const subscription = vscode.debug.onDidTerminateDebugSession(() => {
    ended = true;
  });
  const records = vscode.Uri.joinPath(projectUri('legacy'), 'records.json');
  assert.ok(
    await vscode.debug.startDebugging(vscode.workspace.workspaceFolders![0], {
      type: '4d-simulator',
      request: 'launch',
      name: 'sessions',
      project: projectUri('legacy').scheme === 'file' ? projectUri('legacy').fsPath : projectUri('legacy').toString(true),
      records: records.scheme === 'file' ? records.fsPath : records.toString(true),
      requests: [logIn],
      keepAlive: true,
    }),
  );
  const session = await until('the debug session', () => vscode.debug.activeDebugSession);
  try {
    const state = (): Promise<State> => session.customRequest('4d/state') as Promise<State>;
    await until('a session', async () => (await state()).sessions.length === 1);
    await look(session, state);
  } finally {
    await vscode.debug.stopDebugging(session);
    await until('the end of the debug session', () => ended);
    subscription.dispose();
  }
}

/** Answers of the simulated web server that are open. */
const answers = (): string[] =>
  vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === '4d-web-response').map(({ uri }) => uri.path);

const panels = (): vscode.Tab[] =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview && /timeline/.test(input.viewType));

export function sessions({ suite, test }: Interface): void {
  suite('Sessions', () => {
    test('the explorer closes a session as the command does', () =>
      simulating(async (_, state) => {
        const [one] = (await state()).sessions;
        assert.equal(one.client, 'ana');
        assert.ok(
          one.variables.some(({ name, value }) => name === 'vCustomerID' && value === '1'),
          JSON.stringify(one.variables),
        );
        await vscode.commands.executeCommand('4dWebSessions.showTimeline');
        await until('the timeline', () => panels().length === 1);
        await vscode.commands.executeCommand('4dWebSessions.closeSession', row(one));
        assert.equal((await state()).sessions, []);
        await vscode.window.tabGroups.close(panels());
      }));

    test('a session expires, and the clock is moved, without anybody waiting', () =>
      simulating(async (session, state) => {
        const before = await state();
        await session.customRequest('4d/advance', { milliseconds: 60_000 });
        assert.ok((await state()).now >= before.now + 60_000);
        await vscode.commands.executeCommand('4dWebSessions.expireSession', row(before.sessions[0]));
        await until('the end of the session', async () => (await state()).sessions.length === 0);
      }));

    test('a method is called by its URL in the simulator that serves its project, and the answer is shown', () =>
      simulating(async () => {
        await open('legacy', 'Methods/Web_articles.4dm');
        await vscode.commands.executeCommand('4dWebSessions.runAsClient', sourceUri('legacy', 'Methods/Web_articles.4dm').toString());
        const path = await until('the answer', () => answers().find((one) => one.includes('Web_articles')));
        assert.match(path, /^\/\d{3} GET/);
      }));

    test('tokens are shown as the setting says, and the text stays as it is', async () => {
      const { document } = await open('legacy', 'Methods/Web_logOut.4dm');
      const text = document.getText();
      try {
        for (const display of ['dim', 'hide', 'off']) await configure('tokens.display', display);
        assert.equal(document.getText(), text);
        assert.equal(document.isDirty, false);
      } finally {
        await configure('tokens.display', undefined);
      }
    });
  });
}

/** A row as the explorer hands it to its commands. */
function row(session: State['sessions'][number]): object {
  return { node: { kind: 'session', session } };
}
