import { remember } from './remember.js';
import { parseSignature } from './signature.js';
import type {
  CatalogueClass,
  ClassMember,
  Command,
  Constant,
  DatabaseMethod,
  Direction,
  Keyword,
  Operator,
  Release,
  Signature,
  SystemVariable,
} from './types.js';

/** Rows as they stand in `data/*.json` (see `data/catalogue.schema.json`): what says nothing is left out. */
export interface CommandRow {
  readonly name: string;
  readonly number?: number;
  readonly otherNumbers?: readonly number[];
  readonly section?: Command['section'];
  readonly theme?: string;
  /** Only where it is not the name in small letters with dashes. */
  readonly slug?: string;
  readonly threadSafe?: boolean;
  /** Signatures without the name. */
  readonly syntax?: readonly string[];
  readonly directions?: Readonly<Record<string, Direction>>;
  readonly es?: Readonly<Record<string, string>>;
  readonly alsoSeenWith?: readonly number[];
  readonly sets?: readonly string[];
  readonly changesCurrentRecord?: true;
  readonly changesCurrentSelection?: true;
  readonly forbiddenOnServer?: true;
  readonly binaryDatabaseOnly?: true;
  readonly legacySessionsOnly?: true;
  readonly declares?: string;
  /** `18 R6 Renamed` */
  readonly history?: readonly string[];
  readonly deprecated?: { readonly kind?: string; readonly since?: string };
  readonly formerNames?: readonly string[];
  readonly frenchNames?: readonly string[];
  readonly uses?: number;
}

export interface ConstantRow {
  readonly name: string;
  readonly type?: string;
  readonly value?: number | string;
  /** No documentation that was read prints the value. */
  readonly assumed?: true;
  /** `73:1` */
  readonly token?: string;
  readonly otherTokens?: readonly string[];
  readonly theme?: string;
  /** Slugs; those without a `/` are below `commands/`. */
  readonly pages?: readonly string[];
  readonly otherNames?: readonly string[];
  readonly formerNames?: readonly string[];
  readonly frenchNames?: readonly string[];
  readonly deprecated?: true;
  readonly plugin?: string;
  readonly uses?: number;
}

export interface MemberRow {
  readonly name: string;
  readonly kind?: ClassMember['kind'];
  readonly type?: string;
  readonly readOnly?: boolean;
  readonly placeholder?: true;
  readonly syntax?: readonly string[];
  readonly directions?: Readonly<Record<string, Direction>>;
  readonly history?: readonly string[];
}

export interface ClassRow {
  readonly name: string;
  readonly slug?: string;
  readonly extends?: string;
  readonly aliases?: readonly string[];
  readonly notAClass?: true;
  readonly members?: readonly MemberRow[];
}

export interface LanguageData {
  readonly keywords: readonly (Omit<Keyword, 'french'> & { readonly french?: readonly string[] })[];
  readonly types: readonly string[];
  readonly arrayTypes: Readonly<Record<string, string>>;
  readonly operators: readonly Operator[];
  readonly systemVariables: readonly SystemVariable[];
  readonly systemSets: readonly string[];
  readonly tags: readonly string[];
  readonly databaseMethods: readonly (Omit<DatabaseMethod, 'formerNames' | 'parameters' | 'legacySessionsOnly'> &
    Partial<Pick<DatabaseMethod, 'formerNames' | 'parameters' | 'legacySessionsOnly'>>)[];
  readonly constantThemes: Readonly<Record<string, string>>;
}

type Token = NonNullable<Constant['token']>;

const none: readonly never[] = [];
const sections = { Language: 'commands/', WritePro: 'WritePro/commands/', ViewPro: 'ViewPro/commands/', Undocumented: undefined };

/**
 * Commands, constants and classes are their rows, read through getters: most of them are never looked at in a session,
 * so signatures and history are only worked out when first asked for, and kept.
 */
class RowCommand implements Command {
  constructor(private readonly row: CommandRow) {}
  get name() {
    return this.row.name;
  }
  get number() {
    return this.row.number;
  }
  get otherNumbers() {
    return this.row.otherNumbers ?? none;
  }
  get theme() {
    return this.row.theme;
  }
  get section() {
    return this.row.section ?? 'Language';
  }
  get slug() {
    const folder = sections[this.section];
    return this.row.slug ?? (folder && folder + kebab(this.row.name));
  }
  get threadSafe() {
    return this.row.threadSafe;
  }
  get isFunction() {
    return this.signatures.some((s) => s.result !== undefined);
  }
  get signatures(): readonly Signature[] {
    const { name, syntax, directions, es } = this.row;
    const direction = (parameter: string) => directions?.[parameter] ?? 'in';
    return remember(
      this,
      'signatures',
      (syntax ?? none).map((text) => signatureOf(headed(name, ' ', text), direction, es)),
    );
  }
  get alsoSeenWith() {
    return this.row.alsoSeenWith ?? none;
  }
  get history(): readonly Release[] {
    return remember(this, 'history', (this.row.history ?? none).map(releaseOf));
  }
  get deprecated() {
    return this.row.deprecated;
  }
  get legacySessionsOnly() {
    return this.row.legacySessionsOnly ?? false;
  }
  get formerNames() {
    return this.row.formerNames ?? none;
  }
  get frenchNames() {
    return this.row.frenchNames ?? none;
  }
  get sets() {
    return this.row.sets ?? none;
  }
  get changesCurrentRecord() {
    return this.row.changesCurrentRecord ?? false;
  }
  get changesCurrentSelection() {
    return this.row.changesCurrentSelection ?? false;
  }
  get forbiddenOnServer() {
    return this.row.forbiddenOnServer ?? false;
  }
  get binaryDatabaseOnly() {
    return this.row.binaryDatabaseOnly ?? false;
  }
  get declares() {
    return this.row.declares;
  }
  get uses() {
    return this.row.uses ?? 0;
  }
}

