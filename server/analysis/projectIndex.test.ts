import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { type FileFacts, ProjectIndex } from './projectIndex.js';

function facts(index: ProjectIndex, path: string, keys: readonly string[]): FileFacts {
  const occurrences = new Int32Array(keys.length * 4);
  keys.forEach((key, i) => {
    occurrences.set([index.intern(key, key), i, 0, 16], i * 4);
  });
  // each file declares what it names, and has a text there
  const declared = new Map(keys.map((key) => [key, `type of ${path}`]));
  return { path, source: undefined, occurrences, evidence: [], publishedWeb: false, declared, texts: keys.flatMap((key) => [key, path]) };
}

test('look-ups see exactly what the files say now, whatever was said before', () => {
  const key = fc.constantFrom('n:a', 'n:b', 'c:1', 'm:x', 'n:rare');
  const step = fc.record({ file: fc.constantFrom('A', 'B', 'C'), keys: fc.option(fc.array(key, { maxLength: 6 })) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const index = new ProjectIndex();
      const truth = new Map<string, readonly string[]>();
      for (const { file, keys } of steps) {
        if (keys) {
          index.set(facts(index, file, keys));
          truth.set(file, keys);
        } else {
          index.remove(file);
          truth.delete(file);
        }
      }
      for (const wanted of ['n:a', 'n:rare', 'm:x', 'n:never']) {
        const expected = [...truth].flatMap(([path, keys]) => keys.flatMap((k, line) => (k === wanted ? [`${path} ${line}`] : [])));
        const found = index.occurrences([wanted]).map((o) => `${o.path} ${o.span.start.line}`);
        assert.deepEqual(found.sort(), expected.sort());
        assert.equal(index.count([wanted]), expected.length);
        const paths = [...new Set(expected.map((e) => e.split(' ')[0]))].sort();
        const type = index.declaredType(wanted);
        assert.ok(type === undefined ? paths.length === 0 : paths.some((path) => type === `type of ${path}`), `${type} of ${paths}`);
        assert.deepEqual(
          index.textsAt(wanted, 'A').sort(),
          paths.filter((path) => path !== 'A'),
        );
        const files = index.filesNaming([wanted]).get(wanted)!;
        assert.deepEqual([...files].sort(), paths);
      }
    }),
  );
});

test('lists are built anew after many changes of many files', () => {
  const index = new ProjectIndex();
  for (let round = 0; round < 30; round++)
    for (let file = 0; file < 200; file++)
      index.set(
        facts(
          index,
          `f${file}`,
          Array.from({ length: 40 }, (_, i) => `n:${(i + round * 40 + file) % 4000}`),
        ),
      );
  for (let k = 0; k < 50; k++) {
    const expected = Array.from({ length: 200 }, (_, file) => file).filter((file) => {
      const first = (29 * 40 + file) % 4000;
      return (k - first + 4000) % 4000 < 40;
    }).length;
    assert.equal(index.count([`n:${k}`]), expected);
  }
});

test('what was typed on the way is forgotten, what is there stays', () => {
  const index = new ProjectIndex();
  index.set(facts(index, 'other', ['n:kept', 'm:also kept']));
  for (let edit = 0; edit < 30_000; edit++) index.set(facts(index, 'open', ['n:kept', `n:typed${edit}`]));
  const names = [...index.keysOf('n:')].map((k) => k.key);
  assert.ok(names.length < 10_000, String(names.length));
  assert.ok(names.includes('n:kept') && names.includes('n:typed29999'));
  assert.deepEqual(
    index
      .occurrences(['n:kept'])
      .map((o) => o.path)
      .sort(),
    ['open', 'other'],
  );
  assert.equal(index.count(['m:also kept']), 1);
  assert.deepEqual([...index.filesNaming(['n:typed29999']).get('n:typed29999')!], ['open']);
  assert.equal(index.count(['n:typed5']), 0);
});
