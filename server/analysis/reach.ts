import type { Project } from '#syntaxes/project/project.types.js';
import type { SourceFile } from '#syntaxes/project/types.js';
import { classKey, type Key, methodKey } from './keys.js';
import { type ProjectIndex, Use } from './projectIndex.js';
import type { ProjectView } from './projectView.js';

/**
 * Which code runs which, from the names that files name: methods and classes, these as wholes. An upper bound: conditions are not looked at,
 * and calls by computed names are not seen ({@link isDynamic} tells of those).
 */

/** A place through which the web reaches code: a database method that a request runs, or a method open to URLs. */
export interface EntryPoint {
  readonly file: SourceFile;
  readonly kind: 'databaseMethod' | 'published';
}

const webMethods = /^on(web|rest|mobileapp)/i;
const requestMethods = /^(onWebConnection|onWebAuthentication)$/i;

/** Commands that run code or reach variables by names only known at run time. */
const dynamic: readonly number[] = [63, 304, 1007, 1601, 816];

/** How the web enters a file directly; undefined where it does not. */
export function entryPointOf(index: ProjectIndex, file: SourceFile): EntryPoint['kind'] | undefined {
  if (file.kind === 'databaseMethod') return webMethods.test(file.name) ? 'databaseMethod' : undefined;
  return file.kind === 'method' && index.get(file.path)?.publishedWeb ? 'published' : undefined;
}

/** Whether requests to the web server start in a file; the other entry points answer to REST and mobile apps, or end a session. */
export function isWebEntry({ index }: ProjectView, path: string): boolean {
  const source = index.get(path)?.source;
  const kind = source && entryPointOf(index, source);
  return kind === 'published' || (kind === 'databaseMethod' && requestMethods.test(source!.name));
}

/** The identity under which other code names what a file holds; undefined for what only 4D calls. */
export function keyOfFile(file: SourceFile): Key | undefined {
  return file.kind === 'method' ? methodKey(file.name) : file.kind === 'class' ? classKey(file.name) : undefined;
}

/** The files whose code some files may run, themselves included. */
export function reachOf(view: ProjectView, paths: Iterable<string>): Set<string> {
  const { callees } = graphOf(view);
  const reached = new Set(paths);
  for (const at of reached) for (const path of kept(callees, at, () => calleesOf(view, at))) reached.add(path);
  return reached;
}

/** The files whose code a web request may run. */
export function webCodeOf(view: ProjectView): Set<string> {
  return reachOf(
    view,
    view.index.paths().filter((path) => isWebEntry(view, path)),
  );
}

/** The files that may run the code of some files, themselves included. */
export function reachedFrom(view: ProjectView, paths: Iterable<string>): Set<string> {
  const { callers } = graphOf(view);
  const reached = new Set(paths);
  for (const at of reached) for (const path of kept(callers, at, () => callersOf(view, at))) reached.add(path);
  return reached;
}

/** The entry points from which what bears a key may be reached, by their names. */
export function webEntryPoints(view: ProjectView, key: Key): EntryPoint[] {
  const { index, project } = view;
  const found: EntryPoint[] = [];
  for (const path of reachedFrom(view, index.filesNaming([key]).get(key) ?? [])) {
    const file = project.fileByPath(path);
    const kind = file && entryPointOf(index, file);
    if (kind) found.push({ file, kind });
  }
  return found.sort((a, b) => (a.file.name < b.file.name ? -1 : 1));
}

/** Whether any of the files runs code, or reaches variables, by a computed name. */
export function isDynamic(view: ProjectView, paths: ReadonlySet<string>): boolean {
  const graph = graphOf(view);
  graph.dynamic ??= filesWith(view, dynamic);
  return meets(graph.dynamic, paths);
}

/**
 * Whether any of the files calls a command of the web server. Converted databases have every method open to URLs, dialogs included: the
 * attribute alone does not make one a web page.
 */
export function speaksWeb(view: ProjectView, paths: ReadonlySet<string>): boolean {
  const graph = graphOf(view);
  graph.speaksWeb ??= filesWith(
    view,
    view.catalogue.commands.flatMap((c) => (c.theme === 'Web Server' && c.number !== undefined ? c.number : [])),
  );
  return meets(graph.speaksWeb, paths);
}

/**
 * The web entries that, themselves or through methods they call, write a process variable; those that are in `reach` are left out,
 * paths in their order. None where `reach` itself holds a writer.
 */
export function otherWriters(view: ProjectView, name: string, reach: ReadonlySet<string>): string[] {
  const writers = new Set<string>();
  for (const { path, uses } of view.index.occurrences([methodKey(name)])) if (uses & Use.Write) writers.add(path);
  if (meets(writers, reach)) return [];
  return [...reachedFrom(view, writers)]
    .filter((path) => isWebEntry(view, path) && !reach.has(path) && speaksWeb(view, reachOf(view, [path])))
    .sort();
}

/** What was found out about an index, until it changes. */
interface Graph {
  readonly revision: number;
  readonly callees: Map<string, readonly string[]>;
  readonly callers: Map<string, readonly string[]>;
  dynamic?: ReadonlySet<string>;
  speaksWeb?: ReadonlySet<string>;
}

const graphs = new WeakMap<ProjectIndex, Graph>();

function graphOf({ index }: ProjectView): Graph {
  let graph = graphs.get(index);
  if (graph?.revision !== index.revision) {
    graph = { revision: index.revision, callees: new Map(), callers: new Map() };
    graphs.set(index, graph);
  }
  return graph;
}

function kept(known: Map<string, readonly string[]>, path: string, find: () => readonly string[]): readonly string[] {
  let found = known.get(path);
  if (!found) {
    found = find();
    known.set(path, found);
  }
  return found;
}

function calleesOf({ index, project }: ProjectView, path: string): readonly string[] {
  const byKey = filesByKey(project);
  const found = new Set<string>();
  // a method without arguments may stand in an expression like a variable
  for (const prefix of ['n:', 'cs:'])
    for (const { key } of index.keysIn(path, prefix)) {
      const called = byKey.get(key);
      if (called !== undefined) found.add(called);
    }
  return [...found];
}

function callersOf({ index, project }: ProjectView, path: string): readonly string[] {
  const file = project.fileByPath(path);
  const key = file && keyOfFile(file);
  return key ? [...index.filesNaming([key]).get(key)!] : [];
}

const keyed = new WeakMap<Project, ReadonlyMap<Key, string>>();

function filesByKey(project: Project): ReadonlyMap<Key, string> {
  let byKey = keyed.get(project);
  if (!byKey) {
    byKey = new Map(
      project.files.flatMap((file) => {
        const key = keyOfFile(file);
        return key ? [[key, file.path] as const] : [];
      }),
    );
    keyed.set(project, byKey);
  }
  return byKey;
}

function filesWith({ index }: ProjectView, commands: readonly number[]): Set<string> {
  const found = new Set<string>();
  for (const paths of index.filesNaming(commands.map((n) => `c:${n}`)).values()) for (const path of paths) found.add(path);
  return found;
}

function meets(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  for (const one of a.size < b.size ? a : b) if ((a.size < b.size ? b : a).has(one)) return true;
  return false;
}
