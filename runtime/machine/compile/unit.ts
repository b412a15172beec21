import type { StructureCatalog } from '#syntaxes/project/types.js';
import { scopeOf } from '#syntaxes/resolution/declarations.js';
import type { Declaration, NameContext } from '#syntaxes/resolution/types.js';
import { fold } from '#syntaxes/text/fold.js';
import { N, T } from '#syntaxes/tree/kinds.js';
import type { LineIndex } from '#syntaxes/tree/lineIndex.js';
import { nameText, suffixOf, typeName } from '#syntaxes/tree/names.js';
import type { Node, SyntaxTree } from '#syntaxes/tree/tree.js';
import { walk } from '#syntaxes/tree/walk.js';
import type { Reference, TypeName, Value } from '../../values/value.js';
import { variableName } from '../owner.js';
import type { RuntimeError } from '../types.js';
import { Builder, intern } from './builder.js';

/** Each call fills them, so they are for small pieces of code. */
const MOST_CONSTANT_SLOTS = 12;

/** What one piece of code is compiled from. */
export interface CompileInput {
  readonly tree: SyntaxTree;
  /** The File, or the Function or Constructor, whose body it is. */
  readonly root: Node;
  readonly lines: LineIndex;
  readonly context: NameContext;
  readonly structure: StructureCatalog;
  readonly declarations: readonly Declaration[];
  /** How variables are first written, by folded name: filled here. */
  readonly written: Map<string, string>;
  readonly name: string;
  readonly file: string;
  readonly className?: string;
  /** The component whose code it is; absent for the host's. */
  readonly component?: string;
  /** `line`: text given while running; its only expression is the result. */
  readonly mode: 'method' | 'line';
  /** Locals whose values come from elsewhere: a formula's. A name with `->` before it holds a pointer to the local itself. */
  readonly captures?: readonly string[];
  /** Locals of a frame that the code looks into, by folded name (the debugger's evaluation). */
  readonly outer?: ReadonlyMap<string, Reference>;
  /** Number of parameters of that frame. */
  readonly outerCount?: number;
  /** Refuses what would change something. */
  readonly pure?: (command: number | string) => boolean;
}

/** Where a variable's name leads. */
export type VariablePlace =
  | { readonly kind: 'slot'; readonly slot: number }
  /** A slot that holds a pointer to the variable. */
  | { readonly kind: 'pointer'; readonly slot: number }
  | { readonly kind: 'reference'; readonly reference: Reference }
  | { readonly kind: 'process' | 'interprocess'; readonly name: string };

/** The type that a declaration's text means; arrays of it too. */
export function typeNamed(text: string | undefined): TypeName {
  const plain = (text ?? '').replace(/\s*array$/i, '').toLowerCase();
  switch (plain) {
    case 'text':
    case 'integer':
    case 'real':
    case 'boolean':
    case 'date':
    case 'time':
    case 'blob':
    case 'picture':
    case 'pointer':
    case 'object':
    case 'collection':
      return plain;
    case 'longint':
      return 'integer';
    default:
      return /^(cs|4d)\./.test(plain) ? 'object' : 'variant';
  }
}

/** Names, slots and places of one piece of code; what expressions are made of is above. */
export abstract class Unit {
  readonly out = new Builder();
  readonly slotNames: string[] = [];
  readonly slotTypes: TypeName[] = [];
  /** Slots that may come to hold an array. */
  readonly arrayish = new Set<number>();
  parameters = 0;
  result = -1;
  resultType: TypeName = 'variant';
  variadic: TypeName | undefined;
  protected readonly tree: SyntaxTree;
  private readonly slots = new Map<string, number>();
  private readonly pointers = new Map<string, number>();
  private readonly declared = new Map<string, { type: TypeName; array: boolean }>();
  /** Locals that stand where a command, a pointer or an index may want an array. */
  private readonly touched = new Set<string>();

  constructor(readonly input: CompileInput) {
    this.tree = input.tree;
    this.readDeclarations();
    this.readSignature();
    for (const name of input.captures ?? []) {
      if (name.startsWith('->')) this.pointers.set(fold(name.slice(2)), this.hidden());
      else this.slotNamed(name);
    }
  }

  get captured(): { name: string; slot: number }[] {
    return (this.input.captures ?? []).map((name) => ({
      name,
      slot: name.startsWith('->') ? this.pointers.get(fold(name.slice(2)))! : this.slots.get(fold(name))!,
    }));
  }

  abstract expression(node: Node): void;

  private readDeclarations(): void {
    for (const declaration of this.input.declarations) {
      if (declaration.scope !== this.input.root || declaration.ofMethod || !declaration.name.startsWith('$')) continue;
      const key = fold(declaration.name);
      const array = declaration.how === 'array';
      const type = typeNamed(declaration.type);
      const before = this.declared.get(key);
      if (!before) this.declared.set(key, { type, array });
      else if (before.type !== type || before.array !== array) this.declared.set(key, { type: 'variant', array: true });
    }
  }

