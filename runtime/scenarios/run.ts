import type { FileSystem } from '#syntaxes/project/fileSystem.js';
import { findProjects, projectRootOf } from '#syntaxes/project/project.js';
import type { Bilingual } from '#syntaxes/text/bilingual.js';
import type { RunningMode } from '../sessions/types.js';
import { placeOf, type Stretch } from './places.js';
import { type Failure, playScenario } from './play.js';
import { readScenario } from './read.js';

/** A scenario as an editor has it: its text may not be on the disk yet. */
export interface RunParams {
  readonly path: string;
  readonly text: string;
  readonly mode: 'project' | RunningMode;
}

/** A failure with its place in the text. */
export type PlacedFailure = Failure & Stretch;

/** What came of it, or why it could not be played. */
export type RunResult =
  | { readonly mode: RunningMode; readonly failures: readonly PlacedFailure[]; readonly transcript: readonly (readonly string[])[] }
  | { readonly problems: readonly Bilingual[] };

/** Reads a scenario, finds its project and plays it in one mode. Never rejects: what goes wrong is a problem. */
export async function runScenario(files: FileSystem, { path, text, mode }: RunParams): Promise<RunResult> {
  const read = readScenario(text);
  if ('problems' in read) return read;
  const { scenario } = read;
  const folder = below(path.replaceAll('\\', '/').replace(/\/[^/]*$/, ''), scenario.project ?? '.');
  try {
    const root = (await projectRootOf(files, folder)) ?? (await onlyProject(files, folder));
    if (root === undefined) return { problems: [noProject(folder)] };
    const played = await playScenario(scenario, files, root, mode);
    const failures = played.failures.map((failure) => ({ ...failure, ...placeOfFailure(text, failure, played.mode) }));
    return { mode: played.mode, failures, transcript: played.transcript };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { problems: [{ en: why, es: why }] };
  }
}

/** Where a failure belongs: at what was expected; one of the start or the end at the list of steps. */
export function placeOfFailure(text: string, { step, at }: Failure, mode: RunningMode): Stretch {
  return placeOf(text, ['steps', ...(step > 0 ? [step - 1, ...(at ?? [])] : [])], mode);
}

async function onlyProject(files: FileSystem, folder: string): Promise<string | undefined> {
  const roots = await findProjects(files, folder);
  return roots.length === 1 ? roots[0] : undefined;
}

function noProject(folder: string): Bilingual {
  return {
    en: `There is no 4D project at “${folder}”, or more than one below it. Name the project's folder as “project”, relative to the scenario.`,
    es: `No hay ningún proyecto 4D en «${folder}», o hay más de uno debajo. Indique la carpeta del proyecto en «project», relativa al escenario.`,
  };
}

/** A path relative to a folder; both may be URIs. */
function below(folder: string, path: string): string {
  const relative = path.replaceAll('\\', '/');
  if (/^(?:\/|[a-z]:\/|[a-z][a-z0-9+.-]+:\/\/)/i.test(relative)) return relative;
  const parts = folder.split('/');
  for (const part of relative.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
