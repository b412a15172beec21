import { type CompletionItem, CompletionItemKind, CompletionItemTag, type CompletionList, InsertTextFormat } from 'vscode-languageserver';
import type { Command, Constant } from '#syntaxes/catalogue/types.js';
import type { Project } from '#syntaxes/project/project.types.js';
import type { SourceFile } from '#syntaxes/project/types.js';
import { fold } from '#syntaxes/text/fold.js';
import { constantKey } from '../analysis/keys.js';
import { scopeAt } from '../analysis/locals.js';
import type { Snapshot } from '../analysis/snapshot.js';
import { usesTokens } from '../rules/edits.js';
import { keywords } from './blockSnippets.js';
import type { Choice, CompletionData, CompletionOptions } from './completion.types.js';
import { builtInClasses, classes, types } from './completionOfClasses.js';
import { wantedConstants } from './completionOfConstants.js';
import { fields, guesses, members, tables } from './completionOfMembers.js';
import { nameHere } from './completionOfSpellings.js';
import { attributes, texts } from './completionOfTexts.js';
import { type TypedName, typedName } from './typedName.js';
import { matchScore } from './workspaceSymbols.js';

const COMMANDS = 60;
const CONSTANTS = 40;
const OTHERS = 60;

/** Names that go on from what is typed: whole names of several words, whichever of their words or initials were typed. */
export function completion(snapshot: Snapshot, offset: number, options: CompletionOptions): CompletionList {
  const name = typedName(snapshot, offset);
  if (!name) return { isIncomplete: false, items: [] };
  const tokens = options.tokens === 'always' || (options.tokens === 'auto' && usesTokens(snapshot));
  let choices = choicesFor(snapshot, offset, name, tokens, options.snippets ?? false);
  if (options.trigger === ' ') {
    // a blank goes on with a name of several words, or asks for nothing
    const typed = fold(`${name.typed.trimEnd()}|`).slice(0, -1);
    choices = name.kind === 'name' && typed ? choices.filter((c) => fold(c.label).startsWith(`${typed} `)) : [];
  }
  // a quotation mark begins a text, or ends one
  if (options.trigger === '"' && !/[tT]ext$/.test(name.kind)) choices = [];
  const range = snapshot.span(name.start, name.end);
  const written = snapshot.text.slice(name.start, offset);
  const items = choices.map((c, i): CompletionItem => {
    const item: CompletionItem = {
      label: c.label,
      kind: c.kind,
      textEdit: { range, newText: c.text },
      filterText: filterText(written, c.snippet ? c.label : c.text, c.label),
      sortText: `${String(c.rank).padStart(2, '0')}${String(i).padStart(4, '0')}`,
      insertTextFormat: c.snippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    };
    if (c.detail) item.detail = c.detail;
    if (c.deprecated && options.deprecatedTags) item.tags = [CompletionItemTag.Deprecated];
    if (c.data) item.data = { uri: snapshot.uri, ...c.data } satisfies CompletionData;
    return item;
  });
  return { isIncomplete: name.kind === 'name', items };
}

/**
 * What clients compare the typed text with. A name that begins like it stands for itself; for one found by its middle or its initials
 * the typed text comes first, so that clients which compare beginnings keep it.
 */
function filterText(written: string, text: string, label: string): string {
  if (fold(text).startsWith(fold(`${written}|`).slice(0, -1))) return text;
  if (fold(label).startsWith(fold(`${written}|`).slice(0, -1))) return label;
  return `${written} ${label}`;
}

function choicesFor(snapshot: Snapshot, offset: number, name: TypedName, tokens: boolean, snippets: boolean): Choice[] {
  switch (name.kind) {
    case 'local':
      return locals(snapshot, offset, name);
    case 'interprocess':
      return interprocess(snapshot, name);
    case 'member':
      return members(snapshot, name);
    case 'type':
      return types(snapshot, name);
    case 'class':
      return classes(snapshot, name);
    case 'builtInClass':
      return builtInClasses(snapshot, name);
    case 'methodText':
      return methods(snapshot, name.typed, () => 0);
    case 'propertyText':
      return guesses(snapshot, fold(name.typed), name);
    case 'attributeText':
      return attributes(snapshot, name);
    case 'tableText':
      return tables(snapshot, name, false);
    case 'text':
      return texts(snapshot, name);
    case 'table':
      return tables(snapshot, name, tokens);
    case 'field':
      return fields(snapshot, name, tokens);
    default:
      return names(snapshot, offset, name, tokens, snippets);
  }
}

