import { type CallHierarchyIncomingCall, type CallHierarchyItem, type CallHierarchyOutgoingCall, SymbolKind } from 'vscode-languageserver';
import type { SourceFile } from '#syntaxes/project/types.js';
import { type Language, say } from '#syntaxes/text/bilingual.js';
import { N } from '#syntaxes/tree/kinds.js';
import { nameRange, nameText } from '#syntaxes/tree/names.js';
import type { Node } from '#syntaxes/tree/tree.js';
import { type Key, methodKey } from '../analysis/keys.js';
import type { Span } from '../analysis/lines.js';
import { scopeAt } from '../analysis/locals.js';
import { Use } from '../analysis/projectIndex.js';
import type { FilePlace, ProjectView } from '../analysis/projectView.js';
import { entryPointOf, keyOfFile, webEntryPoints } from '../analysis/reach.js';
import { roleOf } from '../analysis/roles.js';
import { familyCommands } from '../analysis/sessionUses.js';
import type { Snapshot } from '../analysis/snapshot.js';
import { words } from '../documentation/words.js';
import type { FeatureContext } from './context.js';
import { memberDefinition, memberUses } from './memberUses.js';

/** What an item stands for, so that later requests need not look for it again. */
export type CallData =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'command'; readonly number: number }
  | { readonly kind: 'function'; readonly path: string; readonly name: string };

type Open = Pick<FeatureContext, 'open' | 'language'>;

const CLOSE = 1208;
/** The database method that closing a session runs. */
const CLOSE_METHOD = 'onWebSessionSuspend';
const top: Span = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** The method, class function or command under the offset; without one, the method or function the offset is in. */
export async function prepareCallHierarchy(snapshot: Snapshot, offset: number, context: Open): Promise<CallHierarchyItem[]> {
  const { view, tree, source } = snapshot;
  if (!view || !source) return [];
  const node = snapshot.nameAt(offset);
  if (node >= 0 && tree.kind(node) === N.Name) {
    const member = await memberDefinition(snapshot, node, context);
    if (member && member.source.tree.kind(member.source.tree.parent(member.name)) === N.Function)
      return functionItem(member.source, member.name);
    const resolved = roleOf(tree, node) === 'free' ? snapshot.resolve(node) : undefined;
    if (resolved?.kind === 'method') return [fileItem(view, resolved.file, context.language)];
    if (resolved?.kind === 'command' && resolved.command.number !== undefined)
      return [commandItem(view, resolved.command.number, snapshot.uri, snapshot.nodeSpan(node), context.language)];
  }
  const scope = scopeAt(tree, offset);
  if (tree.kind(scope) === N.Function) return functionItem(snapshot, tree.firstChild(scope));
  return source.kind === 'class' ? [] : [fileItem(view, source, context.language)];
}

/** Who calls an item, file by file; callers that the web enters directly say so. */
export async function incomingCalls(view: ProjectView, data: CallData, context: Open): Promise<CallHierarchyIncomingCall[]> {
  const places = await placesOf(view, data, context);
  const byPath = new Map<string, Span[]>();
  for (const { path, span } of places) byPath.set(path, [...(byPath.get(path) ?? []), span]);
  const calls: CallHierarchyIncomingCall[] = [];
  for (const [path, spans] of byPath) {
    const file = view.project.fileByPath(path);
    if (!file) continue;
    if (file.kind !== 'class') calls.push({ from: fileItem(view, file, context.language), fromRanges: spans });
    else calls.push(...(await fromFunctions(view, file, spans, context)));
  }
  return calls;
}

/** The functions of a class that hold the places. */
async function fromFunctions(
  view: ProjectView,
  file: SourceFile,
  spans: readonly Span[],
  context: Open,
): Promise<CallHierarchyIncomingCall[]> {
  const source = await context.open(file.path);
  if (!source) return [];
  const byScope = new Map<Node, Span[]>();
  for (const span of spans) {
    const scope = scopeAt(source.tree, source.lines.offset(span.start));
    byScope.set(scope, [...(byScope.get(scope) ?? []), span]);
  }
  return [...byScope].map(([scope, fromRanges]) => {
    const named = source.tree.kind(scope) === N.Function;
    return { from: named ? functionItem(source, source.tree.firstChild(scope))[0] : fileItem(view, file, context.language), fromRanges };
  });
}

async function placesOf(view: ProjectView, data: CallData, context: Open): Promise<readonly FilePlace[]> {
  if (data.kind === 'command') return calls(view, `c:${data.number}`);
  if (data.kind === 'file') {
    const file = view.project.fileByPath(data.path);
    if (file?.kind === 'databaseMethod') return file.name === CLOSE_METHOD ? calls(view, `c:${CLOSE}`) : [];
    const key = file && keyOfFile(file);
    return key ? calls(view, key) : [];
  }
  const source = await context.open(data.path);
  const name = source && definitionNamed(source, data.name);
  if (!source || name === undefined) return [];
  const uses = await memberUses({ source, name }, context);
  return [...uses.sure, ...uses.possible].filter(
    (p) => p.path !== data.path || !sameStart(p.span, source.lines.place(source.tree.start(name))),
  );
}

function sameStart(span: Span, place: Span['start']): boolean {
  return span.start.line === place.line && span.start.character === place.character;
}

