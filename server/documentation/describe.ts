import { documentationUrl } from '#syntaxes/catalogue/documentationUrl.js';
import type { CatalogueClass, ClassMember, Command, Constant, DatabaseMethod, Signature } from '#syntaxes/catalogue/types.js';
import { type Language, say } from '#syntaxes/text/bilingual.js';
import { words } from './words.js';

/** 4D code as Markdown. */
export function code(text: string): string {
  return `\`\`\`4d\n${text}\n\`\`\``;
}

/** A signature with its parameters named in the reader's language where 4D's pages do. */
export function signatureText(signature: Signature, language: Language): string {
  if (language !== 'es' || !signature.parameters.some((p) => p.nameEs)) return signature.text;
  const open = signature.text.indexOf('(');
  if (open < 0) return signature.text;
  let text = signature.text.slice(open);
  for (const { name, nameEs } of signature.parameters) {
    if (!nameEs || name === '*') continue;
    const at = new RegExp(`(^|[^\\p{L}\\p{N}_])${quoteForPattern(name)}(?=\\s*[:;})])`, 'u');
    text = text.replace(at, (_, before: string) => `${before}${nameEs}`);
  }
  return signature.text.slice(0, open) + text;
}

function quoteForPattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** What the catalogue knows of a command: forms, number, thread safety, releases, other names, 4D's page. */
export function describeCommand(command: Command, language: Language): string {
  const t = (text: { en: string; es: string }, ...values: (string | number)[]): string => say(text, language, ...values);
  const parts: string[] = [];
  if (command.signatures.length > 0) parts.push(code(command.signatures.map((s) => signatureText(s, language)).join('\n')));
  else parts.push(`**${command.name}**`, t(words.noForms));
  if (command.deprecated)
    parts.push(`**${command.deprecated.since ? t(words.deprecatedSince, command.deprecated.since) : t(words.deprecated)}**`);
  parts.push(commandFacts(command, language));
  const names = otherNames(command, language);
  if (names) parts.push(names);
  if (command.slug) parts.push(pageLink(command.slug, language));
  return parts.join('\n\n');
}

/** One line: number, theme, thread safety, since when. */
export function commandFacts(command: Command, language: Language): string {
  const t = (text: { en: string; es: string }, ...values: (string | number)[]): string => say(text, language, ...values);
  const facts = [command.number === undefined ? t(words.command) : `${t(words.command)} ${command.number}`];
  if (command.theme) facts.push(command.theme);
  if (command.threadSafe !== undefined) facts.push(t(command.threadSafe ? words.threadSafe : words.notThreadSafe));
  const created = command.history.find((h) => h.change === 'Created');
  if (created) facts.push(t(words.since, created.release));
  const renamed = command.history.find((h) => h.change === 'Renamed');
  if (renamed) facts.push(t(words.renamed, renamed.release));
  if (command.sets.length > 0) facts.push(t(words.sets, command.sets.map((s) => `\`${s}\``).join(', ')));
  if (command.legacySessionsOnly) facts.push(t(words.legacyOnly));
  return facts.join(' · ');
}

function otherNames(
  item: { readonly formerNames: readonly string[]; readonly frenchNames: readonly string[] },
  language: Language,
): string {
  const list = (names: readonly string[]): string => names.map((n) => `\`${n}\``).join(', ');
  const parts: string[] = [];
  if (item.formerNames.length > 0) parts.push(`${say(words.formerly, language)}: ${list(item.formerNames)}`);
  if (item.frenchNames.length > 0) parts.push(`${say(words.inFrench, language)}: ${list(item.frenchNames)}`);
  return parts.join(' · ');
}

export function pageLink(slug: string, language: Language): string {
  return `[${say(words.documentation, language)}](${documentationUrl(slug, language)})`;
}

export function describeConstant(constant: Constant, language: Language): string {
  const value =
    constant.value === undefined ? '' : ` = ${typeof constant.value === 'string' ? JSON.stringify(constant.value) : constant.value}`;
  const facts = [say(words.constant, language)];
  if (constant.token) facts.push(`K${constant.token.theme}:${constant.token.index}`);
  if (constant.theme) facts.push(constant.theme);
  if (constant.deprecated) facts.push(say(words.deprecated, language));
  const parts = [code(`${constant.name}${constant.type ? ` : ${constant.type}` : ''}${value}`), facts.join(' · ')];
  const names = otherNames(constant, language);
  if (names) parts.push(names);
  const page = constant.pages.find((p) => p.startsWith('commands/')) ?? constant.pages[0];
  if (page) parts.push(pageLink(page, language));
  return parts.join('\n\n');
}

export function describeMember(owner: CatalogueClass, member: ClassMember, language: Language): string {
  const name = member.name.replace(/^\./, '');
  const forms =
    member.signatures.length > 0 && member.kind !== 'property'
      ? member.signatures.map((s) => (s.text.includes(name) ? s.text : `.${name}${s.text.startsWith('(') ? '' : ' '}${s.text}`))
      : [`.${name}${member.type ? ` : ${member.type}` : ''}`];
  const facts = [`${say(member.kind === 'property' ? words.property : words.function, language)} · ${owner.name}`];
  if (member.readOnly) facts.push(say(words.readOnly, language));
  if (member.since) facts.push(say(words.since, language, member.since));
  const parts = [code(forms.join('\n')), facts.join(' · ')];
  if (owner.slug) parts.push(pageLink(owner.slug, language));
  return parts.join('\n\n');
}

export function describeDatabaseMethod(method: DatabaseMethod, language: Language): string {
  const parameters = method.parameters.map((p) => `${p.name} : ${p.type}`).join(' ; ');
  const parts = [
    code(`${method.name}${parameters ? ` ( ${parameters} )` : ''}${method.result ? ` : ${method.result}` : ''}`),
    `${say(words.databaseMethod, language)} · \`${method.file}\`${method.legacySessionsOnly ? ` · ${say(words.legacyOnly, language)}` : ''}`,
  ];
  if (method.formerNames.length > 0)
    parts.push(`${say(words.formerly, language)}: ${method.formerNames.map((n) => `\`${n}\``).join(', ')}`);
  if (method.slug) parts.push(pageLink(method.slug, language));
  return parts.join('\n\n');
}
