import { type Diagnostic, DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver';
import { type Bilingual, type Language, say } from '#syntaxes/text/bilingual.js';
import type { Snapshot } from '../analysis/snapshot.js';
import type { Problem, Rule, Severity } from '../rules/rule.js';
import { check, type RuleSettings, rules } from '../rules/rules.js';

export const source = '4d-web-sessions';

/** At most this many problems of one document are shown; one more says how many there are besides. */
export const PROBLEM_LIMIT = 200;

export interface DiagnosticOptions {
  readonly language: Language;
  readonly rules: RuleSettings;
  /** Only the rules about sessions: another extension does the rest. */
  readonly sessionsOnly: boolean;
  /** What the client can show. */
  readonly relatedInformation: boolean;
  readonly tags: boolean;
  /** Address of a rule's page; undefined where pages have none. */
  pageOf?(code: string): string | undefined;
}

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

const more: Bilingual = {
  en: '{0} more problems in this file are not shown. Mend the first ones, or switch rules off in the settings.',
  es: 'Hay {0} problemas más en este archivo que no se muestran. Corrija los primeros o desactive reglas en los ajustes.',
};

/** The rules that apply: all of them, or those that no other extension has. */
export function rulesFor(sessionsOnly: boolean): readonly Rule[] {
  return sessionsOnly ? rules.filter((r) => r.aboutSessions) : rules;
}

export function problems(snapshot: Snapshot, options: Pick<DiagnosticOptions, 'rules' | 'sessionsOnly'>): Problem[] {
  return check(snapshot, options.rules, rulesFor(options.sessionsOnly));
}

/** The diagnostics of a document. */
export function diagnostics(snapshot: Snapshot, options: DiagnosticOptions): Diagnostic[] {
  const all = problems(snapshot, options);
  const shown = all.slice(0, PROBLEM_LIMIT).map((p) => toDiagnostic(snapshot, p, options));
  if (all.length > PROBLEM_LIMIT)
    shown.push({
      range: snapshot.span(0, 0),
      severity: DiagnosticSeverity.Information,
      source,
      code: 'too-many-problems',
      message: say(more, options.language, all.length - PROBLEM_LIMIT),
    });
  return shown;
}

export function toDiagnostic(snapshot: Snapshot, problem: Problem, options: DiagnosticOptions): Diagnostic {
  const diagnostic: Diagnostic = {
    range: snapshot.span(problem.start, problem.end),
    severity: severities[problem.severity],
    source,
    code: problem.code,
    message: problem.message[options.language],
  };
  const href = options.pageOf?.(problem.code);
  if (href) diagnostic.codeDescription = { href };
  if (problem.tag && options.tags) diagnostic.tags = [problem.tag === 'deprecated' ? DiagnosticTag.Deprecated : DiagnosticTag.Unnecessary];
  if (problem.related?.length && options.relatedInformation)
    diagnostic.relatedInformation = problem.related.map((r) => ({
      location: { uri: r.file === undefined || !snapshot.view ? snapshot.uri : snapshot.view.uriOf(r.file), range: r.span },
      message: r.message[options.language],
    }));
  return diagnostic;
}
