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
