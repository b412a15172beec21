import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { defaultCatalogue } from '#syntaxes/catalogue/catalogue.js';
import type { FileSystem } from '#syntaxes/project/fileSystem.js';
import { nodeFileSystem } from '#syntaxes/project/node/fileSystem.js';
import type { Bilingual } from '#syntaxes/text/bilingual.js';
import { Lines, type Span } from '../analysis/lines.js';
import type { ModeAnswer } from '../analysis/sessionMode.js';
import { type SessionUse, sessionUses } from '../analysis/sessionUses.js';
import { Snapshot } from '../analysis/snapshot.js';
import { LoadedProject } from '../connection/projects.js';
import { safeFixes } from '../features/codeActions.js';
import { handlersFile, handlersProblem } from '../rules/handlersFile.js';
import { needsScalable } from '../rules/needsScalable.js';
import { ignoring } from '../rules/patterns.js';
import type { Problem, Rule, Severity } from '../rules/rule.js';
import { ruleFileName } from '../rules/ruleFile.js';
import { check, type RuleSettings } from '../rules/rules.js';

/** A problem with its place in lines; `file` is relative to the project's root. */
export interface Found {
  readonly file: string;
  readonly span: Span;
  readonly severity: Severity;
  readonly code: string;
  readonly message: Bilingual;
  readonly related: readonly { readonly file: string; readonly span: Span; readonly message: Bilingual }[];
  /** The lines it stands on, for a code frame. */
  readonly source: string;
}

export interface LintedProject {
  readonly root: string;
  readonly name: string;
  readonly mode: ModeAnswer;
  readonly files: number;
  /** Places that use the web session family, reported or not. */
  readonly uses: readonly SessionUse[];
  readonly problems: readonly Found[];
  /** Fixes written to disk. */
  readonly fixed: number;
}

export interface LintOptions {
  readonly rules: RuleSettings;
  readonly selected: readonly Rule[];
  /** Only these files, as absolute paths; all of the project's when left out. */
  readonly only?: ReadonlySet<string>;
  readonly fix: boolean;
  /** A text that stands for a file of the project, on disk or not yet, by its absolute path. */
  readonly text?: { readonly path: string; readonly content: string };
  /** Whether nothing is to be reported in a file, by its path below the root; without it, what `.fourdignore` beside `Project` says. */
  readonly ignored?: (path: string) => boolean;
  /** Whether a report is known, and left out. */
  readonly known?: (report: Found, root: string) => boolean;
  readonly progress?: (done: number, total: number) => void;
}

/** Checks every file of a project, in the order of their paths. Files are read from disk and, with `fix`, written back. */
export async function lintProject(root: string, options: LintOptions): Promise<LintedProject> {
  const failures: string[] = [];
  const fs = options.text ? withText(nodeFileSystem, options.text) : nodeFileSystem;
  const project = new LoadedProject(
    root,
    fs,
    defaultCatalogue(),
    { now: () => performance.now(), pause: () => new Promise((resolve) => setImmediate(resolve)) },
    'utf-16',
    { changed() {}, modeChanged() {}, failed: (what, error) => void failures.push(`${what}: ${error}`) },
  );
  await project.indexAll(options.progress);
  if (failures.length > 0) throw new Error(failures.join('\n'));
  const problems: Found[] = [...(await projectProblems(project)), ...handlersInLegacy(project, options)];
  let fixed = 0;
  const ignored = options.ignored ?? ignoring((await fs.readText(`${root}/${ignoreFileName}`)) ?? '');
  const files = project.project.files.filter(
    (f) => (!options.only || options.only.has(project.absolute(f.path))) && (options.text !== undefined || !ignored(f.path)),
  );
  for (const file of files) {
    const path = project.absolute(file.path);
    const raw = options.text?.path === path ? options.text.content : textOf(path);
    if (raw === undefined) continue;
    const bom = raw.startsWith('\uFEFF') ? '\uFEFF' : '';
    const snapshotOf = (text: string) =>
      new Snapshot({ uri: path, version: 0, text, catalogue: project.catalogue, view: project, source: file });
    let snapshot = snapshotOf(raw.slice(bom.length));
    let found = check(snapshot, options.rules, options.selected);
    const edits = options.fix ? safeFixes(found) : [];
    if (edits.length > 0) {
      let text = snapshot.text;
      for (const { start, end, text: insert } of [...edits].reverse()) text = text.slice(0, start) + insert + text.slice(end);
      await writeFile(path, bom + text);
      fixed += edits.length;
      snapshot = snapshotOf(text);
      found = check(snapshot, options.rules, options.selected);
    }
    for (const p of found) problems.push(place(project, file.path, snapshot, p));
  }
  return {
    root,
    name: project.project.name,
    mode: project.mode,
    files: files.length,
    uses: sessionUses(project.index, project.catalogue),
    problems: options.known ? problems.filter((p) => !options.known!(p, root)) : problems,
    fixed,
  };
}

