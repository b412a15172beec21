import { fileOfComponent, openComponents } from '#syntaxes/project/components.js';
import type { FileSystem } from '#syntaxes/project/fileSystem.js';
import type { Pace } from '#syntaxes/project/parts.js';
import { readAttributes } from '#syntaxes/project/project.js';
import type { Project } from '#syntaxes/project/project.types.js';
import type { SourceFile } from '#syntaxes/project/types.js';
import { fold } from '#syntaxes/text/fold.js';

/**
 * The methods that a project's components share with it, by their folded names; paths are relative to the project's root (4D page
 * `Project/components`). Only of components whose sources are there. Of two of one name the first component's counts.
 */
export async function sharedMethods(fs: FileSystem, project: Project, pace: Pace): Promise<ReadonlyMap<string, SourceFile>> {
  const shared = new Map<string, SourceFile>();
  for (const component of (await openComponents(fs, project, pace)).read)
    for (const file of component.project.files) {
      if (file.kind !== 'method' || shared.has(fold(file.name))) continue;
      const text = await fs.readText(`${component.project.root}/${file.path}`);
      if (text !== undefined && readAttributes(text).shared) shared.set(fold(file.name), fileOfComponent(component, file));
      await pace();
    }
  return shared;
}
