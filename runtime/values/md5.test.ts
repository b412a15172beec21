import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import fc from 'fast-check';
import { md5 } from './md5.js';

test('the digests of the RFC, and those of another implementation', () => {
  assert.equal(md5(''), 'd41d8cd98f00b204e9800998ecf8427e');
  assert.equal(md5('message digest'), 'f96b697d7cb7938d525a2f31aaf161d0');
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      assert.equal(md5(bytes), createHash('md5').update(bytes).digest('hex'));
    }),
  );
});
