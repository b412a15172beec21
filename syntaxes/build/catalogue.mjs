// Makes the catalogue's data from a folder of facts tables:
//   npx tsc -b && node syntaxes/build/catalogue.mjs FACTS_FOLDER [--overwrite]
//
// The data in syntaxes/catalogue/data is the source of truth: it was made once and is mended by hand. Each file carries the
// checksum it was written with; a file that no longer matches it has been mended, and is only overwritten with --overwrite.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { parseSignature } from '../../out/syntaxes/catalogue/signature.js';
import { commandAliases, commandFacts, constantFacts, databaseMethodAliases } from './sessionNames.mjs';

const folder = process.argv.slice(2).find((a) => !a.startsWith('-'));
const overwrite = process.argv.includes('--overwrite');
if (!folder) {
  console.error('Usage: node syntaxes/build/catalogue.mjs FACTS_FOLDER [--overwrite]');
  process.exit(2);
}
const target = join(import.meta.dirname, '..', 'catalogue', 'data');
const lines = (name) =>
  readFileSync(join(folder, name), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

const complaints = [];
const keywords = JSON.parse(readFileSync(join(folder, 'keywords.json'), 'utf8'));

/** Members whose `false` is a fact; elsewhere it says nothing. */
const tellsNo = ['threadSafe', 'readOnly'];

/** A row without the members that say nothing: undefined, null, false, empty lists and objects. */
const row = (members) =>
  Object.fromEntries(
    Object.entries(members).filter(([key, value]) => {
      if (value === undefined || value === null) return false;
      if (value === false) return tellsNo.includes(key);
      return typeof value !== 'object' || Object.keys(value).length > 0;
    }),
  );
const names = (list) => (list ?? []).map((n) => (typeof n === 'string' ? n : n.name));
const union = (...lists) => [...new Set(lists.flat())];
const history = (list) => (list ?? []).map((h) => `${h.release} ${h.change}`);

/** The signature's text without the name in front, mended until it says what the tables say about parameters and result. */
function syntax(owner, head, signature) {
  let text = signature.text
    .trim()
    .replace(/\)\s*->\s*/, ') : ')
    .replace(/\*+$/, '')
    .replace(/\s+/g, ' ');
  const read = () => parseSignature(text);
  read().parameters.forEach((parameter, i) => {
    const type = signature.params[i]?.type;
    if (type && type !== parameter.type) {
      const at = text.search(new RegExp(`(?<![\\w])${literally(parameter.name)} ?: ?${literally(parameter.type)}`));
      if (at >= 0) text = text.slice(0, at) + text.slice(at).replace(/:\s?[^;{})]*[^;{})\s]/, `: ${type}`);
    }
  });
  if (signature.result && read().result !== signature.result.type) {
    const colon = text.lastIndexOf(':');
    text = `${text.slice(0, colon)}: ${signature.result.type}`;
  }
  const parsed = read();
  const shape = (list, result, minimum, maximum) =>
    JSON.stringify([list.map((p) => [p.name, p.type, p.optional, p.repeatable, p.group ?? 0]), result ?? 0, minimum, maximum ?? 0]);
  const said = shape(parsed.parameters, parsed.result, parsed.minimum, parsed.maximum);
  const wanted = shape(signature.params, signature.result?.type, signature.minArgs, signature.maxArgs);
  if (!parsed.wellFormed || said !== wanted) complaints.push(`${owner}: ${text}\n   reads ${said}\n   facts ${wanted}`);
  if (!text.startsWith(head)) complaints.push(`${owner}: the signature does not begin with the name: ${text}`);
  // Some pages print footnote asterisks behind the name.
  return text
    .slice(head.length)
    .trim()
    .replace(/^\*\s*(?=\()/, '');
}
const literally = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Directions other than `in`, by parameter name. */
function directions(syntaxes) {
  return Object.fromEntries(syntaxes.flatMap((s) => s.params.filter((p) => p.direction !== 'in').map((p) => [p.name, p.direction])));
}

