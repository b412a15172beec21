import type { Hover } from 'vscode-languageserver';
import type { Command, Constant } from '#syntaxes/catalogue/types.js';
import { type Language, say } from '#syntaxes/text/bilingual.js';
import { N, T } from '#syntaxes/tree/kinds.js';
import { nameText, typeName } from '#syntaxes/tree/names.js';
import type { Node } from '#syntaxes/tree/tree.js';
import { componentClassAt } from '../analysis/componentClasses.js';
import { dataStoreMember, memberOf } from '../analysis/expressionType.js';
import { roleOf } from '../analysis/roles.js';
import { isFamilyConstant, noteCommands } from '../analysis/sessionUses.js';
import type { Snapshot } from '../analysis/snapshot.js';
import {
  code,
  commandFacts,
  describeCommand,
  describeConstant,
  describeMember,
  pageLink,
  signatureText,
} from '../documentation/describe.js';
import { plainText } from '../documentation/plainText.js';
import { words } from '../documentation/words.js';
import type { FeatureContext } from './context.js';
import {
  describeClass,
  describeConstructor,
  describeDataclass,
  describeField,
  describeLocal,
  describeMethod,
  describeOwnMember,
  describeTable,
  describeUnknownMember,
  describeUnknownName,
  describeVariable,
} from './describeSource.js';
import { sessionNote } from './sessionNote.js';

/** What is known about the name at an offset; null where there is none. */
export async function hover(snapshot: Snapshot, offset: number, context: FeatureContext): Promise<Hover | null> {
  if (snapshot.inComment(offset)) return null;
  const node = snapshot.nameAt(offset);
  const found = node < 0 ? keywordAt(snapshot, offset, context.language) : await describe(snapshot, node, context);
  if (!found) return null;
  const { start, end, text } = found;
  const value = context.markdown ? text : plainText(text);
  return { contents: { kind: context.markdown ? 'markdown' : 'plaintext', value }, range: snapshot.span(start, end) };
}

