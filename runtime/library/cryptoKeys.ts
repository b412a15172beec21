/** Class 4D.CryptoKey: key pairs that sign, verify, encrypt and decrypt (facts: 4D page `API/CryptoKeyClass`). The host's WebCrypto does the work. */
import type { HostKeys } from '../edges.js';
import type { NativeResult } from '../machine/types.js';
import { fromBase64, toBase64 } from '../values/bytes.js';
import type { HostValue, ObjectValue, Value } from '../values/value.js';
import { bytesOf } from './blobs.js';
import { BAD_PARAMETER, notModelled, raise } from './errors.js';
import { type CurveName, type KeyBytes, keyFromPem, pemOf } from './keyFormats.js';
import { type Call, Theme } from './theme.js';

export const cryptoKeys = new Theme('Keys');

const KEY = '4D.CryptoKey';

type HostKey = Awaited<ReturnType<HostKeys['deriveKey']>>;
type KeyUse = 'sign' | 'verify' | 'encrypt' | 'decrypt';

interface KeyData {
  readonly type: 'RSA' | 'ECDSA' | 'PEM';
  /** PEM texts; empty where there is none. */
  readonly privateKey: string;
  readonly publicKey: string;
  readonly curve: string;
  readonly size: number;
  readonly pem: string;
}