/** Spanish parameter names by English name, only where they differ. */
function spanish(command) {
  const table = command.paramTable.filter((p) => p.direction !== 'result').map((p) => p.name.toLowerCase());
  const used = new Set(command.syntaxes.flatMap((s) => s.params.map((p) => p.name)));
  return Object.fromEntries(
    [...used].map((name) => [name, command.paramNames?.es?.[table.indexOf(name.toLowerCase())]]).filter(([name, es]) => es && es !== name),
  );
}

function commands() {
  return lines('commands.jsonl').map((c) => {
    const alias = commandAliases[c.number] ?? {};
    const more = commandFacts[c.number] ?? {};
    const slug = `${{ WritePro: 'WritePro/', ViewPro: 'ViewPro/' }[c.section] ?? ''}commands/${kebab(c.name)}`;
    const unfit = Object.keys(c.argCounts ?? {})
      .map(Number)
      .filter((n) => c.syntaxes.length > 0 && !c.syntaxes.some((s) => s.minArgs <= n && (s.maxArgs === null || n <= s.maxArgs)));
    return row({
      name: c.name,
      number: c.number,
      otherNumbers: c.otherNumbers,
      section: c.section === 'Language' ? undefined : c.section,
      theme: more.theme ?? c.theme,
      slug: c.slug === slug ? undefined : c.slug,
      threadSafe: more.threadSafe ?? c.threadSafe,
      syntax: more.syntax ?? c.syntaxes.map((s) => syntax(c.name, c.name, s)),
      directions: directions(c.syntaxes),
      es: spanish(c),
      alsoSeenWith: unfit,
      sets: c.modifiesVariables,
      changesCurrentRecord: c.changesCurrentRecord,
      changesCurrentSelection: c.changesCurrentSelection,
      forbiddenOnServer: c.forbiddenOnServer,
      binaryDatabaseOnly: c.binaryDatabaseOnly,
      legacySessionsOnly: more.legacySessionsOnly ?? c.legacyWebSessionsOnly,
      declares: c.declaresType,
      history: more.history ?? history(c.history),
      deprecated: c.deprecated ? row({ kind: c.deprecatedKind, since: c.deprecatedSince }) : undefined,
      formerNames: union(names(c.formerNames), alias.former ?? []),
      frenchNames: union(names(c.namesFr), alias.french ?? []),
      uses: c.codeCount,
    });
  });
}

