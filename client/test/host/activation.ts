import * as vscode from 'vscode';
import * as assert from './assert.js';
import { open, until } from './helpers.js';
import type { Interface } from './report.js';

const id = '4d-web-sessions.4d-web-sessions';

export function activation({ suite, test }: Interface): void {
  suite('Activation', () => {
    test('a .4dm file is 4D code, and the extension is active', async () => {
      const { document } = await open('legacy', 'Methods/Web_logOut.4dm');
      assert.equal(document.languageId, '4d');
      const extension = vscode.extensions.getExtension(id);
      assert.ok(extension, `${id} is not installed`);
      await until('activation', () => extension.isActive);
    });

    test('every command of the manifest is there', async () => {
      const declared = vscode.extensions
        .getExtension(id)!
        .packageJSON.contributes.commands.map(({ command }: { command: string }) => command);
      const known = await vscode.commands.getCommands(true);
      assert.equal(
        declared.filter((command: string) => !known.includes(command)),
        [],
      );
    });
  });
}
