import { fold } from '#syntaxes/text/fold.js';
import { classRows, commandRows, constantRows, language } from './data.js';
import { remember } from './remember.js';
import { classOf, commandOf, constantOf, databaseMethodOf } from './rows.js';
import { NameSearch, type SearchName } from './search.js';
import type { Catalogue, CatalogueClass, Command, Constant, DatabaseMethod, Keyword, NameKind, SystemVariable } from './types.js';

let shared: Catalogue | undefined;

/** The catalogue of 4D 21 R4, read once. Rows become objects, and indexes are built, when first asked for. */
export function defaultCatalogue(): Catalogue {
  shared ??= new DataCatalogue();
  return shared;
}

interface Named {
  readonly name: string;
  readonly otherNames?: readonly string[];
  readonly formerNames: readonly string[];
  readonly frenchNames: readonly string[];
  readonly uses: number;
}

class DataCatalogue implements Catalogue {
  readonly operators = language.operators;
  readonly systemVariables = language.systemVariables;
  readonly systemSets = language.systemSets;
  readonly types = language.types;
  readonly tags = language.tags;

  get commands(): readonly Command[] {
    return remember(this, 'commands', commandRows.map(commandOf));
  }
  get constants(): readonly Constant[] {
    const rows = constantRows.map((row) => constantOf(row, this.constantThemes));
    return remember(this, 'constants', rows);
  }
  get classes(): readonly CatalogueClass[] {
    return remember(this, 'classes', classRows.map(classOf));
  }
  get databaseMethods(): readonly DatabaseMethod[] {
    return remember(this, 'databaseMethods', language.databaseMethods.map(databaseMethodOf));
  }
  get keywords(): readonly Keyword[] {
    return remember(
      this,
      'keywords',
      language.keywords.map((k) => ({ ...k, french: k.french ?? [] })),
    );
  }
  get arrayTypes(): ReadonlyMap<string, string> {
    return remember(this, 'arrayTypes', new Map(Object.entries(language.arrayTypes)));
  }
  get constantThemes(): ReadonlyMap<number, string> {
    return remember(this, 'constantThemes', new Map(Object.entries(language.constantThemes).map(([id, name]) => [Number(id), name])));
  }

  private get byNumber(): ReadonlyMap<number, Command> {
    const map = new Map<number, Command>();
    for (const command of this.commands) {
      for (const number of [command.number, ...command.otherNumbers]) if (number !== undefined) map.set(number, command);
    }
    return remember(this, 'byNumber', map);
  }
  private get byToken(): ReadonlyMap<number, Constant> {
    const map = new Map<number, Constant>();
    for (const constant of this.constants) {
      for (const token of [constant.token, ...constant.otherTokens]) if (token) map.set(tokenKey(token.theme, token.index), constant);
    }
    return remember(this, 'byToken', map);
  }
  private get commandNames(): ReadonlyMap<string, { readonly command: Command; readonly kind: NameKind }> {
    const map = new Map([...namesOf(this.commands)].map(([name, { item, kind }]) => [name, { command: item, kind }] as const));
    return remember(this, 'commandNames', map);
  }
  private get constantNames(): ReadonlyMap<string, { readonly constant: Constant; readonly kind: NameKind }> {
    const map = new Map([...namesOf(this.constants)].map(([name, { item, kind }]) => [name, { constant: item, kind }] as const));
    return remember(this, 'constantNames', map);
  }
  private get classNames(): ReadonlyMap<string, CatalogueClass> {
    const map = new Map<string, CatalogueClass>();
    for (const c of this.classes) for (const name of [...c.aliases, c.name]) map.set(fold(name), c);
    return remember(this, 'classNames', map);
  }
  /** From the rows: no signature is read for it. */
  private get memberOwners(): ReadonlyMap<string, readonly CatalogueClass[]> {
    const map = new Map<string, CatalogueClass[]>();
    for (const [i, { members }] of classRows.entries()) {
      for (const { name, placeholder } of members ?? []) {
        const key = fold(name.replace(/^\./, ''));
        const owners = map.get(key);
        if (placeholder || owners?.at(-1) === this.classes[i]) continue;
        if (owners) owners.push(this.classes[i]);
        else map.set(key, [this.classes[i]]);
      }
    }
    return remember(this, 'memberOwners', map);
  }
  private get keywordNames(): ReadonlyMap<string, { readonly keyword: Keyword; readonly kind: NameKind }> {
    const map = new Map<string, { keyword: Keyword; kind: NameKind }>();
    for (const keyword of this.keywords) for (const name of keyword.french) map.set(fold(name), { keyword, kind: 'french' });
    for (const keyword of this.keywords) map.set(fold(keyword.name), { keyword, kind: 'present' });
    return remember(this, 'keywordNames', map);
  }
  private get databaseMethodNames(): ReadonlyMap<string, DatabaseMethod> {
    const map = new Map<string, DatabaseMethod>();
    for (const m of this.databaseMethods) for (const name of [...m.formerNames, m.name, m.file]) map.set(fold(name), m);
    return remember(this, 'databaseMethodNames', map);
  }
  private get systemVariableNames(): ReadonlyMap<string, SystemVariable> {
    return remember(this, 'systemVariableNames', new Map(this.systemVariables.map((v) => [fold(v.name), v])));
  }
  private get commandSearch(): NameSearch<Command> {
    return remember(this, 'commandSearch', new NameSearch(searchNames(this.commands)));
  }
  private get constantSearch(): NameSearch<Constant> {
    return remember(this, 'constantSearch', new NameSearch(searchNames(this.constants)));
  }

