import { defaultCatalogue } from '#syntaxes/catalogue/catalogue.js';
import type { FileSystem } from '#syntaxes/project/fileSystem.js';
import { readAttributes } from '#syntaxes/project/project.js';
import type { Project } from '#syntaxes/project/project.types.js';
import type { Program } from '../machine/types.js';
import type { Roles } from '../web/context.js';

/** Files read at the same time. */
const width = 32;

/** A project's sources read into memory, as the machine wants them. */
export async function loadProgram(files: FileSystem, project: Project): Promise<Program> {
  const texts = new Map<string, string>();
  const paths = project.files.map((file) => file.path);
  let next = 0;
  const reader = async (): Promise<void> => {
    while (next < paths.length) {
      const path = paths[next++];
      const text = await files.readText(`${project.root}/${path}`);
      if (text !== undefined) texts.set(path, text.replace(/^\uFEFF/, ''));
    }
  };
  await Promise.all(Array.from({ length: width }, reader));
  return {
    catalogue: defaultCatalogue(),
    structure: project.structure,
    methodByName: (name) => project.methodByName(name),
    classByName: (name) => project.classByName(name),
    databaseMethod: (name) => project.databaseMethod(name),
    fileByPath: (path) => project.fileByPath(path),
    text: (path) => texts.get(path),
  };
}

/** A project method by name, and whether it is *Available through 4D tags and URLs* (facts: web-sessions §8.1). */
export function publishedMethods(project: Project, program: Program) {
  return (name: string): { readonly name: string; readonly published: boolean } | undefined => {
    const file = project.methodByName(name);
    return file && { name: file.name, published: readAttributes(program.text(file.path) ?? '').publishedWeb };
  };
}

/** `Project/Sources/roles.json`; empty when there is none or it is no JSON (facts: web-sessions §10). */
export async function loadRoles(files: FileSystem, root: string): Promise<Roles> {
  const privileges = new Map<string, readonly string[]>();
  const roles = new Map<string, readonly string[]>();
  const text = await files.readText(`${root}/Project/Sources/roles.json`);
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
