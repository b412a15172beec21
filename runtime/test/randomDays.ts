/** Random days for the model tests: actions picked by weight, from a seed. `STEPS=100000 SEED=7` in the environment for a longer run or another one. */
import process from 'node:process';
import { seededRandom } from '../simulator/random.js';

export interface Action<Actor> {
  readonly weight: number;
  readonly name: string;
  readonly act: (actor: Actor) => Promise<void>;
}

export interface Days<Actor> {
  readonly pick: (count: number) => number;
  /** Plays the days. `check` is called after each step; what it or a step throws comes back with the last steps and the seed. */
  play(actions: readonly Action<Actor>[], actors: readonly Actor[], check: () => void): Promise<void>;
}

/** @param usual steps when the environment says nothing */
export function randomDays<Actor extends { readonly name: string }>(usual: number): Days<Actor> {
  const steps = Number(process.env.STEPS ?? usual);
  const seed = Number(process.env.SEED ?? 1);
  const random = seededRandom(seed);
  const pick = (count: number): number => Math.floor(random.next() * count);
  return {
    pick,
    async play(actions, actors, check) {
      const total = actions.reduce((sum, { weight }) => sum + weight, 0);
      const story: string[] = [];
      for (let step = 0; step < steps; step++) {
        let at = pick(total);
        const action = actions.find(({ weight }) => {
          at -= weight;
          return at < 0;
        })!;
        const actor = actors[pick(actors.length)];
        story.push(`${step} ${action.name} ${actor.name}`);
        if (story.length > 20) story.shift();
        try {
          await action.act(actor);
          check();
        } catch (error) {
          throw new Error(`seed ${seed}: ${story.join(' · ')}\n${error instanceof Error ? error.stack : error}`);
        }
      }
    },
  };
}
