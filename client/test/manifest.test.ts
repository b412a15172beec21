/** The manifest holds together: every name leads somewhere, and every text is there in both languages. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { sources } from '../build/sources.mjs';

interface Manifest {
  readonly main: string;
  readonly browser: string;
  readonly bin: { readonly fourd: string };
  readonly engines: { readonly vscode: string };
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly contributes: {
    readonly languages: readonly { readonly configuration?: string }[];
    readonly grammars: readonly { readonly path: string; readonly scopeName: string }[];
    readonly snippets: readonly { readonly path: string }[];
    readonly commands: readonly { readonly command: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when?: string }[]>>;
    readonly jsonValidation: readonly { readonly url: string }[];
    readonly walkthroughs: readonly {
      readonly steps: readonly {
        readonly description: string;
        readonly media: { readonly svg: string };
        readonly completionEvents: readonly string[];
      }[];
    }[];
  };
  readonly icon: string;
}

type Texts = Readonly<Record<string, string>>;

const json = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8'));
const manifest = json<Manifest>('package.json');
const { contributes } = manifest;
const placesIn = (text: string): string[] => [...text.matchAll(/\{\d+\}|`[^`]*`/g)].map(([place]) => place).sort();

/** Strings of the manifest that stand for a text: `%key%`, alone or inside a snippet. */
function keysIn(value: unknown): string[] {
  if (typeof value === 'string') return [...value.matchAll(/%([\w.]+)%/g)].map(([, key]) => key);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(keysIn) : [];
}

test('each text of the manifest exists in English and Spanish, and none is left over', () => {
  const [english, spanish] = [json<Texts>('package.nls.json'), json<Texts>('package.nls.es.json')];
  const used = [...new Set(keysIn(manifest))].sort();
  assert.deepEqual(Object.keys(english).sort(), used);
  assert.deepEqual(Object.keys(spanish).sort(), used);
  for (const key of used) {
    assert.ok(english[key].trim() && spanish[key].trim(), key);
    // Code inside a text is the same in every language.
    assert.deepEqual(placesIn(english[key]), placesIn(spanish[key]), key);
  }
});

test('each message of the client has its Spanish, and none is left over', () => {
  const bundle = json<Texts>('client/l10n/bundle.l10n.es.json');
  const used = new Set<string>();
  for (const path of sources(['client/src'])) {
    const text = readFileSync(path, 'utf8');
    const calls = [...text.matchAll(/\bl10n\.t\(\s*('(?:[^'\\]|\\.)*'|`[^`]*`)/g)];
    assert.equal(calls.length, text.split('l10n.t(').length - 1, `${path}: a message must be one literal, so that it can be found`);
    for (const [, literal] of calls) used.add(literal.slice(1, -1).replace(/\\(.)/g, '$1'));
  }
  assert.deepEqual(Object.keys(bundle).sort(), [...used].sort());
  for (const [key, value] of Object.entries(bundle)) assert.deepEqual(placesIn(key), placesIn(value), key);
});

test('every file that the manifest names exists, or is one that the build makes', () => {
  const named = [
    ...contributes.languages.flatMap(({ configuration }) => configuration ?? []),
    ...contributes.grammars.map((one) => one.path),
    ...contributes.snippets.map((one) => one.path),
    ...contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.svg)),
    ...contributes.jsonValidation.map(({ url }) => url),
    manifest.icon,
  ];
  for (const path of named) assert.ok(existsSync(path), path);
  const bundler = readFileSync('client/build/bundle.mjs', 'utf8');
  for (const path of [manifest.main, manifest.browser, manifest.bin.fourd])
    assert.ok(bundler.includes(`'${path.replace('./', '')}'`), path);
});

test('menus, walkthrough and welcome texts only name commands that are declared, and every command can be found', () => {
  const declared = contributes.commands.map(({ command }) => command);
  assert.equal(new Set(declared).size, declared.length);
  const inMenus = Object.values(contributes.menus).flatMap((items) => items.map(({ command }) => command));
  const inTexts = [json<Texts>('package.nls.json'), json<Texts>('package.nls.es.json')].map((texts) =>
    Object.values(texts).flatMap((text) => [...text.matchAll(/\(command:(4dWebSessions\.\w+)/g)].map(([, command]) => command)),
  );
  assert.deepEqual(inTexts[0], inTexts[1]);
  const events = contributes.walkthroughs.flatMap(({ steps }) => steps.flatMap((step) => step.completionEvents));
  const inEvents = events.flatMap((event) => /^onCommand:(.*)/.exec(event)?.[1] ?? []);
  for (const name of [...inMenus, ...inTexts[0], ...inEvents]) assert.ok(declared.includes(name), name);
  const sources = declared.filter((name) => !inMenus.includes(name) && !inTexts[0].includes(name));
  assert.deepEqual(sources, [], 'no menu and no text leads to it');
});

test('the icon is a PNG of 256 by 256 and small', () => {
  const png = readFileSync(manifest.icon);
  assert.equal(png.toString('latin1', 1, 4), 'PNG');
  assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [256, 256]);
  assert.ok(png.length < 20_000, `${png.length} bytes`);
});

test('pictures of the walkthrough follow the colour theme and bring nothing from elsewhere', () => {
  for (const { media } of contributes.walkthroughs.flatMap(({ steps }) => steps)) {
    const svg = readFileSync(media.svg, 'utf8');
    assert.match(svg, /var\(--vscode-editor-foreground/);
    assert.doesNotMatch(svg.replace('xmlns="http://www.w3.org/2000/svg"', ''), /https?:|<script|href/);
  }
});

test('the grammar has the scope that the manifest says, and not that of 4D’s own extension', () => {
  for (const { path, scopeName } of contributes.grammars) {
    assert.equal(json<{ scopeName: string }>(path).scopeName, scopeName);
    assert.notEqual(scopeName, 'source.4dm');
  }
});

test('VS Code’s types are those of the oldest VS Code that is supported', () => {
  assert.equal(manifest.engines.vscode, `^${manifest.devDependencies['@types/vscode']}`);
});
