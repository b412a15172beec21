import type { MethodAttributes, SourceFile } from './types.js';

/**
 * The name that a file name stands for: `%2F` is `/`. What is no valid escape stays as it is.
 * (facts: language-in-the-wild §1)
 */
export function decodeFileName(name: string): string {
  if (!name.includes('%')) return name;
  return name.replace(/(?:%[0-9A-Fa-f]{2})+/g, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      return escapes;
    }
  });
}

/**
 * What a path inside a project is; undefined for everything that holds no method of the program, the trash included.
 *
 * @param relative path relative to the folder that holds `Project`, or `Sources` where there is no such folder, with `/` (facts: keywords.json, projectLayout)
 */
export function classifyPath(relative: string): SourceFile | undefined {
  const all = relative.split('/');
  const parts = all[0].toLowerCase() === 'project' ? all.slice(1) : all;
  const file = parts[parts.length - 1];
  if (parts.length < 3 || !/\.4dm$/i.test(file)) return undefined;
  const [sources, folder, ...rest] = parts.map((part) => part.toLowerCase());
  if (sources !== 'sources') return undefined;
  const stem = decodeFileName(file.slice(0, -4));
  if (!stem) return undefined;
  if (rest.length === 1) {
    switch (folder) {
      case 'methods':
        return { path: relative, kind: 'method', name: stem };
      case 'databasemethods':
        return { path: relative, kind: 'databaseMethod', name: stem };
      case 'classes':
        return { path: relative, kind: 'class', name: stem };
      case 'triggers': {
        const table = /^table_(\d+)$/i.exec(stem);
        return table ? { path: relative, kind: 'trigger', name: stem, table: Number(table[1]) } : undefined;
      }
    }
    return undefined;
  }
  if (folder === 'forms') return classifyForm(relative, decodeFileName(parts[2]), stem, rest.slice(1), undefined);
  if (folder !== 'tableforms' || rest.length < 3 || !/^\d+$/.test(rest[0])) return undefined;
  return classifyForm(relative, decodeFileName(parts[3]), stem, rest.slice(2), Number(rest[0]));
}

function classifyForm(
  path: string,
  form: string,
  stem: string,
  rest: readonly string[],
  table: number | undefined,
): SourceFile | undefined {
  const place = table === undefined ? {} : { table };
  if (rest.length === 1 && rest[0] === 'method.4dm') return { path, kind: 'formMethod', name: form, ...place };
  if (rest.length === 2 && rest[0] === 'objectmethods') return { path, kind: 'objectMethod', name: form, object: stem, ...place };
  return undefined;
}

const noAttributes: MethodAttributes = { publishedWeb: false, invisible: false, shared: false, executedOnServer: false };

/**
 * The attributes line of a method, `//%attributes = {…}`; text behind the object is ignored. Without a line, or with one that
 * is no JSON, everything is off. (facts: language-in-the-wild §1)
 */
export function readAttributes(text: string): MethodAttributes {
  const start = /^\uFEFF?\/\/%attributes\s*=\s*(?=\{)/.exec(text)?.[0].length;
  const attributes = start === undefined ? undefined : jsonObject(text.slice(start, objectEnd(text, start)));
  if (!attributes) return noAttributes;
  const is = (name: string): boolean => attributes[name] === true;
  const word = (name: string): string | undefined => (typeof attributes[name] === 'string' ? attributes[name] : undefined);
  const preemptive = word('preemptive');
  const language = word('lang');
  return {
    publishedWeb: is('publishedWeb'),
    invisible: is('invisible'),
    shared: is('shared'),
    executedOnServer: is('executedOnServer'),
    ...(preemptive === undefined ? {} : { preemptive }),
    ...(language === undefined ? {} : { language }),
  };
}

/** Offset behind the brace that closes the one at `start`, or the end of the line. */
function objectEnd(text: string, start: number): number {
  const part = /"(?:[^"\\\r\n]|\\.)*"?|[{}\r\n]/g;
  part.lastIndex = start;
  let depth = 0;
  for (let found = part.exec(text); found; found = part.exec(text)) {
    if (found[0] === '{') depth++;
    else if (found[0] === '}' && --depth === 0) return part.lastIndex;
    else if (found[0] === '\r' || found[0] === '\n') return found.index;
  }
  return text.length;
}

/** The object that a JSON text holds; undefined for broken JSON and for everything that is no object. */
export function jsonObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
