import type { SourceFile } from '#syntaxes/project/types.js';
import { compact } from '#syntaxes/text/compact.js';
import type { CodeEvidence } from './evidence.js';
import { FileLists } from './fileLists.js';
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
  /** Of a class file: its members by their folded names, and the class it extends. */
  readonly members?: ReadonlyMap<string, MemberFacts>;
  readonly superclass?: string;
  /** Of a method: the type of what it gives, where it is declared. */
  readonly result?: string;
  /** Types that the file declares for others: of process and interprocess variables by their keys, of parameters by {@link parameterKey}. */
  readonly declared?: ReadonlyMap<Key, string>;
  /** Text literals whose places others share ({@link TextPlace}): each place followed by its text. */
  readonly texts?: readonly string[];
  /** What the file names between `Use` and `End use`. */
  readonly held?: readonly Key[];
}

/** A member that a class of the project declares. */
export interface MemberFacts {
  readonly name: string;
  readonly kind: 'function' | 'property';
  /** The declared type: of the property, or of what the function gives. */
  readonly type?: string;
}

export interface Occurrence {
  readonly path: string;
  readonly span: Span;
  /** Bits of {@link Use}. */
  readonly uses: number;
}

/** File lists are built anew when they have grown to more than this many links, and to twice what they were. */
const MANY_LINKS = 100_000;
/** Identities that no file names any more are let go when there are this many more than there were, and half as many again. */
const MANY_KEYS = 5000;

/** Calls, definitions and references of all files of a project by identity. Look-ups scan the numbers of the files that may have the identity. */
export class ProjectIndex {
  readonly #ids = new Map<Key, number>();
  readonly #keys: Key[] = [];
  readonly #spellings: string[] = [];
  readonly #ofKind = new Map<string, number[]>();
  readonly #files = new Map<string, FileFacts>();

  /** The number of a key; the first spelling met is remembered for completion. */
  readonly intern = (key: Key, spelling: string): number => {
    let id = this.#ids.get(key);
    if (id === undefined) {
      id = this.#keys.length;
      this.#ids.set(key, id);
      this.#keys.push(key);
      this.#spellings.push(compact(spelling));
      const kind = key.slice(0, key.indexOf(':') + 1);
      const ofKind = this.#ofKind.get(kind);
      if (ofKind) ofKind.push(id);
      else this.#ofKind.set(kind, [id]);
    }
    return id;
  };

  readonly keyOf = (id: number): Key => this.#keys[id];

  /** Grows with every change. */
  revision = 0;
  #evidence?: { readonly revision: number; readonly all: readonly CodeEvidence[] };
  #lists = new FileLists();
  #linksWhenBuilt = 0;
  readonly #memory = new Map<unknown, Map<string, number>>();
  /** How many places bear each identity. */
  #counts: number[] = [];
  /** By what types are declared for, the paths of the files that say so. */
  readonly #declared = new Map<Key, string[]>();
  #keysWhenBuilt = 0;

  /** What words were found to name in one part of an expression, to be looked up once: their numbers, -1 for nothing. */
  remembered(part: unknown): Map<string, number> {
    let known = this.#memory.get(part);
    if (!known) {
      known = new Map();
      this.#memory.set(part, known);
    }
    return known;
  }

  /** Methods came or went: words may stand for other things than before. */
  forget(): void {
    this.#memory.clear();
  }

  set(facts: FileFacts): void {
    this.revision++;
    const old = this.#files.get(facts.path);
    const before = old?.occurrences;
    this.#files.set(facts.path, facts);
    if (old) this.#tally(old, -1);
    this.#tally(facts, 1);
    if (old?.declared || facts.declared) this.#declare(facts.path, old?.declared, facts.declared);
    this.#lists.add(facts.path, facts.occurrences, before, this.#keys.length);
    if (!before) this.#keysWhenBuilt = this.#keys.length;
    else if (this.#keys.length > this.#keysWhenBuilt * 1.5 + MANY_KEYS) this.#letGo();
    if (this.#lists.links < MANY_LINKS || this.#lists.links < this.#linksWhenBuilt * 2) return;
    this.#relink();
  }

  #tally({ occurrences }: FileFacts, by: 1 | -1): void {
    const counts = this.#counts;
    for (let i = 0; i < occurrences.length; i += 4) counts[occurrences[i]] = (counts[occurrences[i]] ?? 0) + by;
  }

  #declare(path: string, before: FileFacts['declared'], now: FileFacts['declared']): void {
    for (const key of before?.keys() ?? []) {
      const paths = this.#declared.get(key) ?? [];
      if (!now?.has(key)) paths.splice(paths.indexOf(path), 1);
      if (paths.length === 0) this.#declared.delete(key);
    }
    for (const key of now?.keys() ?? []) {
      const paths = this.#declared.get(key);
      if (!paths) this.#declared.set(key, [path]);
      else if (!before?.has(key)) paths.push(path);
    }
  }

