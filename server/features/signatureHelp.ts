import type { SignatureHelp, SignatureInformation } from 'vscode-languageserver';
import type { Command, Signature } from '#syntaxes/catalogue/types.js';
import type { Language } from '#syntaxes/text/bilingual.js';
import { N, T } from '#syntaxes/tree/kinds.js';
import { nameText } from '#syntaxes/tree/names.js';
import type { Node } from '#syntaxes/tree/tree.js';
import { memberOf } from '../analysis/expressionType.js';
import { functionHeader, type MethodHeader, methodHeader } from '../analysis/methodHeader.js';
import type { Snapshot } from '../analysis/snapshot.js';
import { commandFacts, signatureText } from '../documentation/describe.js';
import type { FeatureContext } from './context.js';
import { ownMember } from './describeSource.js';

/** The forms of the call around an offset, the one that fits and the parameter being written; null outside parentheses. */
export async function signatureHelp(snapshot: Snapshot, offset: number, context: FeatureContext): Promise<SignatureHelp | null> {
  if (snapshot.inComment(offset)) return null;
  const call = callAround(snapshot, offset);
  if (!call) return null;
  const signatures = await signaturesOf(snapshot, call.callee, context);
  if (signatures.length === 0) return null;
  const active = signatures.findIndex((s) => (s.parameters?.length ?? 0) > call.argument || s.variadic);
  const index = active < 0 ? signatures.length - 1 : active;
  const chosen = signatures[index];
  const count = chosen.parameters?.length ?? 0;
  return {
    signatures: signatures.map(({ variadic: _, ...s }) => s),
    activeSignature: index,
    activeParameter: chosen.variadic && count > 0 ? Math.min(call.argument, count - 1) : call.argument,
  };
}

interface Around {
  readonly callee: Node;
  /** Number of the argument the offset is in, from 0. */
  readonly argument: number;
}

/** The innermost call whose parentheses hold the offset. */
function callAround(snapshot: Snapshot, offset: number): Around | undefined {
  const { tree } = snapshot;
  let node = tree.nodeAt(offset);
  if (tree.kind(node) !== N.Call && tree.kind(node) !== N.Arguments && offset > 0) {
    const before = tree.nodeAt(offset - 1);
    if (depth(before) > depth(node)) node = before;
  }
  for (; node >= 0; node = tree.parent(node)) {
    if (tree.kind(node) !== N.Call) continue;
    const open = tree.token(node);
    if (open < 0 || offset < tree.tokenEnd(open)) continue;
    const last = tree.data.nodeLast[node] - 1;
    const closed = tree.tokenKind(last) === T.CloseParen && last > open;
    if (closed && offset > tree.tokenStart(last)) continue;
    return { callee: tree.firstChild(node), argument: semicolons(open + 1, closed ? last : tree.data.nodeLast[node]) };
  }
  return undefined;

  function depth(n: Node): number {
    let d = 0;
    for (let up = n; up >= 0; up = tree.parent(up)) d++;
    return d;
  }

  /** Semicolons before the offset that belong to this call and not to one inside it. */
  function semicolons(from: number, to: number): number {
    let count = 0;
    let nesting = 0;
    for (let t = from; t < to && tree.tokenStart(t) < offset; t++) {
      const kind = tree.tokenKind(t);
      if (kind === T.OpenParen || kind === T.OpenBrace || kind === T.OpenBracket || kind === T.OpenDouble || kind === T.DollarBrace)
        nesting++;
      else if (kind === T.CloseParen || kind === T.CloseBrace || kind === T.CloseBracket || kind === T.CloseDouble) nesting--;
      else if (kind === T.Semicolon && nesting === 0) count++;
    }
    return count;
  }
}

type Form = SignatureInformation & { readonly variadic: boolean };

async function signaturesOf(snapshot: Snapshot, callee: Node, context: FeatureContext): Promise<Form[]> {
  const { tree } = snapshot;
  if (tree.kind(callee) === N.Member) {
    const built = memberOf(snapshot, callee);
    if (built) return built.member.signatures.map((s) => memberForm(built.member.name, s, context.language));
    const own = await ownMember(snapshot, callee, context);
    if (!own || own.source.tree.kind(own.definition) !== N.Function) return [];
    return [sourceForm(nameText(tree, tree.child(callee, 1)), functionHeader(own.source, own.definition))];
  }
  if (tree.kind(callee) !== N.Name) return [];
  const resolved = snapshot.resolve(callee);
  if (resolved.kind === 'command') return commandForms(resolved.command, context);
  if (resolved.kind !== 'method') return [];
  const source = await context.open(resolved.file.path);
  return source ? [sourceForm(resolved.file.name, methodHeader(source))] : [];
}

function commandForms(command: Command, context: FeatureContext): Form[] {
  const language = context.documentation[0] ?? context.language;
  const value = commandFacts(command, language);
  return command.signatures.map((s) => ({
    ...catalogueForm(signatureText(s, language), s, language),
    documentation: { kind: 'plaintext', value },
  }));
}

function memberForm(name: string, signature: Signature, language: Language): Form {
  const bare = name.replace(/^\./, '');
  const text = signature.text.includes(bare) ? signature.text : `.${bare}${signature.text}`;
  return catalogueForm(text, signature, language);
}

/** Parameters are marked by where they stand in the label, since two may bear one name. */
function catalogueForm(label: string, signature: Signature, language: Language): Form {
  const parameters: { label: [number, number] }[] = [];
  let from = Math.max(0, label.indexOf('('));
  for (const p of signature.parameters) {
    const name = language === 'es' && p.nameEs ? p.nameEs : p.name;
    let at = label.indexOf(name, from);
    if (at < 0) at = label.indexOf(p.name, from);
    const stop = at < 0 ? from : endOfParameter(label, at);
    parameters.push({ label: at < 0 ? [from, from] : [at, stop] });
    from = stop;
  }
  return { label, parameters, variadic: signature.maximum === undefined };
}

function endOfParameter(label: string, at: number): number {
  let end = at;
  while (end < label.length && !';{})'.includes(label[end])) end++;
  while (end > at && label[end - 1] === ' ') end--;
  return end;
}

function sourceForm(name: string, header: MethodHeader): Form {
  let label = `${name} ( `;
  const parameters: { label: [number, number] }[] = [];
  header.parameters.forEach((p, i) => {
    if (i > 0) label += ' ; ';
    const text = p.type ? `${p.name} : ${p.type}` : p.name;
    parameters.push({ label: [label.length, label.length + text.length] });
    label += text;
  });
  if (header.variadic) label += header.parameters.length > 0 ? ' ; …' : '…';
  label += ` )${header.result ? ` : ${header.result}` : ''}`;
  return {
    label,
    parameters,
    variadic: header.variadic,
    ...(header.comment ? { documentation: { kind: 'plaintext', value: header.comment } } : {}),
  };
}
