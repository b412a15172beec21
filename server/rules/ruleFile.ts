import type { Bilingual } from '#syntaxes/text/bilingual.js';
import { matches } from './patterns.js';
import type { RuleSettings } from './ruleSettings.js';

/** `fourd.json` beside the folder `Project`: what a team has agreed on (`docs/schemas/fourd.schema.json`). */
export const ruleFileName = 'fourd.json';

export interface RuleFile {
  /** Levels for a file, by its path below the project's root. */
  levelsFor(path: string): RuleSettings;
  /** What could not be used, each with the reason. */
  readonly problems: readonly Bilingual[];
}

const levels = ['default', 'error', 'warning', 'info', 'hint', 'off'];

const notJson: Bilingual = {
  en: `${ruleFileName} is not valid JSON, so nothing of it counts. Mend it, or remove it.`,
  es: `${ruleFileName} no es JSON válido, así que nada de él cuenta. Corríjalo o quítelo.`,
};

/** Reads the file; what cannot be used is left out and told. */
export function readRuleFile(text: string): RuleFile {
  const problems: Bilingual[] = [];
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return { levelsFor: () => ({}), problems: [notJson] };
  }
  const complain = (where: string): void =>
    void problems.push({
      en: `${ruleFileName}: \`${where}\` cannot be used and does not count. Levels are ${levels.join(', ')}.`,
      es: `${ruleFileName}: \`${where}\` no se puede usar y no cuenta. Los niveles son ${levels.join(', ')}.`,
    });
  const read = (raw: unknown, where: string): RuleSettings => {
    const found: Record<string, RuleSettings[string]> = {};
    if (raw === undefined) return found;
    if (!isObject(raw)) complain(where);
    else
      for (const [code, level] of Object.entries(raw)) {
        if (levels.includes(level as string)) found[code] = level as RuleSettings[string];
        else complain(`${where}.${code}`);
      }
    return found;
  };
  if (!isObject(value)) return { levelsFor: () => ({}), problems: [notJson] };
  const base = read(value.rules, 'rules');
  const overrides: { files: string[]; rules: RuleSettings }[] = [];
  const given = value.overrides ?? [];
  if (!Array.isArray(given)) complain('overrides');
  else
    given.forEach((one: unknown, i) => {
      const files = isObject(one) && Array.isArray(one.files) ? one.files.filter((f): f is string => typeof f === 'string') : [];
      if (files.length === 0) complain(`overrides[${i}].files`);
      else overrides.push({ files, rules: read((one as Record<string, unknown>).rules, `overrides[${i}].rules`) });
    });
  for (const key of Object.keys(value)) if (!['$schema', 'rules', 'overrides'].includes(key)) complain(key);
  return {
    problems,
    levelsFor(path) {
      let found = base;
      for (const { files, rules } of overrides) if (files.some((f) => matches(f, path))) found = { ...found, ...rules };
      return found;
    },
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
