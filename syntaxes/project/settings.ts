import type { Bilingual } from '../text/bilingual.js';
import type { SessionMode, SettingsAttribute } from './types.js';
import { readXml, type XmlAttribute, type XmlElement, xmlPath } from './xml.js';

/** The two web servers that a settings file configures: that of 4D and 4D Server, and that of a remote 4D. */
export type SettingsBlock = 'standalone_server' | 'remote';

export interface SettingsDocument {
  /** In document order. */
  readonly attributes: readonly SettingsAttribute[];
  readonly problems: readonly { readonly offset: number; readonly message: Bilingual }[];
}

const preferences = 'preferences/com.4d/';
const web = `${preferences}web/`;

/**
 * Every attribute of a settings file. `element` is the path below `preferences/com.4d/web` (`standalone_server/configuration`);
 * outside of `web` it is the path below `preferences/com.4d` with a `/` in front (`/general`). Broken XML gives what can be
 * read. (facts: web-sessions §12.1)
 */
export function readSettings(text: string): SettingsDocument {
  const { elements, problems } = readXml(text);
  const attributes = elements.flatMap((element) => {
    const path = settingsPath(element);
    return path === undefined ? [] : element.attributes.map((attribute) => ({ element: path, ...attribute }));
  });
  return { attributes, problems };
}

function settingsPath(element: XmlElement): string | undefined {
  const path = xmlPath(element);
  if (path.startsWith(web)) return path.slice(web.length);
  return path.startsWith(preferences) ? `/${path.slice(preferences.length)}` : undefined;
}

/** First attribute of that name in that element; where a file repeats an element, the first one that has it counts. */
export function settingsAttribute(attributes: readonly SettingsAttribute[], element: string, name: string): SettingsAttribute | undefined {
  return attributes.find((attribute) => attribute.element === element && attribute.name === name);
}

/** Values of `session_mode`. 1 is seen in official projects; 2 and 3 are strong inferences (facts: web-sessions §12.2). */
export const sessionModeValues: Readonly<Record<Exclude<SessionMode, 'unknown'>, string>> = { scalable: '1', none: '2', legacy: '3' };

/** A change of a text: the part from `start` to `end` (UTF-16 offsets) becomes `newText`. */
export interface SettingsEdit {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/**
 * The edit that gives one block of a settings file a session mode: changes the value of `session_mode`, or inserts the
 * attribute, or the elements that are missing around it, with the file's own line ends and indentation. Undefined when the
 * file has no `preferences` element to put it in. Nothing else in the file changes. (facts: web-sessions §12.1, §13)
 */
export function withSessionModeEdit(text: string, block: SettingsBlock, mode: Exclude<SessionMode, 'unknown'>): SettingsEdit | undefined {
  const value = sessionModeValues[mode];
  const present = settingsAttribute(readSettings(text).attributes, `${block}/configuration`, 'session_mode');
  if (present) return replaceValue(text, present, value);

  const wanted = ['preferences', 'com.4d', 'web', block, 'configuration'];
  let depth = 0;
  let deepest: XmlElement | undefined;
  for (const element of readXml(text).elements) {
    const path = xmlPath(element);
    const levels = path.split('/').length;
    if (levels > depth && path === wanted.slice(0, levels).join('/')) {
      depth = levels;
      deepest = element;
    }
  }
  if (!deepest) return undefined;
  if (depth === wanted.length) return insertAttribute(text, deepest, value);
  return insertElements(text, deepest, wanted.slice(depth), value);
}

function replaceValue(text: string, attribute: SettingsAttribute, value: string): SettingsEdit {
  const { nameEnd, valueStart, valueEnd } = attribute;
  const quoted = /["']/.test(text[valueStart - 1] ?? '');
  if (valueStart === nameEnd) return { start: nameEnd, end: nameEnd, newText: `="${value}"` };
  return { start: valueStart, end: valueEnd, newText: quoted ? value : `"${value}"` };
}

/** 4D writes attributes in the order of their names; so does this. */
function insertAttribute(text: string, element: XmlElement, value: string): SettingsEdit {
  const closed = (one: XmlAttribute): boolean => /["']/.test(text[one.valueEnd] ?? '') && text[one.valueEnd] === text[one.valueStart - 1];
  const before = element.attributes.filter((one) => one.name < 'session_mode' && closed(one)).pop();
  const at = before ? before.valueEnd + 1 : element.nameEnd;
  return { start: at, end: at, newText: ` session_mode="${value}"` };
}

function insertElements(text: string, parent: XmlElement, names: readonly string[], value: string): SettingsEdit {
  const lineEnd = /\r\n|\r|\n/.exec(text)?.[0] ?? '\n';
  const indent = /[ \t]*$/.exec(text.slice(0, parent.start))?.[0] ?? '';
  const step = indent.startsWith(' ') ? '  ' : '\t';
  const line = (level: number, content: string): string => lineEnd + indent + step.repeat(level) + content;
  let inner = '';
  for (let i = names.length - 1; i >= 0; i--) {
    inner =
      i === names.length - 1
        ? line(i + 1, `<${names[i]} session_mode="${value}"/>`)
        : line(i + 1, `<${names[i]}>`) + inner + line(i + 1, `</${names[i]}>`);
  }
  if (!parent.selfClosing) return { start: parent.tagEnd, end: parent.tagEnd, newText: inner };
  const slash = text.lastIndexOf('/', parent.tagEnd - 1);
  return { start: slash, end: parent.tagEnd, newText: `>${inner}${line(0, `</${parent.name}>`)}` };
}
