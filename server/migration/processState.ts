import { initialValue } from '#syntaxes/resolution/declarator.js';
import type { Bilingual } from '#syntaxes/text/bilingual.js';
import { N } from '#syntaxes/tree/kinds.js';
import type { Node } from '#syntaxes/tree/tree.js';
import { usesOf } from '../analysis/facts.js';
import { commandNumber } from '../analysis/literals.js';
import { Use } from '../analysis/projectIndex.js';
import type { ProjectView } from '../analysis/projectView.js';
import type { Snapshot } from '../analysis/snapshot.js';
import { isDynamic, isWebEntry, reachOf } from '../analysis/webFlow.js';
import { lineEnd, statementOf, usesTokens } from '../rules/edits.js';
import { number } from '../rules/mode.js';
import type { TextEdit } from '../rules/rule.js';
import { declaringNodes } from '../rules/statements.js';
import type { MigrationItem } from './types.js';
import { indentOf, standsAlone, storage } from './writing.js';

/** The command that turns a member that may be missing into a value of a type: 0, "", False … where nothing was stored. */
const readers: Readonly<Record<string, readonly [string, number]>> = {
  text: ['String', 10],
  integer: ['Num', 11],
  longint: ['Num', 11],
  real: ['Num', 11],
  boolean: ['Bool', 1537],
  date: ['Date', 102],
  time: ['Time', 179],
};

type Snapshots = (path: string) => Promise<Snapshot | undefined>;

/**
 * Process variables that carry the state of a session from one web request to the next, each moved into `Session.storage` where every
 * place that names it can be rewritten (facts: `web-sessions` section 13).
 */
export async function processState(view: ProjectView, snapshotAt: Snapshots): Promise<MigrationItem[]> {
  const { index } = view;
  const entries = index.paths().filter((path) => isWebEntry(view, path));
  const reaches = entries.map((entry) => reachOf(view, entry));
  const web = new Set(reaches.flatMap((reach) => [...reach]));
  const items: MigrationItem[] = [];
  const seen = new Set<string>();
  for (const path of [...web].sort())
    for (const { key, spelling } of index.keysIn(path, 'n:', Use.Write)) {
      if (seen.has(key)) continue;
      seen.add(key);
      if (view.project.methodByName(spelling) || view.catalogue.systemVariableByName(spelling)) continue;
      const places = index.occurrences([key]).filter((o) => !(o.uses & Use.Definition));
      const writers = new Set(places.filter((o) => o.uses & Use.Write).map((o) => o.path));
      const readers = new Set(places.filter((o) => !(o.uses & Use.Write)).map((o) => o.path));
      const apart = reaches.some((reach) => meets(reach, readers) && !meets(reach, writers));
      if (!apart && !(await testsSession(readers, key, snapshotAt))) continue;
      const item = await variable(view, key, spelling, web, snapshotAt);
      if (item) items.push(item);
    }
  for (const file of view.project.files)
    if (/^COMPILER_WEB$/i.test(file.name))
      for (const { key, spelling } of index.keysIn(file.path, 'n:', Use.Definition)) {
        if (seen.has(key) || !index.occurrences([key]).some((o) => web.has(o.path))) continue;
        seen.add(key);
        const type = await typeOf(index.occurrences([key]), spelling, snapshotAt);
        const item = type?.endsWith(' array') ? await variable(view, key, spelling, web, snapshotAt) : undefined;
        if (item) items.push(item);
      }
  return items;
}

const meets = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean => [...b].some((one) => a.has(one));

/** `If (vSession#WEB Get current session ID)`: the classic test whether the session is new. */
async function testsSession(paths: ReadonlySet<string>, key: string, snapshotAt: Snapshots): Promise<boolean> {
  for (const path of paths) {
    const snapshot = await snapshotAt(path);
    for (const use of snapshot?.usesOf(number.getCurrentSessionId) ?? []) {
      const parent = snapshot!.tree.parent(use.call);
      if (
        snapshot!.tree.kind(parent) === N.Binary &&
        snapshot!.tree.children(parent).some((c) => c !== use.call && snapshot!.key(c) === key)
      )
        return true;
    }
  }
  return false;
}

