import { fold } from '#syntaxes/text/fold.js';

/** One name under which an item can be found. */
export interface SearchName<V> {
  readonly name: string;
  readonly item: V;
  /** Subtracted from the rank, in tenths of a word left out: how common the item is; less for a name out of use. */
  readonly weight: number;
}

/**
 * Finds items by what people type of their names: a prefix (`web leg`), pieces of words (`web cl`, `close ses`), initials (`wlcs`)
 * or initials and pieces run together (`webclse`). Every piece starts a word, words keep their order, words may be left out.
 */
export class NameSearch<V> {
  private readonly names: readonly {
    readonly folded: string;
    readonly starts: readonly number[];
    readonly item: V;
    readonly weight: number;
  }[];
  /** Letters that occur in each name, as bits: most names are refused by one comparison. */
  private readonly letters: Int32Array;

  constructor(names: readonly SearchName<V>[]) {
    this.names = names.map((n) => {
      const folded = fold(n.name);
      return { folded, starts: wordStarts(folded), item: n.item, weight: n.weight };
    });
    this.letters = Int32Array.from(this.names, (n) => lettersOf(n.folded));
  }

  /** The best items, best first, each once. */
  find(typed: string, limit: number): V[] {
    const wanted = fold(typed);
    if (wanted === '' || limit <= 0) return [];
    const letters = lettersOf(wanted);
    const pieces = wanted.split(' ');
    const best = new Map<V, number>();
    for (let i = 0; i < this.names.length; i++) {
      if ((this.letters[i] & letters) !== letters) continue;
      const { folded, starts, item, weight } = this.names[i];
      const rank = rankOf(folded, starts, wanted, pieces);
      if (rank === undefined) continue;
      const total = rank * 10 - weight;
      const known = best.get(item);
      if (known === undefined || total < known) best.set(item, total);
    }
    return [...best]
      .sort((a, b) => a[1] - b[1])
      .slice(0, limit)
      .map(([item]) => item);
  }
}

/** The smaller the better; undefined for no match. The whole name, then a prefix of it, then pieces by how much they leave out. */
function rankOf(folded: string, starts: readonly number[], wanted: string, pieces: readonly string[]): number | undefined {
  if (folded === wanted) return 0;
  if (folded.startsWith(wanted)) return 1;
  const left = matchPieces(folded, starts, pieces, 0, 0);
  return left === undefined ? undefined : 2 + left;
}

/**
 * Words left out when the pieces from `piece` on are matched against the words from `word` on; a left-out first word counts double.
 * A piece is spent over one or more words, on each of them a prefix.
 */
function matchPieces(
  folded: string,
  starts: readonly number[],
  pieces: readonly string[],
  piece: number,
  word: number,
): number | undefined {
  if (piece === pieces.length) return starts.length - word;
  let best: number | undefined;
  for (let w = word; w < starts.length; w++) {
    const skipped = w - word + (word === 0 && w > 0 ? 1 : 0);
    if (best !== undefined && skipped >= best) break;
    const rest = spend(folded, starts, pieces, piece, pieces[piece], w);
    if (rest !== undefined && (best === undefined || skipped + rest < best)) best = skipped + rest;
  }
  return best;
}

function spend(
  folded: string,
  starts: readonly number[],
  pieces: readonly string[],
  piece: number,
  text: string,
  word: number,
): number | undefined {
  const start = starts[word];
  const end = word + 1 < starts.length ? starts[word + 1] : folded.length;
  let common = 0;
  while (common < text.length && start + common < end && text.charCodeAt(common) === folded.charCodeAt(start + common)) common++;
  if (common === text.length) return matchPieces(folded, starts, pieces, piece + 1, word + 1);
  let best: number | undefined;
  for (let taken = common; taken > 0; taken--) {
    const remainder = text.slice(taken);
    for (let w = word + 1; w < starts.length; w++) {
      const skipped = w - word - 1;
      if (best !== undefined && skipped >= best) break;
      const rest = spend(folded, starts, pieces, piece, remainder, w);
      if (rest !== undefined && (best === undefined || skipped + rest < best)) best = skipped + rest;
    }
  }
  return best;
}

/** Where the words start; `_` parts words as a blank does, and a capital cannot (names are folded). */
function wordStarts(folded: string): number[] {
  const starts: number[] = [];
  for (let i = 0; i < folded.length; i++) {
    const separated = i === 0 || folded[i - 1] === ' ' || folded[i - 1] === '_';
    if (separated && folded[i] !== ' ' && folded[i] !== '_') starts.push(i);
  }
  return starts;
}

function lettersOf(text: string): number {
  let bits = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i) - 97;
    if (c >= 0 && c < 26) bits |= 1 << c;
  }
  return bits;
}
