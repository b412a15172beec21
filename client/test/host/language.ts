import * as vscode from 'vscode';
import { inProject, placeText } from '../answers.js';
import expected from '../fixtures/answers.json' with { type: 'json' };
import * as assert from './assert.js';
import { type Copy, configure, hoverAt, ignoredCloses, open, positionOf, projectUri, until } from './helpers.js';
import type { Interface } from './report.js';

const logOut = 'Methods/Web_logOut.4dm';
const command = 'WEB LEGACY CLOSE SESSION';

const diagnostics = (copy: Copy): vscode.Diagnostic[] => ignoredCloses(copy, logOut);

async function hover(copy: Copy): Promise<string> {
  const { document } = await open(copy, logOut);
  return hoverAt(document, positionOf(document, command, 8));
}

export function language({ suite, test }: Interface): void {
  suite('Language', () => {
    test('the hover of WEB LEGACY CLOSE SESSION is in Spanish when Spanish is asked for', async () => {
      await configure('documentation.language', 'es');
      try {
        const text = await until('a Spanish hover', async () => {
          const answer = await hover('legacy');
          return /sesi[oó]n/i.test(answer) && answer;
        });
        assert.match(text, /WEB LEGACY CLOSE SESSION/);
        assert.match(text, /1208/);
        assert.match(text, /cierra/i);
        assert.match(text, /https:\/\/developer\.4d\.com\/docs\/es\/\S*web-legacy-close-session/);
        assert.doesNotMatch(text, /\bcloses\b/);
      } finally {
        await configure('documentation.language', undefined);
      }
    });

    test('with scalable settings the command is marked as ignored, with the attribute that says so', async () => {
      await open('scalable', logOut);
      const [found] = await until('the warning', () => diagnostics('scalable').length > 0 && diagnostics('scalable'));
      assert.equal(found.severity, vscode.DiagnosticSeverity.Warning);
      const { document } = vscode.window.activeTextEditor!;
      assert.ok(document.getText(found.range).startsWith(command), document.getText(found.range));
      const related = found.relatedInformation?.find(({ location }) => location.uri.path.endsWith('settings.4DSettings'));
      assert.ok(related, JSON.stringify(found.relatedInformation));
      const settings = await vscode.workspace.openTextDocument(related.location.uri);
      assert.match(settings.lineAt(related.location.range.start.line).text, /session_mode="1"/);
      assert.match(settings.getText(related.location.range), /session_mode|1/);
    });

    test('with legacy settings there is no such warning', async () => {
      await open('scalable', logOut);
      await until('the warning in the other project', () => diagnostics('scalable').length > 0);
      await open('legacy', logOut);
      assert.match(await until('the hover', () => hover('legacy')), /legacy/i);
      assert.equal(diagnostics('legacy'), []);
    });

    test('completion puts the whole name with its token over the words typed', async () => {
      const editor = await open('legacy', logOut);
      const end = editor.document.lineAt(editor.document.lineCount - 1).range.end;
      editor.selection = new vscode.Selection(end, end);
      await vscode.commands.executeCommand('type', { text: '\nweb leg clo' });
      const line = editor.selection.active.line;
      const typed = editor.document.lineAt(line).text;
      assert.equal(typed.trim(), 'web leg clo');
      await until('the completed name', async () => {
        await vscode.commands.executeCommand('editor.action.triggerSuggest');
        await new Promise((resolve) => setTimeout(resolve, 200));
        await vscode.commands.executeCommand('acceptSelectedSuggestion');
        return editor.document.lineAt(line).text !== typed;
      });
      assert.match(editor.document.lineAt(line).text.trim(), /^WEB LEGACY CLOSE SESSION:C1208\b/);
      await vscode.commands.executeCommand('workbench.action.files.revert');
    });

    test('VS Code is answered what Neovim is: hover, definition, references and diagnostics', async () => {
      await configure('documentation.language', 'es');
      try {
        const { document } = await open('scalable', logOut);
        await until('the warning', () => diagnostics('scalable').length > 0);
        const ask = async (provider: string): Promise<string[]> => {
          const at = positionOf(document, command, 5);
          const places = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(provider, document.uri, at);
          return places.map((place) =>
            'targetUri' in place
              ? placeText(place.targetUri.toString(), place.targetSelectionRange ?? place.targetRange)
              : placeText(place.uri.toString(), place.range),
          );
        };
        let answers: unknown;
        await until('the same answers', async () => {
          answers = inProject(
            {
              hover: await hoverAt(document, positionOf(document, command, 5)),
              definition: await ask('vscode.executeDefinitionProvider'),
              references: await ask('vscode.executeReferenceProvider'),
              diagnostics: vscode.languages.getDiagnostics(document.uri).map(({ code, severity, message, range }) => ({
                code: String(typeof code === 'object' ? code.value : code),
                severity: severity + 1,
                message,
                place: placeText(document.uri.toString(), range),
              })),
            },
            projectUri('scalable').toString(),
          );
          return JSON.stringify(answers) === JSON.stringify(expected);
        }).catch(() => assert.equal(answers, expected));
      } finally {
        await configure('documentation.language', undefined);
      }
    });

    test('the command leads to the attribute that decides what it does, and to the close database method', async () => {
      const { document } = await open('legacy', logOut);
      const places = await until('definitions', async () => {
        const found = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
          'vscode.executeDefinitionProvider',
          document.uri,
          positionOf(document, command, 8),
        );
        return found.length > 0 && found.map((place) => ('targetUri' in place ? place.targetUri : place.uri).path);
      });
      assert.ok(
        places.some((path) => path.endsWith('/legacy/Project/Sources/settings.4DSettings')),
        places.join(' '),
      );
      assert.ok(
        places.some((path) => path.endsWith('/DatabaseMethods/onWebSessionSuspend.4dm')),
        places.join(' '),
      );
    });
  });
}