interface Found {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

async function describe(snapshot: Snapshot, node: Node, context: FeatureContext): Promise<Found | undefined> {
  const { tree } = snapshot;
  const text = await textFor(snapshot, node, context);
  if (!text) return undefined;
  return { start: tree.start(node), end: tree.end(node), text };
}

async function textFor(snapshot: Snapshot, node: Node, context: FeatureContext): Promise<string | undefined> {
  const { tree } = snapshot;
  const { language } = context;
  switch (tree.kind(node)) {
    case N.Local:
      return describeLocal(snapshot, node, language);
    case N.Interprocess:
      return describeVariable(snapshot, nameText(tree, node), `i:${nameText(tree, node)}`, 'interprocess', language);
    case N.Table:
      return describeTable(snapshot, node, language);
    case N.Type:
      return describeType(snapshot, typeName(tree, node), context);
    default:
      break;
  }
  switch (roleOf(tree, node)) {
    case 'class': {
      const name = nameText(tree, node);
      const foreign = tree.kind(tree.parent(node)) === N.ClassExtends && !snapshot.view?.project.classByName(name);
      const built = foreign ? await describeType(snapshot, `4D.${name.replace(/^4D\./i, '')}`, context) : undefined;
      return built ?? describeClass(snapshot, name, context);
    }
    case 'builtInClass':
      return describeType(snapshot, `4D.${nameText(tree, node)}`, context);
    case 'dataclass': {
      const built = dataStoreMember(snapshot, tree.parent(node)) ? memberOf(snapshot, tree.parent(node)) : undefined;
      return built ? memberText(snapshot, built, language) : describeDataclass(snapshot, node, context);
    }
    case 'field':
      return describeField(snapshot, tree.parent(node), language);
    case 'member':
    case 'memberDefinition': {
      const parent = tree.parent(node);
      const foreign = componentClassAt(snapshot, parent);
      if (foreign) return describeClass(snapshot, foreign, context);
      const built = tree.kind(parent) === N.Member ? memberOf(snapshot, parent) : undefined;
      if (built) return memberText(snapshot, built, language);
      const declared = await describeOwnMember(snapshot, node, context);
      if (declared) return declared;
      const maker = tree.kind(parent) === N.Member && /^(new|me)$/i.test(nameText(tree, node)) ? tree.firstChild(parent) : -1;
      const own = maker >= 0 && tree.kind(maker) === N.Member && roleOf(tree, tree.child(maker, 1)) === 'class';
      const className = maker < 0 ? undefined : own ? nameText(tree, tree.child(maker, 1)) : componentClassAt(snapshot, maker);
      const made = className === undefined ? undefined : await describeConstructor(snapshot, className, context);
      return made ?? describeUnknownMember(snapshot, node, language);
    }
    default:
      return freeName(snapshot, node, context);
  }
}

function memberText(snapshot: Snapshot, built: NonNullable<ReturnType<typeof memberOf>>, language: Language): string {
  const text = describeMember(built.owner, built.member, language);
  const note = /^4D\.(Session|WebServer)$/.test(built.owner.name) ? sessionNote(snapshot, undefined, language) : undefined;
  return note ? `${text}\n\n${note}` : text;
}

async function freeName(snapshot: Snapshot, node: Node, context: FeatureContext): Promise<string | undefined> {
  const { language } = context;
  const resolved = snapshot.resolve(node);
  switch (resolved.kind) {
    case 'command':
      return commandText(snapshot, resolved.command, context);
    case 'constant':
      return constantText(snapshot, resolved.constant, context);
    case 'plugin':
      return `${code(nameText(snapshot.tree, node))}\n\n${say(words.plugin, language, resolved.plugin, resolved.index)}`;
    case 'method':
      return describeMethod(snapshot, resolved.file, context);
    case 'variable':
      return describeVariable(snapshot, resolved.name, `n:${resolved.name}`, 'process', language);
    default:
      return isCalled(snapshot, node) ? describeUnknownName(snapshot, nameText(snapshot.tree, node), language) : undefined;
  }
}

/** Whether a name stands where only something that runs can. */
function isCalled({ tree }: Snapshot, node: Node): boolean {
  const parent = tree.parent(node);
  const kind = tree.kind(parent);
  return kind === N.ExpressionStatement || (kind === N.Call && tree.firstChild(parent) === node);
}

/** A session selector has a page of ours, shown before the catalogue's facts; then the mode. */
async function constantText(snapshot: Snapshot, constant: Constant, context: FeatureContext): Promise<string> {
  if (!isFamilyConstant(constant)) return describeConstant(constant, context.language);
  const parts: string[] = [];
  for (const language of context.documentation) {
    const page = await context.pages.constant(constant, language);
    const [signature, ...facts] = describeConstant(constant, language).split('\n\n');
    const note = sessionNote(snapshot, undefined, language);
    parts.push([signature, ...(page ? [page.hover] : []), ...facts, ...(note ? [note] : [])].join('\n\n'));
  }
  return parts.join('\n\n---\n\n');
}

/** Our own page where there is one, in each language asked for; the catalogue's facts otherwise. Then the mode, then 4D's page. */
export async function commandText(snapshot: Snapshot, command: Command, context: FeatureContext): Promise<string> {
  const family = command.number !== undefined && noteCommands.has(command.number);
  const parts: string[] = [];
  for (const language of context.documentation) {
    const page = family ? await context.pages.command(command, language) : undefined;
    const blocks = page
      ? [code(command.signatures.map((s) => signatureText(s, language)).join('\n')), page.hover, commandFacts(command, language)]
      : [describeCommand(command, language)];
    const note = family ? sessionNote(snapshot, command.number, language) : undefined;
    if (note) blocks.push(note);
    if (page && command.slug) blocks.push(pageLink(command.slug, language));
    parts.push(blocks.join('\n\n'));
  }
  return parts.join('\n\n---\n\n');
}

async function describeType(snapshot: Snapshot, type: string, context: FeatureContext): Promise<string | undefined> {
  const own = /^cs\s*\.\s*(.+)$/is.exec(type);
  if (own) return describeClass(snapshot, own[1].trim(), context);
  const known = snapshot.catalogue.classByName(type.replace(/\s+/g, ''));
  if (!known) {
    const basic = snapshot.catalogue.types.find((t) => t.toLowerCase() === type.toLowerCase());
    return basic && [code(basic), say(words.dataType, context.language)].join('\n\n');
  }
  const parts: string[] = [];
  for (const language of context.documentation) {
    const page = await context.pages.class(known, language);
    parts.push([code(known.name), ...(page ? [page.hover] : []), ...(known.slug ? [pageLink(known.slug, language)] : [])].join('\n\n'));
  }
  return parts.join('\n\n---\n\n');
}

/** `If`, `End for each` …: what is no name but a word of the language. */
function keywordAt(snapshot: Snapshot, offset: number, language: Language): Found | undefined {
  const { tree } = snapshot;
  let token = tree.tokenAt(offset);
  if (tree.tokenKind(token) !== T.Word && token > 0 && tree.tokenEnd(token - 1) === offset) token--;
  if (tree.tokenKind(token) !== T.Word || tree.tokenStart(token) > offset) return undefined;
  // the longest run of words around the token that is a keyword
  for (let width = 3; width > 0; width--) {
    for (let first = Math.max(0, token - width + 1); first <= token; first++) {
      const last = first + width - 1;
      if (last < token || last >= tree.data.tokenCount || tree.tokenKind(last) !== T.Word) continue;
      const start = tree.tokenStart(first);
      const end = tree.tokenEnd(last);
      const written = snapshot.text.slice(start, end);
      if (/[\r\n]/.test(written)) continue;
      const found = snapshot.catalogue.keywordByName(written);
      if (!found) continue;
      const { keyword } = found;
      const facts = [say(words.keyword, language), ...(keyword.since ? [say(words.since, language, keyword.since)] : [])];
      const shape = keyword.form ?? (keyword.close ? `${keyword.name} … ${keyword.close}` : keyword.name);
      return { start, end, text: `${code(shape)}\n\n${facts.join(' · ')}` };
    }
  }
  return undefined;
}
