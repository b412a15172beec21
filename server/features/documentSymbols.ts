import { type DocumentSymbol, type SymbolInformation, SymbolKind } from 'vscode-languageserver';
import { type Language, say } from '#syntaxes/text/bilingual.js';
import { N } from '#syntaxes/tree/kinds.js';
import { nameText } from '#syntaxes/tree/names.js';
import type { Node } from '#syntaxes/tree/tree.js';
import { functionHeader, headerText, methodHeader } from '../analysis/methodHeader.js';
import type { Snapshot } from '../analysis/snapshot.js';
import { words } from '../documentation/words.js';

/** The outline: the method or class, its functions and properties, its `MARK:` and `#region` comments. */
export function documentSymbols(snapshot: Snapshot, language: Language): DocumentSymbol[] {
  const { tree, text } = snapshot;
  const members: DocumentSymbol[] = [];
  for (const node of tree.children(tree.root)) member(snapshot, node, members);
  members.push(...marks(snapshot));
  members.sort((a, b) => a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character);
  const isClass = snapshot.source?.kind === 'class';
  const name = snapshot.source?.name ?? fileName(snapshot.uri);
  const whole: DocumentSymbol = {
    name: name || '4D',
    detail: isClass ? say(words.classWord, language) : headerText('', methodHeader(snapshot)).trim(),
    kind: isClass ? SymbolKind.Class : SymbolKind.Method,
    range: snapshot.span(0, text.length),
    selectionRange: snapshot.span(0, 0),
    children: members,
  };
  return [whole];
}

function member(snapshot: Snapshot, node: Node, into: DocumentSymbol[]): void {
  const { tree } = snapshot;
  switch (tree.kind(node)) {
    case N.Function: {
      const name = tree.firstChild(node);
      const accessor = /\b(get|set|query|orderBy|event)\s+\S+$/i.exec(snapshot.text.slice(tree.start(node), tree.end(name)))?.[1];
      into.push(
        symbol(
          snapshot,
          node,
          name,
          nameText(tree, name),
          accessor ? SymbolKind.Property : SymbolKind.Function,
          headerText(accessor ?? '', functionHeader(snapshot, node)).trim(),
        ),
      );
      break;
    }
    case N.Constructor:
      into.push(symbol(snapshot, node, -1, 'constructor', SymbolKind.Constructor, headerText('', functionHeader(snapshot, node)).trim()));
      break;
    case N.Property:
      for (const declarator of tree.children(node))
        for (const name of tree.children(declarator))
          if (tree.kind(name) === N.Name && snapshot.declarations.some((d) => d.node === name))
            into.push(symbol(snapshot, declarator, name, nameText(tree, name), SymbolKind.Property, ''));
      break;
    case N.Alias: {
      const name = tree.firstChild(node);
      if (name >= 0) into.push(symbol(snapshot, node, name, nameText(tree, name), SymbolKind.Property, ''));
      break;
    }
    default:
      break;
  }
}

function symbol(snapshot: Snapshot, node: Node, name: Node, label: string, kind: SymbolKind, detail: string): DocumentSymbol {
  const range = snapshot.nodeSpan(node);
  return {
    name: label || '?',
    detail: detail || undefined,
    kind,
    range,
    selectionRange:
      name >= 0 && snapshot.tree.end(name) > snapshot.tree.start(name) ? snapshot.nodeSpan(name) : { start: range.start, end: range.start },
  };
}

function marks(snapshot: Snapshot): DocumentSymbol[] {
  const found: DocumentSymbol[] = [];
  for (const { start, end } of snapshot.tree.comments()) {
    const label = /^\/\/\s*(?:MARK:\s*-?|#?region\b)\s*(.*)$/i.exec(snapshot.text.slice(start, end))?.[1].trim();
    if (!label) continue;
    const range = snapshot.span(start, end);
    found.push({ name: label, kind: SymbolKind.Namespace, range, selectionRange: range });
  }
  return found;
}

/** The same for clients that know no nesting: each symbol with the name of the one around it. */
export function flatSymbols(symbols: readonly DocumentSymbol[], uri: string, containerName?: string): SymbolInformation[] {
  return symbols.flatMap(({ name, kind, range, children }) => [
    { name, kind, location: { uri, range }, ...(containerName ? { containerName } : {}) },
    ...flatSymbols(children ?? [], uri, name),
  ]);
}

function fileName(uri: string): string {
  const name = uri.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(name).replace(/\.4dm$/i, '');
  } catch {
    return name.replace(/\.4dm$/i, '');
  }
}