function names(snapshot: Snapshot, offset: number, name: TypedName, tokens: boolean, snippets: boolean): Choice[] {
  const { catalogue, view } = snapshot;
  const typed = name.typed.trimEnd();
  const wanted = wantedConstants(snapshot, offset, typed);
  const wantedKeys = new Set(wanted.map(constantKey));
  const key = fold(typed);
  const rankOf = (label: string, base: number): number => (key !== '' && fold(label).startsWith(key) ? base : base + 4);
  const commandName = (c: Command): string => nameHere(snapshot, 'command', c);
  // what gives nothing seldom stands in an expression: there it follows the constants
  const valued = inExpression(snapshot, name.start);
  const commandBase = (c: Command): number => (valued && !c.isFunction ? 4 : 2);
  const constantName = (c: Constant): string => nameHere(snapshot, 'constant', c);
  return [
    ...wanted.map((c) => ofConstant(c, constantName(c), tokens, 0)),
    ...methods(snapshot, typed, rankOf),
    ...catalogue.searchCommands(typed, COMMANDS).map((c) => ofCommand(c, commandName(c), tokens, rankOf(commandName(c), commandBase(c)))),
    ...catalogue
      .searchConstants(typed, CONSTANTS)
      .filter((c) => !wantedKeys.has(constantKey(c)))
      .map((c) => ofConstant(c, constantName(c), tokens, rankOf(constantName(c), 3))),
    ...processVariables(snapshot, typed),
    ...methodsElsewhere(snapshot, name, typed),
    ...keywords(snapshot, typed, snippets),
    ...(typed === '' || view === undefined
      ? []
      : tables(snapshot, { ...name, kind: 'table' }, tokens).map((c) => ({ ...c, text: `[${c.text}]`, rank: 9 }))),
  ];
}

/** Whether something stands before an offset in its statement: a value is wanted there. */
function inExpression({ text, lines }: Snapshot, offset: number): boolean {
  const line = lines.lineAt(offset);
  if (text.slice(lines.lineStart(line), offset).trim() !== '') return true;
  return line > 0 && /\\\s*$/.test(text.slice(lines.lineStart(line - 1), lines.lineEnd(line - 1)));
}

function ofCommand(command: Command, name: string, tokens: boolean, rank: number): Choice {
  return {
    label: name,
    text: tokens && command.number !== undefined ? `${name}:C${command.number}` : name,
    kind: CompletionItemKind.Function,
    rank,
    detail: command.signatures[0]?.text,
    deprecated: command.deprecated !== undefined,
    data: { kind: 'command', id: command.name },
  };
}

function ofConstant(constant: Constant, name: string, tokens: boolean, rank: number): Choice {
  const suffix = tokens && constant.token ? `:K${constant.token.theme}:${constant.token.index}` : '';
  const value = constant.value === undefined ? '' : ` = ${constant.value}`;
  return {
    label: name,
    text: `${name}${suffix}`,
    kind: CompletionItemKind.Constant,
    rank,
    detail: `${constant.type ?? ''}${value}`.trim() || undefined,
    deprecated: constant.deprecated,
    data: { kind: 'constant', id: constant.name },
  };
}

/** Methods of a project with their names as they are compared, put together once. */
const methodNames = new WeakMap<Project, readonly { readonly f: SourceFile; readonly compared: string }[]>();

const compared = (f: SourceFile) => ({ f, compared: fold(f.name).replace(/\s+/g, '') });

function methodsOf(project: Project): readonly { readonly f: SourceFile; readonly compared: string }[] {
  let list = methodNames.get(project);
  if (!list) {
    list = project.files.filter((f) => f.kind === 'method').map(compared);
    methodNames.set(project, list);
  }
  return list;
}

