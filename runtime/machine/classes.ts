/** Classes of the project as their files say (facts: language-in-the-wild §5; 4D page `Concepts/classes`). */
import { N } from '#syntaxes/tree/kinds.js';
import { nameText, typeName } from '#syntaxes/tree/names.js';
import type { Node } from '#syntaxes/tree/tree.js';
import { ownerOf, plainName, qualified } from '../values/owner.js';
import type { Code } from './code.js';
import type { CodeStore, Source } from './codeStore.js';
import type { Core } from './core.js';
import type { DeclaredFunction, FunctionKind } from './declared.js';

export interface ClassInfo {
  readonly name: string;
  readonly source: Source;
  /** As `Class extends` writes it: `Shop`, `Entity`, `4D.Object`; undefined for none. */
  readonly extends: string | undefined;
  readonly singleton: 'none' | 'process' | 'session';
  readonly shared: boolean;
  readonly constructorNode: Node;
  /** True when properties have initial values. */
  readonly initialises: boolean;
  /** By kind and name, `get label`. */
  readonly functions: ReadonlyMap<string, Node>;
  /** How each of them is declared, by the same key, in the order of the file. */
  readonly declared: ReadonlyMap<string, DeclaredFunction>;
  /** Path behind each `Alias`, `shop.name`. */
  readonly aliases: ReadonlyMap<string, string>;
  readonly compiled: Map<string, Code>;
}

export class ClassStore {
  private readonly classes = new Map<string, ClassInfo>();

  constructor(
    private readonly core: Core,
    private readonly code: CodeStore,
  ) {}

  /** A class file of the project; undefined when there is none. */
  get(name: string): ClassInfo | undefined {
    const found = this.classes.get(name);
    if (found) return found;
    const file = this.core.program.classByName(plainName(name), ownerOf(name));
    const source = file && this.code.source(file.path);
    if (!file || !source) return undefined;
    const info = read(qualified(file.component, file.name), source);
    this.classes.set(name, info);
    return info;
  }

  forget(): void {
    this.classes.clear();
  }

  /** What a class extends, as far as it is a class of the project or of a component. */
  parent(info: ClassInfo): ClassInfo | undefined {
    if (info.extends === undefined) return undefined;
    const [first, second] = info.extends.replace(/^cs\./, '').split('.');
    if (second === undefined) return this.get(qualified(ownerOf(info.name), first));
    const component = this.core.program.componentOfNamespace?.(first);
    return component === undefined ? undefined : this.get(qualified(component, second));
  }

  /** A function of a class or of those that it extends. */
  find(name: string | undefined, kind: FunctionKind, member: string): Code | undefined {
    const key = kind === 'function' ? member : `${kind} ${member}`;
    let info = name === undefined ? undefined : this.get(name);
    for (let depth = 0; info && depth < 100; depth++) {
      const compiled = info.compiled.get(key);
      if (compiled) return compiled;
      const node = info.functions.get(key);
      if (node !== undefined) {
        const code = this.code.function(info.source, node, `${info.name}.${member}`, info.name);
        info.compiled.set(key, code);
        return code;
      }
      const path = info.aliases.get(member);
      if (path !== undefined && (kind === 'get' || kind === 'set')) {
        const code = this.code.line(kind === 'get' ? `This:C1470.${path}` : `This:C1470.${path}:=$1`, `${info.name}.${member}`);
        info.compiled.set(key, code);
        return code;
      }
      info = this.parent(info);
    }
    return undefined;
  }

  /** The constructor with the initial values of properties before it; only those when there is no constructor; undefined when there is neither. */
  constructorOf(info: ClassInfo): Code | undefined {
    const key = 'constructor ';
    const found = info.compiled.get(key);
    if (found) return found;
    if (info.constructorNode < 0 && !info.initialises) return undefined;
    const root = info.constructorNode < 0 ? info.source.tree.root : info.constructorNode;
    const code = this.code.function(info.source, root, `${info.name}:constructor`, info.name);
    info.compiled.set(key, code);
    return code;
  }
}

function read(name: string, source: Source): ClassInfo {
  const { tree } = source;
  const functions = new Map<string, Node>();
  const declared = new Map<string, DeclaredFunction>();
  const aliases = new Map<string, string>();
  let constructorNode = -1;
  let parent: string | undefined;
  let initialises = false;
  // A property or an alias behind a function lies in its body: nothing ends that.
  for (let node = 0; node < tree.data.nodeCount; node++) {
    switch (tree.kind(node)) {
      case N.ClassExtends:
        parent = tree.textOf(tree.firstChild(node)).replace(/:C\d+/g, '').replace(/\s/g, '');
        break;
      case N.Constructor:
        constructorNode = node;
        break;
      case N.Function: {
        const head = headOf(source, node);
        const key = head.kind === 'function' ? head.name : `${head.kind} ${head.name}`;
        functions.set(key, node);
        declared.set(key, head);
        break;
      }
      case N.Alias:
        aliases.set(nameText(tree, tree.child(node, 0)), tree.textOf(tree.child(node, 1)).replace(/\s/g, ''));
        break;
      case N.Property:
        initialises ||= tree.textOf(node).includes(':=');
        break;
    }
  }
  const words =
    constructorNode < 0 ? '' : tree.text.slice(tree.start(constructorNode), tree.tokenStart(tree.token(constructorNode))).toLowerCase();
  const singleton = !/\bsingleton\b/.test(words) ? 'none' : /\bsession\b/.test(words) ? 'session' : 'process';
  const shared = /\bshared\b/.test(words) || singleton === 'session';
  return {
    name,
    source,
    extends: parent,
    singleton,
    shared,
    constructorNode,
    initialises,
    functions,
    declared,
    aliases,
    compiled: new Map(),
  };
}

const kinds: Readonly<Record<string, FunctionKind>> = { get: 'get', set: 'set', query: 'query', event: 'event', orderby: 'orderBy' };

/** The head of a function: `exposed Function get label() : Text`. */
function headOf(source: Source, node: Node): DeclaredFunction {
  const { tree } = source;
  const nameNode = tree.firstChild(node);
  const word = tree.token(node);
  const between = tree.text.slice(tree.tokenEnd(word), tree.start(nameNode)).trim().toLowerCase();
  const before = tree.text.slice(tree.start(node), tree.tokenStart(word)).toLowerCase();
  const result = tree.children(node).find((child) => tree.kind(child) === N.Result);
  const type = result === undefined ? undefined : tree.children(result).find((child) => tree.kind(child) === N.Type);
  return {
    kind: kinds[between] ?? 'function',
    name: nameText(tree, nameNode),
    result: type === undefined ? '' : typeName(tree, type),
    exposed: /\bexposed\b/.test(before),
  };
}