  private readSignature(): void {
    const { tree } = this;
    const { root } = this.input;
    let signature = root;
    if (tree.kind(root) === N.File) signature = tree.children(root).find((node) => tree.kind(node) === N.Declare) ?? -1;
    let highest = 0;
    walk(tree, root, (node) => {
      const kind = tree.kind(node);
      if (kind === N.Call && this.isFormula(node)) return false;
      if (node !== root && (kind === N.Function || kind === N.Constructor)) return false;
      if (kind !== N.Local) return true;
      const name = nameText(tree, node);
      const match = /^\$(\d+)$/.exec(name);
      if (match) highest = Math.max(highest, Number(match[1]));
      const parent = tree.kind(tree.parent(node));
      if (parent === N.Arguments || parent === N.AddressOf || parent === N.Element) this.touched.add(fold(name));
      return true;
    });
    if (this.input.outer) highest = 0;
    const parts = signature < 0 ? [] : tree.children(signature);
    const list = parts.find((node) => tree.kind(node) === N.Parameters);
    for (const parameter of list === undefined ? [] : tree.children(list)) {
      const name = tree.firstChild(parameter);
      if (tree.tokenKind(tree.token(parameter)) === T.Ellipsis) this.variadic = typeNamed(this.typeBelow(parameter));
      else if (name >= 0 && tree.kind(name) === N.Local) this.slotNamed(nameText(tree, name));
    }
    this.parameters = this.slotNames.length;
    while (this.parameters < Math.min(highest, 255)) {
      this.slotNamed(`$${this.parameters + 1}`);
      this.parameters++;
    }
    for (let i = 0; i < this.parameters; i++) this.slots.set(`$${i + 1}`, i);
    const result = parts.find((node) => tree.kind(node) === N.Result);
    if (result !== undefined) {
      const name = tree.firstChild(result);
      this.resultType = typeNamed(this.typeBelow(result));
      if (name >= 0 && tree.kind(name) === N.Local) {
        this.result = this.slotNamed(nameText(tree, name));
        this.slots.set('$0', this.result);
      }
    }
  }

  private typeBelow(node: Node): string | undefined {
    const type = this.tree.children(node).find((child) => this.tree.kind(child) === N.Type);
    return type === undefined ? undefined : typeName(this.tree, type);
  }

  /** `Formula(…)`: what stands in it runs elsewhere. */
  protected isFormula(call: Node): boolean {
    const callee = this.tree.firstChild(call);
    if (this.tree.kind(callee) !== N.Name) return false;
    const suffix = suffixOf(this.tree, callee);
    return suffix?.kind === 'command' ? suffix.number === 1597 : fold(nameText(this.tree, callee)) === 'formula';
  }

  /** A slot that holds a constant from the start, for instructions that take their operands from slots; -1 when there are too many. */
  constantSlot(value: Value): number {
    const found = this.constantSlots.get(value);
    if (found !== undefined) return found;
    if (this.constantSlots.size >= MOST_CONSTANT_SLOTS) return -1;
    const slot = this.hidden();
    this.constantSlots.set(value, slot);
    return slot;
  }
  readonly constantSlots = new Map<Value, number>();

  /** A slot without a name. */
  hidden(): number {
    this.slotNames.push('');
    this.slotTypes.push('variant');
    return this.slotNames.length - 1;
  }

  /** The slot of a local variable; made when it is new. */
  slotNamed(name: string): number {
    const key = fold(name);
    const found = this.slots.get(key);
    if (found !== undefined) return found;
    const slot = this.slotNames.length;
    const declared = this.declared.get(key);
    const type = declared?.type ?? 'variant';
    this.slotNames.push(name);
    this.slotTypes.push(declared?.array ? 'variant' : type);
    if (declared?.array || (type === 'variant' && this.touched.has(key))) this.arrayish.add(slot);
    this.slots.set(key, slot);
    if (key === '$0') this.result = slot;
    return slot;
  }

  /** Where a Local, Interprocess or Name node leads, as a variable. */
  variable(node: Node): VariablePlace {
    const name = nameText(this.tree, node);
    const kind = this.tree.kind(node);
    if (kind === N.Interprocess) return { kind: 'interprocess', name: name.replace(/^(<>|◊)/, '') };
    if (kind !== N.Local) return { kind: 'process', name };
    const key = fold(name);
    const pointer = this.pointers.get(key);
    if (pointer !== undefined) return { kind: 'pointer', slot: pointer };
    const outer = this.slots.has(key) ? undefined : this.input.outer?.get(key);
    return outer ? { kind: 'reference', reference: outer } : { kind: 'slot', slot: this.slotNamed(name) };
  }

  /** Constant that names a variable: its folded name, and how it is written. */
  nameConstant(name: string): number {
    return this.out.constant(this.key(name));
  }

  /** The key of a variable; how it is written is kept for who makes it. */
  protected key(name: string): string {
    const own = this.ownName(name);
    const key = intern(fold(own));
    if (!this.input.written.has(key)) this.input.written.set(key, own);
    return key;
  }

  protected ownName(name: string): string {
    return variableName(name, this.input.component, this.input.context.catalogue);
  }

  raise(error: RuntimeError): void {
    const index = this.out.constants.push(error) - 1;
    this.out.emitRaise(index);
  }

  protected isScopeOwn(node: Node): boolean {
    return scopeOf(this.tree, node) === this.input.root;
  }

  /** Number of a `[Table]`; undefined when the structure has none. */
  tableOf(node: Node): number | undefined {
    const suffix = suffixOf(this.tree, node);
    if (suffix?.kind === 'number') return suffix.number;
    const key = fold(nameText(this.tree, node));
    return this.input.structure.tables.find((table) => fold(table.name) === key)?.number;
  }

  /** Table and field of a `[Table]Field`. */
  fieldOf(node: Node): { readonly table: number; readonly field: number } | undefined {
    const table = this.tableOf(this.tree.child(node, 0));
    if (table === undefined) return undefined;
    const name = this.tree.child(node, 1);
    const suffix = suffixOf(this.tree, name);
    if (suffix?.kind === 'number') return { table, field: suffix.number };
    const key = fold(nameText(this.tree, name));
    const found = this.input.structure.tables.find((each) => each.number === table)?.fields.find((field) => fold(field.name) === key);
    return found && { table, field: found.number };
  }
}
