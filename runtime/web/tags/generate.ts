import { parse } from '#syntaxes/parser/parse.js';
import { N } from '#syntaxes/tree/kinds.js';
import { nameText } from '#syntaxes/tree/names.js';
import type { SyntaxTree } from '#syntaxes/tree/tree.js';
import type { Piece } from './scan.js';

type Tag = Extract<Piece, { kind: 'tag' }>;

/** What a name alone in 4DLOOP is; over an array of two dimensions it does not go. */
export type LoopKind = 'array' | 'table of arrays' | 'pointer' | 'method' | 'expression';

/** What the names in a template stand for when it runs. */
export interface TemplateContext {
  loopKind(name: string): LoopKind;
  /** False for a project method that tags may not call (its property “Available through 4D tags and URLs” is off). */
  allowed(name: string): boolean;
}

/** Blocks that may stand in each other. */
const deepest = 200;

/** The local variable of the generated code that holds the page. */
const page = '$pageOf4D';

/**
 * Writes a template as 4D code: one method, so that local variables, loops and conditions work across tags as 4D's pages show.
 * Literal pieces and tags are named by their index in `pieces`; the output goes to the page object, which is the last parameter.
 * What is wrong in one tag becomes a text in the page, as 4D does, and never spoils the rest.
 */
export function generateTemplate(pieces: readonly Piece[], context: TemplateContext): string {
  const generator = new Generator(pieces, context);
  return [`${page}:=\${Count parameters:C259}`, ...generator.all()].join('\n');
}

class Generator {
  private readonly lines: string[] = [];
  private at = 0;
  private loops = 0;
  private depth = 0;

  constructor(
    private readonly pieces: readonly Piece[],
    private readonly context: TemplateContext,
  ) {}

  all(): string[] {
    while (this.at < this.pieces.length) {
      this.block();
      this.at++; // an end or else without a beginning: passed over
    }
    return this.lines;
  }

  /** Pieces up to an end or else tag that belongs to who called. */
  private block(): void {
    this.depth++;
    for (; this.at < this.pieces.length; this.at++) {
      const piece = this.pieces[this.at];
      if (piece.kind === 'literal') this.lines.push(`${page}.literal(${this.at})`);
      else if (/^(ELSE|ELSEIF|ENDIF|ENDLOOP|ENDEACH)$/.test(piece.name)) break;
      else this.tag(piece, this.at);
    }
    this.depth--;
  }

  private tag(tag: Tag, index: number): void {
    const { name } = tag;
    if (name === 'TEXT') this.value(tag, index, 'text');
    else if (name === 'HTML' || (name === 'EVAL' && isExpression(tag.content))) this.value(tag, index, 'html');
    else if (name === 'EVAL' || name === 'CODE') this.code(tag, index);
    else if (this.depth >= deepest && /^(IF|LOOP|EACH)$/.test(name)) this.lines.push(`${page}.failed(${index}; 3)`);
    else if (name === 'IF') this.condition(tag, index);
    else if (name === 'LOOP') this.enclosed(tag, index, 'ENDLOOP', () => this.loop(tag, index));
    else if (name === 'EACH') this.enclosed(tag, index, 'ENDEACH', () => this.each(tag));
    else this.lines.push(`${page}.${name.toLowerCase()}(${index})`); // SCRIPT, INCLUDE, BASE
  }

  private value(tag: Tag, index: number, how: 'text' | 'html'): void {
    const problem = this.problemOf(tag.content);
    if (problem) this.lines.push(`${page}.failed(${index}; ${problem})`);
    else this.guarded(index, [`${page}.${how}(${oneLine(tag.content)}; ${index})`]);
  }

  private code(tag: Tag, index: number): void {
    if (parse(tag.content).errors.length) this.lines.push(`${page}.failed(${index}; 1)`);
    else this.guarded(index, tag.content.split(/\r\n?|\n/));
  }

  private guarded(index: number, lines: readonly string[]): void {
    this.lines.push('Try', ...lines, 'Catch', `${page}.failed(${index}; 0)`, 'End try');
  }

  /** 1: it does not parse; 2: it calls a method that tags may not call; 0: it is fine. */
  private problemOf(expression: string): 0 | 1 | 2 {
    if (!isExpression(expression)) return 1;
    return methodNames(parse(oneLine(expression))).every((name) => this.context.allowed(name)) ? 0 : 2;
  }

