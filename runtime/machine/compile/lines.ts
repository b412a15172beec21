import { syntaxErrors } from '#syntaxes/parser/syntaxErrors.js';
import { initialValue } from '#syntaxes/resolution/declarator.js';
import { say } from '#syntaxes/text/bilingual.js';
import { N } from '#syntaxes/tree/kinds.js';
import { nameText, typeName } from '#syntaxes/tree/names.js';
import type { Node } from '#syntaxes/tree/tree.js';
import { Op } from '../code.js';
import { errorOf } from '../messages.js';
import { intern, type Label } from './builder.js';
import { Expressions } from './expressions.js';
import { operationOf } from './operations.js';
import { typeNumber } from './typeNumbers.js';
import { typeNamed } from './unit.js';

export interface Loop {
  readonly end: Label;
  readonly next: Label;
  /** Block that needs preparation around the loop's body: what lies deeper is left on the way out. */
  readonly block: number;
}

/** Single lines: what runs on each, and where they are. */
export abstract class Lines extends Expressions {
  protected readonly loops: Loop[] = [];

  /** One line that can be stopped at; where it cannot be read, running it raises what is wrong. */
  protected line(node: Node, start: number, end: number, body: () => void, after?: Label): void {
    const { out } = this;
    const behind = after ?? out.label();
    const index = this.begin(node, start, end);
    out.afterStatement(index, behind);
    const wrong = this.tree.errors.find(({ code, start: at }) => code !== 'syntax-spare-separator' && at >= start && at <= end);
    if (wrong) this.raiseSyntax(wrong.code, wrong.args);
    else body();
    if (after === undefined) out.mark(behind);
  }

  private raiseSyntax(code: string, args: readonly string[]): void {
    const text = (syntaxErrors as Record<string, { en: string; es: string } | undefined>)[code];
    if (!text) this.raise(errorOf('syntax', code));
    else this.raise({ code: 1, message: { en: say(text, 'en', ...args), es: say(text, 'es', ...args) } });
  }

  private begin(_node: Node, start: number, end: number): number {
    const { out } = this;
    const { lines } = this.input;
    const from = lines.placeAt(start);
    const to = lines.placeAt(end);
    this.freeTemporaries();
    out.statements.push({
      pc: out.pc,
      after: -1,
      block: out.block,
      line: from.line + 1,
      column: from.column + 1,
      endLine: to.line + 1,
      endColumn: to.column + 1,
    });
    out.emit(Op.STATEMENT, out.statements.length - 1);
    return out.statements.length - 1;
  }

  /** The part of a block's statement before its body. */
  protected header(node: Node, body: () => void, after?: Label): void {
    const { tree } = this;
    const block = tree.children(node).find((child) => tree.kind(child) === N.Block);
    const last = block === undefined ? undefined : this.lastBefore(node, block);
    this.line(node, tree.start(node), last ?? tree.end(node), body, after);
  }

  private lastBefore(node: Node, block: Node): number {
    let end = this.tree.tokenEnd(this.tree.token(node));
    for (let child = this.tree.firstChild(node); child >= 0 && child !== block; child = this.tree.next(child)) {
      end = Math.max(end, this.tree.end(child));
    }
    // The closing parenthesis of a loop's head.
    const rest = /^[^\r\n]*?\)/.exec(this.tree.text.slice(end, end + 40));
    const kind = this.tree.kind(node);
    return (kind === N.For || kind === N.ForEach) && rest && rest[0].trim() === ')' ? end + rest[0].length : end;
  }

  protected simple(node: Node): void {
    const { tree, out } = this;
    switch (tree.kind(node)) {
      case N.Assignment: {
        const sign = tree.tokenText(tree.token(node));
        const operation = sign === ':=' ? -1 : (operationOf(sign[0]) ?? -1);
        this.assign(tree.child(node, 0), tree.child(node, 1), operation);
        break;
      }
      case N.ExpressionStatement:
        this.expression(tree.child(node, 0));
        out.emit(Op.POP);
        break;
      case N.Var:
        for (const declarator of tree.children(node)) this.declare(declarator);
        break;
      case N.Return:
        if (tree.firstChild(node) >= 0) {
          this.expression(tree.firstChild(node));
          out.emit(Op.RETURN_VALUE);
        } else out.emit(Op.RETURN);
        break;
      case N.Break:
      case N.Continue: {
        const loop = this.loops.at(-1);
        if (!loop) {
          this.raise(errorOf('syntax', tree.textOf(node)));
          break;
        }
        this.leaveBlocks(loop.block);
        out.jump(Op.JUMP, tree.kind(node) === N.Break ? loop.end : loop.next);
        break;
      }
      case N.Sql:
        this.raise(errorOf('sql'));
        break;
      default:
        this.raise(errorOf('syntax', tree.textOf(node)));
    }
  }

  /** Ends the Use and Try blocks between here and a block around. */
  private leaveBlocks(until: number): void {
    for (let at = this.out.block; at !== until && at >= 0; at = this.out.blocks[at].parent) {
      const { kind } = this.out.blocks[at];
      if (kind === 'use') this.out.emit(Op.END_USE);
      else if (kind === 'try') this.out.emit(Op.END_TRY);
    }
  }

  /** Initial values of a class's properties. */
  protected properties(): void {
    const { tree, out } = this;
    for (let property = 0; property < tree.data.nodeCount; property++) {
      if (tree.kind(property) !== N.Property) continue;
      for (const declarator of tree.children(property)) {
        const value = initialValue(tree, declarator);
        if (value < 0) continue;
        this.line(declarator, tree.start(declarator), tree.end(declarator), () => {
          for (let child = tree.firstChild(declarator); child >= 0 && child !== value; child = tree.next(child)) {
            if (tree.kind(child) === N.Type) continue;
            out.emit(Op.SELF);
            this.expression(value);
            out.emit(Op.STORE_MEMBER, out.constant(intern(nameText(tree, child))));
            out.emit(Op.POP);
          }
        });
      }
    }
  }

  private declare(declarator: Node): void {
    const { tree, out } = this;
    const value = initialValue(tree, declarator);
    const typeNode = tree.children(declarator).find((child) => tree.kind(child) === N.Type);
    const type = typeNamed(typeNode === undefined ? undefined : typeName(tree, typeNode));
    for (let child = tree.firstChild(declarator); child >= 0 && child !== value; child = tree.next(child)) {
      if (!this.isVariable(child)) continue;
      const place = this.variable(child);
      if (place.kind === 'process') out.emit(Op.DECLARE_PROCESS, this.written(place.name), typeNumber(type));
      else if (place.kind === 'interprocess') out.emit(Op.DECLARE_INTERPROCESS, this.written(place.name), typeNumber(type));
      if (value >= 0) this.assign(child, value, -1);
    }
  }
}
