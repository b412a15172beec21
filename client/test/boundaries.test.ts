/** The shape of the house, held by a test: arrows only go down, cores are pure, no circles, files stay small. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import { test } from 'node:test';
import { floors, importsOf, sources } from '../build/sources.mjs';

type Floor = 'client' | 'server' | 'runtime' | 'syntaxes';

/** What each floor may import besides itself. */
const below: Record<Floor, readonly Floor[]> = {
  client: ['server', 'runtime', 'syntaxes'],
  server: ['syntaxes'],
  runtime: ['syntaxes'],
  syntaxes: [],
};

/** Packages each floor may use in the product; tests and build scripts are free. */
const packages: Record<Floor, RegExp> = {
  client: /^(vscode|vscode-languageclient|vscode-uri)$/,
  server: /^(docs:pages|vscode-languageserver|vscode-languageserver-textdocument|vscode-jsonrpc|vscode-uri)$/,
  runtime: /^(@vscode\/(debugadapter|debugprotocol)|@noble\/hashes|bcryptjs)$/,
  syntaxes: /^htmlparser2$/,
};

/** Files beyond 400 lines, each with its reason. */
const long: Record<string, string> = {};

const files = sources();
const known = new Set(files);
const floorOf = (path: string): Floor => path.split('/')[0] as Floor;
const has = (path: string, ...folders: string[]): boolean => path.split('/').some((part) => folders.includes(part));
const isTest = (path: string): boolean => path.endsWith('.test.ts') || has(path, 'test');
const isBench = (path: string): boolean => posix.basename(path).startsWith('bench') || has(path, 'bench');
const packageOf = (name: string): string =>
  name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');

interface Import {
  readonly from: string;
  readonly name: string;
  /** The source file it names; undefined for a package. */
  readonly to: string | undefined;
}

const imports: readonly Import[] = files.flatMap((from) =>
  importsOf(readFileSync(from, 'utf8')).map((name) => {
    const path = name.startsWith('#') ? name.slice(1) : name.startsWith('.') ? posix.join(posix.dirname(from), name) : undefined;
    return { from, name, to: path?.replace(/\.js$/, '.ts') };
  }),
);

/** No import may be one that the predicate objects to. */
function none(objects: (one: Import) => boolean): void {
  assert.deepEqual(
    imports.filter(objects).map(({ from, name }) => `${from} imports ${name}`),
    [],
  );
}

test('every form of import is seen', () => {
  const text = [
    "import a from 'a';",
    'import { type B,',
    '  b } from "b";',
    "import 'c';",
    "export * from 'd';",
    "export type { E } from 'e';",
    `const f = await ${'import'}('f');`,
    `type G = ${'import'}('g').G;`,
    "import type H from './h.js';",
    "// says import from 'nothing'",
    'const text = "from \'nothing\'";',
  ].join('\n');
  assert.deepEqual(importsOf(text).sort(), ['./h.js', 'a', 'b', 'c', 'd', 'e', 'f', 'g']);
  for (const floor of floors) assert.ok(imports.length > 0 && files.some((path) => floorOf(path) === floor), floor);
});

test('arrows only go down: client → server, runtime → syntaxes; server and runtime never each other', () =>
  none(({ from, to }) => to?.endsWith('.ts') === true && floorOf(to) !== floorOf(from) && !below[floorOf(from)].includes(floorOf(to))));

test('across floors imports begin with #', () =>
  none(({ from, name, to }) => name.startsWith('.') && to?.endsWith('.ts') === true && floorOf(to) !== floorOf(from)));

test('every import of ours names a file that exists', () =>
  none(({ to }) => to?.endsWith('.ts') === true && !known.has(to) && !known.has(to.replace(/\.ts$/, '.d.ts'))));

test('no import runs in a circle', () => {
  const state = new Map<string, 'open' | 'done'>();
  const circles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (state.get(path) === 'done') return;
    if (state.get(path) === 'open') {
      circles.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
      return;
    }
    state.set(path, 'open');
    for (const { from, to } of imports) if (from === path && to !== undefined && known.has(to)) visit(to, [...trail, path]);
    state.set(path, 'done');
  };
  for (const path of files) visit(path, []);
  assert.deepEqual(circles, []);
});

test('each floor uses the few packages it may: VS Code is known to the client alone', () =>
  none(
    ({ from, name, to }) =>
      to === undefined &&
      !isBuiltin(name) &&
      !isTest(from) &&
      !isBench(from) &&
      !has(from, 'build') &&
      !packages[floorOf(from)].test(packageOf(name)),
  ));

test('only folders named node, cli, build, bench and test import Node', () =>
  none(({ from, name }) => isBuiltin(name) && !isTest(from) && !isBench(from) && !has(from, 'node', 'cli', 'build')));

test('built-in modules are written with node:', () => none(({ name }) => isBuiltin(name) && !name.startsWith('node:')));

test('no product source imports a test or a build script', () =>
  none(({ from, to }) => to !== undefined && !isTest(from) && !isBench(from) && (isTest(to) || (has(to, 'build') && !has(from, 'build')))));

test('no file beyond 400 lines without a reason', () => {
  const tooLong = files.filter((path) => readFileSync(path, 'utf8').split('\n').length > 401);
  assert.deepEqual(
    tooLong.filter((path) => !(path in long)),
    [],
    'split it, or name it with its reason in the list of this test',
  );
  assert.deepEqual(
    Object.keys(long).filter((path) => !tooLong.includes(path)),
    [],
    'no longer long: take it off the list',
  );
});
