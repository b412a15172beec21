import { parse } from '#syntaxes/parser/parse.js';
import { noStructure } from '#syntaxes/project/structure.js';
import type { SourceFile } from '#syntaxes/project/types.js';
import { declarationsOf } from '#syntaxes/resolution/declarations.js';
import type { NameContext } from '#syntaxes/resolution/types.js';
import { fold } from '#syntaxes/text/fold.js';
import { N } from '#syntaxes/tree/kinds.js';
import { LineIndex } from '#syntaxes/tree/lineIndex.js';
import { nameText } from '#syntaxes/tree/names.js';
import type { Node, SyntaxTree } from '#syntaxes/tree/tree.js';
import { ownerOf, plainName, qualified } from '../values/owner.js';
import type { Code } from './code.js';
import { compile } from './compile/compile.js';
import type { CompileInput } from './compile/unit.js';
import type { Core } from './core.js';

/** A source as read: its tree and what it declares. */
export interface Source {
  readonly file: SourceFile;
  readonly tree: SyntaxTree;
  readonly lines: LineIndex;
  readonly input: Omit<CompileInput, 'root' | 'name' | 'mode'>;
}

/** Texts that were given as code and are kept compiled. */
const MOST_LINES = 2000;

/** Compiled code by what it comes from. Kept beside the core: it follows from the project's texts. */
export class CodeStore {
  private readonly methods = new Map<string, Code>();
  private readonly files = new Map<string, Code>();
  private readonly lines = new Map<string, Code>();
  private readonly sources = new Map<string, Source>();
  /** Breakpoints by file, put into code as it is compiled. */
  readonly breakpoints = new Map<string, ReadonlySet<number>>();
  private readonly contexts = new Map<string | undefined, NameContext>();

  constructor(private readonly core: Core) {}

  /** What names stand for in the code of the host, or of a component. */
  private contextOf(component: string | undefined): NameContext {
    const { program } = this.core;
    const found = this.contexts.get(component);
    if (found) return found;
    const context: NameContext = { catalogue: program.catalogue, methodByName: (name) => program.methodByName(name, component) };
    this.contexts.set(component, context);
    return context;
  }

  /** A method by name, as the code of the host or of a component calls it; undefined when there is none. */
  method(name: string, component?: string): Code | undefined {
    const key = qualified(component, name);
    const found = this.methods.get(key);
    if (found) return found;
    const owner = component ?? ownerOf(name);
    const file = this.core.program.methodByName(plainName(name), owner);
    const code = file && this.file(file.path);
    if (code) this.methods.set(key, code);
    return code;
  }

  /** The code of a file: a method, a database method, a trigger. */
  file(path: string): Code | undefined {
    const found = this.files.get(path);
    if (found) return found;
    const source = this.source(path);
    if (!source) return undefined;
    const code = this.add({ ...source.input, root: source.tree.root, name: nameOf(source.file, this.core), mode: 'method' });
    this.files.set(path, code);
    return code;
  }

  source(path: string): Source | undefined {
    const found = this.sources.get(path);
    if (found) return found;
    const file = this.core.program.fileByPath(path);
    const text = file && this.core.program.text(file.path);
    if (!file || text === undefined) return undefined;
    const source = this.read(text, file);
    this.sources.set(path, source);
    return source;
  }

  private read(text: string, file: SourceFile): Source {
    const tree = parse(text);
    const lines = new LineIndex(text);
    const { component } = file;
    // A component knows no table of its host by name (4D page `Extensions/develop-components`).
    const structure = component === undefined ? this.core.program.structure : noStructure;
    const context = this.contextOf(component);
    const declarations = declarationsOf(tree, context);
    const { written } = this.core;
    const input = { tree, lines, context, structure, declarations, written, file: file.path };
    return { file, tree, lines, input: component === undefined ? input : { ...input, component } };
  }

  /** A function or constructor of a class file. */
  function(source: Source, root: Node, name: string, className: string): Code {
    return this.add({ ...source.input, root, name, mode: 'method', className });
  }

