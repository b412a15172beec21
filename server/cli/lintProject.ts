import { readFile, writeFile } from 'node:fs/promises';
import { defaultCatalogue } from '#syntaxes/catalogue/catalogue.js';
import { nodeFileSystem } from '#syntaxes/project/node/fileSystem.js';
import type { Bilingual } from '#syntaxes/text/bilingual.js';
import { Lines, type Span } from '../analysis/lines.js';
import type { ModeAnswer } from '../analysis/sessionMode.js';
import { type SessionUse, sessionUses } from '../analysis/sessionUses.js';
import { Snapshot } from '../analysis/snapshot.js';
import { LoadedProject } from '../connection/projects.js';
import { safeFixes } from '../features/codeActions.js';
import type { Problem, Rule, Severity } from '../rules/rule.js';
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
  readonly progress?: (done: number, total: number) => void;
}

/** Checks every file of a project, in the order of their paths. Files are read from disk and, with `fix`, written back. */
export async function lintProject(root: string, options: LintOptions): Promise<LintedProject> {
  const failures: string[] = [];
  const project = new LoadedProject(
    root,
    nodeFileSystem,
    defaultCatalogue(),
    { now: () => performance.now(), pause: () => new Promise((resolve) => setImmediate(resolve)) },
    'utf-16',
    { changed() {}, modeChanged() {}, failed: (what, error) => void failures.push(`${what}: ${error}`) },
  );
  await project.indexAll(options.progress);
  if (failures.length > 0) throw new Error(failures.join('\n'));
  const problems: Found[] = await projectProblems(project);
  let fixed = 0;
  const files = project.project.files.filter((f) => !options.only || options.only.has(project.absolute(f.path)));
  for (const file of files) {
    const path = project.absolute(file.path);
    const raw = await readFile(path, 'utf8').catch(() => undefined);
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
    problems,
    fixed,
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

/** What could not be read of the settings, the structure or the project file. */
async function projectProblems(project: LoadedProject): Promise<Found[]> {
  const found: Found[] = [];
  for (const { path, offset, message } of project.project.problems) {
    const text = (await nodeFileSystem.readText(path)) ?? '';
    const lines = new Lines(text);
    const span = lines.span(offset ?? 0, offset ?? 0);
    found.push({
      file: within(project, path),
      span,
      severity: 'warning',
      code: 'project-file',
      message,
      related: [],
      source: lines.lineText(span.start.line),
    });
  }
  return found;
}

/** A path of the project relative to its root, wherever it came from. */
export function within(project: { readonly root: string }, path: string): string {
  return path.startsWith(`${project.root}/`) ? path.slice(project.root.length + 1) : path;
}
