import { copyMoved } from '../scanner/tokens.js';
import { compact } from '../text/compact.js';
import { N } from './kinds.js';
import type { Node, SyntaxTree } from './tree.js';

const naming = new Uint8Array(256);
for (const kind of [N.Name, N.Local, N.Interprocess, N.Table, N.Type]) naming[kind] = 1;

/** Texts typed on the way are let go when there are this many more than at first, and as many again. */
const MANY = 4096;

/**
 * How the names of a tree are written: its nodes of the kinds Name, Local, Interprocess, Table and Type in the order of the text, each with
 * the number of its text. Nodes with the same text have the same number, so that what depends on the text is found out once.
 */
export class Spellings {
  /** Of each node what a reader has found out by its place in its statement alone; 0 for nothing yet. */
  readonly marks: Uint8Array;

  private constructor(
    readonly nodes: Int32Array,
    /** Of each node the number of its text. */
    readonly numbers: Int32Array,
    private readonly texts: Texts,
    private readonly atFirst: number,
  ) {
    this.marks = new Uint8Array(nodes.length);
  }

  static of(tree: SyntaxTree): Spellings {
    const { nodeCount } = tree.data;
    const size = countNaming(tree, 0, nodeCount);
    const nodes = new Int32Array(size);
    const numbers = new Int32Array(size);
    const texts = new Texts();
    read(tree, 0, nodeCount, nodes, numbers, 0, texts);
    return new Spellings(nodes, numbers, texts, texts.all.length);
  }

  /** All numbers are smaller. */
  get count(): number {
    return this.texts.all.length;
  }

  text(number: number): string {
    return this.texts.all[number];
  }

  /** The place of a node in {@link nodes}, or -1. */
  indexOf(node: Node): number {
    const at = this.#from(node);
    return this.nodes[at] === node ? at : -1;
  }

  /**
   * Those of a later tree that has the same nodes before one, and from another one on the same, moved: only what lies between is read.
   * Undefined where it is time to begin anew.
   */
  carried(tree: SyntaxTree, before: Node, from: Node, by: number): Spellings | undefined {
    if (this.count > 2 * this.atFirst + MANY) return undefined;
    const head = this.#from(before);
    const tail = this.#from(from);
    const between = countNaming(tree, before, from + by);
    const size = head + between + this.nodes.length - tail;
    const nodes = new Int32Array(size);
    const numbers = new Int32Array(size);
    nodes.set(this.nodes.subarray(0, head));
    numbers.set(this.numbers.subarray(0, head));
    read(tree, before, from + by, nodes, numbers, head, this.texts);
    copyMoved(this.nodes, tail, this.nodes.length, nodes, head + between, by);
    numbers.set(this.numbers.subarray(tail), head + between);
    const spellings = new Spellings(nodes, numbers, this.texts, this.atFirst);
    spellings.marks.set(this.marks.subarray(0, head));
    spellings.marks.set(this.marks.subarray(tail), head + between);
    return spellings;
  }

  /** Place of the first node that is not before one. */
  #from(node: Node): number {
    let low = 0;
    let high = this.nodes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.nodes[middle] < node) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

const known = new WeakMap<SyntaxTree, Spellings>();

/** The spellings of a tree, found out when first asked for. */
export function spellingsOf(tree: SyntaxTree): Spellings {
  let spellings = known.get(tree);
  if (!spellings) {
    spellings = Spellings.of(tree);
    known.set(tree, spellings);
  }
  return spellings;
}

/** Takes over the spellings of an old tree, where they are known; see {@link Spellings.carried}. */
export function carrySpellings(old: SyntaxTree, tree: SyntaxTree, before: Node, from: Node, by: number): void {
  const spellings = known.get(old)?.carried(tree, before, from, by);
  if (spellings) known.set(tree, spellings);
}

/** Different texts, each with a number. */
class Texts {
  readonly #numbers = new Map<string, number>();
  readonly all: string[] = [];

  numberOf(text: string): number {
    let number = this.#numbers.get(text);
    if (number === undefined) {
      const own = compact(text);
      number = this.all.push(own) - 1;
      this.#numbers.set(own, number);
    }
    return number;
  }
}

function countNaming({ data: { nodeKind } }: SyntaxTree, from: Node, to: Node): number {
  let count = 0;
  for (let node = from; node < to; node++) count += naming[nodeKind[node]];
  return count;
}

function read(tree: SyntaxTree, from: Node, to: Node, nodes: Int32Array, numbers: Int32Array, at: number, texts: Texts): void {
  const { nodeKind } = tree.data;
  for (let node = from; node < to; node++) {
    if (naming[nodeKind[node]] === 0) continue;
    nodes[at] = node;
    numbers[at++] = texts.numberOf(tree.textOf(node));
  }
}