/** The patterns of files that are left out, one a line, beside the folder `Project`. */
export const ignoreFileName = '.fourdignore';

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** A file system in which a file has another text, or is there at all. */
function withText(fs: FileSystem, { path, content }: { readonly path: string; readonly content: string }): FileSystem {
  const folder = path.slice(0, path.lastIndexOf('/'));
  const name = path.slice(folder.length + 1);
  return {
    readText: async (asked) => (asked === path ? content.replace(/^\uFEFF/, '') : fs.readText(asked)),
    readBytes: async (asked) => (asked === path ? new TextEncoder().encode(content) : fs.readBytes(asked)),
    readTextNow: (asked) => (asked === path ? content.replace(/^\uFEFF/, '') : fs.readTextNow?.(asked)),
    list: async (asked) => {
      const entries = await fs.list(asked);
      return asked !== folder || entries.some((e) => e.name === name) ? entries : [...entries, { name, folder: false }];
    },
  };
}

function place(project: LoadedProject, file: string, snapshot: Snapshot, problem: Problem): Found {
  const span = snapshot.span(problem.start, problem.end);
  return {
    file,
    span,
    severity: problem.severity,
    code: problem.code,
    message: problem.message,
    related: (problem.related ?? []).map((r) => ({ file: within(project, r.file ?? file), span: r.span, message: r.message })),
    source: snapshot.lines.lineText(span.start.line),
  };
}

/** What could not be read of the settings, the structure, the project file or the levels of rules. */
async function projectProblems(project: LoadedProject): Promise<Found[]> {
  const found: Found[] = [];
  const levels = (project.ruleFile?.problems ?? []).map((message) => ({ path: project.absolute(ruleFileName), offset: 0, message }));
  for (const { path, offset, message } of [...project.project.problems, ...levels]) {
    const text = (await nodeFileSystem.readText(path)) ?? '';
    const lines = new Lines(text);
    const span = lines.span(offset ?? 0, offset ?? 0);
    found.push({
      file: within(project, path),
      span,
      // a folder is named where a file is not there: nothing is wrong in the code
      severity: offset === undefined && !/\.\w+$/.test(path) ? 'info' : 'warning',
      code: 'project-file',
      message,
      related: [],
      source: lines.lineText(span.start.line),
    });
  }
  return found;
}

/** What is to be said about `HTTPHandlers.json`. */
function handlersInLegacy(project: LoadedProject, options: LintOptions): Found[] {
  const { handlers: text, catalogue } = project;
  const problem = options.selected.includes(needsScalable) ? handlersProblem(project, options.rules) : undefined;
  if (text === undefined || !problem) return [];
  return [place(project, handlersFile(project.project), new Snapshot({ uri: '', version: 0, text, catalogue }), problem)];
}

/** A path of the project relative to its root, wherever it came from. */
export function within(project: { readonly root: string }, path: string): string {
  return path.startsWith(`${project.root}/`) ? path.slice(project.root.length + 1) : path;
}
