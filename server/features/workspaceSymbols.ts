import { SymbolKind, type WorkspaceSymbol } from 'vscode-languageserver';
import { fold } from '#syntaxes/text/fold.js';
import type { ProjectView } from '../analysis/projectView.js';

/** No more than this many are sent: clients filter further as the user types. */
export const SYMBOL_LIMIT = 400;

/** Methods, classes, class functions and tables of the projects whose name has the letters typed, in order; best first. */
export function workspaceSymbols(views: readonly ProjectView[], query: string, cancelled: () => boolean = () => false): WorkspaceSymbol[] {
  const typed = fold(query).replace(/\s+/g, '');
  const found: { symbol: WorkspaceSymbol; score: number }[] = [];
  const zero = { line: 0, character: 0 };
  const add = (
    name: string,
    kind: SymbolKind,
    uri: string,
    containerName: string | undefined,
    range = { start: zero, end: zero },
  ): void => {
    const score = matchScore(fold(name), typed);
    if (score > 0) found.push({ symbol: { name, kind, location: { uri, range }, containerName }, score });
  };
  for (const view of views) {
    for (const file of view.project.files) {
      if (file.kind === 'objectMethod' || file.kind === 'formMethod' || file.kind === 'trigger') continue;
      const name = file.kind === 'databaseMethod' ? (view.catalogue.databaseMethodByFile(file.name)?.name ?? file.name) : file.name;
      add(name, file.kind === 'class' ? SymbolKind.Class : SymbolKind.Method, view.uriOf(file.path), view.project.name);
    }
    for (const { key, spelling } of view.index.keysOf('m:')) {
      if (cancelled()) return [];
      if (matchScore(fold(spelling), typed) === 0) continue;
      for (const place of view.index.definitions(key))
        add(spelling, SymbolKind.Function, view.uriOf(place.path), view.index.get(place.path)?.source?.name, place.span);
      if (found.length > SYMBOL_LIMIT * 4) break;
    }
  }
  return found
    .sort((a, b) => b.score - a.score || (a.symbol.name < b.symbol.name ? -1 : 1))
    .slice(0, SYMBOL_LIMIT)
    .map((f) => f.symbol);
}

/** 0 where the letters do not occur in order; more where they begin the name or its words. */
export function matchScore(name: string, typed: string): number {
  if (typed === '') return 1;
  if (name === typed) return 100;
  if (name.startsWith(typed)) return 80;
  const inside = name.indexOf(typed);
  if (inside > 0) return /[^a-z0-9]/i.test(name[inside - 1]) ? 60 : 40;
  let at = 0;
  for (const c of typed) {
    at = name.indexOf(c, at) + 1;
    if (at === 0) return 0;
  }
  return 10;
}
