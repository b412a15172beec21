/**
 * Keys as PEM texts, in the forms that WebCrypto does not read by itself: `RSA PRIVATE KEY`, `RSA PUBLIC KEY` (PKCS #1) and `EC PRIVATE KEY` (SEC 1) are put
 * into the general envelopes PKCS #8 and SPKI (RFC 5208, 5280, 5915, 8017).
 */
import { concatBytes, fromBase64, toBase64 } from '../values/bytes.js';

export interface KeyBytes {
  readonly kind: 'private' | 'public';
  readonly type: 'RSA' | 'ECDSA';
  /** Name of the curve of an ECDSA key as WebCrypto has it. */
  readonly curve?: CurveName;
  /** PKCS #8 or SPKI. */
  readonly bytes: Uint8Array;
}

export type CurveName = 'P-256' | 'P-384' | 'P-521';

const rsaId = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
const ecId = [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
const curveIds: Readonly<Record<CurveName, readonly number[]>> = {
  'P-256': [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07],
  'P-384': [0x2b, 0x81, 0x04, 0x00, 0x22],
  'P-521': [0x2b, 0x81, 0x04, 0x00, 0x23],
};

/** One DER value: its tag, its length, what is in it. */
function der(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const body = concatBytes(...parts);
  const length =
    body.length < 0x80 ? [body.length] : body.length < 0x100 ? [0x81, body.length] : [0x82, body.length >> 8, body.length & 0xff];
  return concatBytes(Uint8Array.of(tag, ...length), body);
}

const identifier = (bytes: readonly number[]): Uint8Array => der(0x06, Uint8Array.from(bytes));
const rsaAlgorithm = (): Uint8Array => der(0x30, identifier(rsaId), der(0x05));
const ecAlgorithm = (curve: CurveName): Uint8Array => der(0x30, identifier(ecId), identifier(curveIds[curve]));

/** The curve whose identifier stands in a key. */
function curveIn(bytes: Uint8Array): CurveName | undefined {
  const text = String.fromCharCode(...bytes);
  const found = Object.entries(curveIds).find(([, id]) => text.includes(String.fromCharCode(0x06, id.length, ...id)));
  return found?.[0] as CurveName | undefined;
}

/** The key in a PEM text; undefined where there is none that can be read. */
export function keyFromPem(pem: string): KeyBytes | undefined {
  const found = /-----BEGIN ((?:RSA |EC )?(?:PRIVATE|PUBLIC) KEY)-----([A-Za-z0-9+/=\s]+)-----END \1-----/.exec(pem);
  if (!found) return undefined;
  const body = fromBase64(found[2].replace(/\s/g, ''));
  const curve = curveIn(body);
  const kind = found[1].endsWith('PRIVATE KEY') ? 'private' : 'public';
  switch (found[1]) {
    case 'RSA PRIVATE KEY':
      return { kind, type: 'RSA', bytes: der(0x30, der(0x02, Uint8Array.of(0)), rsaAlgorithm(), der(0x04, body)) };
    case 'RSA PUBLIC KEY':
      return { kind, type: 'RSA', bytes: der(0x30, rsaAlgorithm(), der(0x03, Uint8Array.of(0), body)) };
    case 'EC PRIVATE KEY':
      return curve && { kind, type: 'ECDSA', curve, bytes: der(0x30, der(0x02, Uint8Array.of(0)), ecAlgorithm(curve), der(0x04, body)) };
    default:
      return { kind, ...(curve ? { type: 'ECDSA', curve } : { type: 'RSA' }), bytes: body };
  }
}

/** The PEM text of a key in PKCS #8 or SPKI. */
export function pemOf(kind: KeyBytes['kind'], bytes: Uint8Array): string {
  const label = `${kind.toUpperCase()} KEY`;
  const lines = toBase64(bytes, false).match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
