import * as vscode from 'vscode';
import { languageId } from '../names.js';
import { expressionAt } from './names.js';

/** Hovers over variables while code stands still: which expression they are about. Values beside lines come from the language server. */
export function registerValues(): vscode.Disposable {
  return vscode.languages.registerEvaluatableExpressionProvider(languageId, {
    provideEvaluatableExpression(document, { line, character }) {
      const lines = Array.from({ length: line + 1 }, (_, index) => document.lineAt(index).text);
      const found = expressionAt(lines, character);
      return found && new vscode.EvaluatableExpression(new vscode.Range(line, found.start, line, found.end), found.name);
    },
  });
}