  commandByNumber(number: number): Command | undefined {
    return this.byNumber.get(number);
  }
  commandByName(name: string) {
    return this.commandNames.get(fold(name));
  }
  constantByToken(theme: number, index: number): Constant | undefined {
    return this.byToken.get(tokenKey(theme, index));
  }
  constantByName(name: string) {
    return this.constantNames.get(fold(name));
  }
  classByName(name: string): CatalogueClass | undefined {
    return this.classNames.get(fold(name));
  }
  classesWithMember(name: string): readonly CatalogueClass[] {
    return this.memberOwners.get(fold(name)) ?? [];
  }
  databaseMethodByFile(file: string): DatabaseMethod | undefined {
    return this.databaseMethodNames.get(fold(/\.4dm$/i.test(file) ? file : `${file}.4dm`));
  }
  databaseMethodByName(name: string): DatabaseMethod | undefined {
    return this.databaseMethodNames.get(fold(name));
  }
  keywordByName(name: string) {
    return this.keywordNames.get(fold(name));
  }
  systemVariableByName(name: string): SystemVariable | undefined {
    return this.systemVariableNames.get(fold(name));
  }
  searchCommands(typed: string, limit: number): readonly Command[] {
    return this.commandSearch.find(typed, limit);
  }
  searchConstants(typed: string, limit: number): readonly Constant[] {
    return this.constantSearch.find(typed, limit);
  }
}

/** Folded name → what bears it. Present names win over former, former over French ones; among equals the one more used. */
function namesOf<V extends Named>(items: readonly V[]): Map<string, { item: V; kind: NameKind }> {
  const map = new Map<string, { item: V; kind: NameKind }>();
  const byUse = [...items].sort((a, b) => b.uses - a.uses);
  const add = (item: V, name: string, kind: NameKind) => {
    const key = fold(name);
    if (!map.has(key)) map.set(key, { item, kind });
  };
  for (const item of byUse) add(item, item.name, 'present');
  for (const item of byUse) for (const name of item.otherNames ?? []) add(item, name, 'present');
  for (const item of byUse) for (const name of item.formerNames) add(item, name, 'former');
  for (const item of byUse) for (const name of item.frenchNames) add(item, name, 'french');
  return map;
}

function searchNames<V extends Named>(items: readonly V[]): SearchName<V>[] {
  return items.flatMap((item) => {
    const weight = Math.min(9, Math.round(Math.log10(1 + item.uses) * 2));
    const present = [item.name, ...(item.otherNames ?? [])].map((name) => ({ name, item, weight }));
    return [...present, ...[...item.formerNames, ...item.frenchNames].map((name) => ({ name, item, weight: weight - oldName }))];
  });
}

/** What a match by a former or French name weighs less than one by the present name: two words left out. */
const oldName = 20;

function tokenKey(theme: number, index: number): number {
  return theme * 65536 + index;
}
