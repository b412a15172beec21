import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import fc from 'fast-check';
import { bcrypt, bcryptMatches } from './bcrypt.js';
import { fromBase64, packSlot, toBase64, toHex, unpackSlot } from './bytes.js';
import { sameData } from './copy.js';
import { digest } from './digest.js';
import type { ObjectValue, Value } from './value.js';

test('digests are those of another implementation', () => {
  for (const name of ['md5', 'sha1', 'sha256', 'sha512'] as const) {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        assert.equal(toHex(digest(name, bytes)), createHash(name).update(bytes).digest('hex'));
      }),
      { numRuns: 60 },
    );
  }
  assert.equal(toHex(digest('md5', 'message digest')), 'f96b697d7cb7938d525a2f31aaf161d0');
});

test('base64 goes there and back, in both alphabets', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      assert.equal(toBase64(bytes), Buffer.from(bytes).toString('base64'));
      assert.equal(toBase64(bytes, true), Buffer.from(bytes).toString('base64url'));
      assert.deepEqual(fromBase64(toBase64(bytes)), bytes);
      assert.deepEqual(fromBase64(toBase64(bytes, true)), bytes);
    }),
  );
});

test('password hashes agree with published examples', () => {
  const examples: [string, string][] = [
    ['', '$2a$06$DCq7YPn5Rq63x1Lad4cll.TV4S6ytwfsfvkgY8jIucDrjc8deX1s.'],
    ['a', '$2a$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe'],
    ['abc', '$2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i'],
    ['U*U', '$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'],
  ];
  for (const [password, hash] of examples) {
    assert.ok(bcryptMatches(password, hash), password);
    assert.ok(!bcryptMatches(`${password}x`, hash), password);
  }
  const made = bcrypt('geheim', new Uint8Array(16).fill(7), 4);
  assert.match(made, /^\$2y\$04\$[./A-Za-z0-9]{53}$/);
  assert.ok(bcryptMatches('geheim', made));
  for (const bad of ['', 'x', '$2a$99$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW']) assert.ok(!bcryptMatches('U*U', bad));
});

test('values go into plain JSON and back', () => {
  const object: ObjectValue = {
    t: 'object',
    properties: new Map<string, Value>([
      ['d', { t: 'date', year: 2024, month: 2, day: 29 }],
      ['list', { t: 'collection', items: [1, 'a', null, true, { t: 'time', seconds: 5 }, { t: 'blob', bytes: Uint8Array.of(1, 255) }] }],
      ['t', 'date'],
    ]),
  };
  assert.ok(sameData(unpackSlot(JSON.parse(JSON.stringify(packSlot(object)))) as Value, object));
  assert.equal(unpackSlot(packSlot(Number.POSITIVE_INFINITY)), Number.POSITIVE_INFINITY);
  const array = { t: 'array', type: 'text', dimensions: 1, items: ['', 'x', 'y'], current: 2 } as const;
  assert.deepEqual(unpackSlot(JSON.parse(JSON.stringify(packSlot({ ...array, items: [...array.items] })))), array);
});
