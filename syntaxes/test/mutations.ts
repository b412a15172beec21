import type { Random } from './generated.js';

const signs = '()[]{}:;,."\'`!?#$%&|*+-/\\<>=^~@ \t\n\r\u00a0\u25ca\ufeff\u2028\ud83d\0éÿ漢09aZ_';
const words = [
  'If (',
  'Else\n',
  'End if\n',
  'Case of\n',
  ': (',
  'End case\n',
  'For each (',
  'End for each\n',
  'Repeat\n',
  'Until (',
  'Begin SQL\n',
  'End SQL\n',
  'Function ',
  'Class constructor',
  'Try(',
  'Catch\n',
  'var $',
  '#DECLARE(',
  '->',
  ':C1208',
  ':K2:1',
  '[[',
  '/*',
  '*/',
  '//',
  '<>',
  '${',
  '\\\n',
  'return ',
];

/** A text with a few random changes: cuts, repetitions, parts that move, pieces of another text, noise, words of the language. */
export function mutated(text: string, other: string, random: Random): string {
  let result = text;
  const changes = 1 + random(6);
  for (let i = 0; i < changes; i++) result = change(result, other, random);
  return result;
}

function change(text: string, other: string, random: Random): string {
  const at = random(text.length + 1);
  const size = 1 + random(random(4) === 0 ? 400 : 12);
  switch (random(7)) {
    case 0:
      return text.slice(0, at) + text.slice(at + size);
    case 1:
      return text.slice(0, at) + text.slice(Math.max(0, at - size), at) + text.slice(at);
    case 2: {
      const to = random(text.length + 1);
      const piece = text.slice(at, at + size);
      return text.slice(0, to) + piece + text.slice(to);
    }
    case 3: {
      const from = random(other.length + 1);
      return text.slice(0, at) + other.slice(from, from + size) + text.slice(at);
    }
    case 4: {
      let noise = '';
      for (let i = 0; i < Math.min(size, 8); i++) noise += signs[random(signs.length)];
      return text.slice(0, at) + noise + text.slice(at + random(3));
    }
    case 5:
      return text.slice(0, at) + words[random(words.length)] + text.slice(at);
    default:
      return text.slice(0, at) + signs[random(signs.length)].repeat(size) + text.slice(at);
  }
}

/** A text after one change as editors make them: a few characters or words put in, taken away or put in place of others; at times many lines. */
export function typed(text: string, random: Random): string {
  // Typing stays near where it was: here, near the middle and the ends.
  const near = [0, text.length >> 1, text.length, random(text.length + 1)][random(4)];
  const at = Math.max(0, Math.min(text.length, near + random(41) - 20));
  const removed = [0, 0, 0, 1, 1, 2, 10, 200][random(8)];
  const piece = [
    () => '',
    () => signs[random(signs.length)],
    () => signs[random(signs.length)] + signs[random(signs.length)],
    () => words[random(words.length)],
    () => `\n${words[random(words.length)]}`,
    () => '\n',
    () => '\r',
    () => text.slice(at, at + random(random(4) === 0 ? 500 : 40)),
  ][random(8)]();
  return text.slice(0, at) + piece + text.slice(at + removed);
}
