import { N } from '#syntaxes/tree/kinds.js';
import type { Node } from '#syntaxes/tree/tree.js';
import { type Block, Op, pack } from '../code.js';
import type { Label } from './builder.js';
import { Lines } from './lines.js';

/** Statements and blocks. */
export abstract class Statements extends Lines {
  block(node: Node): void {
    for (let child = this.tree.firstChild(node); child >= 0; child = this.tree.next(child)) this.statement(child);
  }

  statement(node: Node): void {
    const { tree } = this;
    switch (tree.kind(node)) {
      case N.If:
        this.ifBlock(node);
        break;
      case N.CaseOf:
        this.caseOf(node);
        break;
      case N.While:
        this.whileBlock(node);
        break;
      case N.Repeat:
        this.repeat(node);
        break;
      case N.For:
        this.forBlock(node);
        break;
      case N.ForEach:
        this.forEach(node);
        break;
      case N.Use:
        this.use(node);
        break;
      case N.Try:
        this.tryBlock(node);
        break;
      case N.Declare:
      case N.ClassExtends:
      case N.Property:
      case N.Alias:
      case N.Function:
      case N.Constructor:
        break;
      default:
        this.line(node, tree.start(node), tree.end(node), () => this.simple(node));
    }
  }

  private ifBlock(node: Node): void {
    const { tree, out } = this;
    const otherwise = out.label();
    const end = out.label();
    this.header(
      node,
      () => {
        this.jumpUnless(tree.child(node, 0), otherwise);
      },
      otherwise,
    );
    this.block(tree.child(node, 1));
    const elseNode = tree.child(node, 2);
    if (elseNode >= 0 && tree.kind(elseNode) === N.Else) {
      out.jump(Op.JUMP, end);
      out.mark(otherwise);
      this.block(tree.child(elseNode, 0));
    } else out.mark(otherwise);
    out.mark(end);
  }

  private caseOf(node: Node): void {
    const { tree, out } = this;
    const end = out.label();
    for (const child of tree.children(node)) {
      const kind = tree.kind(child);
      if (kind === N.Block) this.block(child);
      else if (kind === N.Else) this.block(tree.child(child, 0));
      else if (kind === N.Case) {
        const next = out.label();
        this.header(
          child,
          () => {
            this.jumpUnless(tree.child(child, 0), next);
          },
          next,
        );
        this.block(tree.child(child, 1));
        out.jump(Op.JUMP, end);
        out.mark(next);
      }
    }
    out.mark(end);
  }

  private loop(end: Label, next: Label, body: Node): void {
    this.loops.push({ end, next, block: this.out.block });
    this.block(body);
    this.loops.pop();
  }

  private whileBlock(node: Node): void {
    const { tree, out } = this;
    const top = out.label();
    const end = out.label();
    out.mark(top);
    this.header(
      node,
      () => {
        this.jumpUnless(tree.child(node, 0), end);
      },
      end,
    );
    this.loop(end, top, tree.child(node, 1));
    out.jump(Op.LOOP, top);
    out.mark(end);
  }

  private repeat(node: Node): void {
    const { tree, out } = this;
    const top = out.label();
    const next = out.label();
    const end = out.label();
    out.mark(top);
    this.loop(end, next, tree.child(node, 0));
    out.mark(next);
    const condition = tree.child(node, 1);
    const start = tree.start(condition);
    const word = /until\s*$/i.exec(tree.text.slice(Math.max(0, start - 20), start));
    this.line(
      condition,
      start - (word?.[0].length ?? 0),
      tree.end(condition),
      () => {
        this.condition(condition);
        out.jump(Op.JUMP_TRUE, end);
      },
      end,
    );
    out.jump(Op.LOOP, top);
    out.mark(end);
  }

  /** Runs the body as a block that needs preparation. */
  private prepared(kind: Block['kind'], body: () => void): void {
    const { out } = this;
    const { block } = out;
    out.blocks.push({ kind, parent: block });
    out.block = out.blocks.length - 1;
    body();
    out.block = block;
  }

