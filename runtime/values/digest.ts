/** Message digests (RFC 1321, FIPS 180-4), written out because hosts offer them only asynchronously, and MD5 not at all. */

export type DigestName = 'md5' | 'sha1' | 'sha256' | 'sha512';

export function digest(name: DigestName, bytes: Uint8Array): Uint8Array {
  switch (name) {
    case 'md5':
      return md5(bytes);
    case 'sha1':
      return sha1(bytes);
    case 'sha256':
      return sha256(bytes);
    case 'sha512':
      return sha512(bytes);
  }
}

/** The message with 0x80, zeros and its length in bits at the end of the last block. */
function padded(bytes: Uint8Array, block: 64 | 128, littleEndian = false): DataView {
  const tail = block === 64 ? 8 : 16;
  const size = Math.ceil((bytes.length + 1 + tail) / block) * block;
  const all = new Uint8Array(size);
  all.set(bytes);
  all[bytes.length] = 0x80;
  const view = new DataView(all.buffer);
  view.setBigUint64(size - 8, BigInt(bytes.length) * 8n, littleEndian);
  return view;
}

const rotate = (x: number, n: number) => (x << n) | (x >>> (32 - n));

function words(state: ArrayLike<number>, littleEndian = false): Uint8Array {
  const view = new DataView(new ArrayBuffer(state.length * 4));
  for (let i = 0; i < state.length; i++) view.setUint32(i * 4, state[i], littleEndian);
  return new Uint8Array(view.buffer);
}

const md5Shifts = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];
const md5Sines = Array.from({ length: 64 }, (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32) | 0);

function md5(bytes: Uint8Array): Uint8Array {
  const view = padded(bytes, 64, true);
  const state = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476);
  for (let block = 0; block < view.byteLength; block += 64) {
    let [a, b, c, d] = state;
    for (let i = 0; i < 64; i++) {
      const round = i >> 4;
      const f = round === 0 ? (b & c) | (~b & d) : round === 1 ? (d & b) | (~d & c) : round === 2 ? b ^ c ^ d : c ^ (b | ~d);
      const word = round === 0 ? i : round === 1 ? (5 * i + 1) & 15 : round === 2 ? (3 * i + 5) & 15 : (7 * i) & 15;
      const sum = (a + f + md5Sines[i] + view.getInt32(block + word * 4, true)) | 0;
      [a, d, c, b] = [d, c, b, (b + rotate(sum, md5Shifts[round * 4 + (i & 3)])) | 0];
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
  }
  return words(state, true);
}

function sha1(bytes: Uint8Array): Uint8Array {
  const view = padded(bytes, 64);
  const state = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0);
  const w = new Int32Array(80);
  const constants = [0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6];
  for (let block = 0; block < view.byteLength; block += 64) {
    for (let i = 0; i < 80; i++) w[i] = i < 16 ? view.getInt32(block + i * 4) : rotate(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    let [a, b, c, d, e] = state;
    for (let i = 0; i < 80; i++) {
      const round = Math.floor(i / 20);
      const f = round === 0 ? (b & c) | (~b & d) : round === 2 ? (b & c) | (b & d) | (c & d) : b ^ c ^ d;
      const next = (rotate(a, 5) + f + e + constants[round] + w[i]) | 0;
      [e, d, c, b, a] = [d, c, rotate(b, 30), a, next];
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
    state[4] += e;
  }
  return words(state);
}

const primes: number[] = [];
for (let n = 2; primes.length < 80; n++) if (primes.every((p) => n % p !== 0)) primes.push(n);

/** The first 64 bits of the fraction of a prime's square (2) or cube (3) root. */
function rootFraction(prime: number, degree: 2 | 3): bigint {
  const scaled = BigInt(prime) << BigInt(64 * degree);
  let low = 0n;
  let high = 1n << 72n;
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** BigInt(degree) <= scaled) low = middle;
    else high = middle;
  }
  return low & 0xffffffffffffffffn;
}

const starts512 = primes.slice(0, 8).map((p) => rootFraction(p, 2));
const constants512 = primes.map((p) => rootFraction(p, 3));
const starts256 = starts512.map((x) => Number(x >> 32n));
const constants256 = constants512.slice(0, 64).map((x) => Number(x >> 32n) | 0);

function sha256(bytes: Uint8Array): Uint8Array {
  const view = padded(bytes, 64);
  const state = Int32Array.from(starts256);
  const w = new Int32Array(64);
  const right = (x: number, n: number) => rotate(x, 32 - n);
  for (let block = 0; block < view.byteLength; block += 64) {
    for (let i = 0; i < 64; i++) {
      if (i < 16) w[i] = view.getInt32(block + i * 4);
      else {
        const s0 = right(w[i - 15], 7) ^ right(w[i - 15], 18) ^ (w[i - 15] >>> 3);
        const s1 = right(w[i - 2], 17) ^ right(w[i - 2], 19) ^ (w[i - 2] >>> 10);
        w[i] = w[i - 16] + s0 + w[i - 7] + s1;
      }
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 64; i++) {
      const t1 = (h + (right(e, 6) ^ right(e, 11) ^ right(e, 25)) + ((e & f) ^ (~e & g)) + constants256[i] + w[i]) | 0;
      const t2 = ((right(a, 2) ^ right(a, 13) ^ right(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
    }
    for (const [i, x] of [a, b, c, d, e, f, g, h].entries()) state[i] += x;
  }
  return words(state);
}

const mask = 0xffffffffffffffffn;
const right64 = (x: bigint, n: bigint) => ((x >> n) | (x << (64n - n))) & mask;

function sha512(bytes: Uint8Array): Uint8Array {
  const view = padded(bytes, 128);
  const state = [...starts512];
  const w: bigint[] = [];
  for (let block = 0; block < view.byteLength; block += 128) {
    for (let i = 0; i < 80; i++) {
      if (i < 16) w[i] = view.getBigUint64(block + i * 8);
      else {
        const s0 = right64(w[i - 15], 1n) ^ right64(w[i - 15], 8n) ^ (w[i - 15] >> 7n);
        const s1 = right64(w[i - 2], 19n) ^ right64(w[i - 2], 61n) ^ (w[i - 2] >> 6n);
        w[i] = (w[i - 16] + s0 + w[i - 7] + s1) & mask;
      }
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 80; i++) {
      const s1 = right64(e, 14n) ^ right64(e, 18n) ^ right64(e, 41n);
      const t1 = h + s1 + ((e & f) ^ (~e & mask & g)) + constants512[i] + w[i];
      const t2 = (right64(a, 28n) ^ right64(a, 34n) ^ right64(a, 39n)) + ((a & b) ^ (a & c) ^ (b & c));
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) & mask, c, b, a, (t1 + t2) & mask];
    }
    for (const [i, x] of [a, b, c, d, e, f, g, h].entries()) state[i] = (state[i] + x) & mask;
  }
  const out = new DataView(new ArrayBuffer(64));
  for (const [i, x] of state.entries()) out.setBigUint64(i * 8, x);
  return new Uint8Array(out.buffer);
}
