/** Password hashes as bcrypt makes them (`$2y$10$…`): what `Generate password hash` gives (facts: 4D page `commands/generate-password-hash`). */

const alphabet = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** The first tables of Blowfish are the digits of π behind the point: 18 + 4 · 256 words of 32 bits. */
const tables = 18 + 4 * 256;
let digits: Int32Array | undefined;

function piDigits(): Int32Array {
  if (digits) return digits;
  const bits = BigInt(tables * 32 + 64);
  const one = 1n << bits;
  // Machin: π = 16 arctan(1/5) − 4 arctan(1/239)
  const arctan = (x: bigint): bigint => {
    let power = one / x;
    let sum = power;
    for (let n = 3n, sign = -1n; power !== 0n; n += 2n, sign = -sign) {
      power /= x * x;
      sum += (sign * power) / n;
    }
    return sum;
  };
  const fraction = (16n * arctan(5n) - 4n * arctan(239n)) & (one - 1n);
  const hex = (fraction >> 64n).toString(16).padStart(tables * 8, '0');
  digits = Int32Array.from({ length: tables }, (_, i) => Number.parseInt(hex.slice(i * 8, i * 8 + 8), 16) | 0);
  return digits;
}

class Blowfish {
  private readonly p = piDigits().slice(0, 18);
  private readonly s = piDigits().slice(18);
  private left = 0;
  private right = 0;

  encrypt(left: number, right: number): void {
    const { p, s } = this;
    let l = left ^ p[0];
    let r = right;
    for (let i = 1; i <= 16; i += 2) {
      r ^= ((((s[l >>> 24] + s[256 + ((l >>> 16) & 255)]) ^ s[512 + ((l >>> 8) & 255)]) + s[768 + (l & 255)]) | 0) ^ p[i];
      l ^= ((((s[r >>> 24] + s[256 + ((r >>> 16) & 255)]) ^ s[512 + ((r >>> 8) & 255)]) + s[768 + (r & 255)]) | 0) ^ p[i + 1];
    }
    this.left = r ^ p[17];
    this.right = l;
  }

  /** Mixes a key into the tables, and a salt (zeros without one) into what fills them. */
  expand(key: Int32Array, salt?: Int32Array): void {
    const { p, s } = this;
    for (let i = 0; i < 18; i++) p[i] ^= key[i % key.length];
    this.left = 0;
    this.right = 0;
    let at = 0;
    for (const table of [p, s]) {
      for (let i = 0; i < table.length; i += 2) {
        if (salt) {
          this.left ^= salt[at];
          this.right ^= salt[at + 1];
          at = (at + 2) & 3;
        }
        this.encrypt(this.left, this.right);
        table[i] = this.left;
        table[i + 1] = this.right;
      }
    }
  }

  /** Encrypts two words many times. */
  repeat(left: number, right: number, times: number): [number, number] {
    this.left = left;
    this.right = right;
    for (let i = 0; i < times; i++) this.encrypt(this.left, this.right);
    return [this.left, this.right];
  }
}

/** The bytes of a key as 18 words, again from the start when they end. */
function keyWords(bytes: Uint8Array): Int32Array {
  return Int32Array.from({ length: 18 }, (_, i) => {
    let word = 0;
    for (let k = 0; k < 4; k++) word = (word << 8) | bytes[(i * 4 + k) % bytes.length];
    return word;
  });
}

/** A password's hash: `$2y$`, the cost, 22 characters of salt and 31 of hash. `salt` has 16 bytes, `cost` is from 4 to 31. */
export function bcrypt(password: string, salt: Uint8Array, cost: number): string {
  // At most 72 bytes count, the zero at the end among them.
  const key = keyWords(Uint8Array.of(...new TextEncoder().encode(password).subarray(0, 71), 0));
  const view = new DataView(salt.buffer, salt.byteOffset, 16);
  const saltWords = Int32Array.from({ length: 4 }, (_, i) => view.getInt32(i * 4));
  const saltKey = keyWords(salt);
  const cipher = new Blowfish();
  cipher.expand(key, saltWords);
  for (let round = 2 ** cost; round > 0; round--) {
    cipher.expand(key);
    cipher.expand(saltKey);
  }
  const text = new TextEncoder().encode('OrpheanBeholderScryDoubt');
  const out = new DataView(text.slice().buffer);
  for (let i = 0; i < 24; i += 8) {
    const [left, right] = cipher.repeat(out.getInt32(i), out.getInt32(i + 4), 64);
    out.setInt32(i, left);
    out.setInt32(i + 4, right);
  }
  return `$2y$${String(cost).padStart(2, '0')}$${encode(salt)}${encode(new Uint8Array(out.buffer, 0, 23))}`;
}

/** True when the hash is one of this password. */
export function bcryptMatches(password: string, hash: string): boolean {
  const parts = /^\$2[aby]?\$(\d\d)\$([./A-Za-z0-9]{22})([./A-Za-z0-9]{31})$/.exec(hash);
  const cost = Number(parts?.[1]);
  if (!parts || cost < 4 || cost > highestCost) return false;
  return bcrypt(password, decode(parts[2]), cost).slice(29) === parts[3];
}

/** A higher cost would hold the simulator up for minutes. */
export const highestCost = 14;

function encode(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xffff;
    for (bits += 8; bits >= 6; ) {
      bits -= 6;
      text += alphabet[(held >> bits) & 63];
    }
  }
  return bits > 0 ? text + alphabet[(held << (6 - bits)) & 63] : text;
}

function decode(text: string): Uint8Array {
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const character of text) {
    held = ((held << 6) | alphabet.indexOf(character)) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((held >> bits) & 255);
    }
  }
  return Uint8Array.from(bytes.slice(0, 16));
}