const curves: Readonly<Record<string, CurveName>> = { prime256v1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521' };
const curveNames: Readonly<Record<CurveName, string>> = { 'P-256': 'prime256v1', 'P-384': 'secp384r1', 'P-521': 'secp521r1' };

/** Work of the host; what it cannot do is a text. */
function atHost(call: Call, work: (subtle: HostKeys) => Promise<Value>, then: string): NativeResult {
  const { outside, keys } = call.host;
  if (!outside || !keys) return notModelled({ en: '{0}: this host has no keys.', es: '{0}: este entorno no tiene claves.' }, call.command);
  const safe = async (): Promise<Value> => {
    try {
      return await work(keys);
    } catch (error) {
      return { t: 'object', properties: new Map([['failed', error instanceof Error ? error.message || error.name : String(error)]]) };
    }
  };
  return outside.start(call.process, safe, then);
}

const failure = (value: Value): string | undefined => {
  const found = typeof value === 'object' && value?.t === 'object' ? value.properties.get('failed') : undefined;
  return typeof found === 'string' ? found : undefined;
};

function badKey(call: Call, why: string): never {
  return raise(
    BAD_PARAMETER,
    { en: '{0}: this key cannot be used: {1}.', es: '{0}: no se puede usar esta clave: {1}.' },
    call.command,
    why,
  );
}

const option = (call: Call, index: number, name: string): Value => {
  const options = call.value(index);
  return typeof options === 'object' && options?.t === 'object' ? options.properties.get(name) : undefined;
};
const textOption = (call: Call, index: number, name: string, otherwise: string): string => {
  const found = option(call, index, name);
  return typeof found === 'string' && found !== '' ? found : otherwise;
};

// ---- making and loading

cryptoKeys.member(`${KEY}.new`, (call) => {
  const type = textOption(call, 0, 'type', '').toUpperCase();
  if (type === 'PEM') return load(call, textOption(call, 0, 'pem', ''));
  if (type !== 'RSA' && type !== 'ECDSA')
    return raise(
      BAD_PARAMETER,
      { en: '{0}: the type must be RSA, ECDSA or PEM.', es: '{0}: el tipo debe ser RSA, ECDSA o PEM.' },
      call.command,
    );
  const size = option(call, 0, 'size');
  const modulusLength = typeof size === 'number' ? size : 2048;
  const curve = textOption(call, 0, 'curve', 'prime256v1');
  const namedCurve = curves[curve];
  if (type === 'ECDSA' && !namedCurve) return badKey(call, curve);
  const algorithm =
    type === 'RSA'
      ? { name: 'RSA-OAEP', modulusLength, publicExponent: Uint8Array.of(1, 0, 1), hash: 'SHA-256' }
      : { name: 'ECDSA', namedCurve };
  const work = async (subtle: HostKeys): Promise<Value> => {
    const uses: KeyUse[] = type === 'RSA' ? ['encrypt', 'decrypt'] : ['sign', 'verify'];
    const pair = (await subtle.generateKey(algorithm, true, uses)) as { readonly privateKey: HostKey; readonly publicKey: HostKey };
    const privateKey = pemOf('private', new Uint8Array(await subtle.exportKey('pkcs8', pair.privateKey)));
    const publicKey = pemOf('public', new Uint8Array(await subtle.exportKey('spki', pair.publicKey)));
    return keyValue({ type, privateKey, publicKey, curve: type === 'RSA' ? '' : curve, size: type === 'RSA' ? modulusLength : 0, pem: '' });
  };
  return atHost(call, work, 'CryptoKey: made');
});
cryptoKeys.continuation('CryptoKey: made', (call, _state, result) => {
  const why = failure(result);
  return why === undefined ? result : badKey(call, why);
});

const keyValue = (data: KeyData): HostValue => ({ t: 'host', className: KEY, data });

/** A key in PEM; the public key of a private one is found by leaving out what is private. */
function load(call: Call, pem: string): NativeResult {
  const key = keyFromPem(pem);
  if (!key) return badKey(call, 'PEM');
  const work = async (subtle: HostKeys): Promise<Value> => {
    const algorithm = algorithmOf(key, 'SHA256', false);
    const own = await imported(subtle, key, algorithm, [key.kind === 'private' ? 'sign' : 'verify']);
    const { kty, n, e, crv, x, y } = await subtle.exportKey('jwk', own);
    const open = await subtle.importKey('jwk', { kty, n, e, crv, x, y, ext: true }, algorithm, true, ['verify']);
    const publicKey = pemOf('public', new Uint8Array(await subtle.exportKey('spki', open)));
    const size = n === undefined ? 0 : fromBase64(n.replace(/-/g, '+').replace(/_/g, '/')).length * 8;
    const privateKey = key.kind === 'private' ? pem : '';
    return keyValue({ type: 'PEM', privateKey, publicKey, curve: key.curve ? curveNames[key.curve] : '', size, pem });
  };
  return atHost(call, work, 'CryptoKey: made');
}

// ---- using

function hashName(hash: string): string {
  return hash.toUpperCase().replace(/^SHA-?/, 'SHA-');
}

type Algorithm = { readonly name: string; readonly hash: string; readonly namedCurve?: string; readonly saltLength?: number };

function algorithmOf(key: Pick<KeyBytes, 'type' | 'curve'>, hash: string, pss: boolean): Algorithm {
  if (key.type === 'ECDSA') return { name: 'ECDSA', namedCurve: key.curve, hash: hashName(hash) };
  const size = Number(/\d+$/.exec(hash)?.[0] ?? 256) / 8;
  return pss ? { name: 'RSA-PSS', hash: hashName(hash), saltLength: size } : { name: 'RSASSA-PKCS1-v1_5', hash: hashName(hash) };
}

function imported(subtle: HostKeys, key: KeyBytes, algorithm: Algorithm, uses: KeyUse[]): Promise<HostKey> {
  return subtle.importKey(key.kind === 'private' ? 'pkcs8' : 'spki', key.bytes.slice(), algorithm, true, uses);
}

/** The private or public key of a call's object; raises an error where it has none. */
function keyOf(call: Call, kind: 'privateKey' | 'publicKey'): KeyBytes {
  const data = (call.self as HostValue).data as KeyData;
  return keyFromPem(data[kind]) ?? badKey(call, kind === 'privateKey' ? 'private key missing' : 'public key missing');
}

const webSafe = (encoding: string): boolean => encoding.toUpperCase() === 'BASE64URL';
const unpacked = (text: string): Uint8Array => fromBase64(text.replace(/-/g, '+').replace(/_/g, '/').replace(/\s/g, ''));

cryptoKeys.member(`${KEY}.sign`, (call) => {
  const key = keyOf(call, 'privateKey');
  const algorithm = algorithmOf(key, textOption(call, 1, 'hash', 'SHA256'), option(call, 1, 'pss') === true);
  const message = bytesOf(call.value(0)).slice();
  const safe = webSafe(textOption(call, 1, 'encoding', 'Base64'));
  const work = async (subtle: HostKeys) =>
    toBase64(new Uint8Array(await subtle.sign(algorithm, await imported(subtle, key, algorithm, ['sign']), message)), safe);
  return atHost(call, work, 'CryptoKey: made');
});

cryptoKeys.member(`${KEY}.verify`, (call) => {
  const key = keyOf(call, 'publicKey');
  const algorithm = algorithmOf(key, textOption(call, 2, 'hash', 'SHA256'), option(call, 2, 'pss') === true);
  const message = bytesOf(call.value(0)).slice();
  const signature = unpacked(call.text(1)).slice();
  const work = async (subtle: HostKeys) => subtle.verify(algorithm, await imported(subtle, key, algorithm, ['verify']), signature, message);
  return atHost(call, work, 'CryptoKey: verified');
});
cryptoKeys.continuation('CryptoKey: verified', (_call, _state, result) =>
  status(result === true, failure(result) ?? 'The signature does not match the message, the key or the algorithm.'),
);

function status(success: boolean, why: string, more: readonly (readonly [string, Value])[] = []): ObjectValue {
  const properties = new Map<string, Value>([['success', success], ...more]);
  const error: ObjectValue = { t: 'object', properties: new Map([['message', why]]) };
  if (!success) properties.set('errors', { t: 'collection', items: [error] });
  return { t: 'object', properties };
}

const oaep = (call: Call): Algorithm => ({ name: 'RSA-OAEP', hash: hashName(textOption(call, 1, 'hash', 'SHA256')) });

function rsaOnly(call: Call, key: KeyBytes): KeyBytes {
  return key.type === 'RSA' ? key : badKey(call, 'ECDSA');
}

cryptoKeys.member(`${KEY}.encrypt`, (call) => {
  const key = rsaOnly(call, keyOf(call, 'publicKey'));
  const encoding = textOption(call, 1, 'encodingDecrypted', 'UTF-8').toUpperCase();
  const message = (encoding.startsWith('BASE64') ? unpacked(call.text(0)) : new TextEncoder().encode(call.text(0))).slice();
  const safe = webSafe(textOption(call, 1, 'encodingEncrypted', 'Base64'));
  const algorithm = oaep(call);
  const work = async (subtle: HostKeys) =>
    toBase64(new Uint8Array(await subtle.encrypt(algorithm, await imported(subtle, key, algorithm, ['encrypt']), message)), safe);
  return atHost(call, work, 'CryptoKey: made');
});

cryptoKeys.member(`${KEY}.decrypt`, (call) => {
  const key = rsaOnly(call, keyOf(call, 'privateKey'));
  const encoding = textOption(call, 1, 'encodingDecrypted', 'UTF-8').toUpperCase();
  const message = unpacked(call.text(0)).slice();
  const algorithm = oaep(call);
  const work = async (subtle: HostKeys) => {
    const bytes = new Uint8Array(await subtle.decrypt(algorithm, await imported(subtle, key, algorithm, ['decrypt']), message));
    return encoding.startsWith('BASE64') ? toBase64(bytes, webSafe(encoding)) : new TextDecoder().decode(bytes);
  };
  return atHost(call, work, 'CryptoKey: decrypted');
});
cryptoKeys.continuation('CryptoKey: decrypted', (_call, _state, result) =>
  typeof result === 'string'
    ? status(true, '', [['result', result]])
    : status(false, failure(result) || 'The message was not encrypted with this key or algorithm.'),
);

// ---- looking

const read = (name: string, value: (data: KeyData) => Value) =>
  cryptoKeys.property(`${KEY}.${name}`, (call) => value((call.self as HostValue).data as KeyData));
read('getPrivateKey', ({ privateKey }) => privateKey);
read('getPublicKey', ({ publicKey }) => publicKey);
read('type', ({ type }) => type);
read('curve', ({ curve }) => (curve === '' ? undefined : curve));
read('size', ({ size }) => (size === 0 ? undefined : size));
read('pem', ({ pem }) => (pem === '' ? undefined : pem));