async function variable(
  view: ProjectView,
  key: string,
  name: string,
  web: ReadonlySet<string>,
  snapshotAt: Snapshots,
): Promise<MigrationItem | undefined> {
  const occurrences = view.index.occurrences([key]);
  const type = await typeOf(occurrences, name, snapshotAt);
  const reader = readers[(type ?? '').toLowerCase()];
  let obstacle: Bilingual | undefined = reader ? undefined : noScalar(name, type);
  if (!obstacle && isDynamic(view, web))
    obstacle = {
      en: `Web code runs texts as code or reaches variables by computed names, which may name \`${name}\`.`,
      es: `El código web ejecuta textos como código o llega a variables por nombres calculados, que pueden nombrar \`${name}\`.`,
    };
  const edits: Record<string, TextEdit[]> = {};
  let first: { snapshot: Snapshot; path: string; node: Node } | undefined;
  for (const path of [...new Set(occurrences.map((o) => o.path))].sort()) {
    const snapshot = await snapshotAt(path);
    if (!snapshot) continue;
    const nodes = namesOf(snapshot, key);
    const isWeb = web.has(path);
    if (isWeb && !first) {
      const node = nodes.find((n) => usesOf(snapshot.tree, n) & Use.Write) ?? nodes[0];
      if (node !== undefined) first = { snapshot, path, node };
    }
    // what runs once, or never again, keeps its own variable
    if (/^(COMPILER_WEB|onWebSessionSuspend)$/i.test(snapshot.source?.name ?? '')) continue;
    const declaring = declaringNodes(snapshot);
    for (const node of nodes) {
      if (declaring.has(node)) continue;
      const found = isWeb ? rewrite(snapshot, node, name, reader) : undefined;
      if (found) edits[path] = [...(edits[path] ?? []), ...found];
      else obstacle ??= isWeb ? awkward(snapshot, node, path) : elsewhere(name, path);
    }
  }
  if (!first) return undefined;
  const { snapshot, path, node } = first;
  const place = {
    idiom: 'process-state',
    path,
    start: snapshot.tree.start(node),
    end: snapshot.tree.end(node),
    span: snapshot.nodeSpan(node),
    text: name,
  };
  const carries: Bilingual = {
    en: `\`${name}\` is set by one web request and read by another: legacy sessions keep it between the two, scalable ones do not.`,
    es: `\`${name}\` la asigna una petición web y la lee otra: las sesiones heredadas la conservan entre las dos, las escalables no.`,
  };
  if (obstacle) return { ...place, kind: 'manual', reason: { en: `${carries.en} ${obstacle.en}`, es: `${carries.es} ${obstacle.es}` } };
  return {
    ...place,
    kind: 'assisted',
    reason: carries,
    title: { en: `Keep it in \`Session.storage.${name}\``, es: `Guardarla en \`Session.storage.${name}\`` },
    change: {
      en: 'Every request of the session sees the value at once, also those that run at the same time; before, they waited for each other. Where code is run without a web session, `Session.storage` is another one.',
      es: 'Todas las peticiones de la sesión ven el valor enseguida, también las que se ejecutan a la vez; antes se esperaban unas a otras. Donde el código se ejecuta sin sesión web, `Session.storage` es otro.',
    },
    edits,
  };
}

function noScalar(name: string, type: string | undefined): Bilingual {
  return type === undefined
    ? {
        en: `Its type is declared nowhere: declare it, or write \`Session.storage.${name}\` yourself, between \`Use\` and \`End use\`.`,
        es: `Su tipo no se declara en ningún sitio: declárelo o escriba usted \`Session.storage.${name}\`, entre \`Use\` y \`End use\`.`,
      }
    : {
        en: `A value of type ${type} is not simply put into a shared object: make it a shared object or collection, or keep a key and load it again.`,
        es: `Un valor de tipo ${type} no se pone sin más en un objeto compartido: conviértalo en un objeto o colección compartidos, o guarde una clave y cárguelo de nuevo.`,
      };
}

function awkward(snapshot: Snapshot, node: Node, path: string): Bilingual {
  const line = snapshot.lines.lineAt(snapshot.tree.start(node)) + 1;
  return {
    en: `In line ${line} of ${path} it may be changed by what it is passed to, or stands in a form that has no counterpart.`,
    es: `En la línea ${line} de ${path} puede cambiarla aquello a lo que se pasa, o está en una forma que no tiene equivalente.`,
  };
}

