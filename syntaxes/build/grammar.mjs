// Makes syntaxes/4d.tmLanguage.json from the catalogue:
//   npx tsc -b && node syntaxes/build/grammar.mjs
//
// Scopes are the ones themes know. Tokens have their own, for themes and users that want to dim them; they are never comments, since
// editors treat comments as prose:
//   punctuation.definition.token.4d           all of them
//   punctuation.definition.token.command.4d   `:C1208` behind a command        …token.constant.4d  `:K73:1` behind a constant
//   punctuation.definition.token.plugin.4d    `:P12000:141`                    …token.number.4d    `:2` behind a table or field
//
// A TextMate engine tries every pattern at every place, so patterns are few: what shares its first characters shares a pattern and is
// told apart by its groups.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { defaultCatalogue } from '../../out/syntaxes/catalogue/catalogue.js';

const letter = '[^\\W\\d]';
const inner = '\\w';
/** Words parted by single blanks: a whole name, which may begin with a digit. */
const run = `${inner}++(?: ${inner}++)*+`;
/** In French constants also an apostrophe, in a few constants a degree sign. */
const tokenRun = '\\w++(?:[ ’°\\w]*[’°\\w])?';
const wordEnd = `(?!${inner})`;
/** The name is not the beginning of a longer one, nor something that is assigned to or subscripted. */
const nameEnd = `(?! ?${inner}| *:=|\\{)`;

/** Parentheses and separators behind a name or value: taken with it, they need no search of their own. */
const trail = ['(?: ?[();]++)+ ?', 'punctuation.4d'];

const token = (kind) => `punctuation.definition.token.${kind}.4d`;

/** A pattern of plain parts and of parts with a scope, `[text, scope]`, which become its numbered groups. */
function pattern(parts, name) {
  let match = '';
  let group = 0;
  const captures = {};
  for (const part of parts) {
    if (typeof part === 'string') match += part;
    else {
      const [text, scope] = part;
      match += `(${text})`;
      captures[++group] = typeof scope === 'string' ? { name: scope } : scope;
    }
  }
  return { match, ...(name ? { name } : {}), ...(group ? { captures } : {}) };
}

/**
 * Alternatives as a tree over their letters, so that an engine which tries one after the other gives up early.
 * @param each how a character is written in the pattern
 */
function alternatives(words, each = literally) {
  const root = new Map();
  for (const text of [...new Set(words)].sort()) {
    let node = root;
    for (const c of text) {
      if (!node.has(c)) node.set(c, new Map());
      node = node.get(c);
    }
    node.set('', true);
  }
  const print = (node) => {
    const branches = [...node].filter(([c]) => c !== '').map(([c, next]) => each(c) + print(next));
    if (branches.length === 0) return '';
    if (branches.length === 1 && !node.has('')) return branches[0];
    return `(?:${branches.join('|')})${node.has('') ? '?' : ''}`;
  };
  return print(root);
}

const literally = (c) => c.replace(/[.*+?^${}()|[\]\\/-]/, '\\$&');

/**
 * Language words in any case. Spelt out as classes: `(?i)` costs an engine a third of its speed. The thousands of names of the
 * catalogue are only taken in 4D's own case, which is how they stand in all but four of a million places.
 */
const anyCase = (words) =>
  alternatives(
    words.map((w) => w.toLowerCase()),
    (c) => (/[a-z]/.test(c) ? `[${c}${c.toUpperCase()}]` : literally(c)),
  );

