import { compact } from '#syntaxes/text/compact.js';
import { N } from '#syntaxes/tree/kinds.js';
import { nameText, typeName } from '#syntaxes/tree/names.js';
import type { Node } from '#syntaxes/tree/tree.js';
import type { Snapshot } from './snapshot.js';
import { parameterType } from './variableType.js';

export interface HeaderParameter {
  readonly name: string;
  readonly type?: string;
}

/** How a method or class function is called, and what its author says about it. */
export interface MethodHeader {
  readonly parameters: readonly HeaderParameter[];
  /** The last parameter may be repeated. */
  readonly variadic: boolean;
  readonly result?: string;
  /** The comment above the first statement (or above the function), without its marks. */
  readonly comment: string;
}

/** Longest comment kept, in characters: a hover is no place for a change log. */
const COMMENT_LIMIT = 1500;

/** The header of the method a file holds. */
export function methodHeader(snapshot: Snapshot): MethodHeader {
  const { tree } = snapshot;
  const declare = tree.children(tree.root).find((c) => tree.kind(c) === N.Declare);
  const comment = leadingComment(snapshot);
  if (declare !== undefined) return { ...signature(snapshot, declare), comment };
  const numbered = snapshot.locals
    .inScope(tree.root)
    .filter((v) => /^\$\d+$/.test(v.name))
    .sort((a, b) => Number(a.name.slice(1)) - Number(b.name.slice(1)));
  const result = numbered.find((v) => v.name === '$0');
  const last = Number(numbered.at(-1)?.name.slice(1) ?? 0);
  const parameters: HeaderParameter[] = [];
  const typeIn = (name: string) =>
    numbered.find((v) => v.name === name)?.type ??
    (snapshot.source?.kind === 'method' ? parameterType(snapshot, snapshot.source.name, name) : undefined);
  for (let i = 1; i <= Math.min(last, 32); i++) parameters.push({ name: `$${i}`, type: typeIn(`$${i}`) });
  let variadic = false;
  for (let node = 0; node < tree.data.nodeCount && !variadic; node++) variadic = tree.kind(node) === N.ParameterIndex;
  return { parameters, variadic, result: result ? (typeIn('$0') ?? 'Variant') : undefined, comment };
}

/** The header of a class function or constructor. */
export function functionHeader(snapshot: Snapshot, node: Node): MethodHeader {
  return { ...signature(snapshot, node), comment: commentAbove(snapshot, snapshot.tree.start(node)) };
}

function signature(snapshot: Snapshot, node: Node): Omit<MethodHeader, 'comment'> {
  const { tree } = snapshot;
  const parameters: HeaderParameter[] = [];
  let variadic = false;
  let result: string | undefined;
  for (const c of tree.children(node)) {
    if (tree.kind(c) === N.Result) result = typeOfPart(snapshot, c) ?? 'Variant';
    if (tree.kind(c) !== N.Parameters) continue;
    for (const p of tree.children(c)) {
      if (tree.kind(p) !== N.Parameter) continue;
      const name = tree.firstChild(p);
      if (name >= 0 && tree.kind(name) === N.Local) parameters.push({ name: nameText(tree, name), type: typeOfPart(snapshot, p) });
      else variadic = true;
    }
  }
  return { parameters, variadic, result };
}

function typeOfPart(snapshot: Snapshot, node: Node): string | undefined {
  const { tree } = snapshot;
  const type = tree.children(node).find((c) => tree.kind(c) === N.Type);
  return type === undefined ? undefined : typeName(tree, type);
}

/** `Basket_add ( $id : Text ; … ) : Boolean` */
export function headerText(name: string, header: MethodHeader): string {
  const parts = header.parameters.map((p) => (p.type ? `${p.name} : ${p.type}` : p.name));
  if (header.variadic) parts.push('…');
  return `${name}${parts.length > 0 ? ` ( ${parts.join(' ; ')} )` : ''}${header.result ? ` : ${header.result}` : ''}`;
}

function leadingComment(snapshot: Snapshot): string {
  const { tree } = snapshot;
  const first = tree.firstChild(tree.root);
  const limit = first < 0 ? snapshot.text.length : tree.start(first);
  const comments = tree.comments().filter((c) => c.end <= limit);
  return clean(comments.map((c) => snapshot.text.slice(c.start, c.end)));
}

function commentAbove(snapshot: Snapshot, offset: number): string {
  const { tree, lines } = snapshot;
  const above: string[] = [];
  let line = lines.lineAt(offset) - 1;
  const comments = tree.comments();
  for (let i = comments.length - 1; i >= 0; i--) {
    const { start, end } = comments[i];
    if (end > offset || lines.lineAt(end) < line) continue;
    if (lines.lineAt(end) !== line || snapshot.text.slice(lines.lineStart(lines.lineAt(start)), start).trim() !== '') break;
    above.unshift(snapshot.text.slice(start, end));
    line = lines.lineAt(start) - 1;
  }
  return clean(above);
}

function clean(comments: readonly string[]): string {
  const text = comments
    .filter((c) => !/^\/\/\s*%attributes/.test(c))
    .map((c) =>
      c.startsWith('/*')
        ? c
            .slice(2)
            .replace(/\*\/$/, '')
            .split(/\r\n|\r|\n/)
            .map((l) => l.replace(/^\s*\*?\s?/, '').trimEnd())
            .join('\n')
            .trim()
        : c.replace(/^\/{2,}\s?/, '').trimEnd(),
    )
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return compact(text.length > COMMENT_LIMIT ? `${text.slice(0, COMMENT_LIMIT).trimEnd()}…` : text);
}
