import type { Language } from '#syntaxes/text/bilingual.js';
import type { InlayHintOptions } from '../features/languageService.js';
import type { RuleSettings } from '../rules/rules.js';

export const section = '4dWebSessions';

/** The user's settings for one resource. Each key falls back on its own, so one mistake costs one setting. */
export interface Configuration {
  readonly documentation: 'auto' | 'both' | Language;
  readonly features: 'all' | 'sessions';
  readonly tokens: 'auto' | 'always' | 'never';
  readonly rules: RuleSettings;
  readonly inlayHints: InlayHintOptions;
  readonly codeLens: boolean;
}

export const defaults: Configuration = {
  documentation: 'auto',
  features: 'all',
  tokens: 'auto',
  rules: {},
  inlayHints: { parameterNames: 'literals', sessionMode: true },
  codeLens: true,
};

const severities = ['default', 'error', 'warning', 'info', 'hint', 'off'] as const;

/** Reads settings as clients send them: nested or with dotted keys. Unusable values are named in `problems`. */
export function readConfiguration(raw: unknown, problems: string[] = []): Configuration {
  const object = isObject(raw) ? raw : {};
  const get = (path: string): unknown => {
    if (path in object) return object[path];
    if (`${section}.${path}` in object) return object[`${section}.${path}`];
    let value: unknown = object;
    for (const key of path.split('.')) value = isObject(value) ? value[key] : undefined;
    return value;
  };
  const choice = <T extends string>(path: string, values: readonly T[], otherwise: T): T => {
    const value = get(path);
    if (value === undefined || value === null) return otherwise;
    if (values.includes(value as T)) return value as T;
    problems.push(`${section}.${path}`);
    return otherwise;
  };
  const flag = (path: string, otherwise: boolean): boolean => {
    const value = get(path);
    if (typeof value === 'boolean') return value;
    if (value !== undefined && value !== null) problems.push(`${section}.${path}`);
    return otherwise;
  };
  const rules: Record<string, (typeof severities)[number]> = {};
  const given = get('rules');
  if (isObject(given)) {
    for (const [code, value] of Object.entries(given)) {
      const word = value === 'information' ? 'info' : value;
      if (severities.includes(word as never)) rules[code] = word as (typeof severities)[number];
      else problems.push(`${section}.rules.${code}`);
    }
  } else if (given !== undefined && given !== null) problems.push(`${section}.rules`);
  return {
    documentation: choice('documentation.language', ['auto', 'en', 'es', 'both'], defaults.documentation),
    features: choice('features', ['auto', 'all', 'sessions'], 'auto') === 'sessions' ? 'sessions' : 'all',
    tokens: choice('completion.tokens', ['auto', 'always', 'never'], defaults.tokens),
    rules,
    inlayHints: {
      parameterNames: choice('inlayHints.parameterNames', ['literals', 'all', 'none'], defaults.inlayHints.parameterNames),
      sessionMode: flag('inlayHints.sessionMode', defaults.inlayHints.sessionMode),
    },
    codeLens: flag('codeLens', defaults.codeLens),
  };
}

/** The languages of the documentation, for a client that speaks one. */
export function documentationLanguages(configuration: Configuration, language: Language): Language[] {
  if (configuration.documentation === 'both') return language === 'es' ? ['es', 'en'] : ['en', 'es'];
  return [configuration.documentation === 'auto' ? language : configuration.documentation];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
