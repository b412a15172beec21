/** The second table of `docs/features.md` and `docs/es/features.md` has a row for each capability of the debug adapter, and no other; whatever the protocol knows beyond has its reason. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { capabilities } from './capabilities.js';
import { Client } from './client.js';

const offered = Object.keys(capabilities(new Client(() => undefined)));

for (const [page, heading] of [
  ['features.md', 'Debug adapter'],
  ['es/features.md', 'Adaptador de depuración'],
])
  test(`what the debug adapter offers has its row, and nothing else has one: ${page}`, () => {
    const text = readFileSync(new URL(`../../../docs/${page}`, import.meta.url), 'utf8');
    const section = text.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
    const names = [...section.matchAll(/^\| `(\w+)` \| \S.* \|$/gm)].map(([, name]) => name);
    assert.deepEqual(names.sort(), [...offered].sort());
  });

for (const page of ['features.md', 'es/features.md'])
  test(`what the protocol knows is offered or decided against: ${page}`, () => {
    const text = readFileSync(new URL(`../../../docs/${page}`, import.meta.url), 'utf8');
    const types = readFileSync('node_modules/@vscode/debugprotocol/lib/debugProtocol.d.ts', 'utf8');
    const known = [
      ...types
        .slice(types.indexOf('interface Capabilities {'))
        .split(/^\s*}$/m)[0]
        .matchAll(/^\s+(\w+)\?:/gm),
    ].map(([, name]) => name);
    assert.ok(known.length > 35);
    assert.deepEqual(
      known.filter((name) => !text.includes(`\`${name}\``)),
      [],
    );
  });