class RowConstant implements Constant {
  readonly token?: Token;
  constructor(
    private readonly row: ConstantRow,
    private readonly themes: ReadonlyMap<number, string>,
  ) {
    this.token = row.token === undefined ? undefined : tokenOf(row.token);
  }
  get name() {
    return this.row.name;
  }
  get type() {
    const { type, value } = this.row;
    return type ?? (typeof value === 'number' ? 'Integer' : typeof value === 'string' ? 'Text' : undefined);
  }
  get value() {
    return this.row.value;
  }
  get assumed() {
    return this.row.assumed ?? false;
  }
  get otherTokens() {
    return this.row.otherTokens?.map(tokenOf) ?? none;
  }
  get theme() {
    return this.row.theme ?? (this.token && this.themes.get(this.token.theme));
  }
  get pages() {
    return (this.row.pages ?? none).map((page) => (page.includes('/') ? page : `commands/${page}`));
  }
  get otherNames() {
    return this.row.otherNames ?? none;
  }
  get frenchNames() {
    return this.row.frenchNames ?? none;
  }
  get formerNames() {
    return this.row.formerNames ?? none;
  }
  get deprecated() {
    return this.row.deprecated ?? false;
  }
  get plugin() {
    return this.row.plugin;
  }
  get uses() {
    return this.row.uses ?? 0;
  }
}

class RowClass implements CatalogueClass {
  constructor(private readonly row: ClassRow) {}
  get name() {
    return this.row.name;
  }
  get slug() {
    return this.row.slug;
  }
  get extends() {
    return this.row.extends;
  }
  get aliases() {
    return this.row.aliases ?? none;
  }
  get isClass() {
    return !this.row.notAClass;
  }
  get members(): readonly ClassMember[] {
    return remember(
      this,
      'members',
      (this.row.members ?? none).map((member) => memberOf(this.row.name, member)),
    );
  }
}

export function commandOf(row: CommandRow): Command {
  return new RowCommand(row);
}

export function constantOf(row: ConstantRow, themes: ReadonlyMap<number, string>): Constant {
  return new RowConstant(row, themes);
}

export function classOf(row: ClassRow): CatalogueClass {
  return new RowClass(row);
}

function memberOf(owner: string, row: MemberRow): ClassMember {
  const kind = row.kind ?? 'property';
  const head = kind === 'constructor' ? `${owner}.${row.name}` : `.${row.name}`;
  const direction = (name: string): Direction => row.directions?.[name] ?? 'in';
  const history = (row.history ?? none).map(releaseOf);
  return {
    name: row.name,
    kind,
    signatures: (row.syntax ?? none).map((text) => signatureOf(headed(head, '', text), direction)),
    type: row.type,
    readOnly: row.readOnly,
    placeholder: row.placeholder ?? false,
    history,
    since: history.find((h) => h.change === 'Created')?.release,
  };
}

export function databaseMethodOf(row: LanguageData['databaseMethods'][number]): DatabaseMethod {
  return { formerNames: none, parameters: none, legacySessionsOnly: false, ...row };
}

/** `WEB SET OPTION` and `( selector : Integer … )` make the printed line; a result without parenthesis keeps its blank. */
function headed(name: string, gap: string, rest: string): string {
  if (rest === '') return name;
  return rest.startsWith(':') ? `${name} ${rest}` : name + gap + rest;
}

function signatureOf(text: string, direction: (name: string) => Direction, es: Readonly<Record<string, string>> = {}): Signature {
  const { parameters, result, minimum, maximum } = parseSignature(text, direction);
  return { text, parameters: parameters.map((p) => (es[p.name] ? { ...p, nameEs: es[p.name] } : p)), result, minimum, maximum };
}

/** `18 R6 Renamed` → release and change. */
function releaseOf(text: string): Release {
  const cut = text.lastIndexOf(' ');
  return { release: text.slice(0, cut), change: text.slice(cut + 1) as Release['change'] };
}

function tokenOf(text: string): Token {
  const [theme, index] = text.split(':');
  return { theme: Number(theme), index: Number(index) };
}

function kebab(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
