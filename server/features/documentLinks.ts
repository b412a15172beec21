import type { DocumentLink } from 'vscode-languageserver';
import { type Bilingual, type Language, say } from '#syntaxes/text/bilingual.js';
import { N } from '#syntaxes/tree/kinds.js';
import { textValue } from '../analysis/literals.js';
import type { Snapshot } from '../analysis/snapshot.js';

/** Commands whose first argument names a page: WEB SEND FILE, WEB SET HOME PAGE, WEB SEND HTTP REDIRECT. */
const pageCommands = [619, 639, 659];
const texts = {
  page: { en: 'Open the page in the web folder', es: 'Abrir la página de la carpeta web' },
  file: { en: 'Open the file', es: 'Abrir el archivo' },
  method: { en: 'Open the method that this URL runs', es: 'Abrir el método que ejecuta esta URL' },
} satisfies Record<string, Bilingual>;

/** A path of 4D's own kind (facts: 4D page `Concepts/paths`, section Filesystem pathnames). */
const pathname = /^\/(PACKAGE|PROJECT|SOURCES|RESOURCES|DATA|LOGS)\/(.+)$/i;

/** Addresses in comments and texts, pages of the web folder, methods behind `/4DACTION/` URLs, and files by 4D's paths: `/RESOURCES/a.json`. */
export async function documentLinks(
  snapshot: Snapshot,
  language: Language,
  /** Whether the project has a file, by its path. */
  exists: (path: string) => Promise<boolean>,
): Promise<DocumentLink[]> {
  const { tree, view, text } = snapshot;
  const links: DocumentLink[] = [];
  for (const match of text.matchAll(/https?:\/\/[^\s"'<>\\^`{|}]+/g)) {
    const address = match[0].replace(/[.,;:!?)\]]+$/, '');
    const start = match.index;
    links.push({ range: snapshot.span(start, start + address.length), target: address });
  }
  if (!view) return links;
  for (let node = 0; node < tree.data.nodeCount; node++) {
    const [, system, rest] = (tree.kind(node) === N.String && pathname.exec(textValue(snapshot, node) ?? '')) || [];
    if (!system || rest.split('/').includes('..')) continue;
    const path = `${folderOf(system, view.project.sources)}${rest}`;
    if (!(await exists(path))) continue;
    const range = snapshot.span(tree.start(node) + 1, tree.end(node) - 1);
    links.push({ range, target: view.uriOf(path), tooltip: say(texts.file, language) });
  }
  for (const use of snapshot.usesOf(...pageCommands)) {
    const [argument] = use.args;
    const value = argument === undefined ? undefined : textValue(snapshot, argument);
    if (!value || /^[a-z][a-z0-9+.-]*:/i.test(value)) continue;
    const range = snapshot.span(tree.start(argument) + 1, tree.end(argument) - 1);
    const method = /^\/?(?:4DACTION|4DCGI)\/([^/?#]+)/i.exec(value)?.[1];
    const file = method && view.project.methodByName(decode(method));
    if (file) links.push({ range, target: view.uriOf(file.path), tooltip: say(texts.method, language) });
    const page = method ? '' : value.replace(/[?#].*$/s, '').replace(/^\/+/, '');
    const path = `${view.project.webFolder}/${page}`;
    if (page && !page.split('/').includes('..') && (await exists(path)))
      links.push({ range, target: view.uriOf(path), tooltip: say(texts.page, language) });
  }
  return links;
}

/** The folder below the root that one of 4D's file systems is. Where only the inside of `Project` is kept, that is the root. */
function folderOf(system: string, sources: string): string {
  switch (system.toUpperCase()) {
    case 'PACKAGE':
      return '';
    case 'PROJECT':
      return sources.replace(/Sources$/i, '');
    case 'SOURCES':
      return `${sources}/`;
    default:
      return `${system[0].toUpperCase()}${system.slice(1).toLowerCase()}/`;
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
