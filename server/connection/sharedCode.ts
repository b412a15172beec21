import type { Catalogue } from '#syntaxes/catalogue/types.js';
import { type Component, fileOfComponent, openComponents } from '#syntaxes/project/components.js';
import type { FileSystem } from '#syntaxes/project/fileSystem.js';
import type { Pace } from '#syntaxes/project/parts.js';
import { readAttributes } from '#syntaxes/project/project.js';
import type { Project } from '#syntaxes/project/project.types.js';
import type { SourceFile } from '#syntaxes/project/types.js';
import { fold } from '#syntaxes/text/fold.js';
import { declarationsForOthers } from '../analysis/classFacts.js';
import type { ComponentClass } from '../analysis/projectView.js';
import { Snapshot } from '../analysis/snapshot.js';

/**
 * The methods that a project's components share with it, by their folded names; paths are relative to the project's root (4D page
 * `Project/components`). Only of components whose sources are there. Of two of one name the first component's counts.
 */
async function sharedMethods(fs: FileSystem, components: readonly Component[], pace: Pace): Promise<ReadonlyMap<string, SourceFile>> {
  const shared = new Map<string, SourceFile>();
  for (const component of components)
    for (const file of component.project.files) {
      if (file.kind !== 'method' || shared.has(fold(file.name))) continue;
      const text = await fs.readText(`${component.project.root}/${file.path}`);
      if (text !== undefined && readAttributes(text).shared) shared.set(fold(file.name), fileOfComponent(component, file));
      await pace();
    }
  return shared;
}

/**
 * The classes that components give under their name spaces, by their folded names `mail.sender`. What they declare of classes of their own is named as
 * the project would name it.
 */
async function componentClasses(
  fs: FileSystem,
  components: readonly Component[],
  catalogue: Catalogue,
  pace: Pace,
): Promise<ReadonlyMap<string, ComponentClass>> {
  const classes = new Map<string, ComponentClass>();
  for (const component of components) {
    const { namespace, project } = component;
    if (namespace === undefined) continue;
    const named = (type: string): string =>
      type.replace(/^cs\.([^.]+)$/i, (_, name) => (project.classByName(name) ? `cs.${namespace}.${name}` : `cs.${name}`));
    for (const file of project.files) {
      const text = file.kind === 'class' ? await fs.readText(`${project.root}/${file.path}`) : undefined;
      if (text === undefined) continue;
      const snapshot = new Snapshot({ uri: '', version: 0, text, catalogue, encoding: 'utf-16', source: file });
      const { members, superclass } = declarationsForOthers(snapshot, file);
      const name = `${namespace}.${file.name}`;
      classes.set(fold(name), {
        file: { ...fileOfComponent(component, file), name },
        members: new Map([...(members ?? [])].map(([key, one]) => [key, { ...one, ...(one.type && { type: named(one.type) }) }])),
        ...(superclass && { superclass: named(`cs.${superclass}`).slice(3) }),
      });
      await pace();
    }
  }
  return classes;
}

/** What a project may use of its components, as far as their sources are there. */
export async function sharedCode(fs: FileSystem, project: Project, catalogue: Catalogue, pace: Pace) {
  const { read } = await openComponents(fs, project, pace);
  return { methods: await sharedMethods(fs, read, pace), classes: await componentClasses(fs, read, catalogue, pace) };
}
