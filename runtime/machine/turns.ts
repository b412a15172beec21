/**
 * Numbers of processes in their order, for whose turn it is. Few at a time, added and taken out with every request: an array costs less than
 * a `Set`, which makes its table anew each time the last number leaves it.
 */
export class Turns {
  private readonly numbers: number[] = [];

  get size(): number {
    return this.numbers.length;
  }

  [Symbol.iterator](): IterableIterator<number> {
    return this.numbers[Symbol.iterator]();
  }

  /** Where a number stands, or would: the place of the first that is not below it. */
  private placeOf(number: number): number {
    const { numbers } = this;
    let low = 0;
    let high = numbers.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (numbers[middle] < number) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  add(number: number): void {
    const at = this.placeOf(number);
    if (this.numbers[at] === number) return;
    if (at === this.numbers.length) this.numbers.push(number);
    else this.numbers.splice(at, 0, number);
  }

  delete(number: number): void {
    const at = this.placeOf(number);
    if (this.numbers[at] !== number) return;
    if (at === this.numbers.length - 1) this.numbers.pop();
    else this.numbers.splice(at, 1);
  }

  clear(): void {
    this.numbers.length = 0;
  }

  /** The first from `turn` on, else the first of all; undefined when there is none. */
  from(turn: number): number | undefined {
    const { numbers } = this;
    return numbers.length ? numbers[this.placeOf(turn) % numbers.length] : undefined;
  }
}
