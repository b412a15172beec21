/** The tutorial project is code that 4D would accept as it stands: syntax, tokens, names, tables, fixtures and launch configurations. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { defaultCatalogue } from '../catalogue/catalogue.js';
import { parse } from '../parser/parse.js';
import { nodeFileSystem } from '../project/node/fileSystem.js';
import { openProject } from '../project/project.js';
import { readAttributes } from '../project/sourceFiles.js';
import { namesOf } from '../resolution/calls.js';
import { declarationsOf } from '../resolution/declarations.js';
import { fold } from '../text/fold.js';

const root = fileURLToPath(new URL('../../../docs/tutorial', import.meta.url));
const read = (path: string): string => readFileSync(`${root}/${path}`, 'utf8');
const project = await openProject(nodeFileSystem, root);
const context = { catalogue: defaultCatalogue(), methodByName: (name: string) => project.methodByName(name) };
const compilerWeb = parse(read('Project/Sources/Methods/COMPILER_WEB.4dm'));
const declared = new Set(declarationsOf(compilerWeb, context).map((one) => fold(one.name)));

for (const file of project.files) {
  test(`${file.name}: no mistakes, every name known by its token or its declaration`, () => {
    const text = read(file.path);
    const tree = parse(text);
    assert.deepEqual(tree.errors, []);
    assert.equal(text.startsWith('//%attributes = {'), file.kind === 'method');
    for (const { node, resolved } of namesOf(tree, context)) {
      const written = tree.textOf(node);
      switch (resolved.kind) {
        case 'command':
        case 'constant':
          assert.ok(resolved.byToken && resolved.spelling === 'present', `${written} carries its token and its present name`);
          break;
        case 'variable':
          assert.ok(declared.has(fold(resolved.name)), `${written} is declared in COMPILER_WEB`);
          break;
        case 'method':
          break;
        default:
          assert.fail(`${written} is nothing known`);
      }
    }
    for (const [written, tableName, tableNumber, fieldName, fieldNumber] of text.matchAll(/\[([\w ]+):(\d+)\](?:([A-Z][\w ]*?):(\d+))?/g)) {
      const table = project.structure.tables.find((one) => one.number === Number(tableNumber));
      assert.equal(table?.name, tableName, written);
      if (fieldName) assert.equal(table?.fields.find((one) => one.number === Number(fieldNumber))?.name, fieldName, written);
    }
  });
}

test('folders.json sorts every method into one folder', () => {
  const folders = Object.values(JSON.parse(read('Project/Sources/folders.json'))) as { methods?: string[] }[];
  const sorted = folders.flatMap((folder) => folder.methods ?? []).sort();
  const methods = project.files.filter((file) => file.kind === 'method').map((file) => file.name);
  assert.deepEqual(sorted, methods.sort());
});

test('the fixtures fit the tables', () => {
  const records = JSON.parse(read('records.json')) as Record<string, Record<string, unknown>[]>;
  for (const [name, rows] of Object.entries(records)) {
    const table = project.structure.tables.find((one) => one.name === name);
    for (const row of rows)
      assert.deepEqual(
        Object.keys(row),
        table?.fields.map((field) => field.name),
        name,
      );
  }
});

test('pages, forms and launch configurations call methods that the web may call', () => {
  const texts = [
    ...project.files.map((file) => read(file.path)),
    ...['index.html', 'login-failed.html', 'goodbye.html', 'account.shtml'].map((name) => read(`WebFolder/${name}`)),
    read('.vscode/launch.json'),
  ];
  const called = new Set(texts.flatMap((text) => [...text.matchAll(/\/4DACTION\/(\w+)/g)].map((match) => match[1])));
  assert.ok(called.size > 5);
  for (const name of called) {
    const file = project.methodByName(name);
    assert.ok(file && readAttributes(read(file.path)).publishedWeb, name);
  }
});

test('each launch configuration names files that are there', () => {
  const { configurations } = JSON.parse(read('.vscode/launch.json')) as { configurations: Record<string, unknown>[] };
  for (const configuration of configurations) {
    assert.equal(configuration.type, '4d-simulator');
    for (const value of Object.values(configuration)) {
      if (typeof value !== 'string' || !value.includes('/')) continue;
      assert.ok(read(value.replace(/^\$\{workspaceFolder\}\//, '')), value);
    }
  }
});
