import type { SourceFile } from '#syntaxes/project/types.js';
import { constantKey, type Key } from '../analysis/keys.js';
import type { ProjectView } from '../analysis/projectView.js';
import { webCodeOf } from '../analysis/reach.js';
import type { ModeAnswer } from '../analysis/sessionMode.js';
import { isFamilyConstant } from '../analysis/sessionUses.js';
import { Snapshot } from '../analysis/snapshot.js';
import { formerNames } from './formerNames.js';
import { processState } from './processState.js';
import { sessionCommands } from './sessionCommands.js';
import { sessionOptions } from './sessionOptions.js';
import { settingsItems } from './settings.js';
import type { Found, MigrationItem } from './types.js';
import { oldUrls, specialMethods, webCode } from './webCode.js';

export interface MigrationPlan {
  readonly root: string;
  readonly name: string;
  /** The mode the project has now. */
  readonly mode: ModeAnswer;
  /** By path, then by place. */
  readonly items: readonly MigrationItem[];
}

/** Commands that bring a file into the plan. */
const commands: readonly number[] = [1162, 1207, 1208, 1209, 1210, 1350];
const special = /^(COMPILER_WEB|onWebSessionSuspend|onRESTAuthentication)$/i;

/**
 * What has to become of every use of legacy sessions in a project. Reads the files that may hold one, and changes nothing.
 *
 * @param view a project whose code has been read (`indexed`)
 * @param read text of a file by its path below the root, without BOM; undefined when it cannot be read
 */
export async function planMigration(view: ProjectView, read: (path: string) => Promise<string | undefined>): Promise<MigrationPlan> {
  const { index, project } = view;
  const snapshots = new Map<string, Promise<Snapshot | undefined>>();
  const snapshotAt = (path: string): Promise<Snapshot | undefined> => {
    let found = snapshots.get(path);
    if (!found) {
      found = read(path).then((text) => (text === undefined ? undefined : snapshot(view, path, text, index.get(path)?.source)));
      snapshots.set(path, found);
    }
    return found;
  };
  const web = webCodeOf(view);
  const keys: Key[] = [...commands.map((n) => `c:${n}`), ...view.catalogue.constants.filter(isFamilyConstant).map(constantKey)];
  const named = new Set(index.occurrences(keys).map((o) => o.path));
  for (const e of index.evidence()) named.add(e.path);
  for (const file of project.files) if (special.test(file.name)) named.add(file.path);
  const items: MigrationItem[] = [...settingsItems(project)];
  for (const path of [...new Set([...named, ...web])].sort()) {
    const one = await snapshotAt(path);
    if (!one) continue;
    const found: Found[] = [...sessionCommands(one), ...sessionOptions(one), ...formerNames(one), ...specialMethods(one)];
    if (web.has(path)) found.push(...webCode(one), ...oldUrls(one));
    items.push(...found.map((f) => placed(one, path, f)));
  }
  items.push(...(await processState(view, snapshotAt)));
  items.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.start - b.start || a.end - b.end));
  return { root: project.root, name: project.name, mode: view.mode, items };
}

function snapshot(view: ProjectView, path: string, text: string, source: SourceFile | undefined): Snapshot {
  return new Snapshot({
    uri: view.uriOf(path),
    version: 0,
    text,
    catalogue: view.catalogue,
    view,
    source: source ?? view.project.fileByPath(path),
  });
}

function placed(one: Snapshot, path: string, found: Found): MigrationItem {
  const { edits, bothModes, ...rest } = found;
  const text = one.text.slice(found.start, found.end).replace(/\s+/g, ' ');
  return {
    ...rest,
    // an edit that cannot be made safely is left to people
    kind: found.title && !edits ? 'manual' : found.kind,
    path,
    span: one.span(found.start, found.end),
    text: text.length > 80 ? `${text.slice(0, 79)}…` : text,
    ...(edits ? { edits: { [path]: edits } } : {}),
    ...(bothModes ? { bothModes: { title: bothModes.title, edits: { [path]: bothModes.edits } } } : {}),
  };
}
