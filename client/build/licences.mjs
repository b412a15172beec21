// The licences of what the bundles hold, as one text: generated from what esbuild really put in, so nothing can be forgotten.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Packages of `node_modules` whose code is in a bundle.
 * @param {string} root of the repository
 * @param {Iterable<string>} inputs paths of sources, from esbuild's metafiles
 */
export function bundledPackages(root, inputs) {
  const folders = new Set();
  for (const path of inputs) {
    const found = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path);
    if (found) folders.add(found[0]);
  }
  return [...folders]
    .map((folder) => {
      const { name, version, license, homepage, repository } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
      const file = readdirSync(join(root, folder)).find((one) => /^(licen[cs]e|copying)(\.\w+)?$/i.test(one));
      const text = file && existsSync(join(root, folder, file)) ? readFileSync(join(root, folder, file), 'utf8') : undefined;
      const source = homepage ?? (typeof repository === 'string' ? repository : repository?.url) ?? '';
      return { name, version, license, source, text };
    })
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.version < b.version ? -1 : 1));
}

/** The notices as they are packed. Throws when a package brings no licence text: then it must not be bundled as it is. */
export function notices(packages) {
  const silent = packages.filter(({ text }) => !text);
  if (silent.length > 0) throw new Error(`No licence text in ${silent.map(({ name }) => name).join(', ')}: look it up before bundling it.`);
  const parts = packages.map(({ name, version, license, source, text }) =>
    [`${name} ${version} (${license})`, source, '', text.replace(/\r\n?/g, '\n').trim()].join('\n'),
  );
  const rule = `\n\n${'-'.repeat(80)}\n\n`;
  return `4D Web Sessions contains code of these packages, each under its own licence.${rule}${parts.join(rule)}\n`;
}
