import type { FileSystem } from '#syntaxes/project/fileSystem.js';
import type { Bilingual } from '#syntaxes/text/bilingual.js';
import type { RunningMode } from '../sessions/types.js';
import { UnreadableRecords } from '../simulator/recordsFile.js';
import { openScenario } from './open.js';
import { placeOf, type Stretch } from './places.js';
import { type Failure, type Played, playScenario } from './play.js';

/** A scenario as an editor has it: its text may not be on the disk yet. */
export interface RunParams {
  readonly path: string;
  readonly text: string;
  readonly mode: 'project' | RunningMode;
}

/** A failure with its place in the text. */
export type PlacedFailure = Failure & Stretch;

/** What came of a play, with places in the scenario's text. */
export interface PlayedText extends Played {
  readonly failures: readonly PlacedFailure[];
}

/** What came of it, or why it could not be played. */
export type RunResult = PlayedText | { readonly problems: readonly Bilingual[] };

/** Reads a scenario, finds its project and plays it in one mode. Never rejects: what goes wrong is a problem. */
export async function runScenario(files: FileSystem, { path, text, mode }: RunParams): Promise<RunResult> {
  try {
    const opened = await openScenario(files, path, text);
    if ('problems' in opened) return opened;
    return placed(await playScenario(opened.scenario, files, opened.root, mode), text);
  } catch (error) {
    if (error instanceof UnreadableRecords) return { problems: [error.text] };
    const why = error instanceof Error ? error.message : String(error);
    return { problems: [{ en: why, es: why }] };
  }
}

/** Adds the places to what came of a play. */
export function placed(played: Played, text: string): PlayedText {
  return { ...played, failures: played.failures.map((failure) => ({ ...failure, ...placeOfFailure(text, failure, played.mode) })) };
}

/** Where a failure belongs: at what was expected; one of the start or the end at the list of steps. */
export function placeOfFailure(text: string, { step, at }: Failure, mode: RunningMode): Stretch {
  return placeOf(text, ['steps', ...(step > 0 ? [step - 1, ...(at ?? [])] : [])], mode);
}
