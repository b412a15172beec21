import { fold } from '#syntaxes/text/fold.js';
import { N, T } from '#syntaxes/tree/kinds.js';
import { nameText, suffixToken } from '#syntaxes/tree/names.js';
import type { Node } from '#syntaxes/tree/tree.js';
import { takesMethod } from '../analysis/methodTexts.js';
import type { Snapshot } from '../analysis/snapshot.js';

/** What the user is in the middle of writing. */
export interface TypedName {
  readonly kind:
    | 'name'
    | 'local'
    | 'interprocess'
    | 'member'
    | 'table'
    | 'field'
    | 'type'
    | 'class'
    | 'builtInClass'
    | 'methodText'
    | 'propertyText'
    | 'attributeText'
    | 'tableText'
    | 'text';
  /** The words so far, from their first letter to the offset: `web leg clo`. Without `$`, `<>` or `.`. */
  readonly typed: string;
  /** What a chosen name replaces: from its first character (its mark included) to the end of the whole name and its token. */
  readonly start: number;
  readonly end: number;
}

const nameCharacter = /[\p{L}\p{N}_]/u;
/** Words that may stand before a name on its line without a mark between them. */
const leading = /^(?:(?:return|throw|else|repeat|try|catch|until|while)[ \t]+)+/i;

/** The name being typed at an offset; undefined in comments and tokens, and in texts that name nothing. */
export function typedName(snapshot: Snapshot, offset: number): TypedName | undefined {
  const { text, lines, tree } = snapshot;
  if (snapshot.inComment(offset)) return undefined;
  if (inLiteral(snapshot, offset)) return textAt(snapshot, offset);
  const lineStart = lines.lineStart(lines.lineAt(offset));
  let from = offset;
  while (from > lineStart && (nameCharacter.test(text[from - 1]) || text[from - 1] === ' ' || text[from - 1] === '\t')) from--;
  const before = text[from - 1];
  const run = text.slice(from, offset);
  const word = /^[\p{L}\p{N}_]*$/u.test(run);
  const wordEnd = endOfWord(text, offset);

  if (before === ':' && word && !/^\s/.test(run) && /[\p{L}\p{N}_]/u.test(text[from - 2] ?? '')) {
    // the letters of a token, `:C12‸`, are no name; the type of a declaration is
    if (/^[CKP]?\d*$/.test(run) && run !== '') return tokenAt(snapshot, offset, from - 1);
  }
  const line = text.slice(lineStart, from);
  if (
    before === ':' &&
    onlyWord(run) &&
    /^\s*(var|property|#DECLARE|(\w+\s+)*(Function|Class\s+constructor))\b/i.test(line) &&
    !/:=/.test(line)
  )
    return { kind: 'type', typed: run.trimStart(), start: offset - run.trimStart().length, end: wordEnd };
  if (/^\s*Class\s+extends\s/i.test(text.slice(lineStart, offset)))
    return {
      kind: 'class',
      typed: run.replace(/^\s*Class\s+extends\s+/i, ''),
      start: offset - run.replace(/^\s*Class\s+extends\s+/i, '').length,
      end: wordEnd,
    };
  if (before === '$' && !/^\s/.test(run)) return { kind: 'local', typed: run.trimEnd() === run ? run : run, start: from - 1, end: wordEnd };
  if ((before === '>' && text[from - 2] === '<') || before === '◊') {
    if (!/^\s/.test(run)) return { kind: 'interprocess', typed: run, start: from - (before === '◊' ? 1 : 2), end: wordEnd };
  }
  const store = before === '.' && word ? /(?:^|[^\p{L}\p{N}_.$])(cs|4D)(?::C\d+)?\.$/iu.exec(line)?.[1] : undefined;
  if (store) return { kind: /^cs$/i.test(store) ? 'class' : 'builtInClass', typed: run, start: from, end: wordEnd };
  if (before === '.' && word && !isDecimal(text, from - 1, lineStart)) return { kind: 'member', typed: run, start: from, end: wordEnd };
  if (before === '[' && text[from - 2] !== '[' && opensTable(snapshot, from - 1)) {
    const close = /^[^\]\r\n;(){}]*\]/.exec(text.slice(offset));
    return { kind: 'table', typed: run.trimStart(), start: from, end: close ? offset + close[0].length - 1 : wordEnd };
  }
  if (before === ']' && !/^\s/.test(run) && text[from - 2] !== ']' && isTableClose(snapshot, from - 1))
    return { kind: 'field', typed: run, start: from, end: endOfName(snapshot, from, offset, wordEnd) };

  const skipped = /^\s*/.exec(run)![0].length;
  const keyword = leading.exec(run.slice(skipped))?.[0].length ?? 0;
  const start = from + skipped + keyword;
  if (start > offset) return { kind: 'name', typed: '', start: offset, end: offset };
  const typed = text.slice(start, offset).replace(/\s+/g, ' ');
  return { kind: 'name', typed, start, end: typed === '' ? offset : endOfName(snapshot, start, offset, wordEnd) };

  function inLiteral(s: Snapshot, at: number): boolean {
    const token = s.tree.tokenAt(Math.max(0, at - 1));
    const kind = s.tree.tokenKind(token);
    if (kind !== T.String && kind !== T.Date && kind !== T.Time && kind !== T.Sql) return false;
    const start = s.tree.tokenStart(token);
    const end = s.tree.tokenEnd(token);
    const closed = end - start > 1 && s.text[end - 1] === s.text[start];
    return start < at && (at < end || (at === end && !closed));
  }

  function isTableClose(s: Snapshot, at: number): boolean {
    const node = s.tree.nodeAt(at);
    return s.tree.kind(node) === N.Table || s.tree.kind(node) === N.Field || tree.tokenKind(tree.tokenAt(at)) === T.CloseBracket;
  }
}

