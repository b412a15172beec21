import { N, T } from './kinds.js';
import type { SyntaxTree } from './tree.js';

const naming = new Set([N.Name, N.Local, N.Interprocess, N.Table, N.Type, N.String]);

/**
 * The laws every tree keeps, checked on one: tokens in order with nothing but trivia between them, so that they give back the text;
 * children inside their parents and in order; every node but the root reached once; what names or says something numbered in the order
 * of the text. Gives what is violated, in words; empty when all hold.
 */
export function lawViolations(tree: SyntaxTree): string[] {
  const found: string[] = [];
  const { text, data } = tree;
  let end = 0;
  let comment = 0;
  for (let i = 0; i < data.tokenCount; i++) {
    const start = data.tokenStart[i];
    if (start < end || data.tokenEnd[i] < start) found.push(`token ${i} starts at ${start} before ${end}`);
    // Between two tokens: blanks, line ends, `\` at a line's end, comments.
    let at = end;
    while (at < start) {
      if (comment < data.comments.length && data.comments[comment] === at) {
        at = data.comments[comment + 1];
        comment += 3;
      } else if (/[\s\u0085\u200b\ufeff\\]/.test(text[at])) at++;
      else {
        found.push(`character ${JSON.stringify(text[at])} at ${at} is in no token`);
        at++;
      }
    }
    end = data.tokenEnd[i];
  }
  if (end !== text.length || data.tokenKind[data.tokenCount - 1] !== T.Eof) found.push(`tokens end at ${end} of ${text.length}`);
  if (data.nodeFirst[0] !== 0 || data.nodeLast[0] !== data.tokenCount) found.push('the root does not hold all tokens');

  let reached = 1;
  let named = 0;
  for (let node = 0; node < data.nodeCount; node++) {
    if (naming.has(data.nodeKind[node])) {
      if (data.nodeFirst[node] < named) found.push(`${N[data.nodeKind[node]]} ${node} has a number behind its place`);
      named = data.nodeFirst[node];
    }
    let at = data.nodeFirst[node];
    for (let c = data.nodeFirstChild[node]; c >= 0; c = data.nodeNext[c]) {
      reached++;
      const name = `${N[data.nodeKind[c]]} ${c} in ${N[data.nodeKind[node]]} ${node}`;
      if (data.nodeParent[c] !== node) found.push(`${name} has another parent`);
      if (data.nodeFirst[c] < at) found.push(`${name} starts before its place`);
      if (data.nodeLast[c] < data.nodeFirst[c]) found.push(`${name} ends before it starts`);
      if (data.nodeLast[c] > data.nodeLast[node]) found.push(`${name} ends behind its parent`);
      at = Math.max(at, data.nodeLast[c]);
      if (found.length > 20) return found;
    }
  }
  if (reached !== data.nodeCount) found.push(`${data.nodeCount - reached} nodes are not in the tree`);
  return found;
}
