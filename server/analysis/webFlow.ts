import type { Catalogue } from '#syntaxes/catalogue/types.js';
import { type Key, methodKey } from './keys.js';
import { Use } from './projectIndex.js';
import type { ProjectView } from './projectView.js';

/** Commands that run code or reach variables by names only known at run time. */
const dynamic: readonly number[] = [63, 304, 1007, 1601, 816];

const webMethods = /^(onWebConnection|onWebAuthentication)$/i;

/** Whether web requests start in a file: a web database method, or a project method open to URLs. */
export function isWebEntry(view: ProjectView, path: string): boolean {
  const facts = view.index.get(path);
  const { source } = facts ?? {};
  if (!facts || !source) return false;
  return source.kind === 'databaseMethod' ? webMethods.test(source.name) : source.kind === 'method' && facts.publishedWeb;
}

/** The files whose code a method may run: itself and the project methods it calls, directly or not. */
export function reachOf(view: ProjectView, path: string): Set<string> {
  const reached = new Set([path]);
  // a method without arguments may stand in an expression like a variable
  for (const at of reached)
    for (const { spelling } of view.index.keysIn(at, 'n:')) {
      const called = view.project.methodByName(spelling);
      if (called) reached.add(called.path);
    }
  return reached;
}

/** Whether any of the files runs code, or reaches variables, by a computed name. */
export function isDynamic(view: ProjectView, paths: ReadonlySet<string>): boolean {
  const keys = new Set<Key>(dynamic.map((n) => `c:${n}`));
  for (const path of paths) for (const { key } of view.index.keysIn(path, 'c:')) if (keys.has(key)) return true;
  return false;
}

/**
 * Whether any of the files calls a command of the web server. Converted databases have every method open to URLs, dialogs included: the
 * attribute alone does not make one a web page.
 */
export function speaksWeb(view: ProjectView, paths: Iterable<string>, catalogue: Catalogue): boolean {
  for (const path of paths)
    for (const { key } of view.index.keysIn(path, 'c:'))
      if (catalogue.commandByNumber(Number(key.slice(2)))?.theme === 'Web Server') return true;
  return false;
}

/**
 * The web entries that, themselves or through methods they call, write a process variable; those that `path` runs are left out,
 * paths in their order. None where `path` itself reaches a writer.
 */
export function otherWriters(view: ProjectView, name: string, reach: ReadonlySet<string>, catalogue: Catalogue): string[] {
  const writers = new Set<string>();
  for (const { path, uses } of view.index.occurrences([methodKey(name)])) if (uses & Use.Write) writers.add(path);
  for (const path of writers) if (reach.has(path)) return [];
  const entries = view.index.paths().filter((path) => isWebEntry(view, path) && !reach.has(path));
  return entries
    .filter((entry) => {
      const paths = reachOf(view, entry);
      return [...paths].some((path) => writers.has(path)) && speaksWeb(view, paths, catalogue);
    })
    .sort();
}
