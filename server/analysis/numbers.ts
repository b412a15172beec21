/** Whole numbers written one behind the other into memory that is kept and used again: fresh memory costs more than what is done with it. */
export class Numbers {
  #room = new Int32Array(4096);
  #length = 0;

  clear(): void {
    this.#length = 0;
  }

  add(number: number): void {
    if (this.#length === this.#room.length) {
      const room = new Int32Array(this.#length * 2);
      room.set(this.#room);
      this.#room = room;
    }
    this.#room[this.#length++] = number;
  }

  /** A copy of all of them, of exactly their size. */
  copy(): Int32Array {
    return this.#room.slice(0, this.#length);
  }
}