  #relink(): void {
    this.#lists = new FileLists();
    for (const { path, occurrences } of this.#files.values()) this.#lists.add(path, occurrences, undefined, this.#keys.length);
    this.#linksWhenBuilt = this.#lists.links;
  }

  /** Numbers the identities anew, those that are still named alone: what was typed on the way is forgotten. */
  #letGo(): void {
    const keys = this.#keys.splice(0);
    const spellings = this.#spellings.splice(0);
    this.#ids.clear();
    this.#ofKind.clear();
    this.#memory.clear();
    this.#counts = [];
    for (const { occurrences } of this.#files.values())
      for (let i = 0; i < occurrences.length; i += 4) occurrences[i] = this.intern(keys[occurrences[i]], spellings[occurrences[i]]);
    for (const facts of this.#files.values()) this.#tally(facts, 1);
    this.#keysWhenBuilt = this.#keys.length;
    this.#relink();
  }

  /** The facts of the files that may name one of the identities. */
  #filesOf(ids: Iterable<number>): FileFacts[] {
    return this.#lists.filesOf(ids).flatMap((path) => this.#files.get(path) ?? []);
  }

  remove(path: string): void {
    this.revision++;
    const old = this.#files.get(path);
    if (!old) return;
    this.#tally(old, -1);
    this.#declare(path, old.declared, undefined);
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
    for (const { path, occurrences } of this.#filesOf(ids)) {
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

  /** The type that some file declares for a variable, or for a parameter by its {@link parameterKey}. */
  declaredType(key: Key): string | undefined {
    const [path] = this.#declared.get(key) ?? [];
    return path === undefined ? undefined : this.#files.get(path)?.declared?.get(key);
  }

  /** Texts that stand at a place in other files than the one left out. */
  textsAt(place: Key, except: string | undefined): string[] {
    const found = new Set<string>();
    for (const [path, { texts = [] }] of this.#files)
      if (path !== except) for (let i = 0; i < texts.length; i += 2) if (texts[i] === place) found.add(texts[i + 1]);
    return [...found];
  }

  /** How many places bear one of the keys. */
  count(keys: readonly Key[]): number {
    return [...new Set(keys)].reduce((sum, key) => sum + (this.#counts[this.#ids.get(key) ?? -1] ?? 0), 0);
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
    for (const { path, occurrences } of this.#filesOf(wanted.keys()))
      for (let i = 0; i < occurrences.length; i += 4) if (!(occurrences[i + 3] & Use.Definition)) wanted.get(occurrences[i])?.add(path);
    return result;
  }

  /** Session evidence of all files, in the order of their paths. */
  evidence(): readonly CodeEvidence[] {
    if (this.#evidence?.revision !== this.revision) {
      const all = [...this.#files.values()].flatMap((facts) => facts.evidence);
      all.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.start - b.start));
      this.#evidence = { revision: this.revision, all };
    }
    return this.#evidence.all;
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

  /** Spellings of the keys of one kind whose folded name begins in a way; no more than `limit`, those that are not wanted left out. */
  spellings(prefix: string, folded: string, limit: number, wanted: (key: Key, spelling: string) => boolean): string[] {
    const start = prefix + folded;
    const found: string[] = [];
    for (const id of this.#ofKind.get(prefix) ?? []) {
      if (!this.#keys[id].startsWith(start) || !wanted(this.#keys[id], this.#spellings[id])) continue;
      found.push(this.#spellings[id]);
      if (found.length >= limit) break;
    }
    return found;
  }

  /** Keys of one kind (`n:`, `i:`, `m:` …) with the spelling first met. */
  *keysOf(prefix: string): Iterable<{ readonly key: Key; readonly spelling: string }> {
    for (const id of this.#ofKind.get(prefix) ?? []) yield { key: this.#keys[id], spelling: this.#spellings[id] };
  }
}

function occurrenceAt(path: string, numbers: Int32Array, i: number): Occurrence {
  const line = numbers[i + 1];
  const character = numbers[i + 2];
  const length = numbers[i + 3] >> 4;
  return { path, span: { start: { line, character }, end: { line, character: character + length } }, uses: numbers[i + 3] & 15 };
}
