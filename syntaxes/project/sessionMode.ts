import type { Bilingual } from '../text/bilingual.js';
import type { SettingsFile } from './project.types.js';
import { type SettingsBlock, sessionModeValues, settingsAttribute } from './settings.js';
import type { SessionMode, SessionModeAnswer, SessionModeEvidence, SettingsAttribute } from './types.js';

/** What else a project says about its age. */
export interface ProjectAge {
  readonly projectFile: string;
  readonly compatibilityVersion?: number;
}

/** First `compatibilityVersion` of a 4D that knows scalable sessions: 18 R6 (facts: web-sessions §12.2). */
const firstScalable = 1860;

const modeByValue = new Map(Object.entries(sessionModeValues).map(([mode, value]) => [value, mode as Exclude<SessionMode, 'unknown'>]));

const modeName: Record<Exclude<SessionMode, 'unknown'>, Bilingual> = {
  scalable: { en: 'scalable sessions', es: 'sesiones escalables' },
  legacy: { en: 'legacy sessions', es: 'sesiones heredadas' },
  none: { en: 'no sessions', es: 'sin sesiones' },
};

const levelName: Record<SettingsFile['level'], Bilingual> = {
  structure: { en: 'settings of the project', es: 'ajustes del proyecto' },
  user: { en: 'user settings', es: 'ajustes de usuario' },
  data: { en: 'user settings for this data file', es: 'ajustes de usuario para este archivo de datos' },
};

/**
 * The session mode that the settings give one web server of a project: the first piece of evidence decides, the others say what
 * was passed over. Each attribute counts where it is found at the highest level; `session_mode` beats the older flag; neither
 * of them means 4D's default, scalable sessions. The code may change the mode at run time: that is not looked at here.
 * (facts: web-sessions §12.1–12.4)
 *
 * @param files lowest priority first, as in `Project.settings`
 */
export function sessionModeOf(files: readonly SettingsFile[], block: SettingsBlock, age: ProjectAge): SessionModeAnswer {
  const element = `${block}/configuration`;
  const modes = found(files, element, 'session_mode');
  const flags = found(files, element, 'automatic_session_management');
  if (modes.length) return byMode(modes, flags);
  if (flags.length) return byFlag(flags);
  return byDefault(files, block, age);
}

interface Found {
  readonly file: SettingsFile;
  readonly attribute: SettingsAttribute;
}

/** Where an attribute is found, highest priority first. */
function found(files: readonly SettingsFile[], element: string, name: string): Found[] {
  return files
    .flatMap((file) => {
      const attribute = settingsAttribute(file.attributes, element, name);
      return attribute ? [{ file, attribute }] : [];
    })
    .reverse();
}

function byMode([winner, ...hidden]: readonly Found[], flags: readonly Found[]): SessionModeAnswer {
  const { value } = winner.attribute;
  const mode = modeByValue.get(value.trim());
  const passedOver = [...hidden.map((one) => evidence(one, hiddenBy(winner))), ...flags.map((one) => evidence(one, staleFlag(one)))];
  if (!mode) {
    const what: Bilingual = {
      en: `session_mode="${value}" is none of the known values: 1 scalable sessions, 2 no sessions, 3 legacy sessions`,
      es: `session_mode="${value}" no es ninguno de los valores conocidos: 1 sesiones escalables, 2 sin sesiones, 3 sesiones heredadas`,
    };
    return { value: 'unknown', confidence: 'assumed', evidence: [evidence(winner, what), ...passedOver] };
  }
  const level = levelName[winner.file.level];
  const what: Bilingual = {
    en: `session_mode="${value}" in the ${level.en}: ${modeName[mode].en}`,
    es: `session_mode="${value}" en los ${level.es}: ${modeName[mode].es}`,
  };
  return { value: mode, confidence: 'certain', evidence: [evidence(winner, what), ...passedOver] };
}

function byFlag([winner, ...hidden]: readonly Found[]): SessionModeAnswer {
  const { value } = winner.attribute;
  const flag = value.trim().toLowerCase();
  const mode: SessionMode = flag === 'true' ? 'legacy' : flag === 'false' ? 'none' : 'unknown';
  const passedOver = hidden.map((one) => evidence(one, hiddenBy(winner)));
  const what: Bilingual =
    mode === 'unknown'
      ? {
          en: `automatic_session_management="${value}" is neither true nor false, and there is no session_mode`,
          es: `automatic_session_management="${value}" no es ni true ni false, y no hay session_mode`,
        }
      : {
          en: `automatic_session_management="${value}", written by 4D before 18 R6, and no session_mode: ${modeName[mode].en}, assumed`,
          es: `automatic_session_management="${value}", escrito por 4D antes de 18 R6, y ningún session_mode: ${modeName[mode].es}, supuesto`,
        };
  return { value: mode, confidence: 'assumed', evidence: [evidence(winner, what), ...passedOver] };
}

function byDefault(files: readonly SettingsFile[], block: SettingsBlock, age: ProjectAge): SessionModeAnswer {
  const what: Bilingual = {
    en: `no session_mode for ${block} in the settings: 4D's default for new projects, scalable sessions`,
    es: `ningún session_mode para ${block} en los ajustes: el modo por defecto de 4D en proyectos nuevos, sesiones escalables`,
  };
  const structure = files.find((file) => file.level === 'structure');
  const place = { start: 0, end: 0 };
  if (structure) {
    const first =
      structure.attributes.find((attribute) => attribute.element === `${block}/configuration`) ??
      structure.attributes.find((attribute) => attribute.element.startsWith(`${block}/`));
    if (first) Object.assign(place, { start: first.nameStart, end: first.valueEnd });
  }
  const result: SessionModeEvidence[] = [{ file: structure?.path ?? age.projectFile, ...place, what }];
  const { compatibilityVersion } = age;
  if (compatibilityVersion !== undefined && compatibilityVersion < firstScalable) {
    result.push({
      file: age.projectFile,
      start: 0,
      end: 0,
      what: {
        en: `compatibilityVersion ${compatibilityVersion}: last upgraded by a 4D before 18 R6, which did not know scalable sessions and kept sessions by default; what a newer 4D makes of it is not documented`,
        es: `compatibilityVersion ${compatibilityVersion}: actualizado por última vez con un 4D anterior a 18 R6, que no conocía las sesiones escalables y mantenía sesiones por defecto; qué hace con él un 4D más reciente no está documentado`,
      },
    });
  }
  return { value: 'scalable', confidence: 'assumed', evidence: result };
}

function evidence({ file, attribute }: Found, what: Bilingual): SessionModeEvidence {
  const closed = /["']/.test(file.text[attribute.valueEnd] ?? '');
  return { file: file.path, start: attribute.nameStart, end: attribute.valueEnd + (closed ? 1 : 0), what };
}

function hiddenBy(winner: Found): Bilingual {
  const level = levelName[winner.file.level];
  return { en: `passed over: the ${level.en} come first`, es: `no cuenta: los ${level.es} tienen prioridad` };
}

function staleFlag({ attribute }: Found): Bilingual {
  return {
    en: `automatic_session_management="${attribute.value}" no longer counts beside session_mode`,
    es: `automatic_session_management="${attribute.value}" ya no cuenta si hay session_mode`,
  };
}
