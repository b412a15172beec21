import { relative } from 'node:path';
import { type Language, say } from '#syntaxes/text/bilingual.js';
import { decisiveEvidence } from '../analysis/sessionMode.js';
import { modeWords } from '../documentation/words.js';
import type { Severity } from '../rules/rule.js';
import { type Found, type LintedProject, within } from './lintProject.js';

export interface ReportOptions {
  readonly language: Language;
  readonly colour: boolean;
  readonly cwd: string;
  readonly version: string;
}

export type Reporter = (projects: readonly LintedProject[], options: ReportOptions) => string;

/** The form of `fourd lint --format json`, described by `docs/schemas/lint.schema.json`. Lines and columns from 1. */
const json: Reporter = (projects, { language }) =>
  `${JSON.stringify(
    {
      projects: projects.map((project) => ({
        root: project.root,
        name: project.name,
        sessionMode: {
          value: project.mode.value,
          confidence: project.mode.confidence,
          evidence: project.mode.evidence.map((e) => ({
            file: within(project, e.file),
            line: e.span.start.line + 1,
            what: e.what[language],
          })),
        },
        files: project.files,
        sessionUses: project.uses.map((u) => ({
          file: u.path,
          line: u.span.start.line + 1,
          column: u.span.start.character + 1,
          name: u.name,
          ...(u.command === undefined ? {} : { command: u.command }),
        })),
        diagnostics: project.problems.map((p) => ({
          file: p.file,
          line: p.span.start.line + 1,
          column: p.span.start.character + 1,
          endLine: p.span.end.line + 1,
          endColumn: p.span.end.character + 1,
          severity: p.severity,
          code: p.code,
          message: p.message[language],
          ...(p.related.length > 0
            ? {
                related: p.related.map((r) => ({
                  file: r.file,
                  line: r.span.start.line + 1,
                  column: r.span.start.character + 1,
                  message: r.message[language],
                })),
              }
            : {}),
        })),
      })),
    },
    null,
    2,
  )}\n`;

const colours: Readonly<Record<Severity | 'dim' | 'bold', string>> = {
  error: '\u001B[31m',
  warning: '\u001B[33m',
  info: '\u001B[36m',
  hint: '\u001B[2m',
  dim: '\u001B[2m',
  bold: '\u001B[1m',
};

const words = {
  error: { en: 'error', es: 'error' },
  warning: { en: 'warning', es: 'aviso' },
  info: { en: 'info', es: 'información' },
  hint: { en: 'hint', es: 'sugerencia' },
  sessions: { en: 'Sessions', es: 'Sesiones' },
  uses: { en: 'Uses of web session commands and options: {0}', es: 'Usos de comandos y opciones de sesiones web: {0}' },
  clean: { en: '{0} files, no problems.', es: '{0} archivos, ningún problema.' },
  fixed: { en: '{0} fixes applied.', es: '{0} correcciones aplicadas.' },
  sum: {
    en: 'Files: {0}; errors: {1}, warnings: {2}, notes: {3}.',
    es: 'Archivos: {0}; errores: {1}, avisos: {2}, notas: {3}.',
  },
} as const;

const pretty: Reporter = (projects, { language, colour, cwd }) => {
  const paint = (style: keyof typeof colours, text: string): string => (colour ? `${colours[style]}${text}\u001B[0m` : text);
  const out: string[] = [];
  for (const project of projects) {
    const { mode } = project;
    out.push(`${paint('bold', project.name)}  ${paint('dim', shown(project.root, cwd))}`);
    out.push(
      `  ${say(words.sessions, language)}: ${paint('bold', say(modeWords[mode.value], language))} (${say(modeWords[mode.confidence], language)})`,
    );
    for (const e of decisiveEvidence(mode)) {
      const place = e.end > e.start ? `${within(project, e.file)}:${e.span.start.line + 1}` : within(project, e.file);
      out.push(`  ${paint('dim', `· ${e.what[language]} — ${place}`)}`);
    }
    out.push(`  ${say(words.uses, language, project.uses.length)}`);
    let file = '';
    for (const p of project.problems) {
      if (p.file !== file) {
        file = p.file;
        out.push('', paint('bold', shown(`${project.root}/${file}`, cwd)));
      }
      const at = `${p.span.start.line + 1}:${p.span.start.character + 1}`;
      out.push(`  ${at.padEnd(8)}${paint(p.severity, say(words[p.severity], language))}  ${p.message[language]}  ${paint('dim', p.code)}`);
      out.push(
        ...frame(
          p,
          (text) => paint('dim', text),
          (text) => paint(p.severity, text),
        ),
      );
      for (const r of p.related.filter((one) => !mode.evidence.some((e) => e.what === one.message)))
        out.push(
          `          ${paint('dim', `${shown(`${project.root}/${r.file}`, cwd)}:${r.span.start.line + 1}: ${r.message[language]}`)}`,
        );
    }
    const count = (...severities: Severity[]): number => project.problems.filter((p) => severities.includes(p.severity)).length;
    out.push('');
    if (project.fixed > 0) out.push(say(words.fixed, language, project.fixed));
    out.push(
      project.problems.length === 0
        ? say(words.clean, language, project.files)
        : say(words.sum, language, project.files, count('error'), count('warning'), count('info', 'hint')),
      '',
    );
  }
  return out.join('\n');
};