function methods(snapshot: Snapshot, typed: string, rankOf: (label: string, base: number) => number): Choice[] {
  const { view } = snapshot;
  const files = view ? [...methodsOf(view.project), ...[...view.sharedMethods.values()].map(compared)] : [];
  const key = fold(typed).replace(/\s+/g, '');
  return (
    files
      .map(({ f, compared }) => ({ f, score: matchScore(compared, key) }))
      .filter((m) => m.score > (typed === '' ? 0 : 10))
      // of names that begin alike, the short ones are what the others are built on
      .sort((a, b) => b.score - a.score || a.f.name.length - b.f.name.length)
      .slice(0, OTHERS)
      .map(({ f }) => ({
        label: f.name,
        text: f.name,
        kind: CompletionItemKind.Method,
        rank: rankOf(f.name, 1),
        data: { kind: 'method', id: f.component === undefined ? f.path : f.name },
      }))
  );
}

/** Process variables of this text first, then of the project. */
function processVariables(snapshot: Snapshot, typed: string): Choice[] {
  if (typed === '' || typed.includes(' ')) return [];
  const key = fold(typed);
  const found = new Map<string, Choice>();
  const add = (label: string, rank: number): void => {
    const id = fold(label);
    if (found.size < OTHERS && id !== key && id.startsWith(key) && !label.includes(' ') && !snapshot.methodByName(label) && !found.has(id))
      found.set(id, { label, text: label, kind: CompletionItemKind.Variable, rank });
  };
  for (const d of snapshot.declarations) if (d.kind === 'process') add(d.name, 1);
  for (const v of snapshot.catalogue.systemVariables) add(v.name, 5);
  const isVariable = (id: string, spelling: string): boolean => !id.includes(' ') && id !== `n:${key}` && !snapshot.methodByName(spelling);
  for (const spelling of snapshot.view?.index.spellings('n:', key, OTHERS, isVariable) ?? []) add(spelling, 6);
  return [...found.values()];
}

/** Methods of components have no file here: names of several words that the code calls, and that neither it nor 4D has. */
function methodsElsewhere(snapshot: Snapshot, { start, end }: TypedName, typed: string): Choice[] {
  const { view, catalogue, text } = snapshot;
  if (!view || typed === '') return [];
  const here = fold(text.slice(start, end));
  const wanted = (id: string, label: string): boolean =>
    id.includes(' ') &&
    !snapshot.methodByName(label) &&
    !catalogue.commandByName(label) &&
    view.index.count([id]) > (id === `n:${here}` ? 1 : 0);
  return view.index
    .spellings('n:', fold(typed), OTHERS, wanted)
    .map((label) => ({ label, text: label, kind: CompletionItemKind.Method, rank: 6 }));
}

function locals(snapshot: Snapshot, offset: number, name: TypedName): Choice[] {
  const key = fold(name.typed);
  return snapshot.locals
    .inScope(scopeAt(snapshot.tree, offset))
    .filter((v) => {
      const bare = fold(v.name.slice(1));
      const onlyHere = v.occurrences.length === 1 && snapshot.tree.start(v.occurrences[0]) === name.start;
      return !onlyHere && (bare.startsWith(key) || matchScore(bare, key) >= 40);
    })
    .map((v) => ({
      label: v.name,
      text: v.name,
      kind: CompletionItemKind.Variable,
      rank: fold(v.name.slice(1)).startsWith(key) ? 0 : 1,
      detail: v.type,
    }));
}

function interprocess(snapshot: Snapshot, name: TypedName): Choice[] {
  const key = fold(name.typed);
  const found = new Map<string, Choice>();
  const add = (spelling: string): void => {
    const bare = spelling.replace(/^(<>|◊)/, '');
    if (fold(bare).startsWith(key) && fold(bare) !== key)
      found.set(fold(bare), { label: `<>${bare}`, text: `<>${bare}`, kind: CompletionItemKind.Variable, rank: 0 });
  };
  for (const d of snapshot.declarations) if (d.kind === 'interprocess') add(d.name);
  for (const { spelling } of snapshot.view?.index.keysOf('i:') ?? []) if (found.size < OTHERS) add(spelling);
  return [...found.values()];
}
