import { N } from '#syntaxes/tree/kinds.js';
import { number } from './mode.js';
import type { Rule } from './rule.js';

/** A URL `/4DACTION/Name` in the code, whose method is not open to URLs: 4D refuses the request (facts: `web-sessions` section 8.1). */
export const actionNotPublished: Rule = {
  code: 'action-not-published',
  severity: 'warning',
  aboutSessions: true,
  *check(snapshot) {
    const { view, tree } = snapshot;
    if (!view?.indexed || !/4DACTION\//i.test(snapshot.text)) return;
    for (let node = 0; node < tree.data.nodeCount; node++) {
      if (tree.kind(node) !== N.String) continue;
      const raw = tree.textOf(node);
      for (const match of raw.matchAll(/4DACTION\/([^/"?#&'<>\\\s]+)(?=[/"?#&'<>\\])/gi)) {
        // a name that goes on in the next text is not known
        if (match.index + match[0].length === raw.length - 1 && isJoined(snapshot, node)) continue;
        const name = decoded(match[1]);
        const file = view.project.methodByName(name);
        const facts = file && view.index.get(file.path);
        if (!file || !facts || facts.publishedWeb) continue;
        const start = tree.start(node) + match.index;
        const closes = view.index.occurrences([`c:${number.legacyClose}`]).some((o) => o.path === file.path);
        const logOut = closes ? { en: ' So nobody can log out this way.', es: ' Así que nadie puede salir por aquí.' } : { en: '', es: '' };
        yield {
          start,
          end: start + match[0].length,
          message: {
            en: `4D refuses this request: the method \`${file.name}\` is not open to URLs.${logOut.en} Tick “Available through 4D tags and URLs” in its properties (\`"publishedWeb":true\` in its first line).`,
            es: `4D rechaza esta petición: el método \`${file.name}\` no está abierto a URL.${logOut.es} Marque «Disponible a través de etiquetas 4D y URLs» en sus propiedades (\`"publishedWeb":true\` en su primera línea).`,
          },
          related: [
            {
              file: file.path,
              span: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
              message: { en: 'The method that the URL names.', es: 'El método que nombra la URL.' },
            },
          ],
        };
      }
    }
  },
};

function isJoined(snapshot: Parameters<Rule['check']>[0], node: number): boolean {
  const { tree } = snapshot;
  const parent = tree.parent(node);
  return tree.kind(parent) === N.Binary && tree.tokenText(tree.token(parent)) === '+' && tree.firstChild(parent) === node;
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
