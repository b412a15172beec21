import * as vscode from 'vscode';
import { analyzerId } from '../../src/names.js';
import * as assert from './assert.js';
import { configure, hoverAt, ignoredCloses, open, positionOf, until } from './helpers.js';
import type { Interface } from './report.js';

const logOut = 'Methods/Web_logOut.4dm';
const command = 'WEB LEGACY CLOSE SESSION';

/** For a run where an extension with the id of 4D's own one is installed, and the workspace asks for all features. */
export function besideAnalyzer({ suite, test }: Interface): void {
  suite('Beside 4D-Analyzer', () => {
    test('features: auto leaves other commands to it, and keeps the hover and the warning of WEB LEGACY CLOSE SESSION', async () => {
      assert.ok(vscode.extensions.getExtension(analyzerId), `${analyzerId} is not installed`);
      const { document } = await open('scalable', 'Methods/Article_hold.4dm');
      const other = (): Promise<string> => hoverAt(document, positionOf(document, 'READ ONLY', 2));
      assert.match(await until('the hover of READ ONLY with all features', other), /READ ONLY/);
      await configure('features', 'auto');
      try {
        await until('no hover of READ ONLY', async () => (await other()) === '');
        const editor = await open('scalable', logOut);
        assert.match(await hoverAt(editor.document, positionOf(editor.document, command, 8)), /WEB LEGACY CLOSE SESSION/);
        // Moved by a line, so that a warning from before does not count.
        await editor.edit((edit) => edit.insert(positionOf(editor.document, command), '\n'));
        const { line } = positionOf(editor.document, command);
        await until('the warning', () => ignoredCloses('scalable', logOut).some(({ range }) => range.start.line === line));
        assert.equal(await other(), '');
        await vscode.commands.executeCommand('workbench.action.files.revert');
      } finally {
        await configure('features', 'all');
      }
      await until('the hover of READ ONLY again', other);
    });
  });
}
