import * as vscode from 'vscode';
import { languageId } from '../names.js';
import { expressionAt, variablesIn } from './names.js';

const textsOf = (document: vscode.TextDocument, from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, i) => document.lineAt(from + i).text);

/** Values beside the lines that have run, and hovers over variables while code stands still. The debug adapter knows which names are variables. */
export function registerValues(): vscode.Disposable[] {
  return [
    vscode.languages.registerInlineValuesProvider(languageId, {
      provideInlineValues(document, viewPort, { stoppedLocation }) {
        const last = Math.min(stoppedLocation.end.line, document.lineCount - 1);
        const lines = variablesIn(textsOf(document, 0, last));
        const values: vscode.InlineValue[] = [];
        for (let line = viewPort.start.line; line <= Math.min(viewPort.end.line, last); line++) {
          for (const { name, start, end } of lines[line]) {
            values.push(new vscode.InlineValueVariableLookup(new vscode.Range(line, start, line, end), name, false));
          }
        }
        return values;
      },
    }),
    vscode.languages.registerEvaluatableExpressionProvider(languageId, {
      provideEvaluatableExpression(document, { line, character }) {
        const found = expressionAt(textsOf(document, 0, line), line, character);
        return found && new vscode.EvaluatableExpression(new vscode.Range(line, found.start, line, found.end), found.name);
      },
    }),
  ];
}
