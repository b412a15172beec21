import type { Project } from '#syntaxes/project/project.types.js';
import { fold } from '#syntaxes/text/fold.js';
import { N } from '#syntaxes/tree/kinds.js';
import { nameRange, nameText, suffixOf } from '#syntaxes/tree/names.js';
import { methodKey } from '../analysis/keys.js';
import { methodText } from '../analysis/methodTexts.js';
import { markAt, partIn, roleIn } from '../analysis/nameMarks.js';
import type { Snapshot } from '../analysis/snapshot.js';
import type { Finding, Rule } from './rule.js';
import { nearest } from './undeclaredLocal.js';

/** Names of the components and plug-ins that 4D brings along begin so. */
const broughtAlong =
  /^(vp |svg|progress|wp |wr |pv |cal|date|time|4d|web|mobile|widget|search|ck|it_|net_|tcp_|udp_|smtp|pop3|imap|ftp_|msg_|qr |ap |ole|xl|pdf)/i;

/** What is called more often than this is no slip: it belongs to something that is not there to be seen. */
const SLIPS = 3;

/**
 * A call, or a text that names a method to a command, of something that the project does not have and 4D does not know. Certain only where no component or plug-in can bear the name:
 * the project has none, and a method or command of the same prefix whose name differs by one letter shows what is meant.
 */
export const unknownMethod: Rule = {
  code: 'unknown-method',
  severity: 'warning',
  aboutSessions: false,
  *check(snapshot) {
    const { view, tree } = snapshot;
    if (!view?.indexed || view.project.hasForeignCode || tree.errors.length > 0) return;
    const { spellings } = snapshot;
    const { nodes } = spellings;
    /** By the numbers of their spellings. */
    const slips = new Map<number, string | undefined>();
    for (let i = 0; i < nodes.length; i++) {
      const node = nodes[i];
      if (tree.kind(node) !== N.Name) continue;
      const mark = markAt(tree, spellings, i);
      if (partIn(mark) !== 'call' || roleIn(mark) !== 'free' || snapshot.resolveAt(i, node).kind !== 'unknown' || suffixOf(tree, node))
        continue;
      const number = spellings.numbers[i];
      if (!slips.has(number)) slips.set(number, slipOf(snapshot, nameText(tree, node)));
      const close = slips.get(number);
      if (close) yield finding(nameRange(tree, node), nameText(tree, node), close);
    }
    for (let node = 0; node < tree.data.nodeCount; node++) {
      const named = tree.kind(node) === N.String ? methodText(snapshot, node) : undefined;
      const close = named && !view.project.methodByName(named.name) ? slipOf(snapshot, named.name) : undefined;
      if (named && close && view.project.methodByName(close)) yield finding(named, named.name, close);
    }
  },
};

function finding({ start, end }: { readonly start: number; readonly end: number }, name: string, close: string): Finding {
  return {
    start,
    end,
    message: {
      en: `The project has no method \`${name}\`, and 4D no command of that name. Is \`${close}\` meant?`,
      es: `El proyecto no tiene ningún método \`${name}\`, ni 4D ningún comando con ese nombre. ¿Se refiere a \`${close}\`?`,
    },
    fixes: [
      {
        title: { en: `Change to \`${close}\``, es: `Cambiar por \`${close}\`` },
        edits: [{ start, end, text: close }],
      },
    ],
  };
}

/** What is meant by a name that nothing bears, where it can only be a slip. */
function slipOf(snapshot: Snapshot, name: string): string | undefined {
  if (broughtAlong.test(name) || name.length < 4) return undefined;
  const close = meant(snapshot, name);
  if (!close || isSeries(name, close) || familyOf(name) !== familyOf(close)) return undefined;
  return snapshot.view!.index.count([methodKey(name)]) > SLIPS ? undefined : close;
}

const known = new WeakMap<Project, { readonly names: readonly string[]; readonly close: Map<string, string | undefined> }>();

/** The one name of the project or of 4D that differs by a letter. Looked for once a name: components are called from many places. */
function meant(snapshot: Snapshot, name: string): string | undefined {
  const { project } = snapshot.view!;
  const of = known.get(project) ?? { names: candidates(snapshot), close: new Map<string, string | undefined>() };
  known.set(project, of);
  if (!of.close.has(name)) of.close.set(name, nearest(name, of.names));
  return of.close.get(name);
}

function candidates(snapshot: Snapshot): string[] {
  const methods = snapshot.view!.project.files.filter((f) => f.kind === 'method').map((f) => f.name);
  const commands = snapshot.catalogue.commands.filter((c) => c.number !== undefined && c.section !== 'Undocumented').map((c) => c.name);
  const seen = new Set<string>();
  return [...methods, ...commands].filter((n) => !seen.has(fold(n)) && seen.add(fold(n)));
}

/** `sr ` of `SR Print`, `ot_` of `OT_Copy`: plug-ins and teams mark their names so, and another mark is another family, not a slip. */
function familyOf(name: string): string {
  return /^[a-z0-9]{1,3}[ _]/i.exec(name)?.[0].toLowerCase() ?? '';
}

/** `Report1` and `Report2`, `Foo_a` and `Foo_b` are two names, not one mistyped. */
function isSeries(a: string, b: string): boolean {
  let i = 0;
  while (i < a.length && i < b.length && a[i].toLowerCase() === b[i].toLowerCase()) i++;
  return /\d/.test(a[i] ?? '') || /\d/.test(b[i] ?? '') || i >= Math.min(a.length, b.length) - 1;
}
