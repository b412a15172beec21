/**
 * For each identity the files that may name it, as linked lists in two arrays. The lists only grow: a file that names an identity no more is
 * found out by who looks into it. `links` tells how much they have grown.
 */
export class FileLists {
  readonly #paths: string[] = [];
  readonly #numbers = new Map<string, number>();
  /** Last link of each identity, -1 for none; a link is a file's number and the link before it. */
  #head = new Int32Array(4096).fill(-1);
  #link = new Int32Array(8192);
  /** For each identity the file, plus one, that was linked to it last: most files name a thing more than once. */
  #lastFile = new Int32Array(4096);
  links = 0;

  /** Adds a file to the lists of the identities its occurrences (four numbers each, the first is the identity) have and had not before. */
  add(path: string, occurrences: Int32Array, before: Int32Array | undefined, identities: number): void {
    this.#makeRoom(identities);
    const number = this.#numberOf(path);
    const known = new Uint8Array(before ? identities : 0);
    if (before) for (let i = 0; i < before.length; i += 4) known[before[i]] = 1;
    for (let i = 0; i < occurrences.length; i += 4) {
      const id = occurrences[i];
      if (this.#lastFile[id] === number + 1 || known[id] === 1) continue;
      this.#lastFile[id] = number + 1;
      if (this.links * 2 + 2 > this.#link.length) this.#link = grown(this.#link, this.#link.length * 2);
      this.#link[this.links * 2] = number;
      this.#link[this.links * 2 + 1] = this.#head[id];
      this.#head[id] = this.links++;
    }
  }

  /** Paths of the files that may name one of the identities, in the order in which they were first read. */
  filesOf(ids: Iterable<number>): string[] {
    const numbers = new Set<number>();
    for (const id of ids) for (let l = this.#head[id] ?? -1; l >= 0; l = this.#link[l * 2 + 1]) numbers.add(this.#link[l * 2]);
    return [...numbers].sort((a, b) => a - b).map((n) => this.#paths[n]);
  }

  #numberOf(path: string): number {
    let number = this.#numbers.get(path);
    if (number === undefined) {
      number = this.#paths.length;
      this.#paths.push(path);
      this.#numbers.set(path, number);
    }
    return number;
  }

  #makeRoom(identities: number): void {
    const size = this.#head.length;
    if (identities <= size) return;
    this.#head = grown(this.#head, identities * 2);
    this.#head.fill(-1, size);
    this.#lastFile = grown(this.#lastFile, identities * 2);
  }
}

function grown(array: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  const bigger = new Int32Array(length);
  bigger.set(array);
  return bigger;
}