function calls(view: ProjectView, key: Key): FilePlace[] {
  return view.index.occurrences([key]).filter((o) => !(o.uses & Use.Definition));
}

/** What an item calls: methods and class functions of the project, and the commands of the session family. */
export async function outgoingCalls(view: ProjectView, data: CallData, context: Open): Promise<CallHierarchyOutgoingCall[]> {
  if (data.kind === 'command') {
    const file = data.number === CLOSE ? view.project.databaseMethod(CLOSE_METHOD) : undefined;
    return file ? [{ to: fileItem(view, file, context.language), fromRanges: [] }] : [];
  }
  const source = await context.open(data.path);
  if (!source) return [];
  const { tree } = source;
  const definition = data.kind === 'function' ? definitionNamed(source, data.name) : undefined;
  const scope = definition === undefined ? tree.root : tree.parent(definition);
  const found = new Map<string, CallHierarchyOutgoingCall>();
  const add = (id: string, to: () => CallHierarchyItem, at: Node): void => {
    const { start, end } = nameRange(tree, at);
    const call = found.get(id) ?? { to: to(), fromRanges: [] };
    found.set(id, call);
    call.fromRanges.push(source.span(start, end));
  };
  for (let node = 0; node < tree.data.nodeCount; node++) {
    if (tree.kind(node) !== N.Name || tree.start(node) < tree.start(scope) || tree.end(node) > tree.end(scope)) continue;
    const role = roleOf(tree, node);
    if (role === 'member') {
      const member = await memberDefinition(source, node, context);
      const parent = member?.source.tree.parent(member.name);
      if (member && member.source.tree.kind(parent!) === N.Function) {
        const [item] = functionItem(member.source, member.name);
        add(`${member.source.uri} ${item.name}`, () => item, node);
      }
    }
    if (role !== 'free') continue;
    const resolved = source.resolve(node);
    if (resolved.kind === 'method') add(resolved.file.path, () => fileItem(view, resolved.file, context.language), node);
    const number = resolved.kind === 'command' ? resolved.command.number : undefined;
    if (number !== undefined && familyCommands.includes(number))
      add(`c:${number}`, () => commandItem(view, number, source.uri, source.nodeSpan(node), context.language), node);
  }
  return [...found.values()];
}

const texts = {
  published: { en: 'open to the web (4DACTION)', es: 'abierto a la web (4DACTION)' },
  entry: { en: 'the web enters here', es: 'la web entra por aquí' },
  reached: { en: 'reached from {0} web entry points', es: 'alcanzable desde {0} puntos de entrada web' },
  one: { en: 'reached from 1 web entry point', es: 'alcanzable desde 1 punto de entrada web' },
  none: { en: 'no web entry point reaches it', es: 'ningún punto de entrada web lo alcanza' },
};

/** «reached from 3 web entry points» */
export function reachText(view: ProjectView, key: Key, language: Language): string {
  const count = webEntryPoints(view, key).length;
  return count === 0 ? say(texts.none, language) : count === 1 ? say(texts.one, language) : say(texts.reached, language, count);
}

function fileItem(view: ProjectView, file: SourceFile, language: Language): CallHierarchyItem {
  const entry = entryPointOf(view.index, file);
  const name = file.kind === 'databaseMethod' ? (view.catalogue.databaseMethodByFile(file.name)?.name ?? file.name) : file.name;
  const key = keyOfFile(file);
  const detail = entry
    ? say(entry === 'published' ? texts.published : texts.entry, language)
    : key && view.indexed
      ? reachText(view, key, language)
      : undefined;
  return {
    name: file.object ? `${name}.${file.object}` : name,
    kind: file.kind === 'class' ? SymbolKind.Class : entry ? SymbolKind.Event : SymbolKind.Method,
    uri: view.uriOf(file.path),
    range: top,
    selectionRange: top,
    ...(detail ? { detail } : {}),
    data: { kind: 'file', path: file.path } satisfies CallData,
  };
}

function functionItem(source: Snapshot, name: Node): CallHierarchyItem[] {
  const { tree } = source;
  const { start, end } = nameRange(tree, name);
  const label = nameText(tree, name);
  return [
    {
      name: label,
      kind: SymbolKind.Function,
      detail: `cs.${source.source?.name ?? ''}`,
      uri: source.uri,
      range: source.nodeSpan(tree.parent(name)),
      selectionRange: source.span(start, end),
      data: { kind: 'function', path: source.source!.path, name: label } satisfies CallData,
    },
  ];
}

function commandItem(view: ProjectView, number: number, uri: string, range: Span, language: Language): CallHierarchyItem {
  const reach = view.indexed ? ` · ${reachText(view, `c:${number}`, language)}` : '';
  return {
    name: view.catalogue.commandByNumber(number)?.name ?? String(number),
    kind: SymbolKind.Function,
    detail: `${say(words.command, language)} ${number}${reach}`,
    uri,
    range,
    selectionRange: range,
    data: { kind: 'command', number } satisfies CallData,
  };
}

function definitionNamed(source: Snapshot, name: string): Node | undefined {
  const { tree } = source;
  const wanted = methodKey(name);
  for (const child of tree.children(tree.root))
    if (tree.kind(child) === N.Function && methodKey(nameText(tree, tree.firstChild(child))) === wanted) return tree.firstChild(child);
  return undefined;
}
