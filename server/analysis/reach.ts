import type { SourceFile } from '#syntaxes/project/types.js';
import { classKey, type Key, methodKey } from './keys.js';
import type { ProjectIndex } from './projectIndex.js';
import type { ProjectView } from './projectView.js';

/** A place through which the web reaches code: a database method that a request runs, or a method open to URLs. */
export interface EntryPoint {
  readonly file: SourceFile;
  readonly kind: 'databaseMethod' | 'published';
}

const webMethods = /^on(web|rest|mobileapp)/i;

/** How the web enters a file directly; undefined where it does not. */
export function entryPointOf(index: ProjectIndex, file: SourceFile): EntryPoint['kind'] | undefined {
  if (file.kind === 'databaseMethod') return webMethods.test(file.name) ? 'databaseMethod' : undefined;
  return file.kind === 'method' && index.get(file.path)?.publishedWeb ? 'published' : undefined;
}

interface Graph {
  readonly revision: number;
  readonly callers: ReadonlyMap<Key, ReadonlySet<string>>;
}

const graphs = new WeakMap<ProjectIndex, Graph>();

/** Which files name each method and each class of a project. Kept until the index changes. */
function graphOf(view: ProjectView): Graph {
  const { index, project } = view;
  let graph = graphs.get(index);
  if (!graph || graph.revision !== index.revision) {
    const keys = project.files.flatMap((f) => keyOfFile(f) ?? []);
    graph = { revision: index.revision, callers: index.filesNaming(keys) };
    graphs.set(index, graph);
  }
  return graph;
}

/** The identity under which other code names what a file holds; undefined for what only 4D calls. */
export function keyOfFile(file: SourceFile): Key | undefined {
  return file.kind === 'method' ? methodKey(file.name) : file.kind === 'class' ? classKey(file.name) : undefined;
}

/**
 * The entry points from which what bears a key may be reached: over all methods that name it, those that name these, and so on. A class
 * is passed through as a whole, by who names the class. An upper bound: conditions are not looked at, calls by computed names not seen.
 */
export function webEntryPoints(view: ProjectView, key: Key): EntryPoint[] {
  const { index, project } = view;
  const { callers } = graphOf(view);
  const found: EntryPoint[] = [];
  const seen = new Set<string>();
  const waiting = [...(callers.get(key) ?? index.filesNaming([key]).get(key) ?? [])];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const file = project.fileByPath(path);
    if (!file) continue;
    const kind = entryPointOf(index, file);
    if (kind) found.push({ file, kind });
    const next = keyOfFile(file);
    if (next) waiting.push(...(callers.get(next) ?? []));
  }
  return found.sort((a, b) => (a.file.name < b.file.name ? -1 : 1));
}
