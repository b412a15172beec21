import * as vscode from 'vscode';
import * as assert from './assert.js';
import { debug, type Message, output, stopped } from './debugSession.js';
import { open, projectUri, sourceUri, until } from './helpers.js';
import type { Interface } from './report.js';

const form = { 'Content-Type': 'application/x-www-form-urlencoded' };

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

    test('a scenario file is debugged in each of its modes, and judged', async () => {
      const { document } = await open('legacy', 'DatabaseMethods/onWebSessionSuspend.4dm');
      vscode.debug.addBreakpoints([new vscode.SourceBreakpoint(new vscode.Location(document.uri, new vscode.Position(3, 0)))]);
      const told: string[] = [];
      const tracking = vscode.debug.registerDebugAdapterTrackerFactory('4d-simulator', {
        createDebugAdapterTracker: (session) => ({
          onDidSendMessage: ({ event, body }) => {
            if (event === '4d/played') told.push(`${body.mode}: ${body.failures.length} failures`);
            if (event !== 'stopped') return;
            told.push(body.reason);
            void session.customRequest('continue', { threadId: body.threadId });
          },
        }),
      });
      try {
        const scenario = vscode.Uri.joinPath(projectUri('legacy'), 'log-out.scenario.json');
        await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(scenario), { preview: false });
        await until('the test of the file', async () => {
          if (told.length === 0 && !vscode.debug.activeDebugSession) await vscode.commands.executeCommand('testing.debugCurrentFile');
          return told.length > 0;
        });
        await until('both plays', () => told.length >= 5);
      } finally {
        tracking.dispose();
        vscode.debug.removeBreakpoints(vscode.debug.breakpoints);
      }
      assert.equal(told.join(', '), ['breakpoint', 'breakpoint', 'breakpoint', 'legacy: 0 failures', 'scalable: 0 failures'].join(', '));
    });

    test('F5 on a web method serves the project and calls it by its URL; what is saved meanwhile answers the next call', async () => {
      const { document } = await open('legacy', 'Methods/Web_logOut.4dm');
      const before = document.getText();
      const change = async (from: string, to: string): Promise<void> => {
        const edit = new vscode.WorkspaceEdit();
        const at = document.getText().indexOf(from);
        edit.replace(document.uri, new vscode.Range(document.positionAt(at), document.positionAt(at + from.length)), to);
        assert.ok(await vscode.workspace.applyEdit(edit));
        assert.ok(await document.save());
      };
      const messages: Message[] = [];
      const tracking = vscode.debug.registerDebugAdapterTrackerFactory('4d-simulator', {
        createDebugAdapterTracker: () => ({ onDidSendMessage: (message) => messages.push(message) }),
      });
      let session: vscode.DebugSession | undefined;
      try {
        await vscode.commands.executeCommand('workbench.action.debug.start');
        await until('the session that closes itself', () => /is gone/.test(output(messages)));
        session = await until('the debug session', () => vscode.debug.activeDebugSession);
        assert.equal(session.configuration.name, 'GET /4DACTION/Web_logOut');
        await change('/goodbye.html', '/index.html');
        await until('the new code', () => /Web_logOut was saved: its next call runs the new code/.test(output(messages)));
        const { headers } = await session.customRequest('4d/send', { client: 'luis', url: '/4DACTION/Web_logOut' });
        assert.match(JSON.stringify(headers), /index\.html/);
      } finally {
        tracking.dispose();
        await vscode.debug.stopDebugging(session);
        await until('the end of the debug session', () => !vscode.debug.activeDebugSession);
        if (document.getText() !== before) await change('/index.html', '/goodbye.html');
      }
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
