import type { SessionMode, SessionModeAnswer } from '#syntaxes/project/types.js';
import type { Bilingual } from '#syntaxes/text/bilingual.js';
import type { CodeEvidence } from './evidence.js';
import { type Encoding, Lines, type Span } from './lines.js';

/** A place that speaks for the mode, in a settings file or in code. */
export interface ModeEvidence {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly span: Span;
  readonly what: Bilingual;
  readonly source: 'settings' | 'code';
}

/** The effective session mode of a project's web server. The first piece of evidence is the one that decides. */
export interface ModeAnswer {
  readonly value: SessionMode;
  readonly confidence: 'certain' | 'assumed';
  readonly evidence: readonly ModeEvidence[];
  /** Code sets the mode in more than one way, or by values only known when it runs: it may be any. */
  readonly open: boolean;
  /** All code has been looked at. Before that, code not read yet may still change the answer. */
  readonly complete: boolean;
}

/** The evidence that decides, and the code that has a say in it: what to show where room is short. */
export function decisiveEvidence(mode: ModeAnswer): ModeEvidence[] {
  return mode.evidence.filter((e, i) => i === 0 || e.source === 'code');
}

type Switch = boolean | undefined;
type Override = { readonly value: boolean; readonly always: boolean; readonly by: readonly CodeEvidence[] } | 'unclear' | undefined;

/**
 * Joins what the settings say with what code sets at run time: `start()` outweighs `WEB SET OPTION`, which outweighs the settings
 * (facts: `web-sessions`, section 12.5). Code that is not sure to run, or values that are computed or contradict each other, leave
 * an assumption and never a certainty.
 */
export function effectiveMode(
  settings: SessionModeAnswer,
  settingsText: (file: string) => string | undefined,
  code: readonly CodeEvidence[],
  complete: boolean,
  encoding: Encoding = 'utf-16',
): ModeAnswer {
  const fromSettings = settings.evidence.map((e): ModeEvidence => {
    const text = settingsText(e.file);
    const zero = { line: 0, character: 0 };
    return {
      ...e,
      source: 'settings',
      span: text === undefined ? { start: zero, end: zero } : new Lines(text, encoding).span(e.start, e.end),
    };
  });
  if (code.length === 0) return { value: settings.value, confidence: settings.confidence, evidence: fromSettings, open: false, complete };

  const legacy = override(code, 'legacy');
  const scalable = override(code, 'scalable');
  const base: Record<'legacy' | 'scalable', Switch> =
    settings.value === 'unknown'
      ? { legacy: undefined, scalable: undefined }
      : { legacy: settings.value === 'legacy', scalable: settings.value === 'scalable' };
  const value = modeOf(base, legacy, scalable);
  const fromCode = code.map(
    (e): ModeEvidence => ({ file: e.path, start: e.start, end: e.end, span: e.span, source: 'code', what: tell(e) }),
  );
  const changed = value !== settings.value;
  const open = legacy === 'unclear' || scalable === 'unclear';
  const sure = !open && (changed ? surely(legacy) && surely(scalable) : settings.confidence === 'certain');
  return {
    value,
    confidence: sure ? 'certain' : 'assumed',
    evidence: changed ? [...fromCode, ...fromSettings] : [...fromSettings, ...fromCode],
    open,
    complete,
  };
}

/** What code as a whole does to one option. */
function override(code: readonly CodeEvidence[], option: 'legacy' | 'scalable'): Override {
  for (const by of ['start', 'option'] as const) {
    const here = code.filter((e) => e.by === by && (e.option === option || e.option === undefined));
    if (here.length === 0) continue;
    const named = here.filter((e) => e.option === option);
    const values = new Set(named.map((e) => e.value));
    if (named.length === here.length && values.size === 1 && !values.has(undefined))
      return { value: named[0].value!, always: named.some((e) => e.always), by: named };
    return 'unclear';
  }
  return undefined;
}

function modeOf(base: Record<'legacy' | 'scalable', Switch>, legacy: Override, scalable: Override): SessionMode {
  const set = (o: Override, otherwise: Switch): Switch => (typeof o === 'object' ? o.value : otherwise);
  let isLegacy = set(legacy, base.legacy);
  let isScalable = set(scalable, base.scalable);
  if (isLegacy && isScalable) {
    // a project has one mode: what code switches on beats what the settings had
    if (typeof legacy === 'object' && typeof scalable === 'object') return 'unknown';
    if (typeof legacy === 'object') isScalable = false;
    else isLegacy = false;
  }
  if (isScalable) return 'scalable';
  if (isLegacy) return 'legacy';
  return isScalable === undefined || isLegacy === undefined ? 'unknown' : 'none';
}

function surely(o: Override): boolean {
  return o === undefined || (typeof o === 'object' && o.always);
}

function tell(e: CodeEvidence): Bilingual {
  const { text } = e;
  if (e.option === undefined)
    return {
      en: `\`${text}\` sets a web option that is only known at run time; it may be the session mode`,
      es: `\`${text}\` fija una opción web que solo se conoce al ejecutar; podría ser el modo de sesión`,
    };
  const name =
    e.option === 'legacy'
      ? { en: 'legacy sessions', es: 'las sesiones heredadas' }
      : { en: 'scalable sessions', es: 'las sesiones escalables' };
  if (e.value === undefined)
    return {
      en: `\`${text}\` switches ${name.en} by a value that is only known at run time`,
      es: `\`${text}\` activa o desactiva ${name.es} con un valor que solo se conoce al ejecutar`,
    };
  const when = e.always ? { en: 'at each start', es: 'en cada arranque' } : { en: 'when it runs', es: 'cuando se ejecuta' };
  return {
    en: `\`${text}\` switches ${name.en} ${e.value ? 'on' : 'off'} ${when.en}`,
    es: `\`${text}\` ${e.value ? 'activa' : 'desactiva'} ${name.es} ${when.es}`,
  };
}
