/** Projects in memory for the tests of features: the same classes as in the server, without a connection. */
import { defaultCatalogue } from '#syntaxes/catalogue/catalogue.js';
import { type MemoryFileSystem, memoryFileSystem } from '#syntaxes/project/memoryFileSystem.js';
import type { Language } from '#syntaxes/text/bilingual.js';
import type { Encoding } from '../analysis/lines.js';
import { methodHeader } from '../analysis/methodHeader.js';
import { Snapshot } from '../analysis/snapshot.js';
import { LoadedProject } from '../connection/projects.js';
import { Pages } from '../documentation/pages.js';
import type { FeatureContext } from '../features/context.js';
import { nodePages, pagesFolder } from '../node/pages.js';
import { type Marked, unmark } from './marks.js';

export const root = '/shop';
/** Where files are looked for, by the name the tests give them. */
export const methods = 'Project/Sources/Methods/';
export const pages = new Pages(nodePages(pagesFolder(import.meta.url)));

/** `session_mode` as 4D writes it: 3 legacy, 1 scalable, 2 none. */
export function settings(mode: '1' | '2' | '3'): string {
  return `<?xml version="1.0" encoding="UTF-8"?><preferences>
\t<com.4d>
\t\t<web><standalone_server>
\t\t\t<configuration port_number="8080" session_mode="${mode}"/>
\t\t</standalone_server></web>
\t</com.4d>
</preferences>`;
}

export interface TestProject {
  readonly project: LoadedProject;
  readonly files: MemoryFileSystem;
  /** A file with its marks, as a document: the project knows its present text. */
  at(path: string): Promise<Marked & { readonly snapshot: Snapshot; readonly cursor: number }>;
  context(language?: Language, documentation?: readonly Language[], markdown?: boolean): FeatureContext;
}

/**
 * A project of files with marks. Keys are method names (`Log_out`) or paths below the root; 4DProject and settings (legacy) are added
 * where there are none.
 */
export async function testProject(sources: Readonly<Record<string, string>>, encoding: Encoding = 'utf-16'): Promise<TestProject> {
  const marked = new Map<string, Marked>();
  for (const [key, source] of Object.entries(sources)) marked.set(pathOf(key), unmark(source));
  const texts: Record<string, string> = {
    [`${root}/Project/Shop.4DProject`]: '{"tokenizedText": false}',
    [`${root}/Project/Sources/settings.4DSettings`]: settings('3'),
  };
  for (const [path, { text }] of marked) texts[`${root}/${path}`] = text;
  const files = memoryFileSystem(texts);
  const failures: unknown[] = [];
  const project = new LoadedProject(root, files, defaultCatalogue(), { now: () => 0, pause: async () => undefined }, encoding, {
    changed: () => undefined,
    modeChanged: () => undefined,
    failed: (_, error) => void failures.push(error),
  });
  await project.indexAll();
  if (failures.length > 0) throw failures[0];
  const open = async (path: string): Promise<Snapshot | undefined> => {
    const text = await project.readText(path);
    if (text === undefined) return undefined;
    const uri = project.uriOf(path);
    const source = project.project.fileByPath(path);
    return new Snapshot({ uri, version: 1, text, catalogue: project.catalogue, encoding, view: project, source });
  };
  const header: FeatureContext['header'] = async (file) => {
    const source = await open(file.path);
    return source && methodHeader(source);
  };
  return {
    project,
    files,
    async at(key) {
      const path = pathOf(key);
      const snapshot = await open(path);
      const marks = marked.get(path);
      if (!snapshot || !marks) throw new Error(`no file ${path}`);
      return { ...marks, snapshot, cursor: marks.cursors[0] ?? -1 };
    },
    context: (language = 'en', documentation = [language], markdown = true) => ({ language, documentation, markdown, pages, open, header }),
  };
}

/** One method alone with its marks, in a project of its own. */
export async function testMethod(source: string, more: Readonly<Record<string, string>> = {}) {
  const project = await testProject({ ...more, Main: source });
  return { ...project, ...(await project.at('Main')) };
}

function pathOf(key: string): string {
  return key.includes('/') ? key : `${methods}${key}.4dm`;
}