/** The line with a mark under the place; long lines are cut around it. */
function frame(p: Found, dim: (text: string) => string, mark: (text: string) => string): string[] {
  const width = 110;
  const tabs = (text: string): string => text.replaceAll('\t', '    ');
  const start = p.span.start.character;
  const end = p.span.end.line === p.span.start.line ? Math.max(p.span.end.character, start + 1) : p.source.length;
  if (p.source.trim() === '') return [];
  const from = start > width - 30 ? start - 30 : 0;
  const line = tabs(p.source.slice(from, from + width));
  const before = tabs(p.source.slice(from, start)).length;
  const length = Math.max(1, Math.min(tabs(p.source.slice(start, end)).length, line.length - before));
  const number = String(p.span.start.line + 1).padStart(8);
  return [`${dim(`${number} │`)} ${line}`, `${dim(`${' '.repeat(8)} │`)} ${' '.repeat(before)}${mark('~'.repeat(length))}`];
}

const github: Reporter = (projects, { language, cwd }) => {
  const masked = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  const property = (text: string): string => masked(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
  const kinds: Record<Severity, string> = { error: 'error', warning: 'warning', info: 'notice', hint: 'notice' };
  return projects
    .flatMap((project) =>
      project.problems.map((p) => {
        const { start, end } = p.span;
        const place = `line=${start.line + 1},col=${start.character + 1},endLine=${end.line + 1},endColumn=${end.character + 1}`;
        const file = property(shown(`${project.root}/${p.file}`, cwd));
        return `::${kinds[p.severity]} file=${file},${place},title=${property(p.code)}::${masked(p.message[language])}\n`;
      }),
    )
    .join('');
};

const sarif: Reporter = (projects, { language, cwd, version }) => {
  const levels: Record<Severity, string> = { error: 'error', warning: 'warning', info: 'note', hint: 'note' };
  const codes = [...new Set(projects.flatMap((p) => p.problems.map((d) => d.code)))].sort();
  const location = (root: string, file: string, span: Found['span']) => ({
    physicalLocation: {
      artifactLocation: { uri: encodeURI(shown(`${root}/${file}`, cwd)) },
      region: {
        startLine: span.start.line + 1,
        startColumn: span.start.character + 1,
        endLine: span.end.line + 1,
        endColumn: span.end.character + 1,
      },
    },
  });
  const run = {
    tool: { driver: { name: '4D Web Sessions', version, rules: codes.map((id) => ({ id })) } },
    language,
    columnKind: 'utf16CodeUnits',
    results: projects.flatMap((project) =>
      project.problems.map((p) => ({
        ruleId: p.code,
        ruleIndex: codes.indexOf(p.code),
        level: levels[p.severity],
        message: { text: p.message[language] },
        locations: [location(project.root, p.file, p.span)],
        ...(p.related.length > 0
          ? {
              relatedLocations: p.related.map((r, id) => ({
                id,
                ...location(project.root, r.file, r.span),
                message: { text: r.message[language] },
              })),
            }
          : {}),
      })),
    ),
    properties: {
      sessionModes: projects.map((p) => ({ root: shown(p.root, cwd), value: p.mode.value, confidence: p.mode.confidence })),
    },
  };
  return `${JSON.stringify({ $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] }, null, 2)}\n`;
};

/** A path as seen from the working folder, with `/`. */
function shown(path: string, cwd: string): string {
  const short = relative(cwd, path).replaceAll('\\', '/');
  return short === '' ? '.' : short.startsWith('../') ? path : short;
}

export const reporters = { pretty, json, sarif, github } as const;