  private forBlock(node: Node): void {
    const { tree, out } = this;
    const parts = tree.children(node).filter((child) => tree.kind(child) !== N.Block && tree.kind(child) !== N.Skipped);
    const body = tree.children(node).find((child) => tree.kind(child) === N.Block)!;
    const [counter, start, last, step] = parts;
    const end = out.label();
    const next = out.label();
    const top = out.label();
    const endSlot = this.hidden();
    const stepSlot = step === undefined ? -1 : this.hidden();
    const place = this.isVariable(counter) ? this.variable(counter) : undefined;
    const slot = place?.kind === 'slot' && !this.arrayish.has(place.slot) && this.canCount(place.slot) ? place.slot : -1;
    const count = out.label();
    this.header(
      node,
      () => {
        this.assign(counter, start, -1);
        this.expression(last);
        out.emit(Op.STORE_LOCAL, endSlot);
        if (step !== undefined) {
          this.expression(step);
          out.emit(Op.STORE_LOCAL, stepSlot);
        }
        if (slot >= 0) out.jump(Op.FOR_BEGIN, end, slot, endSlot, stepSlot);
        else out.jump(Op.JUMP, count);
      },
      end,
    );
    this.prepared('for', () => {
      out.mark(top);
      this.loop(end, next, body);
      out.mark(next);
      const slots = pack(slot, endSlot, 0);
      if (slot >= 0 && stepSlot < 0 && slots >= 0) out.jump(Op.FOR_NEXT, top, slots);
      else if (slot >= 0) {
        out.jump(Op.FOR_STEP, end, slot, endSlot, stepSlot);
        out.jump(Op.LOOP, top);
      } else {
        this.expression(counter);
        if (stepSlot < 0) out.push(1);
        else out.emit(Op.LOCAL, stepSlot);
        out.emit(Op.ADD);
        this.storeInto(counter);
        out.mark(count);
        this.expression(counter);
        out.jump(Op.FOR_TEST, end, endSlot, stepSlot);
        out.jump(Op.LOOP, top);
      }
    });
    out.mark(end);
  }

  private canCount(slot: number): boolean {
    return ['integer', 'real', 'variant'].includes(this.slotTypes[slot]);
  }

  private forEach(node: Node): void {
    const { tree, out } = this;
    const all = tree.children(node);
    const body = all.find((child) => tree.kind(child) === N.Block)!;
    const tail = all.find((child) => tree.kind(child) === N.ForEachWhile || tree.kind(child) === N.ForEachUntil);
    const parts = all.filter((child) => child !== body && child !== tail && tree.kind(child) !== N.Skipped);
    const [item, source, ...range] = parts;
    const end = out.label();
    const top = out.label();
    const next = out.label();
    const slot = this.hidden();
    for (let i = 0; i < 3; i++) this.hidden();
    this.header(
      node,
      () => {
        this.expression(source);
        for (const part of range) this.expression(part);
        out.emit(Op.EACH_BEGIN, slot, range.length);
      },
      end,
    );
    this.prepared('each', () => {
      out.mark(top);
      out.jump(Op.EACH_NEXT, end, slot);
      this.storeInto(item);
      if (tail !== undefined && tree.kind(tail) === N.ForEachWhile) {
        this.jumpUnless(tree.child(tail, 0), end);
      }
      this.loop(end, next, body);
      out.mark(next);
      if (tail !== undefined && tree.kind(tail) === N.ForEachUntil) {
        this.condition(tree.child(tail, 0));
        out.jump(Op.JUMP_TRUE, end);
      }
      out.jump(Op.LOOP, top);
    });
    out.mark(end);
  }

  private use(node: Node): void {
    const { tree, out } = this;
    const end = out.label();
    this.header(
      node,
      () => {
        this.expression(tree.child(node, 0));
        out.emit(Op.USE);
      },
      end,
    );
    this.prepared('use', () => this.block(tree.child(node, 1)));
    out.emit(Op.END_USE);
    out.mark(end);
  }

  private tryBlock(node: Node): void {
    const { tree, out } = this;
    const handler = out.label();
    const end = out.label();
    this.header(node, () => out.jump(Op.TRY, handler));
    this.prepared('try', () => this.block(tree.child(node, 0)));
    out.emit(Op.END_TRY);
    out.jump(Op.JUMP, end);
    out.mark(handler);
    const catchNode = tree.child(node, 1);
    if (catchNode >= 0 && tree.kind(catchNode) === N.Catch) this.block(tree.child(catchNode, 0));
    out.mark(end);
  }
}