  /** A condition that is no Boolean stops the choice: `test` says True then, and `good` False. */
  private condition(tag: Tag, index: number): void {
    const mark = this.lines.length;
    this.lines.push('Case of');
    let branch: { content: string; index: number } | undefined = { content: tag.content, index };
    for (;;) {
      if (branch) {
        const expression = this.problemOf(branch.content) ? 'Null' : `Try(${oneLine(branch.content)})`;
        this.lines.push(`: (${page}.test(${expression}; ${branch.index}))`, `If (${page}.good)`);
      } else this.lines.push('Else');
      this.at++;
      this.block();
      if (branch) this.lines.push('End if');
      const end = this.pieces[this.at];
      if (end?.kind === 'tag' && end.name === 'ELSEIF' && branch) branch = { content: end.content, index: this.at };
      else if (end?.kind === 'tag' && end.name === 'ELSE' && branch) branch = undefined;
      else if (end?.kind === 'tag' && end.name === 'ENDIF') {
        this.lines.push('End case');
        return;
      } else {
        this.unfinished(mark, index, end);
        return;
      }
    }
  }

  private enclosed(tag: Tag, index: number, endName: string, open: () => readonly string[] | undefined): void {
    const mark = this.lines.length;
    const closing = open();
    this.at++;
    this.block();
    const end = this.pieces[this.at];
    if (end?.kind !== 'tag' || end.name !== endName) this.unfinished(mark, index, end);
    else if (closing) {
      const inner = this.lines.splice(mark);
      this.guarded(index, [...inner, ...closing]);
    } else {
      this.lines.length = mark;
      this.lines.push(`${page}.failed(${index}; ${this.problemOf(tag.content) || 1})`);
    }
  }

  /** The end of a block is missing: its contents give way to a text that says so. */
  private unfinished(mark: number, index: number, end: Piece | undefined): void {
    this.lines.length = mark;
    this.lines.push(`${page}.failed(${index}; 3)`);
    if (end) this.at--; // the end that was met belongs to somebody else
  }

  private loop(tag: Tag, index: number): readonly string[] | undefined {
    const content = oneLine(tag.content);
    const counter = `$loopOf4D${++this.loops}`;
    if (/^\[[^\]]+\]$/.test(content)) {
      this.lines.push(`${counter}:=Read only state:C362(${content})`, `READ ONLY:C145(${content})`, `FIRST RECORD:C50(${content})`);
      this.lines.push(`While (Not:C34(End selection:C36(${content})))`);
      const restore = [`If (Not:C34(${counter}))`, `READ WRITE:C146(${content})`, 'End if'];
      return [`NEXT RECORD:C51(${content})`, 'End while', ...restore];
    }
    if (this.problemOf(content)) return undefined;
    const alone = isNameAlone(content);
    const kind = alone ? this.context.loopKind(content) : 'expression';
    if (kind === 'array' || kind === 'pointer') {
      const array = kind === 'pointer' ? `${content}->` : content;
      this.lines.push(`For (${counter}; 1; Size of array:C274(${array}))`, `${array}:=${counter}`);
      return ['End for'];
    }
    if (kind === 'method') {
      this.lines.push(`If (${content}(0))`, `${counter}:=1`, `While (${content}(${counter}))`);
      return [`${counter}:=${counter}+1`, 'End while', 'End if'];
    }
    if (kind === 'table of arrays') {
      this.lines.push('If (False:C215)');
      return ['Else', `${page}.failed(${index}; 5)`, 'End if'];
    }
    if (!alone) {
      this.lines.push(`While (${content})`);
      return ['End while'];
    }
    // Neither a method nor a variable.
    this.lines.push(`If (Undefined:C82(${content}))`, `${page}.failed(${index}; 4)`, 'Else', `While (${content})`);
    return ['End while', 'End if'];
  }

  private each(tag: Tag): readonly string[] | undefined {
    const match = /^(\S+)\s+in\s+(.+)$/i.exec(oneLine(tag.content));
    if (!match || !isNameAlone(match[1]) || this.problemOf(match[2])) return undefined;
    this.lines.push(`For each (${match[1]}; ${match[2]})`);
    return ['End for each'];
  }
}

function oneLine(text: string): string {
  return text.replace(/\s*[\r\n]+\s*/g, ' ').trim();
}

/** True for one whole expression: no statement, nothing missing, no comment that would swallow what follows. */
function isExpression(text: string): boolean {
  const tree = parse(oneLine(text));
  if (tree.errors.length || tree.comments().length) return false;
  const statements = tree.children(tree.root);
  return statements.length === 1 && tree.kind(statements[0]) === N.ExpressionStatement;
}

function isNameAlone(text: string): boolean {
  const tree = parse(text);
  const [statement] = tree.children(tree.root);
  if (statement === undefined || !isExpression(text)) return false;
  return [N.Name, N.Local, N.Interprocess].includes(tree.kind(tree.child(statement, 0)));
}

/** Names in an expression that could be methods: not those behind a dot, and no fields. */
function methodNames(tree: SyntaxTree): string[] {
  const names: string[] = [];
  for (let node = 0; node < tree.data.nodeCount; node++) {
    if (tree.kind(node) !== N.Name) continue;
    const parent = tree.parent(node);
    const behind = (tree.kind(parent) === N.Member || tree.kind(parent) === N.Field) && tree.child(parent, 1) === node;
    if (!behind) names.push(nameText(tree, node));
  }
  return names;
}