function constants() {
  const all = lines('constants.jsonl');
  const folded = new Map(Object.values(constantFacts).flatMap((f) => (f.sameAs ? [[f.sameAs, all.find((c) => c.name === f.sameAs)]] : [])));
  return all
    .filter((c) => !folded.has(c.name))
    .map((c) => {
      const more = constantFacts[c.name] ?? {};
      const other = folded.get(more.sameAs);
      const value = more.value ?? c.value ?? undefined;
      const token = more.token ?? c.token?.slice(1);
      const type = c.type ?? (more.value === undefined ? undefined : 'Integer');
      const obvious = typeof value === 'number' ? 'Integer' : typeof value === 'string' ? 'Text' : undefined;
      return row({
        name: c.name,
        type: type === obvious ? undefined : type,
        value,
        token,
        otherTokens: c.otherTokens?.map((t) => t.slice(1)),
        theme: token && keywords.constantThemeIds[token.split(':')[0]] ? undefined : c.theme,
        pages: union(c.pages, other?.pages ?? []).map((p) => p.replace(/^commands\//, '')),
        otherNames: other ? [other.name] : undefined,
        formerNames: union(names(c.formerNames), more.formerNames ?? []),
        frenchNames: names(c.namesFr).filter((n) => n !== c.name),
        deprecated: c.deprecated,
        plugin: c.legacyPlugin,
        uses: c.codeCount,
      });
    });
}

function classes() {
  return lines('classes.jsonl').map((c) =>
    row({
      name: c.class,
      slug: c.slug,
      extends: c.extends,
      aliases: c.aliases,
      notAClass: c.isClass === false || c.abstractDocPage,
      members: c.members.map((m) => {
        const head = m.kind === 'constructor' ? `${c.class}.${m.name}` : `.${m.name}`;
        return row({
          name: m.name,
          kind: m.kind === 'property' ? undefined : m.kind,
          type: m.type,
          readOnly: m.readOnly,
          placeholder: m.placeholder,
          syntax: m.syntaxes?.map((s) => syntax(`${c.class}.${m.name}`, s.text.startsWith(head) ? head : `.${m.name}`, s)),
          directions: directions(m.syntaxes ?? []),
          history: history(m.history),
        });
      }),
    }),
  );
}

function language() {
  return {
    keywords: keywords.keywords.map((k) =>
      row({
        name: k.name,
        role: k.role,
        close: k.close,
        form: k.formInit ?? k.form,
        since: k.since,
        command: k.commandNumber,
        french: names(keywords.keywordsFr.filter((f) => f.en === k.name).map((f) => f.fr)),
      }),
    ),
    types: keywords.types.varTypes.filter((t) => !t.includes('<')),
    arrayTypes: Object.fromEntries(keywords.types.arrayDeclarations.map((a) => [a.command, a.element.replace(/ \(.*/, '')])),
    operators: [
      ...keywords.operators.list.map((o) => row({ text: o.op, kind: o.kind, signatures: o.signatures, since: o.since })),
      { text: ':=', kind: 'assignment' },
      ...keywords.operators.compoundAssignment.map((o) => row({ text: o.op, kind: 'assignment', since: o.since })),
      { text: '->', kind: 'pointer' },
    ],
    systemVariables: keywords.systemVariables,
    systemSets: keywords.systemSets,
    tags: keywords.tags4D,
    databaseMethods: keywords.databaseMethods.map((m) =>
      row({
        name: m.name,
        file: m.file,
        slug: m.slug,
        formerNames: databaseMethodAliases[m.name],
        parameters: m.params,
        result: m.result,
        deprecatedSince: m.deprecatedSince,
        legacySessionsOnly: m.legacyWebSessionsOnly,
      }),
    ),
    constantThemes: keywords.constantThemeIds,
  };
}

function kebab(name) {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** JSON with one row a line: readable differences, no needless blanks. */
function print(content) {
  const body = Object.entries(content).map(([key, value]) => {
    const inner = Array.isArray(value)
      ? `[\n${value.map((v) => JSON.stringify(v)).join(',\n')}\n]`
      : value && typeof value === 'object'
        ? `{\n${Object.entries(value)
            .map(([k, v]) => `${JSON.stringify(k)}:${JSON.stringify(v)}`)
            .join(',\n')}\n}`
        : JSON.stringify(value);
    return `${JSON.stringify(key)}:${inner}`;
  });
  return `{\n${body.join(',\n')}\n}\n`;
}

const checksum = (text) =>
  createHash('sha256')
    .update(text.replace(/"checksum":"[^"]*",\n/, ''))
    .digest('hex')
    .slice(0, 16);

function write(name, content) {
  const path = join(target, name);
  if (existsSync(path) && !overwrite) {
    const present = readFileSync(path, 'utf8');
    if (/"checksum":"([^"]*)"/.exec(present)?.[1] !== checksum(present)) {
      console.error(`${path} has been mended by hand and was left alone; say --overwrite to lose the mends.`);
      process.exitCode = 1;
      return;
    }
  }
  const plain = print({ $schema: './catalogue.schema.json', ...content });
  writeFileSync(path, plain.replace('",\n', `",\n"checksum":"${checksum(plain)}",\n`));
  console.log(`${name}: ${Buffer.byteLength(plain)} bytes`);
}

write('commands.json', { commands: commands() });
write('constants.json', { constants: constants() });
write('classes.json', { classes: classes() });
write('language.json', language());
if (complaints.length) console.error(`${complaints.length} signatures to look at:\n${complaints.join('\n')}`);
