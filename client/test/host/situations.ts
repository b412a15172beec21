import * as vscode from 'vscode';
import * as assert from './assert.js';
import { debug, output, stopped } from './debugSession.js';
import { hoverAt, open, positionOf, projectUri, until } from './helpers.js';
import { MemoryFiles } from './memoryFiles.js';
import type { Interface } from './report.js';

const command = 'WEB LEGACY CLOSE SESSION';
const logOut = '/Project/Sources/Methods/Web_logOut.4dm';

const code = ({ code }: vscode.Diagnostic): unknown => (typeof code === 'object' ? code.value : code);
const ignored = (uri: vscode.Uri): boolean => vscode.languages.getDiagnostics(uri).some((one) => code(one) === 'legacy-close-ignored');

/** The scalable copy of the tutorial in a file system that is nowhere on a disk and cannot be written. */
async function virtual(scheme: string): Promise<{ root: vscode.Uri; dispose(): void }> {
  const files = new MemoryFiles();
  const read = async (from: vscode.Uri, to: string): Promise<void> => {
    for (const [name, type] of await vscode.workspace.fs.readDirectory(from)) {
      const uri = vscode.Uri.joinPath(from, name);
      if (type === vscode.FileType.Directory) await read(uri, `${to}/${name}`);
      else files.put(`${to}/${name}`, await vscode.workspace.fs.readFile(uri));
    }
  };
  await read(vscode.Uri.joinPath(projectUri('scalable'), 'Project'), '/shop/Project');
  const registration = vscode.workspace.registerFileSystemProvider(scheme, files, { isReadonly: true, isCaseSensitive: true });
  return { root: vscode.Uri.from({ scheme, path: '/shop' }), dispose: () => registration.dispose() };
}

export function situations({ suite, test }: Interface): void {
  suite('Situations', () => {
    test('an untitled method has hover and completion, and belongs to no project', async () => {
      const content = `WEB LEGACY CLOSE SESSION(WEB Get current session ID)\nweb leg clo`;
      const document = await vscode.workspace.openTextDocument({ language: '4d', content });
      await vscode.window.showTextDocument(document);
      assert.match(await until('the hover', () => hoverAt(document, positionOf(document, command, 8))), /1208/);
      const end = document.lineAt(1).range.end;
      const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        end,
      );
      const labels = items.map(({ label }) => (typeof label === 'string' ? label : label.label));
      assert.ok(
        labels.some((label) => label.startsWith(command)),
        labels.slice(0, 5).join(),
      );
      assert.equal(ignored(document.uri), false);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    });

    test('lines are laid out while they are typed', async () => {
      const document = await vscode.workspace.openTextDocument({ language: '4d', content: '' });
      await vscode.window.showTextDocument(document);
      const bare = (text: string): string => text.replaceAll(/[ \t]+$/gm, '');
      const typed = ['if ($a)', 'if ($b)', '$c := 1', 'end if', 'else', '$d:=2 + 3', 'end if', ''];
      const laidOut = ['If ($a)', '\tIf ($b)', '\t\t$c:=1', '\tEnd if', 'Else', '\t$d:=2+3', 'End if', ''];
      for (const [at, line] of typed.entries()) {
        for (const character of line) await vscode.commands.executeCommand('type', { text: character });
        await vscode.commands.executeCommand('type', { text: '\n' });
        const wanted = `${laidOut.slice(0, at + 1).join('\n')}\n`;
        await until(`the layout of ${line}`, () => bare(document.getText()) === wanted, 20_000).catch((error) => {
          throw new Error(`${error.message}: ${JSON.stringify(document.getText())}`);
        });
      }
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    });

    test('both sides of a difference are 4D code with its hovers, the present one with its warning', async () => {
      const { document } = await open('scalable', 'Methods/Web_logOut.4dm');
      const old = document.uri.with({ scheme: 'fourd-old', query: '{"ref":"HEAD"}' });
      const registration = vscode.workspace.registerTextDocumentContentProvider('fourd-old', {
        provideTextDocumentContent: () => `// as it was\n${document.getText()}`,
      });
      try {
        await vscode.commands.executeCommand('vscode.diff', old, document.uri, 'Web_logOut (HEAD ↔ now)');
        const left = await until('the old text', () => vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'fourd-old'));
        assert.equal(left.languageId, '4d');
        assert.match(await until('the hover', () => hoverAt(left, positionOf(left, command, 8))), /1208/);
        await until('the warning of the present text', () => ignored(document.uri));
        assert.equal(ignored(old), false);
      } finally {
        await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
        registration.dispose();
      }
    });

    test('a project in a virtual, read-only file system is understood and debugged', async () => {
      const { root, dispose } = await virtual('memory');
      try {
        const uri = vscode.Uri.joinPath(root, logOut);
        const document = await vscode.workspace.openTextDocument(uri);
        await vscode.window.showTextDocument(document);
        await until('the warning', () => ignored(uri));
        const { line } = positionOf(document, command);
        vscode.debug.addBreakpoints([new vscode.SourceBreakpoint(new vscode.Location(uri, new vscode.Position(line, 0)))]);
        const messages = await debug(
          { project: 'memory:///shop', requests: [{ client: 'ana', url: '/4DACTION/Web_logOut' }], keepAlive: false },
          async (session, seen) => {
            const { body } = await until('a stop at the breakpoint', () => stopped(seen));
            const { stackFrames } = await session.customRequest('stackTrace', { threadId: body!.threadId });
            const [{ source, line: stoppedAt }] = stackFrames;
            assert.equal([vscode.Uri.parse(source.path).toString(), stoppedAt], [uri.toString(), line + 1]);
            await session.customRequest('continue', { threadId: body!.threadId });
          },
        );
        assert.match(output(messages), /ignored/i);
        await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
      } finally {
        dispose();
      }
    });
  });
}
