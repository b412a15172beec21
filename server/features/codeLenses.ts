import type { CodeLens, Location } from 'vscode-languageserver';
import { readAttributes } from '#syntaxes/project/sourceFiles.js';
import { type Bilingual, type Language, say } from '#syntaxes/text/bilingual.js';
import { N } from '#syntaxes/tree/kinds.js';
import { nameRange } from '#syntaxes/tree/names.js';
import { Use } from '../analysis/projectIndex.js';
import { keyOfFile } from '../analysis/reach.js';
import type { Snapshot } from '../analysis/snapshot.js';
import { debugMethodCommand, runAsClientCommand, runMethodCommand, showReferencesCommand, showSessionModeCommand } from '../protocol.js';
import { reachText } from './callHierarchy.js';
import type { FeatureContext } from './context.js';
import { memberUses } from './memberUses.js';
import { effectText } from './sessionNote.js';

export interface CodeLensOptions {
  readonly language: Language;
  /** Commands that the client has: lenses that would do nothing are text only, those that are nothing but a command are left out. */
  readonly commands: ReadonlySet<string>;
}

/** What a lens needs to be resolved. */
export type LensData =
  | { readonly uri: string; readonly kind: 'callers' }
  | { readonly uri: string; readonly kind: 'functionCallers'; readonly offset: number }
  | { readonly uri: string; readonly kind: 'close' };

const CLOSE = 1208;
const texts = {
  run: { en: 'Run in the simulator', es: 'Ejecutar en el simulador' },
  debug: { en: 'Debug', es: 'Depurar' },
  asClient: { en: 'Call by URL', es: 'Llamar por URL' },
  callers: { en: '{0} callers', es: '{0} llamadas' },
  caller: { en: '1 caller', es: '1 llamada' },
  noCallers: { en: 'no callers', es: 'ninguna llamada' },
} satisfies Record<string, Bilingual>;

/** Lenses of a document, those that take counting unresolved: run and debug, who calls, and at each close of a session what it will do. */
export function codeLenses(snapshot: Snapshot, options: CodeLensOptions): CodeLens[] {
  const { tree, source, uri } = snapshot;
  if (!source || !snapshot.view) return [];
  const lenses: CodeLens[] = [];
  const top = snapshot.span(0, 0);
  if (source.kind === 'method' || source.kind === 'databaseMethod') {
    const published = source.kind === 'method' && readAttributes(tree.text).publishedWeb;
    for (const [command, title] of [
      [runMethodCommand, texts.run],
      [debugMethodCommand, texts.debug],
      ...(published ? [[runAsClientCommand, texts.asClient] as const] : []),
    ] as const)
      if (options.commands.has(command))
        lenses.push({ range: top, command: { title: say(title, options.language), command, arguments: [uri] } });
  }
  if (source.kind === 'method') lenses.push({ range: top, data: { uri, kind: 'callers' } satisfies LensData });
  if (source.kind === 'class')
    for (const child of tree.children(tree.root)) {
      if (tree.kind(child) !== N.Function) continue;
      const { start, end } = nameRange(tree, tree.firstChild(child));
      lenses.push({ range: snapshot.span(start, end), data: { uri, kind: 'functionCallers', offset: start } satisfies LensData });
    }
  for (const use of snapshot.usesOf(CLOSE))
    lenses.push({ range: snapshot.nodeSpan(use.name), data: { uri, kind: 'close' } satisfies LensData });
  return lenses;
}

/** The lens with its title and command. */
export async function resolveCodeLens(
  snapshot: Snapshot,
  lens: CodeLens,
  context: FeatureContext,
  options: CodeLensOptions,
): Promise<CodeLens> {
  const data = lens.data as LensData;
  const { view, source } = snapshot;
  if (!view || !source) return lens;
  const command = (name: string): string => (options.commands.has(name) ? name : '');
  if (data.kind === 'close') {
    const effect = effectText(view.mode, CLOSE, options.language);
    const title = [...(effect ? [effect] : []), reachText(view, `c:${CLOSE}`, options.language)].join(' · ');
    return { ...lens, command: { title, command: command(showSessionModeCommand), arguments: [snapshot.uri] } };
  }
  const places = data.kind === 'callers' ? callersOf(snapshot) : await functionCallers(snapshot, data.offset, context);
  const title =
    places.length === 0
      ? say(texts.noCallers, options.language)
      : places.length === 1
        ? say(texts.caller, options.language)
        : say(texts.callers, options.language, places.length);
  return {
    ...lens,
    command: {
      title,
      command: places.length > 0 ? command(showReferencesCommand) : '',
      arguments: [snapshot.uri, lens.range.start, places],
    },
  };
}

function callersOf({ view, source }: Snapshot): Location[] {
  const key = source && keyOfFile(source);
  if (!view || !key) return [];
  return view.index
    .occurrences([key])
    .filter((o) => !(o.uses & Use.Definition))
    .map((o) => ({ uri: view.uriOf(o.path), range: o.span }));
}

async function functionCallers(snapshot: Snapshot, offset: number, context: FeatureContext): Promise<Location[]> {
  const name = snapshot.nameAt(offset);
  if (name < 0) return [];
  const uses = await memberUses({ source: snapshot, name }, context);
  const own = snapshot.lines.place(offset);
  return [...uses.sure, ...uses.possible]
    .filter((p) => p.path !== snapshot.source?.path || p.span.start.line !== own.line || p.span.start.character !== own.character)
    .map((p) => ({ uri: snapshot.view!.uriOf(p.path), range: p.span }));
}
