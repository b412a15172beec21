/** What is wrong in records to begin with: told once for each kind and field, however many rows have it. */
import type { Bilingual } from '#syntaxes/text/bilingual.js';

/** What is wrong with a fixture, and where: `Customer[2].Born`. */
export interface FixtureProblem {
  readonly path: string;
  readonly message: Bilingual;
}

export class Problems {
  private readonly found = new Map<string, { readonly problem: FixtureProblem; more: number }>();

  /** `kind` is the same for what is to be told once; `message` is asked for only then. */
  add(kind: string, path: string, message: () => Bilingual): void {
    const known = this.found.get(kind);
    if (known) known.more++;
    else this.found.set(kind, { problem: { path, message: message() }, more: 0 });
  }

  list(): FixtureProblem[] {
    return [...this.found.values()].map(({ problem, more }) => {
      if (more === 0) return problem;
      const { path, message } = problem;
      return { path, message: { en: `${message.en} (and in ${more} more)`, es: `${message.es} (y en ${more} más)` } };
    });
  }
}
