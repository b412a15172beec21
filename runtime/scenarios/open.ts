import type { FileSystem } from '#syntaxes/project/fileSystem.js';
import { findProjects, projectRootOf } from '#syntaxes/project/project.js';
import type { Bilingual } from '#syntaxes/text/bilingual.js';
import { readScenario } from './read.js';
import type { Scenario } from './types.js';

/** A scenario and the folder of its project, or why it cannot be played. */
export type OpenedScenario = { readonly scenario: Scenario; readonly root: string } | { readonly problems: readonly Bilingual[] };

/** Reads a scenario file's text and finds the project it is for; `path` is the file's own, a path or a URI. Rejects only when the file system does. */
export async function openScenario(files: FileSystem, path: string, text: string): Promise<OpenedScenario> {
  const read = readScenario(text);
  if ('problems' in read) return read;
  const { scenario } = read;
  const folder = below(path.replaceAll('\\', '/').replace(/\/[^/]*$/, ''), scenario.project ?? '.');
  const root = (await projectRootOf(files, folder)) ?? (await onlyProject(files, folder));
  return root === undefined ? { problems: [noProject(folder)] } : { scenario, root };
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
