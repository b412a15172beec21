import { type InlayHint, InlayHintKind } from 'vscode-languageserver';
import { fold } from '#syntaxes/text/fold.js';
import { N } from '#syntaxes/tree/kinds.js';
import { nameText } from '#syntaxes/tree/names.js';
import type { Node } from '#syntaxes/tree/tree.js';
import { argumentsOf } from '../analysis/calls.js';
import { booleanLiteral, isNull } from '../analysis/literals.js';
import { functionHeader, type MethodHeader } from '../analysis/methodHeader.js';
import type { Snapshot } from '../analysis/snapshot.js';
import type { FeatureContext } from './context.js';
import { ownMember } from './describeSource.js';
import { effectText, sessionNote } from './sessionNote.js';

export interface InlayHintOptions {
  /** Names of parameters before the arguments of the project's own methods: of literals, of all, of none. */
  readonly parameterNames: 'literals' | 'all' | 'none';
  /** The effective session mode behind the commands of the session family. */
  readonly sessionMode: boolean;
}

/** The commands whose effect the mode changes; the others are told about in their hovers. */
const withEffect = [1208, 1207];

/** What the reader cannot see in the code between two offsets: parameter names, and what the session mode makes of a command. */
export async function inlayHints(
  snapshot: Snapshot,
  from: number,
  to: number,
  context: FeatureContext,
  options: InlayHintOptions,
): Promise<InlayHint[]> {
  const { tree, view } = snapshot;
  const hints: InlayHint[] = [];
  if (options.sessionMode && view) {
    for (const use of snapshot.usesOf(...withEffect)) {
      const end = tree.end(use.call);
      const number = use.command.number!;
      const text = end < from || end > to ? undefined : effectText(view.mode, number, context.language);
      if (!text) continue;
      const value = sessionNote(snapshot, number, context.language) ?? '';
      hints.push({ position: snapshot.lines.place(end), label: text, paddingLeft: true, tooltip: { kind: 'markdown', value } });
    }
  }
  if (options.parameterNames === 'none') return hints;
  for (let node = 0; node < tree.data.nodeCount; node++) {
    if (tree.kind(node) !== N.Call || tree.end(node) < from || tree.start(node) > to) continue;
    const args = argumentsOf(tree, node).filter((a) => tree.start(a) >= from && tree.start(a) <= to);
    if (args.length === 0) continue;
    const header = await headerOf(snapshot, tree.firstChild(node), context);
    if (!header) continue;
    argumentsOf(tree, node).forEach((argument, i) => {
      const name = header.parameters[i]?.name.replace(/^\$/, '');
      if (!args.includes(argument) || !name || /^\d+$/.test(name) || !worthNaming(snapshot, argument, name, options)) return;
      hints.push({
        position: snapshot.lines.place(tree.start(argument)),
        label: `${name}:`,
        kind: InlayHintKind.Parameter,
        paddingRight: true,
      });
    });
  }
  return hints.sort((a, b) => a.position.line - b.position.line || a.position.character - b.position.character);
}

async function headerOf(snapshot: Snapshot, callee: Node, context: FeatureContext): Promise<MethodHeader | undefined> {
  const { tree } = snapshot;
  if (tree.kind(callee) === N.Member) {
    const own = await ownMember(snapshot, callee, context);
    return own && own.source.tree.kind(own.definition) === N.Function ? functionHeader(own.source, own.definition) : undefined;
  }
  if (tree.kind(callee) !== N.Name) return undefined;
  const resolved = snapshot.resolve(callee);
  return resolved.kind === 'method' ? context.header(resolved.file) : undefined;
}

const literals = new Set([N.String, N.Number, N.Date, N.Time, N.ObjectLiteral, N.CollectionLiteral]);

/** An argument that bears the parameter's name says it already. */
function worthNaming(snapshot: Snapshot, argument: Node, name: string, options: InlayHintOptions): boolean {
  const { tree } = snapshot;
  const kind = tree.kind(argument);
  if (kind === N.Missing) return false;
  const literal =
    literals.has(kind) ||
    (kind === N.Unary && literals.has(tree.kind(tree.firstChild(argument)))) ||
    booleanLiteral(snapshot, argument) !== undefined ||
    isNull(snapshot, argument);
  if (literal || options.parameterNames === 'literals') return literal;
  const last = kind === N.Member ? tree.child(argument, 1) : argument;
  return fold(nameText(tree, last).replace(/^(\$|<>|◊)/, '')) !== fold(name);
}
