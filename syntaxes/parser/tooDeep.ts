import { N } from '../tree/kinds.js';
import type { Node } from '../tree/tree.js';
import { atStatementEnd, missing, reportHere, skipInList, skipStatement } from './recovery.js';
import { MAX_HEIGHT, MAX_NESTING, type ParseState } from './state.js';

/** Too many brackets in each other: the rest of the innermost list is skipped flat. */
export function tooDeep(s: ParseState): Node {
  reportHere(s, 'syntax-too-deep', [String(MAX_NESTING)]);
  const skipped = skipInList(s);
  return skipped < 0 ? missing(s) : skipped;
}

/** Too many operators in a row: the rest of the statement is skipped flat, behind what there is. */
export function tooLong(s: ParseState, left: Node): Node {
  reportHere(s, 'syntax-too-long', [String(MAX_HEIGHT)]);
  if (atStatementEnd(s)) return left;
  const node = s.open(N.Binary, s.nodeFirst[left], s.pos);
  s.append(node, left);
  s.append(node, skipStatement(s));
  return s.close(node);
}
