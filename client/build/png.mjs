// Makes PNG pictures of screens small: few colours, kept in a palette. Nothing but Node's zlib.
import * as zlib from 'node:zlib';

/**
 * The same picture with at most `most` colours. Colours that occur often stay as they are; the others take the nearest that stays.
 * @param {Buffer} png 8 bits a channel, RGB or RGBA, not interlaced: what browsers make
 * @returns {Buffer}
 */
export function smaller(png, most = 256) {
  const { width, height, pixels } = decode(png);
  const counts = new Map();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  const palette = reduce(counts, most);
  const nearest = new Map(palette.map((colour, index) => [colour, index]));
  const find = (colour) => {
    let index = nearest.get(colour);
    if (index === undefined) {
      let best = Number.POSITIVE_INFINITY;
      for (let i = 0; i < palette.length; i++) {
        const far = distance(palette[i], colour);
        if (far < best) [best, index] = [far, i];
      }
      nearest.set(colour, index);
    }
    return index;
  };
  const rows = Buffer.alloc(height * (width + 1));
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) rows[y * (width + 1) + 1 + x] = find(pixels[y * width + x]);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const colours = Buffer.from(palette.flatMap((colour) => channels(colour).slice(0, 3)));
  const alphas = Buffer.from(palette.map((colour) => channels(colour)[3]));
  return Buffer.concat([
    png.subarray(0, 8),
    chunk('IHDR', header),
    chunk('PLTE', colours),
    ...(alphas.some((alpha) => alpha < 255) ? [chunk('tRNS', alphas)] : []),
    chunk('IDAT', zlib.deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const channels = (colour) => [colour >>> 24, (colour >>> 16) & 255, (colour >>> 8) & 255, colour & 255];

function distance(a, b) {
  let sum = 0;
  for (let shift = 0; shift < 32; shift += 8) sum += (((a >>> shift) & 255) - ((b >>> shift) & 255)) ** 2;
  return sum;
}

/** The palette: half of it the most frequent colours, the rest the middles of boxes that hold what remains (median cut). */
function reduce(counts, most) {
  const sorted = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  if (sorted.length <= most) return sorted.map(([colour]) => colour);
  const kept = sorted.slice(0, most >> 1).map(([colour]) => colour);
  let boxes = [sorted.slice(most >> 1)];
  while (boxes.length < most - kept.length) {
    const widest = boxes.map((box) => ({ box, ...spread(box) })).sort((a, b) => b.weight - a.weight)[0];
    if (widest.weight === 0) break;
    const order = widest.box.toSorted((a, b) => channels(a[0])[widest.channel] - channels(b[0])[widest.channel]);
    boxes = boxes.filter((box) => box !== widest.box);
    boxes.push(order.slice(0, order.length >> 1), order.slice(order.length >> 1));
  }
  return [...kept, ...boxes.map(middle)];
}

function spread(box) {
  let [channel, range] = [0, 0];
  for (let at = 0; at < 4; at++) {
    let [low, high] = [255, 0];
    for (const [colour] of box) {
      const value = channels(colour)[at];
      if (value < low) low = value;
      if (value > high) high = value;
    }
    if (high - low > range) [channel, range] = [at, high - low];
  }
  return { channel, weight: box.length > 1 ? range * box.length : 0 };
}

function middle(box) {
  let total = 0;
  const sums = [0, 0, 0, 0];
  for (const [colour, count] of box) {
    total += count;
    channels(colour).forEach((value, at) => {
      sums[at] += value * count;
    });
  }
  const [red, green, blue, alpha] = sums.map((sum) => Math.round(sum / total));
  return ((red << 24) | (green << 16) | (blue << 8) | alpha) >>> 0;
}

function chunk(type, data) {
  const made = Buffer.alloc(data.length + 12);
  made.writeUInt32BE(data.length, 0);
  made.write(type, 4, 'latin1');
  data.copy(made, 8);
  made.writeUInt32BE(sum(made.subarray(4, data.length + 8)), data.length + 8);
  return made;
}

/** CRC-32; Node has it since 20.15, older ones count by hand. */
function sum(bytes) {
  if (zlib.crc32) return zlib.crc32(bytes);
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** @returns pixels as 32-bit numbers, red first */
function decode(png) {
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  const [depth, kind, , , interlaced] = png.subarray(24, 29);
  const size = { 2: 3, 6: 4 }[kind];
  if (depth !== 8 || !size || interlaced) throw new Error('Only pictures with 8 bits a channel, RGB or RGBA, not interlaced.');
  const parts = [];
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12)
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  const data = zlib.inflateSync(Buffer.concat(parts));
  const stride = width * size;
  const pixels = new Uint32Array(width * height);
  let above = Buffer.alloc(stride);
  for (let y = 0; y < height; y++) {
    const filter = data[y * (stride + 1)];
    const row = data.subarray(y * (stride + 1) + 1, (y + 1) * (stride + 1));
    for (let i = 0; i < stride; i++) {
      const left = i < size ? 0 : row[i - size];
      const corner = i < size ? 0 : above[i - size];
      row[i] += [0, left, above[i], (left + above[i]) >> 1, paeth(left, above[i], corner)][filter];
    }
    for (let x = 0; x < width; x++) {
      const at = x * size;
      pixels[y * width + x] = ((row[at] << 24) | (row[at + 1] << 16) | (row[at + 2] << 8) | (size === 4 ? row[at + 3] : 255)) >>> 0;
    }
    above = row;
  }
  return { width, height, pixels };
}

function paeth(left, above, corner) {
  const guess = left + above - corner;
  const [l, a, c] = [Math.abs(guess - left), Math.abs(guess - above), Math.abs(guess - corner)];
  return l <= a && l <= c ? left : a <= c ? above : corner;
}
