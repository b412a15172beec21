/** Digests, password hashes and UUIDs: parts of theme Tools (facts: 4D pages `commands/generate-digest`, `generate-password-hash`, `generate-uuid`). */
import { bcrypt, bcryptMatches, highestCost } from '../values/bcrypt.js';
import { toBase64, toHex } from '../values/bytes.js';
import { type DigestName, digest } from '../values/digest.js';
import { bytesOf } from './blobs.js';
import { BAD_PARAMETER, notModelled, raise } from './errors.js';
import { type Call, Theme } from './theme.js';

export const crypto = new Theme('Cryptography');

/** By the constants `MD5 digest` … */
const digests: Readonly<Record<number, DigestName>> = { 0: 'md5', 1: 'sha1', 3: 'sha256', 4: 'sha512' };

crypto.reader(1147, 'Generate digest', (call) => {
  const name = digests[call.integer(1)];
  if (!name) {
    return notModelled(
      {
        en: '{0}: algorithm {1} is not known here. Use MD5, SHA1, SHA256 or SHA512 digest.',
        es: '{0}: el algoritmo {1} no se conoce aquí. Use MD5, SHA1, SHA256 o SHA512 digest.',
      },
      call.command,
      call.integer(1),
    );
  }
  const bytes = digest(name, bytesOf(call.value(0)));
  return call.isOperator(2) ? toBase64(bytes, true) : toHex(bytes);
});

crypto.command(1066, 'Generate UUID', (call) => call.machine.random.uuid());

const DEFAULT_COST = 10;

crypto.command(1533, 'Generate password hash', (call) => {
  const given = call.has(1) ? call.object(1).properties.get('cost') : undefined;
  const cost = typeof given === 'number' ? Math.trunc(given) : DEFAULT_COST;
  if (cost < 4 || cost > highestCost) {
    raise(
      BAD_PARAMETER,
      { en: '{0}: the cost must be from 4 to {1}.', es: '{0}: el coste debe estar entre 4 y {1}.' },
      call.command,
      highestCost,
    );
  }
  return bcrypt(call.text(0), salt(call), cost);
});

/** 16 bytes of the host's source of ids; two of them, since a UUID has fixed bits. */
function salt(call: Call): Uint8Array {
  const text = call.machine.random.uuid() + call.machine.random.uuid();
  return digest('sha256', new TextEncoder().encode(text)).slice(0, 16);
}

crypto.reader(1534, 'Verify password hash', (call) => bcryptMatches(call.text(0), call.text(1)));