/** Letters with nothing but blanks before them. */
function onlyWord(run: string): boolean {
  return /^\s*[\p{L}\p{N}_]*$/u.test(run);
}

/** In a token, `ALERT:C4‸`: the name it belongs to is being chosen again. */
function tokenAt(snapshot: Snapshot, offset: number, colon: number): TypedName | undefined {
  const { tree, text } = snapshot;
  const node = snapshot.nameAt(offset);
  // `cs:C1710‸.Shop` as the type of a declaration
  if (node >= 0 && tree.kind(node) === N.Type && tree.start(node) < colon)
    return { kind: 'type', typed: text.slice(tree.start(node), colon), start: tree.start(node), end: endOfWord(text, offset) };
  if (node < 0 || tree.kind(node) !== N.Name || suffixToken(tree, node) < 0) return undefined;
  return { kind: 'name', typed: nameText(tree, node), start: tree.start(node), end: tree.end(node) };
}

/** A text literal around an offset, what it holds up to there, and where that ends. */
interface Literal {
  readonly node: Node;
  readonly typed: string;
  readonly start: number;
  readonly end: number;
}

/** In a text literal: what it names, or is one of. */
function textAt(snapshot: Snapshot, offset: number): TypedName | undefined {
  const { tree, text } = snapshot;
  const node = tree.nodeAt(offset - 1);
  if (tree.kind(node) !== N.String) return undefined;
  const start = tree.start(node) + 1;
  const closed = tree.end(node) > start && text[tree.end(node) - 1] === text[start - 1];
  const end = closed ? tree.end(node) - 1 : offset;
  if (offset < start || offset > end) return undefined;
  const literal: Literal = { node, typed: text.slice(start, offset), start, end };
  return methodNameAt(snapshot, literal) ?? propertyNameAt(snapshot, literal) ?? attributeAt(snapshot, literal) ?? named('text', literal);
}

function named(kind: TypedName['kind'], { typed, start, end }: Literal): TypedName {
  return { kind, typed, start, end };
}

/** Commands that give the name of a method. */
const methodNames: ReadonlySet<number | undefined> = new Set([684, 704, 705]);

/** In a text that names a method to a command, or is compared with a method's name: `ON ERR CALL("Er‸")`, `Current method name="Er‸"`. */
function methodNameAt(snapshot: Snapshot, literal: Literal): TypedName | undefined {
  const { tree } = snapshot;
  if (takesMethod(snapshot, literal.node)) return named('methodText', literal);
  const parent = tree.parent(literal.node);
  if (parent < 0 || tree.kind(parent) !== N.Binary) return undefined;
  const left = tree.firstChild(parent);
  const resolved = tree.kind(left) === N.Name ? snapshot.resolve(left) : undefined;
  return resolved?.kind === 'command' && methodNames.has(resolved.command.number) ? named('methodText', literal) : undefined;
}

/** Commands that take a property by its name, with the arguments that are one: `New object`, `OB Get` and their like. */
const propertyArguments: ReadonlyMap<number, (index: number) => boolean> = new Map([
  ...[1471, 1526].map((n) => [n, (i: number) => i % 2 === 0] as const),
  ...[1224, 1231, 1226].map((n) => [n, (i: number) => i === 1] as const),
  [1220, (i) => i % 2 === 1],
]);