/** The grammar as an object; the same for the same catalogue. */
export function makeGrammar(catalogue) {
  const keywords = (...roles) => catalogue.keywords.filter((k) => roles.includes(k.role)).map((k) => k.name);
  const statements = keywords('statement');
  const blocks = keywords('block-open', 'block-middle', 'block-close').filter((k) => !/sql$/i.test(k));
  const modifiers = `(?:(?:${anyCase(keywords('modifier'))}) +)+`;
  const declaring = catalogue.commands.filter((c) => c.declares || catalogue.arrayTypes.has(c.name));
  const names = (items) =>
    items.flatMap((i) => [i.name, ...(i.otherNames ?? []), ...i.formerNames]).filter((n) => !catalogue.keywordByName(n));
  const commands = names(catalogue.commands.filter((c) => !declaring.includes(c)));
  const constants = names(catalogue.constants).filter((n) => !commands.some((c) => c.toLowerCase() === n.toLowerCase()));

  const languageWords = pattern([
    '(?:',
    [`${anyCase(blocks)}${nameEnd}|${anyCase(statements)}${wordEnd}(?! *:=)`, 'keyword.control.4d'],
    '(?! ?:[CKP]\\d)|',
    [anyCase(names(declaring)), 'storage.type.declaration.4d'],
    `${wordEnd}(?: ?`,
    [':C\\d+', token('command')],
    ')?|',
    [anyCase(keywords('special-command', 'datastore')), 'variable.language.4d'],
    '(?: ?',
    [':C\\d+', token('command')],
    `)?${nameEnd}|`,
    [anyCase(keywords('literal-command')), 'constant.language.4d'],
    '(?: ?',
    [':C\\d+', token('command')],
    `)?${nameEnd}|`,
    [anyCase(keywords('class-store')), 'support.class.store.4d'],
    '(?: ?',
    [':C\\d+', token('command')],
    ')? *',
    ['\\.', 'punctuation.accessor.4d'],
    [`${letter}${inner}*`, 'entity.name.type.class.4d'],
    ')',
  ]);

  const declarations = pattern([
    '^\\s*(?:',
    [`(?:${anyCase(['var', 'property'])})(?= )|${anyCase(['#declare'])}\\b`, 'storage.type.4d'],
    '|',
    [':(?= ?\\()', 'keyword.control.case.4d'],
    '|',
    [modifiers, 'storage.modifier.4d'],
    '?(?:',
    [anyCase(['function']), 'storage.type.function.4d'],
    '(?: +',
    [`${anyCase(['get', 'set', 'query', 'orderby', 'event'])}(?= +${letter})`, 'storage.modifier.accessor.4d'],
    ')? +',
    ['(?!\\d)[\\w$][\\w$]*', 'entity.name.function.4d'],
    '|',
    [`${anyCase(['class'])} +${anyCase(['constructor'])}\\b`, 'storage.type.function.constructor.4d'],
    '|',
    [`${anyCase(['class'])} +${anyCase(['extends'])}`, 'storage.type.class.extends.4d'],
    ' +',
    [`${letter}[\\w.]*`, 'entity.other.inherited-class.4d'],
    '|',
    [anyCase(['alias']), 'storage.type.alias.4d'],
    ' +',
    [`${letter}${inner}*`, 'variable.other.property.4d'],
    ' +',
    [`${letter}[\\w.]*`, 'variable.other.property.path.4d'],
    '))',
  ]);

  const type = `(?:${anyCase(catalogue.types)}|(?:cs|4D)(?:\\.${letter}${inner}*)+)`;

  return {
    information: 'Made by syntaxes/build/grammar.mjs from the catalogue. Do not edit.',
    name: '4D',
    scopeName: 'source.4d-web-sessions',
    fileTypes: ['4dm'],
    patterns: [{ include: '#sql' }, { include: '#code' }],
    repository: {
      code: {
        patterns: [
          declarations,
          languageWords,
          pattern([
            `(?=${tokenRun} ?:[CKP]\\d)(?:`,
            [`${tokenRun}(?= ?:C)`, 'support.function.command.4d'],
            ' ?',
            [':C\\d+', token('command')],
            '|',
            [`${tokenRun}(?= ?:K)`, 'support.constant.4d'],
            ' ?',
            [':K\\d+:\\d+', token('constant')],
            '|',
            [tokenRun, 'support.function.plugin.4d'],
            ' ?',
            [':P\\d+:\\d+', token('plugin')],
            ')',
            trail,
            '?',
          ]),
          pattern([
            '(?:',
            [alternatives(commands), 'support.function.command.4d'],
            '|',
            [alternatives(constants), 'support.constant.4d'],
            `)${nameEnd}`,
            trail,
            '?',
          ]),
          { include: '#number' },
          // A name before a parenthesis, or alone on its line, is called.
          pattern([
            '(?:',
            [`${run}(?= *\\()|(?<=^|\\t|  )${run}(?= *(?:$|//))`, 'entity.name.function.4d'],
            '|',
            [run, 'variable.other.readwrite.4d'],
            ')',
            trail,
            '?',
          ]),
          pattern([
            '(?:',
            ['\\$\\d+|\\$(?=\\{)', 'variable.parameter.4d'],
            '|',
            [`\\$${inner}+`, 'variable.other.local.4d'],
            '|',
            [`(?:<>|◊)${letter}${inner}*`, 'variable.other.interprocess.4d'],
            ')',
            trail,
            '?',
          ]),
          pattern([
            ['\\.', 'punctuation.accessor.4d'],
            '(?:',
            [`(?!\\d)[\\w$][\\w$]*(?= *\\()`, 'entity.name.function.member.4d'],
            '|',
            ['(?!\\d)[\\w$][\\w$]*', 'variable.other.property.4d'],
            ')',
            trail,
            '?',
          ]),
          pattern([
            `(?<![\\w)\\]}])`,
            ['\\[', 'punctuation.definition.table.4d'],
            [`${letter}[^\\]\\[";:(){}<>=+*#]*`, 'entity.name.type.table.4d'],
            [':\\d+', token('number')],
            '?',
            ['\\]', 'punctuation.definition.table.4d'],
            `(?:`,
            [run, 'variable.other.field.4d'],
            [':\\d+', token('number')],
            '?)?',
          ]),
          { include: '#comments' },
          { include: '#strings' },
          pattern([
            [':=|[-+*/]=', 'keyword.operator.assignment.4d'],
            '|',
            [':[CKP]\\d+(?::\\d+)?', 'punctuation.definition.token.4d'],
            '|',
            [':', 'punctuation.colon.4d'],
            ' *',
            [`${type}(?= *(?:$|;|\\)|:=|//|/\\*|\\\\))`, 'storage.type.4d'],
            '?|',
            ['\\\\(?=\\s*$)', 'punctuation.separator.continuation.4d'],
            '|',
            ['[(){}\\];]+|\\[', 'punctuation.4d'],
            '|',
            ['[-+*/\\\\%^=#<>&|?!@,.~]+?(?=[^-+*/\\\\%^=#<>&|?!@,.~]|<>|//|/\\*|\\?\\d|!\\d|\\\\?\\s*$)', 'keyword.operator.4d'],
          ]),
        ],
      },
      number: pattern([
        ['0[xX][0-9a-fA-F]+|\\d+(?:\\.\\d+)?(?:[eE][-+]?\\d+)?', 'constant.numeric.4d'],
        `${wordEnd}|`,
        ['!\\d{2,4}[-/.]\\d{1,2}[-/.]\\d{1,4}!', 'constant.numeric.date.4d'],
        '|',
        ['\\?\\d{1,6}:\\d{2}:\\d{2}\\?', 'constant.numeric.time.4d'],
      ]),
      comments: {
        patterns: [
          pattern(
            [
              '//(?:',
              ['%attributes', 'keyword.control.directive.attributes.4d'],
              ' *=? *',
              ['.*', { name: 'meta.attributes.4d', patterns: [{ include: '#json' }] }],
              '|',
              ['%[WR][-+].*', 'keyword.control.directive.compiler.4d'],
              '|\\s*',
              ['(?:MARK|TODO|FIXME)\\b:?', 'keyword.codetag.notation.4d'],
              '.*|.*)$',
            ],
            'comment.line.double-slash.4d',
          ),
          { begin: '/\\*', end: '\\*/', name: 'comment.block.4d', patterns: [{ include: '#nestedComment' }] },
        ],
      },
      // Block comments nest (facts: `keywords.json`, comments).
      nestedComment: { begin: '/\\*', end: '\\*/', patterns: [{ include: '#nestedComment' }] },
      json: {
        patterns: [
          pattern([
            ['"(?:[^"\\\\]|\\\\.)*"(?= *:)', 'support.type.property-name.json.4d'],
            '|',
            ['"(?:[^"\\\\]|\\\\.)*"', 'string.quoted.double.json.4d'],
            '|',
            ['\\b(?:true|false|null)\\b', 'constant.language.json.4d'],
            '|',
            ['-?\\d+(?:\\.\\d+)?', 'constant.numeric.json.4d'],
          ]),
        ],
      },
      strings: {
        patterns: [
          pattern([['"[^"\\\\]*+(?:"|$)', 'string.quoted.double.4d'], trail, '?']),
          {
            begin: '"',
            end: '"|$',
            name: 'string.quoted.double.4d',
            patterns: [
              { match: '\\\\[nrtNRT"\\\\]', name: 'constant.character.escape.4d' },
              { match: '\\\\.', name: 'invalid.illegal.escape.4d' },
            ],
          },
        ],
      },
      sql: {
        begin: `^\\s*(${anyCase(['begin sql'])})(:C948)?(?!${inner})`,
        end: `^\\s*(${anyCase(['end sql'])})(:C949)?(?!${inner})`,
        beginCaptures: { 1: { name: 'keyword.control.sql.4d' }, 2: { name: token('command') } },
        endCaptures: { 1: { name: 'keyword.control.sql.4d' }, 2: { name: token('command') } },
        contentName: 'meta.embedded.block.sql.4d',
        patterns: [
          // What the block reads from and writes to: `:$name`, `:(name)`, `<<name>>`.
          pattern([
            [':|<<', 'punctuation.definition.variable.sql.4d'],
            '\\(?',
            [`\\$${inner}+|(?:<>)?${letter}${inner}*|\\[[^\\]]*\\]${run}`, 'variable.other.readwrite.sql.4d'],
            '\\)?',
            ['(?:>>)?', 'punctuation.definition.variable.sql.4d'],
          ]),
          { include: 'source.sql' },
        ],
      },
    },
  };
}

export function printGrammar(grammar) {
  return `${JSON.stringify(grammar, null, 1)}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const text = printGrammar(makeGrammar(defaultCatalogue()));
  writeFileSync(join(import.meta.dirname, '..', '4d.tmLanguage.json'), text);
  console.log(`4d.tmLanguage.json: ${Buffer.byteLength(text)} bytes`);
}
