import { defaultCatalogue } from '#syntaxes/catalogue/catalogue.js';
import type { Catalogue } from '#syntaxes/catalogue/types.js';
import { parse } from '#syntaxes/parser/parse.js';
import { type Component, fileOfComponent } from '#syntaxes/project/components.js';
import type { FileSystem } from '#syntaxes/project/fileSystem.js';
import { readAttributes } from '#syntaxes/project/project.js';
import type { Project } from '#syntaxes/project/project.types.js';
import type { SourceFile } from '#syntaxes/project/types.js';
import { fold } from '#syntaxes/text/fold.js';
import { N } from '#syntaxes/tree/kinds.js';
import { nameText } from '#syntaxes/tree/names.js';
import { walk } from '#syntaxes/tree/walk.js';
import type { Program } from '../machine/types.js';
import type { Roles } from '../web/context.js';

/** Files read at the same time. */
const width = 32;

/** A program in memory. */
export interface LoadedProgram extends Program {
  readonly files: readonly SourceFile[];
  /** The text of a file from now on. */
  replace(path: string, text: string): void;
}

/** The sources of a project and of its components read into memory, as the machine wants them. */
export async function loadProgram(files: FileSystem, project: Project, components: readonly Component[] = []): Promise<LoadedProgram> {
  const texts = new Map<string, string>();
  const foreign = components.flatMap((component) => component.project.files.map((file) => fileOfComponent(component, file)));
  const foreignByPath = new Map(foreign.map((file) => [file.path, file]));
  const sources = [...project.files, ...foreign];
  const paths = sources.map((file) => file.path);
  let next = 0;
  const reader = async (): Promise<void> => {
    while (next < paths.length) {
      const path = paths[next++];
      const text = await files.readText(`${project.root}/${path}`);
      if (text !== undefined) texts.set(path, withoutMark(text));
    }
  };
  await Promise.all(Array.from({ length: width }, reader));
  const named = new Map(components.map((component) => [component.name, component]));
  const own = (component: Component | undefined, found: SourceFile | undefined): SourceFile | undefined =>
    component && found && fileOfComponent(component, found);
  const isShared = (file: SourceFile): boolean => readAttributes(texts.get(file.path) ?? '').shared;
  const sharedByOthers = (name: string, but: string | undefined): SourceFile | undefined => {
    for (const component of components) {
      if (component.name === but) continue;
      const file = own(component, component.project.methodByName(name));
      if (file && isShared(file)) return file;
    }
    return undefined;
  };
  return {
    files: sources,
    catalogue: defaultCatalogue(),
    structure: project.structure,
    methodByName(name, component) {
      if (component === undefined) return project.methodByName(name) ?? sharedByOthers(name, undefined);
      const owner = named.get(component);
      const found = own(owner, owner?.project.methodByName(name)) ?? sharedByOthers(name, component);
      if (found) return found;
      const host = project.methodByName(name);
      return host && isShared(host) ? host : undefined;
    },
    classByName(name, component) {
      const owner = component === undefined ? undefined : named.get(component);
      return component === undefined ? project.classByName(name) : own(owner, owner?.project.classByName(name));
    },
    componentOfNamespace: (name) => components.find(({ namespace }) => namespace === name)?.name,
    databaseMethod: (name) => project.databaseMethod(name),
    fileByPath: (path) => project.fileByPath(path) ?? foreignByPath.get(path),
    text: (path) => texts.get(path),
    replace: (path, text) => void texts.set(path, withoutMark(text)),
  };
}

const withoutMark = (text: string): string => text.replace(/^\uFEFF/, '');

/** The program with another catalogue: a stand-in wins over a method of a component that has its name. */
export function withCatalogue(program: Program, catalogue: Catalogue): Program {
  return {
    ...program,
    catalogue,
    methodByName(name, component) {
      const file = program.methodByName(name, component);
      return file && file.component !== component && catalogue.commandByName(name)?.kind === 'present' ? undefined : file;
    },
  };
}

/** A project method by name, and whether it is *Available through 4D tags and URLs* (facts: web-sessions §8.1). */
export function publishedMethods(project: Project, program: Program) {
  const known = new Map<string, { readonly text: string; readonly name: string; readonly published: boolean }>();
  return (name: string): { readonly name: string; readonly published: boolean } | undefined => {
    const file = project.methodByName(name);
    if (!file) return undefined;
    const text = program.text(file.path) ?? '';
    let found = known.get(file.path);
    if (found?.text !== text) {
      found = { text, name: file.name, published: readAttributes(text).publishedWeb };
      known.set(file.path, found);
    }
    return found;
  };
}

/** `roles.json` beside the sources; empty when there is none or it is no JSON (facts: web-sessions §10). */
export async function loadRoles(files: FileSystem, { root, sources }: Project): Promise<Roles> {
  const privileges = new Map<string, readonly string[]>();
  const roles = new Map<string, readonly string[]>();
  const text = await files.readText(`${root}/${sources}/roles.json`);
  let json: unknown;
  try {
    json = JSON.parse(text ?? '{}');
  } catch {
    json = {};
  }
  const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
  const texts = (value: unknown): string[] => list(value).filter((each) => typeof each === 'string');
  const entries = (key: string): Record<string, unknown>[] =>
    list((json as Record<string, unknown> | null)?.[key]).filter((each) => typeof each === 'object' && each !== null) as Record<
      string,
      unknown
    >[];
  for (const entry of entries('privileges')) {
    if (typeof entry.privilege === 'string') privileges.set(entry.privilege, texts(entry.includes));
  }
  for (const entry of entries('roles')) if (typeof entry.role === 'string') roles.set(entry.role, texts(entry.privileges));
  return { privileges, roles };
}

/** True when some code of the project has this name in it, in any case. */
export function usesName(program: Program, project: Project, name: string): boolean {
  const wanted = name.toLowerCase();
  return project.files.some(({ path }) => program.text(path)?.toLowerCase().includes(wanted));
}

/** True when a method's code gives a result somewhere: an assignment to `$0` or to the declared result, or `return` with a value. */
export function givesResult(text: string): boolean {
  const tree = parse(text);
  const results = new Set(['$0']);
  let gives = false;
  walk(tree, tree.root, (node) => {
    if (tree.kind(node) === N.Result) results.add(fold(nameText(tree, tree.firstChild(node))));
    if (tree.kind(node) === N.Return) gives ||= tree.children(node).length > 0;
    if (tree.kind(node) !== N.Assignment) return;
    const target = tree.firstChild(node);
    gives ||= tree.kind(target) === N.Local && results.has(fold(nameText(tree, target)));
  });
  return gives;
}
