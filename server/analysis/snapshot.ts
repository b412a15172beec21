import type { Catalogue } from '#syntaxes/catalogue/types.js';
import { parse } from '#syntaxes/parser/parse.js';
import { readAttributes } from '#syntaxes/project/project.js';
import type { MethodAttributes, SourceFile } from '#syntaxes/project/types.js';
import { declarationsOf } from '#syntaxes/resolution/declarations.js';
import { type NameRole, resolveName } from '#syntaxes/resolution/resolve.js';
import type { Declaration, NameContext, Resolved } from '#syntaxes/resolution/types.js';
import { fold } from '#syntaxes/text/fold.js';
import { N } from '#syntaxes/tree/kinds.js';
import { type Spellings, spellingsOf } from '#syntaxes/tree/spellings.js';
import type { Node, SyntaxTree } from '#syntaxes/tree/tree.js';
import { type CommandUse, commandUse } from './calls.js';
import { type Key, keyOf } from './keys.js';
import { type Encoding, Lines } from './lines.js';
import { collectLocals, type Locals } from './locals.js';
import { markAt, partIn, roleIn } from './nameMarks.js';
import type { ProjectView } from './projectView.js';

export interface SnapshotInput {
  readonly uri: string;
  readonly version: number;
  readonly text: string;
  readonly catalogue: Catalogue;
  readonly encoding?: Encoding;
  /** The project the document belongs to, if any. */
  readonly view?: ProjectView;
  /** What the document is in its project. */
  readonly source?: SourceFile;
  /** How the text is read, where something is known of it already. */
  readonly parse?: (text: string) => SyntaxTree;
}

/** One text at one version with everything that can be derived from it, each part computed when first asked for. */
export class Snapshot implements NameContext {
  readonly uri: string;
  readonly version: number;
  readonly text: string;
  readonly catalogue: Catalogue;
  readonly view: ProjectView | undefined;
  readonly source: SourceFile | undefined;
  readonly lines: Lines;
  readonly #parse: (text: string) => SyntaxTree;
  #tree?: SyntaxTree;
  #spellings?: Spellings;
  /** By the part they play, then by the number of their text: the same words in the same part stand for the same. */
  readonly #resolved = new Map<NameRole, Resolved[]>();
  #uses?: CommandUse[];
  #usesByNumber?: Map<number | undefined, CommandUse[]>;
  #locals?: Locals;
  #attributes?: MethodAttributes;
  #declarations?: Declaration[];
  /** By node: 1 for those that declare something. */
  #declaring?: Uint8Array;

  constructor(input: SnapshotInput) {
    this.uri = input.uri;
    this.version = input.version;
    this.text = input.text;
    this.catalogue = input.catalogue;
    this.view = input.view;
    this.source = input.source;
    this.lines = new Lines(input.text, input.encoding);
    this.#parse = input.parse ?? parse;
  }

  get tree(): SyntaxTree {
    this.#tree ??= this.#parse(this.text);
    return this.#tree;
  }

  methodByName(name: string): SourceFile | undefined {
    return this.view?.project.methodByName(name) ?? this.view?.sharedMethods.get(fold(name));
  }

  /** How the names of the text are written. */
  get spellings(): Spellings {
    this.#spellings ??= spellingsOf(this.tree);
    return this.#spellings;
  }

  /** What a free Name node stands for. */
  readonly resolve = (node: Node): Resolved => this.resolveAt(this.spellings.indexOf(node), node);

  /** The same where the node's place among the spellings is known. */
  resolveAt(place: number, node: Node): Resolved {
    const { tree, spellings } = this;
    if (tree.kind(node) !== N.Name) return resolveName(tree, node, this);
    const part = partIn(markAt(tree, spellings, place));
    let known = this.#resolved.get(part);
    if (!known) {
      known = new Array<Resolved>(spellings.count);
      this.#resolved.set(part, known);
    }
    const number = spellings.numbers[place];
    known[number] ??= resolveName(tree, node, this);
    return known[number];
  }

  /** Every command used in the text, in its order. */
  get uses(): readonly CommandUse[] {
    if (!this.#uses) {
      const { tree, spellings } = this;
      const { nodes } = spellings;
      const uses: CommandUse[] = [];
      for (let i = 0; i < nodes.length; i++) {
        const node = nodes[i];
        if (tree.kind(node) !== N.Name || roleIn(markAt(tree, spellings, i)) !== 'free') continue;
        const resolved = this.resolveAt(i, node);
        if (resolved.kind === 'command') uses.push(commandUse(tree, node, resolved));
      }
      this.#uses = uses;
    }
    return this.#uses;
  }

  /** The uses of some commands, by their numbers, in the order of the text. */
  usesOf(...numbers: readonly number[]): CommandUse[] {
    if (!this.#usesByNumber) {
      this.#usesByNumber = new Map();
      for (const use of this.uses) {
        const same = this.#usesByNumber.get(use.command.number);
        if (same) same.push(use);
        else this.#usesByNumber.set(use.command.number, [use]);
      }
    }
    const found = numbers.flatMap((number) => this.#usesByNumber!.get(number) ?? []);
    return numbers.length > 1 ? found.sort((a, b) => this.tree.start(a.name) - this.tree.start(b.name)) : found;
  }

  get locals(): Locals {
    this.#locals ??= collectLocals(this.tree, this.declarations);
    return this.#locals;
  }

  get attributes(): MethodAttributes {
    this.#attributes ??= readAttributes(this.text);
    return this.#attributes;
  }

  /** Everything the text declares, in its order. */
  get declarations(): readonly Declaration[] {
    this.#declarations ??= declarationsOf(this.tree, this);
    return this.#declarations;
  }

  /** Whether the text declares something for itself by a node; `C_TEXT(Method; $1)` declares for another. */
  isDeclaring(node: Node): boolean {
    if (!this.#declaring) {
      this.#declaring = new Uint8Array(this.tree.data.nodeCount);
      for (const d of this.declarations) if (d.ofMethod === undefined) this.#declaring[d.node] = 1;
    }
    return this.#declaring[node] === 1;
  }

  /** The type a process or interprocess variable is declared with in this text. */
  declaredType(name: string): string | undefined {
    const key = fold(name);
    return this.declarations.find((d) => (d.kind === 'process' || d.kind === 'interprocess') && d.type && fold(d.name) === key)?.type;
  }

  key(node: Node): Key | undefined {
    return keyOf(this.tree, node, this.resolve);
  }

  /** The node that names something at an offset, its end included: a Name, Local, Interprocess, Table or Type; -1 elsewhere. */
  nameAt(offset: number): Node {
    for (const at of [offset, offset - 1]) {
      if (at < 0) continue;
      const node = this.tree.nodeAt(at);
      if (isNaming(this.tree.kind(node)) && this.tree.start(node) <= offset && offset <= this.tree.end(node)) return node;
    }
    return -1;
  }

  /** The comment that holds an offset, its end included for a line comment. */
  inComment(offset: number): boolean {
    return this.tree
      .comments()
      .some((c) => c.start < offset && (c.block && this.text.endsWith('*/', c.end) ? offset < c.end : offset <= c.end));
  }

  span(start: number, end: number) {
    return this.lines.span(start, end);
  }

  nodeSpan(node: Node) {
    return this.lines.span(this.tree.start(node), this.tree.end(node));
  }
}

function isNaming(kind: N): boolean {
  return kind === N.Name || kind === N.Local || kind === N.Interprocess || kind === N.Table || kind === N.Type;
}
