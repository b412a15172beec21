import type { SourceFile } from '#syntaxes/project/types.js';
import type { CodeEvidence } from './evidence.js';
import type { Key } from './keys.js';
import type { Span } from './lines.js';

/** What an occurrence does besides naming. */
export enum Use {
  Definition = 1,
  Write = 2,
  Call = 4,
  /** Named inside a text literal, where a command takes a method by its name. */
  Text = 8,
}

/** What one file says to the others. The text itself is not kept. */
export interface FileFacts {
  readonly path: string;
  readonly source: SourceFile | undefined;
  /** Four numbers an occurrence: key, line, character, length × 16 + uses. In text order. */
  readonly occurrences: Int32Array;
  readonly evidence: readonly CodeEvidence[];
  /** A method open to 4D tags and URLs. */
  readonly publishedWeb: boolean;
}

export interface Occurrence {
  readonly path: string;
  readonly span: Span;
  /** Bits of {@link Use}. */
  readonly uses: number;
}

/** Calls, definitions and references of all files of a project by identity. Look-ups scan numbers: no inverted lists to keep true. */
export class ProjectIndex {
  readonly #ids = new Map<Key, number>();
  readonly #keys: Key[] = [];
  readonly #spellings: string[] = [];
  readonly #files = new Map<string, FileFacts>();

  /** The number of a key; the first spelling met is remembered for completion. */
  readonly intern = (key: Key, spelling: string): number => {
    let id = this.#ids.get(key);
    if (id === undefined) {
      id = this.#keys.length;
      this.#ids.set(key, id);
      this.#keys.push(key);
      this.#spellings.push(spelling);
    }
    return id;
  };

  /** Grows with every change. */
  revision = 0;

  set(facts: FileFacts): void {
    this.revision++;
    this.#files.set(facts.path, facts);
  }

  remove(path: string): void {
    this.revision++;
    this.#files.delete(path);
  }

  has(path: string): boolean {
    return this.#files.has(path);
  }

  get(path: string): FileFacts | undefined {
    return this.#files.get(path);
  }

  paths(): string[] {
    return [...this.#files.keys()];
  }

  get size(): number {
    return this.#files.size;
  }

  /** Every place that bears one of the keys, file by file. */
  occurrences(keys: readonly Key[], limit = Number.POSITIVE_INFINITY): Occurrence[] {
    const ids = new Set<number>();
    for (const key of keys) {
      const id = this.#ids.get(key);
      if (id !== undefined) ids.add(id);
    }
    const found: Occurrence[] = [];
    if (ids.size === 0) return found;
    for (const { path, occurrences } of this.#files.values()) {
      for (let i = 0; i < occurrences.length; i += 4) {
        if (!ids.has(occurrences[i])) continue;
        found.push(occurrenceAt(path, occurrences, i));
        if (found.length >= limit) return found;
      }
    }
    return found;
  }

  /** The places that declare what bears a key. */
  definitions(key: Key): Occurrence[] {
    return this.occurrences([key]).filter((o) => o.uses & Use.Definition);
  }

  count(keys: readonly Key[]): number {
    return this.occurrences(keys).length;
  }

  /** For each of the keys, the files that name it other than by declaring it. One scan for all keys. */
  filesNaming(keys: Iterable<Key>): Map<Key, Set<string>> {
    const wanted = new Map<number, Set<string>>();
    const result = new Map<Key, Set<string>>();
    for (const key of keys) {
      const files = new Set<string>();
      result.set(key, files);
      const id = this.#ids.get(key);
      if (id !== undefined) wanted.set(id, files);
    }
    for (const { path, occurrences } of this.#files.values())
      for (let i = 0; i < occurrences.length; i += 4) if (!(occurrences[i + 3] & Use.Definition)) wanted.get(occurrences[i])?.add(path);
    return result;
  }

  /** Session evidence of all files, in the order of their paths. */
  evidence(): CodeEvidence[] {
    const all: CodeEvidence[] = [];
    for (const facts of this.#files.values()) if (facts.evidence.length > 0) all.push(...facts.evidence);
    return all.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.start - b.start));
  }

  /** Keys of one kind that a file names in one of the ways asked for; in any way without `uses`. */
  *keysIn(path: string, prefix: string, uses?: number): Iterable<{ readonly key: Key; readonly spelling: string }> {
    const occurrences = this.#files.get(path)?.occurrences ?? [];
    for (let i = 0; i < occurrences.length; i += 4) {
      const id = occurrences[i];
      if ((uses === undefined || occurrences[i + 3] & uses) && this.#keys[id].startsWith(prefix))
        yield { key: this.#keys[id], spelling: this.#spellings[id] };
    }
  }

  /** Keys of one kind (`n:`, `i:`, `m:` …) with the spelling first met. */
  *keysOf(prefix: string): Iterable<{ readonly key: Key; readonly spelling: string }> {
    for (let i = 0; i < this.#keys.length; i++)
      if (this.#keys[i].startsWith(prefix)) yield { key: this.#keys[i], spelling: this.#spellings[i] };
  }
}

function occurrenceAt(path: string, numbers: Int32Array, i: number): Occurrence {
  const line = numbers[i + 1];
  const character = numbers[i + 2];
  const length = numbers[i + 3] >> 4;
  return { path, span: { start: { line, character }, end: { line, character: character + length } }, uses: numbers[i + 3] & 15 };
}
