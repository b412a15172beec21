import assert from 'node:assert/strict';
import { createPublicKey, createSign, createVerify, generateKeyPairSync } from 'node:crypto';
import test from 'node:test';
import { Bench, plain } from '../test/call.js';
import type { HostValue, Value } from '../values/value.js';

const bench = new Bench();
const object = (entries: Record<string, Value>): Value => ({ t: 'object', properties: new Map(Object.entries(entries)) });
const make = (settings: Record<string, Value>) => bench.settleMember('4D.CryptoKey.new', undefined, object(settings));
const ask = (key: Value, name: string, ...args: Value[]) => bench.settleMember(`4D.CryptoKey.${name}`, key, ...args);
const text = async (key: Value, name: string) => String(await ask(key, name));

test('an ECDSA pair signs as JSON Web Tokens need it, and only its own signature is right', async () => {
  const key = await make({ type: 'ECDSA', curve: 'prime256v1' });
  assert.deepEqual([await ask(key, 'type'), await ask(key, 'curve'), await ask(key, 'size')], ['ECDSA', 'prime256v1', undefined]);
  const options = object({ hash: 'SHA256', encoding: 'Base64URL' });
  const signature = String(await ask(key, 'sign', 'hello', options));
  assert.match(signature, /^[\w-]{86}$/);
  assert.deepEqual(plain(await ask(key, 'verify', 'hello', signature, options)), { success: true });
  assert.equal((plain(await ask(key, 'verify', 'hallo', signature, options)) as { success: boolean }).success, false);
  const checked = createVerify('SHA256').update('hello');
  const pem = await text(key, 'getPublicKey');
  assert.ok(checked.verify({ key: createPublicKey(pem), dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url')));
  await assert.rejects(ask(key, 'encrypt', 'x', object({})), /ECDSA/);
});

for (const [label, type] of [
  ['pkcs8', 'pkcs8'],
  ['pkcs1', 'pkcs1'],
] as const) {
  test(`an RSA key of another program (${label}) is loaded; its public key is found`, async () => {
    const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = String(pair.privateKey.export({ type, format: 'pem' }));
    const key = await make({ type: 'PEM', pem });
    assert.equal(await text(key, 'getPublicKey'), pair.publicKey.export({ type: 'spki', format: 'pem' }));
    assert.deepEqual([await ask(key, 'size'), await text(key, 'getPrivateKey'), await text(key, 'pem')], [2048, pem, pem]);
    const signature = createSign('SHA512').update('msg').sign(pair.privateKey, 'base64');
    assert.deepEqual(plain(await ask(key, 'verify', 'msg', signature, object({ hash: 'SHA512' }))), { success: true });
    const padded = String(await ask(key, 'sign', 'msg', object({ hash: 'SHA256', pss: true })));
    assert.deepEqual(plain(await ask(key, 'verify', 'msg', padded, object({ hash: 'SHA256', pss: true }))), { success: true });
    const open = await make({
      type: 'PEM',
      pem: String(pair.publicKey.export({ type: type === 'pkcs1' ? 'pkcs1' : 'spki', format: 'pem' })),
    });
    const secret = String(await ask(open, 'encrypt', 'señal', object({ hash: 'SHA256', encodingEncrypted: 'Base64URL' })));
    assert.deepEqual(plain(await ask(key, 'decrypt', secret, object({ hash: 'SHA256' }))), { success: true, result: 'señal' });
    assert.equal((plain(await ask(key, 'decrypt', 'AAAA', object({}))) as { success: boolean }).success, false);
    await assert.rejects(ask(open, 'sign', 'x', object({})), /private key missing/);
  });
}

test('EC keys in their own envelope; what is no key', async () => {
  const pair = generateKeyPairSync('ec', { namedCurve: 'secp384r1' });
  const key = await make({ type: 'PEM', pem: String(pair.privateKey.export({ type: 'sec1', format: 'pem' })) });
  assert.deepEqual(
    [await ask(key, 'curve'), await text(key, 'getPublicKey')],
    ['secp384r1', pair.publicKey.export({ type: 'spki', format: 'pem' })],
  );
  assert.equal((key as HostValue).className, '4D.CryptoKey');
  await assert.rejects(make({ type: 'PEM', pem: 'no key' }), /cannot be used: PEM/);
  await assert.rejects(make({ type: 'DSA' }), /RSA, ECDSA or PEM/);
});
