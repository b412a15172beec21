import { T } from '../tree/kinds.js';
import type { Node } from '../tree/tree.js';
import { closesSomething, isClosing, reportHere, reportSpare, reportUnexpected, shown, skipInList, startsOperand } from './recovery.js';
import type { ParseState } from './state.js';

/** Goes past a closing bracket, or says which one is missing for the opening token. */
export function closing(s: ParseState, kind: T, open: number): void {
  if (s.at() === kind) {
    s.pos++;
    return;
  }
  const opening = s.textOf(open);
  const wanted = kind === T.CloseParen ? ')' : kind === T.CloseBrace ? '}' : kind === T.CloseDouble ? ']]' : ']';
  if (startsOperand(s.at())) reportHere(s, 'syntax-operator-missing', [shown(s.textOf(s.pos))]);
  else reportHere(s, 'syntax-closing-missing', [wanted, opening], open);
}

/**
 * The items between an opening bracket and its closing one, separated by `;`. What an item cannot use is skipped to the next `;` or
 * the closing bracket, so that one mistake leaves the other items alone. A list never goes beyond its statement.
 */
export function list(s: ParseState, node: Node, close: T, open: number, item: (s: ParseState) => Node): void {
  if (s.at() === close) {
    s.pos++;
    return;
  }
  for (;;) {
    s.append(node, item(s));
    if (s.at() === T.Semicolon) {
      s.pos++;
      if (close !== T.CloseParen || s.at() !== close) continue;
      reportSpare(s, s.pos - 1);
    }
    if (s.at() === close || s.at() === T.LineEnd || s.at() === T.Eof) break;
    if (isClosing(s.at()) && closesSomething(s, s.at())) break;
    reportUnexpected(s);
    const skipped = skipInList(s);
    if (skipped >= 0) s.append(node, skipped);
    if (s.at() !== T.Semicolon) break;
    s.pos++;
  }
  closing(s, close, open);
}