function elsewhere(name: string, path: string): Bilingual {
  return {
    en: `Code that no web request reaches uses \`${name}\` too (${path}): decide what it shall find.`,
    es: `También usa \`${name}\` código al que no llega ninguna petición web (${path}): decida qué debe encontrar.`,
  };
}

async function typeOf(
  occurrences: readonly { path: string; uses: number }[],
  name: string,
  snapshotAt: Snapshots,
): Promise<string | undefined> {
  const types = new Set<string>();
  for (const path of new Set(occurrences.filter((o) => o.uses & Use.Definition).map((o) => o.path))) {
    const type = (await snapshotAt(path))?.declaredType(name);
    if (type) types.add(type);
  }
  return types.size === 1 ? [...types][0] : undefined;
}

function namesOf(snapshot: Snapshot, key: string): Node[] {
  const { tree } = snapshot;
  const nodes: Node[] = [];
  for (let node = 0; node < tree.data.nodeCount; node++) if (tree.kind(node) === N.Name && snapshot.key(node) === key) nodes.push(node);
  return nodes.sort((a, b) => tree.start(a) - tree.start(b));
}

/** The edits for one occurrence; undefined where it cannot be rewritten. */
function rewrite(snapshot: Snapshot, node: Node, name: string, reader: readonly [string, number] | undefined): TextEdit[] | undefined {
  if (!reader) return undefined;
  const { tree, text } = snapshot;
  const member = `${storage(snapshot)}.${name}`;
  const range = { start: tree.start(node), end: tree.end(node) };
  const parent = tree.parent(node);
  if (tree.kind(parent) === N.Assignment && tree.firstChild(parent) === node) {
    const statement = statementOf(snapshot, parent);
    if (statement !== parent || tree.tokenText(tree.token(parent)) !== ':=' || !standsAlone(snapshot, statement)) return undefined;
    const indent = indentOf(snapshot, statement);
    const eol = lineEnd(text);
    return [
      { ...range, text: `Use (${storage(snapshot)})${eol}${indent}\t${member}` },
      { start: tree.end(statement), end: tree.end(statement), text: `${eol}${indent}End use ` },
    ];
  }
  if (!isRead(snapshot, node)) return undefined;
  const [command, id] = reader;
  return [{ ...range, text: `${command}${usesTokens(snapshot) ? `:C${id}` : ''}(${member})` }];
}

/** Only the value counts here. */
function isRead(snapshot: Snapshot, node: Node): boolean {
  const { tree } = snapshot;
  const parent = tree.parent(node);
  const first = tree.firstChild(parent) === node;
  switch (tree.kind(parent)) {
    case N.Binary:
    case N.Unary:
    case N.Parenthesized:
    case N.If:
    case N.Case:
    case N.While:
    case N.Repeat:
    case N.Return:
    case N.Ternary:
      return true;
    case N.Assignment:
    case N.Pair:
      return !first;
    case N.Declarator:
      return initialValue(tree, parent) === node;
    case N.Arguments:
      return passesValue(snapshot, parent, node);
    default:
      return false;
  }
}

/** The argument of a project method or object function, or of a command whose parameter only goes in. */
function passesValue(snapshot: Snapshot, list: Node, node: Node): boolean {
  const { tree } = snapshot;
  const call = tree.parent(list);
  const callee = tree.firstChild(call);
  if (tree.kind(callee) === N.Member) return true;
  if (tree.kind(callee) !== N.Name) return false;
  const resolved = snapshot.resolve(callee);
  if (resolved.kind === 'method') return true;
  if (resolved.kind !== 'command' || resolved.command.signatures.length === 0 || commandNumber(snapshot, callee) === undefined)
    return false;
  const at = tree.children(list).indexOf(node);
  return resolved.command.signatures.every((s) => {
    const parameter = s.parameters[at];
    return parameter !== undefined && parameter.direction === 'in' && s.parameters.slice(0, at).every((p) => !p.repeatable && !p.optional);
  });
}
