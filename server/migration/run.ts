import type { Catalogue } from '#syntaxes/catalogue/types.js';
import type { FileSystem } from '#syntaxes/project/fileSystem.js';
import { Snapshot } from '../analysis/snapshot.js';
import { LoadedProject } from '../connection/projects.js';
import type { Problem } from '../rules/rule.js';
import { check, rules } from '../rules/rules.js';
import { applyItems, editsOf } from './apply.js';
import { type MigrationPlan, planMigration } from './plan.js';
import type { MigrationItem } from './types.js';

/** Edits may uncover others (a former name inside a call that is replaced): planning goes on until nothing is left, at most so often. */
const PASSES = 4;

export interface MigrationOptions {
  /** Code that runs in both modes, in place of scalable sessions alone; the settings stay as they are. */
  readonly bothModes: boolean;
  /** Which items with edits are done. */
  readonly wants: (item: MigrationItem) => boolean;
}

export interface ChangedFile {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

export interface Remaining {
  readonly path: string;
  readonly line: number;
  readonly problem: Problem;
}

export interface Migration {
  readonly plan: MigrationPlan;
  /** Items whose edits are in `changed`. */
  readonly done: readonly MigrationItem[];
  readonly changed: readonly ChangedFile[];
  /** The plan of the changed project: what is left to do. */
  readonly rest: MigrationPlan;
  /** What the session rules report in the changed project. */
  readonly remaining: readonly Remaining[];
}

/**
 * Plans a migration, does it on texts in memory, and looks at the result as if it were the project: nothing is written.
 *
 * @param fs the project's files
 */
export async function migrate(fs: FileSystem, root: string, catalogue: Catalogue, options: MigrationOptions): Promise<Migration> {
  const texts = new Map<string, string>();
  const originals = new Map<string, string>();
  const project = await load(overlay(fs, texts), root, catalogue);
  const read = (path: string): Promise<string | undefined> => project.readText(path);
  const plan = await planMigration(project, read);
  const done: MigrationItem[] = [];
  let rest = plan;
  for (let pass = 0; pass < PASSES; pass++) {
    const items = rest.items.filter((item) => options.wants(item) && editsOf(item, options.bothModes));
    if (items.length === 0) break;
    const before = new Map<string, string>();
    for (const path of new Set(items.flatMap((item) => Object.keys(editsOf(item, options.bothModes) ?? {})))) {
      const text = await read(path);
      if (text !== undefined) before.set(path, text);
    }
    const applied = applyItems(items, (path) => before.get(path), { bothModes: options.bothModes });
    if (applied.files.size === 0) break;
    for (const [path, text] of applied.files) {
      if (!originals.has(path)) originals.set(path, before.get(path)!);
      texts.set(project.absolute(path), text);
    }
    done.push(...applied.done);
    await lookAgain(project, [...applied.files.keys()]);
    rest = await planMigration(project, read);
  }
  const changed = [...originals]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, before]) => ({ path, before, after: texts.get(project.absolute(path))! }));
  return { plan, done, changed, rest, remaining: await problems(project) };
}

async function load(fs: FileSystem, root: string, catalogue: Catalogue): Promise<LoadedProject> {
  const failures: unknown[] = [];
  const project = new LoadedProject(root, fs, catalogue, { now: () => 0, pause: async () => undefined }, 'utf-16', {
    changed() {},
    modeChanged() {},
    failed: (_, error) => void failures.push(error),
  });
  await project.indexAll();
  if (failures.length > 0) throw failures[0];
  return project;
}

/** A file system in which some files have other texts. */
function overlay(fs: FileSystem, texts: ReadonlyMap<string, string>): FileSystem {
  return {
    readText: async (path) => texts.get(path) ?? fs.readText(path),
    ...(fs.readTextNow ? { readTextNow: (path) => texts.get(path) ?? fs.readTextNow!(path) } : {}),
    readBytes: (path) => fs.readBytes(path),
    list: (path) => fs.list(path),
  };
}

/** The project as changed files make it: methods are read by themselves, for anything else it is opened again. */
async function lookAgain(project: LoadedProject, paths: readonly string[]): Promise<void> {
  for (const path of paths) await project.fileChanged(path);
  if (paths.some((path) => !project.project.fileByPath(path))) await project.reload();
}

async function problems(project: LoadedProject): Promise<Remaining[]> {
  const aboutSessions = rules.filter((rule) => rule.aboutSessions);
  const found: Remaining[] = [];
  for (const source of project.project.files) {
    const text = project.fs.readTextNow ? project.fs.readTextNow(project.absolute(source.path)) : await project.readText(source.path);
    if (text === undefined) continue;
    const snapshot = new Snapshot({ uri: '', version: 0, text, catalogue: project.catalogue, view: project, source });
    for (const problem of check(snapshot, {}, aboutSessions))
      found.push({ path: source.path, line: snapshot.lines.lineAt(problem.start) + 1, problem });
  }
  return found;
}
