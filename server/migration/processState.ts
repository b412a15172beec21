import type { Bilingual } from '#syntaxes/text/bilingual.js';
import { fold } from '#syntaxes/text/fold.js';
import { N } from '#syntaxes/tree/kinds.js';
import { nameText } from '#syntaxes/tree/names.js';
import type { Node } from '#syntaxes/tree/tree.js';
import { typeOf as valueType } from '../analysis/expressionType.js';
import { Use } from '../analysis/projectIndex.js';
import type { ProjectView } from '../analysis/projectView.js';
import { isDynamic, isWebEntry, reachedFrom, webCodeOf } from '../analysis/reach.js';
import type { Snapshot } from '../analysis/snapshot.js';
import { usesOf } from '../analysis/uses.js';
import { number } from '../rules/mode.js';
import type { TextEdit } from '../rules/rule.js';
import { around, nodesBelow } from '../rules/statements.js';
import { intoStorage, keepingOf, shownFromStorage } from './storageEdits.js';
import type { MigrationItem } from './types.js';

type Snapshots = (path: string) => Promise<Snapshot | undefined>;

/**
 * Process variables that carry the state of a session from one web request to the next, each moved into `Session.storage` where every
 * place that names it can be rewritten (facts: `web-sessions` section 13).
 */
export async function processState(view: ProjectView, snapshotAt: Snapshots): Promise<MigrationItem[]> {
  const { index } = view;
  const web = webCodeOf(view);
  const once = await setForNewSessions(view, web, snapshotAt);
  const items: MigrationItem[] = [];
  const seen = new Set<string>();
  for (const path of [...web].sort())
    for (const { key, spelling } of index.keysIn(path, 'n:', Use.Write)) {
      if (seen.has(key)) continue;
      seen.add(key);
      if (view.project.methodByName(spelling) || view.sharedMethods.has(fold(spelling)) || view.catalogue.systemVariableByName(spelling))
        continue;
      const places = index.occurrences([key]).filter((o) => !(o.uses & Use.Definition));
      const writers = new Set(places.filter((o) => o.uses & Use.Write).map((o) => o.path));
      const readers = new Set(places.filter((o) => !(o.uses & Use.Write)).map((o) => o.path));
      if (!apart(view, readers, writers) && !once.has(key) && !(await testsSession(view, readers, key, snapshotAt))) continue;
      const item = await variable(view, key, spelling, web, snapshotAt);
      if (item) items.push(item);
    }
  for (const [key, spelling] of once) {
    if (seen.has(key)) continue;
    seen.add(key);
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

/** Whether a web request may run a file that reads, and none that writes. */
function apart(view: ProjectView, readers: ReadonlySet<string>, writers: ReadonlySet<string>): boolean {
  const setting = reachedFrom(view, writers);
  for (const path of reachedFrom(view, readers)) if (!setting.has(path) && isWebEntry(view, path)) return true;
  return false;
}

/** `If (vSession#WEB Get current session ID)`: the classic test whether the session is new. */
async function testsSession(view: ProjectView, paths: ReadonlySet<string>, key: string, snapshotAt: Snapshots): Promise<boolean> {
  for (const path of paths) {
    if (!asksForSession(view, path)) continue;
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

/**
 * Process variables and arrays that code sets only when it finds that the session is a new one, the idiom of 4D's manual, and uses
 * elsewhere too: later requests of the session rely on them. By key, with a spelling.
 */
async function setForNewSessions(view: ProjectView, web: ReadonlySet<string>, snapshotAt: Snapshots): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const path of web) {
    if (!asksForSession(view, path)) continue;
    const snapshot = await snapshotAt(path);
    for (const use of snapshot?.usesOf(number.getCurrentSessionId) ?? []) {
      const { tree } = snapshot!;
      const block = around(snapshot!, use.call, N.If);
      const inside = block < 0 ? undefined : new Set(nodesBelow(snapshot!, block));
      if (!inside || !isTest(snapshot!, use.call)) continue;
      for (const node of inside) {
        if (tree.kind(node) !== N.Name || !(usesOf(tree, node) & Use.Write || snapshot!.isDeclaring(node))) continue;
        const key = snapshot!.key(node);
        if (!key?.startsWith('n:') || snapshot!.resolve(node).kind !== 'variable') continue;
        const here = namesOf(snapshot!, key).some((one) => !inside.has(one) && !snapshot!.isDeclaring(one));
        if (here || view.index.occurrences([key]).some((o) => o.path !== path && web.has(o.path))) found.set(key, nameText(tree, node));
      }
    }
  }
  return found;
}

function asksForSession({ index }: ProjectView, path: string): boolean {
  for (const { key } of index.keysIn(path, 'c:')) if (key === `c:${number.getCurrentSessionId}`) return true;
  return false;
}

/** The identifier is compared, in the condition of an `If`. */
function isTest({ tree }: Snapshot, call: Node): boolean {
  const parent = tree.parent(call);
  return tree.kind(parent) === N.Binary && /^[=#]$/.test(tree.tokenText(tree.token(parent)));
}

/** A form shows the variable, or a page changes it, and would not find it in the storage. */
function shownBy(name: string, path: string): Bilingual {
  return {
    en: `\`${path}\` names \`${name}\` too, and is not rewritten.`,
    es: `\`${path}\` también nombra \`${name}\`, y no se reescribe.`,
  };
}

async function variable(
  view: ProjectView,
  key: string,
  name: string,
  web: ReadonlySet<string>,
  snapshotAt: Snapshots,
): Promise<MigrationItem | undefined> {
  const all = view.index.occurrences([key]);
  const occurrences = all.filter((o) => view.project.fileByPath(o.path));
  const type = (await typeOf(occurrences, name, snapshotAt)) ?? (await assignedType(occurrences, key, snapshotAt));
  const keeping = keepingOf(type);
  let obstacle: Bilingual | undefined = keeping ? undefined : noScalar(name, type);
  if (!obstacle && isDynamic(view, web))
    obstacle = {
      en: `Web code runs texts as code or reaches variables by computed names, which may name \`${name}\`.`,
      es: `El código web ejecuta textos como código o llega a variables por nombres calculados, que pueden nombrar \`${name}\`.`,
    };
  const edits: Record<string, TextEdit[]> = {};
  for (const { path, span, uses } of all) {
    if (view.project.fileByPath(path)) continue;
    const page = keeping && /html?$/i.test(path) && !(uses & Use.Write) ? await snapshotAt(path) : undefined;
    if (!page) obstacle ??= shownBy(name, path);
    else {
      const [start, end] = [page.lines.offset(span.start), page.lines.offset(span.end)];
      edits[path] = [...(edits[path] ?? []), { start, end, text: shownFromStorage(page, name, keeping!) }];
    }
  }
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
    for (const node of nodes) {
      if (snapshot.isDeclaring(node)) continue;
      const found = isWeb && keeping ? intoStorage(snapshot, node, name, keeping) : undefined;
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
    change: keeping?.copied ? { en: `${seen.en} ${copied.en}`, es: `${seen.es} ${copied.es}` } : seen,
    edits,
  };
}

const seen: Bilingual = {
  en: 'Every request of the session sees the value at once, also those that run at the same time; before, they waited for each other. Where code is run without a web session, `Session.storage` is another one.',
  es: 'Todas las peticiones de la sesión ven el valor enseguida, también las que se ejecutan a la vez; antes se esperaban unas a otras. Donde el código se ejecuta sin sesión web, `Session.storage` es otro.',
};
const copied: Bilingual = {
  en: 'What is stored is a shared copy of the object: later changes of the original do not reach it.',
  es: 'Lo que se guarda es una copia compartida del objeto: los cambios posteriores del original no le llegan.',
};

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

/** The type of what is assigned to a variable that is declared nowhere, where all of it can be kept in the same way. */
async function assignedType(
  occurrences: readonly { path: string; uses: number }[],
  key: string,
  snapshotAt: Snapshots,
): Promise<string | undefined> {
  const types = new Map<string, string | undefined>();
  for (const path of new Set(occurrences.filter((o) => o.uses & Use.Write).map((o) => o.path))) {
    const snapshot = await snapshotAt(path);
    for (const node of snapshot ? namesOf(snapshot, key) : []) {
      const { tree } = snapshot!;
      if (!(usesOf(tree, node) & Use.Write)) continue;
      const parent = tree.parent(node);
      const assigned = tree.kind(parent) === N.Assignment && tree.firstChild(parent) === node;
      const type = assigned ? valueType(snapshot!, tree.child(parent, 1)) : undefined;
      types.set(keepingOf(type)?.reader?.[0] ?? type ?? '', type);
    }
  }
  return types.size === 1 ? [...types.values()][0] : undefined;
}

function namesOf(snapshot: Snapshot, key: string): Node[] {
  const { tree } = snapshot;
  const nodes: Node[] = [];
  for (let node = 0; node < tree.data.nodeCount; node++) if (tree.kind(node) === N.Name && snapshot.key(node) === key) nodes.push(node);
  return nodes.sort((a, b) => tree.start(a) - tree.start(b));
}
