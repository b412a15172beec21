/** Work in parts: between two of them others may have their turn. */
export type Parts<T> = Generator<void, T, void>;

/** A promise when others should have their turn, which comes back when they have had it; undefined to go on at once. */
export type Pace = () => Promise<void> | undefined;

/** Does all parts one after the other. */
export function atOnce<T>(parts: Parts<T>): T {
  for (;;) {
    const step = parts.next();
    if (step.done) return step.value;
  }
}

/** Does the parts at a pace; all at once without one. */
export async function atPace<T>(parts: Parts<T>, pace: Pace | undefined): Promise<T> {
  for (;;) {
    const step = parts.next();
    if (step.done) return step.value;
    const turn = pace?.();
    if (turn) await turn;
  }
}