/** In a text that names a property: `$o["na‸me"]`, `New object("na‸me"; 1)`; or a table: `ds["Sh‸op"]`. */
function propertyNameAt(snapshot: Snapshot, literal: Literal): TypedName | undefined {
  const { tree } = snapshot;
  const { node } = literal;
  const parent = tree.parent(node);
  if (parent < 0) return undefined;
  if (tree.kind(parent) === N.Pair) return tree.firstChild(parent) === node ? named('propertyText', literal) : undefined;
  if (tree.kind(parent) === N.Arguments) {
    const callee = tree.firstChild(tree.parent(parent));
    const resolved = tree.kind(callee) === N.Name ? snapshot.resolve(callee) : undefined;
    const number = resolved?.kind === 'command' ? (resolved.command.number ?? 0) : 0;
    return propertyArguments.get(number)?.(tree.children(parent).indexOf(node)) ? named('propertyText', literal) : undefined;
  }
  if (tree.kind(parent) !== N.Index || tree.firstChild(parent) === node) return undefined;
  const object = tree.firstChild(parent);
  const resolved = tree.kind(object) === N.Name ? snapshot.resolve(object) : undefined;
  return named(resolved?.kind === 'command' && fold(resolved.command.name) === 'ds' ? 'tableText' : 'propertyText', literal);
}

/** Functions of collections, data classes and selections whose first argument holds names of attributes. */
const attributeFunctions =
  /^(query|orderBy|extract|distinct|distinctPaths|sum|average|min|max|count|indices|countValues|copyTo|toCollection)$/i;

/** In a text with names of attributes between other words: `query("na‸me = :1")`, `orderBy("city, na‸me desc")`. */
function attributeAt(snapshot: Snapshot, literal: Literal): TypedName | undefined {
  const { tree, text } = snapshot;
  const list = tree.parent(literal.node);
  if (list < 0 || tree.kind(list) !== N.Arguments || tree.firstChild(list) !== literal.node) return undefined;
  const callee = tree.firstChild(tree.parent(list));
  if (tree.kind(callee) !== N.Member || !attributeFunctions.test(nameText(tree, tree.child(callee, 1)))) return undefined;
  // a name stands at the beginning, or after a word that joins; what stands behind a comparison is a value
  const typed = /(?:^|[(,.]|\b(?:and|or|except|not|by)\b)\s*([\p{L}\p{N}_]*)$/iu.exec(literal.typed)?.[1];
  if (typed === undefined) return undefined;
  const offset = literal.start + literal.typed.length;
  return { kind: 'attributeText', typed, start: offset - typed.length, end: Math.min(endOfWord(text, offset), literal.end) };
}

/** `[` opens a table's name where no value stands right before it: `c[1]` is an element. */
function opensTable(snapshot: Snapshot, at: number): boolean {
  const before = snapshot.text.slice(Math.max(0, at - 2), at);
  return !/[\p{L}\p{N}_)\]}"]$/u.test(before);
}

function isDecimal(text: string, dot: number, lineStart: number): boolean {
  let i = dot;
  while (i > lineStart && /\d/.test(text[i - 1])) i--;
  return i < dot && !(i > lineStart && nameCharacter.test(text[i - 1]));
}

function endOfWord(text: string, offset: number): number {
  let end = offset;
  while (end < text.length && nameCharacter.test(text[end])) end++;
  return end;
}

/** The end of the name the offset is in: of all its words and its token when it is a known one, of the present word otherwise. */
function endOfName(snapshot: Snapshot, start: number, offset: number, wordEnd: number): number {
  const { tree, text } = snapshot;
  const suffix = /^(?::[CKP]\d+(?::\d+)?|:\d+(?![\d:]))/.exec(text.slice(wordEnd))?.[0].length ?? 0;
  const near = wordEnd + (offset === wordEnd && suffix === 0 ? 0 : suffix);
  const node = snapshot.nameAt(offset);
  if (node < 0 || tree.kind(node) !== N.Name || tree.start(node) > start) return near;
  const end = tree.end(node);
  if (end <= near || /[\r\n]/.test(text.slice(start, end))) return near;
  const known = suffixToken(tree, node) >= 0 || /^(command|constant|method)$/.test(snapshot.resolve(node).kind);
  return known ? end : near;
}