  /** Code given as text: a formula, a line, a template. The same text with the same captured names is compiled once. */
  line(text: string, name: string, captures: readonly string[] = [], component?: string): Code {
    const key = `${qualified(component, name)}\n${captures.join(';')}\n${text}`;
    const found = this.lines.get(key);
    if (found) return found;
    if (this.lines.size >= MOST_LINES) this.prune();
    const code = this.compileLine(text, name, { captures }, component);
    this.lines.set(key, code);
    return code;
  }

  /** Forgets lines that nothing runs: a program that makes ever new texts does not eat all memory. With a debugger, which may go back, all stay. */
  private prune(): void {
    if (this.core.debug) return;
    const used = new Set<number>();
    for (const process of this.core.state.processes.values()) for (const frame of process.frames) used.add(frame.code);
    for (const [key, code] of this.lines) {
      if (used.has(code.index)) continue;
      this.lines.delete(key);
      // Nobody runs it: its place stays, its contents go.
      this.core.codes[code.index] = {
        ...code,
        ops: new Int32Array(0),
        live: new Int32Array(0),
        hot: undefined,
        constants: [],
        statements: [],
        defaults: [],
        slotNames: [],
        slotTypes: [],
      };
    }
  }

  /** Compiles a text without keeping it for another time. */
  compileLine(text: string, name: string, more: Partial<CompileInput>, component?: string): Code {
    const file: SourceFile = { path: name, kind: 'method', name };
    const source = this.read(text, component === undefined ? file : { ...file, component });
    return this.add({ ...source.input, root: source.tree.root, name, mode: 'line', ...more });
  }

  private add(input: CompileInput): Code {
    const code = compile(input, this.core.codes.length);
    this.core.codes.push(code);
    this.arm(code);
    return code;
  }

  /** Takes away code that was compiled for one evaluation, when nothing came after it. */
  dropLast(code: Code): void {
    if (this.core.codes.length - 1 === code.index) this.core.codes.length--;
  }

  /** All code of a file: of a class, its functions. */
  codesOf(path: string): readonly Code[] {
    const source = this.source(path);
    if (!source) return [];
    if (source.file.kind !== 'class') {
      const code = this.file(path);
      return code ? [code] : [];
    }
    const { tree } = source;
    const scratch: Code[] = [];
    for (const root of tree.children(tree.root)) {
      const kind = tree.kind(root);
      if (kind !== N.Function && kind !== N.Constructor) continue;
      const name =
        kind === N.Constructor ? `${source.file.name}:constructor` : `${source.file.name}.${nameText(tree, tree.firstChild(root))}`;
      scratch.push(compile({ ...source.input, root, name, mode: 'method', className: source.file.name }, -1));
    }
    return scratch;
  }

  /** Puts the breakpoints of its file into a code. */
  arm(code: Code): void {
    const places = this.breakpoints.get(code.file);
    code.breaks = undefined;
    if (!places?.size) return;
    const breaks = new Uint8Array(code.statements.length);
    let any = false;
    for (const [i, statement] of code.statements.entries()) {
      if (!places.has(statement.line * 10000 + statement.column)) continue;
      breaks[i] = 1;
      any = true;
    }
    if (any) code.breaks = breaks;
  }

  /** Forgets what was compiled from a file. */
  forget(path: string): void {
    this.files.delete(path);
    this.sources.delete(path);
    for (const [name, code] of this.methods) if (code.file === path) this.methods.delete(name);
    // Names may stand for something else now.
    this.lines.clear();
  }
}

/** What a call stack shows for a file. */
function nameOf(file: SourceFile, core: Core): string {
  if (file.kind === 'method') return file.name;
  if (file.kind === 'databaseMethod') return core.program.catalogue.databaseMethodByFile(file.name)?.name ?? file.name;
  return fold(file.name) === '' ? file.path : file.name;
}
