import type { FileSystem } from '#syntaxes/project/fileSystem.js';
import type { Project } from '#syntaxes/project/project.types.js';
import { isBeyondCode } from '../analysis/beyondCode.js';

/** Folders are looked through so deep, and so many files are taken: a web folder may hold anything. */
const DEPTH = 6;
const FILES = 5000;

/** Forms and pages of a project, as paths below its root. */
export async function beyondCodeFiles(fs: FileSystem, root: string, { sources, webFolder }: Project): Promise<string[]> {
  const found: string[] = [];
  let level = [`${sources}/Forms`, `${sources}/TableForms`, webFolder];
  for (let depth = 0; depth < DEPTH && level.length > 0; depth++) {
    const next: string[] = [];
    for (const folder of level)
      for (const entry of await fs.list(`${root}/${folder}`)) {
        const path = `${folder}/${entry.name}`;
        if (!entry.folder && isBeyondCode(path)) found.push(path);
        else if (entry.folder && !/^(ObjectMethods|Images|node_modules|\..*)$/i.test(entry.name)) next.push(path);
        if (found.length >= FILES) return found;
      }
    level = next;
  }
  return found;
}
