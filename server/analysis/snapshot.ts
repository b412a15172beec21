import type { Catalogue } from '#syntaxes/catalogue/types.js';
import { parse } from '#syntaxes/parser/parse.js';
import { readAttributes } from '#syntaxes/project/project.js';
import type { MethodAttributes, SourceFile } from '#syntaxes/project/types.js';
import { declarationsOf } from '#syntaxes/resolution/declarations.js';
import { type NameRole, nameRole, resolveName } from '#syntaxes/resolution/resolve.js';
import type { Declaration, NameContext, Resolved } from '#syntaxes/resolution/types.js';
import { fold } from '#syntaxes/text/fold.js';
import { N } from '#syntaxes/tree/kinds.js';
import type { Node, SyntaxTree } from '#syntaxes/tree/tree.js';
import { type CommandUse, commandUse } from './calls.js';
import { type Key, keyOf } from './keys.js';
import { type Encoding, Lines } from './lines.js';
import { collectLocals, type Locals } from './locals.js';
import type { ProjectView } from './projectView.js';
import { roleOf } from './roles.js';

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
  /** By the part they play, then by their words: the same words in the same part stand for the same. */
  readonly #resolved = new Map<NameRole, Map<string, Resolved>>();
  #uses?: CommandUse[];
  #usesByNumber?: Map<number | undefined, CommandUse[]>;
  #locals?: Locals;
  #attributes?: MethodAttributes;
  #declarations?: Declaration[];
  #declaredNodes?: ReadonlySet<Node>;

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
    return this.view?.project.methodByName(name);
  }

  /** What a free Name node stands for. */
  readonly resolve = (node: Node): Resolved => {
    const role = nameRole(this.tree, node);
    let known = this.#resolved.get(role);
    if (!known) {
      known = new Map();
      this.#resolved.set(role, known);
    }
    const words = this.tree.textOf(node);
    let resolved = known.get(words);
    if (!resolved) {
      resolved = resolveName(this.tree, node, this);
      known.set(words, resolved);
    }
    return resolved;
  };

  /** Every command used in the text, in its order. */
  get uses(): readonly CommandUse[] {
    if (!this.#uses) {
      const { tree } = this;
      const uses: CommandUse[] = [];
      for (let node = 0; node < tree.data.nodeCount; node++) {
        if (tree.kind(node) !== N.Name || roleOf(tree, node) !== 'free') continue;
        const resolved = this.resolve(node);
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

  /** The nodes by which the text declares something for itself; `C_TEXT(Method; $1)` declares for another. */
  get declaredNodes(): ReadonlySet<Node> {
    this.#declaredNodes ??= new Set(this.declarations.filter((d) => d.ofMethod === undefined).map((d) => d.node));
    return this.#declaredNodes;
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
