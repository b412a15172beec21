import { N } from '#syntaxes/tree/kinds.js';
import { nameText } from '#syntaxes/tree/names.js';
import type { Node } from '#syntaxes/tree/tree.js';
import { Op, pack } from '../code.js';
import { errorOf } from '../messages.js';
import { intern, type Label } from './builder.js';
import { Calls } from './calls.js';
import { dateOfLiteral, numberOfLiteral, textOfLiteral, timeOfLiteral } from './literals.js';
import { comparisonOf } from './operations.js';

/** Expressions: each leaves one value on the stack. */
export abstract class Expressions extends Calls {
  override expression(node: Node): void {
    const { tree, out } = this;
    switch (tree.kind(node)) {
      case N.Number:
        out.push(numberOfLiteral(tree.textOf(node)));
        break;
      case N.String:
        out.push(textOfLiteral(tree.textOf(node)));
        break;
      case N.Date:
        out.push(dateOfLiteral(tree.textOf(node)));
        break;
      case N.Time:
        out.push(timeOfLiteral(tree.textOf(node)));
        break;
      case N.Local:
      case N.Interprocess:
        this.loadVariable(this.variable(node));
        break;
      case N.Name:
        this.name(node);
        break;
      case N.ParameterIndex:
        this.expression(tree.child(node, 0));
        out.emit(Op.PARAMETER);
        break;
      case N.Table:
        this.refer(node);
        break;
      case N.Field: {
        const field = this.fieldOf(node);
        if (field) out.emit(Op.FIELD, field.table, field.field);
        else this.raise(errorOf('field', tree.textOf(node)));
        break;
      }
      case N.Parenthesized:
        this.expression(tree.child(node, 0));
        break;
      case N.Call:
        this.call(node);
        break;
      case N.Member:
        this.member(node);
        break;
      case N.Index:
        this.expression(tree.child(node, 0));
        this.expression(tree.child(node, 1));
        out.emit(Op.INDEX);
        break;
      case N.Element: {
        const slots = this.elementSlots(node);
        if (slots) {
          out.emit(Op.ELEMENT_SLOTS, ...slots);
          break;
        }
        this.raw(tree.child(node, 0));
        this.expression(tree.child(node, 1));
        out.emit(Op.ELEMENT);
        break;
      }
      case N.Character:
        this.expression(tree.child(node, 0));
        this.expression(tree.child(node, 1));
        out.emit(Op.CHARACTER);
        break;
      case N.Dereference:
        this.expression(tree.child(node, 0));
        out.emit(Op.DEREFERENCE);
        break;
      case N.AddressOf:
        this.addressOf(tree.child(node, 0));
        break;
      case N.Binary:
        this.binary(node);
        break;
      case N.Unary:
        this.expression(tree.child(node, 0));
        if (tree.tokenText(tree.token(node)) === '-') out.emit(Op.NEGATE);
        break;
      case N.Ternary:
        this.ternary(node);
        break;
      case N.ObjectLiteral:
        this.objectLiteral(node);
        break;
      case N.CollectionLiteral: {
        const items = tree.children(node).filter((item) => tree.kind(item) !== N.Skipped);
        for (const item of items) this.expression(item);
        out.emit(Op.COLLECTION, items.length);
        break;
      }
      case N.TryExpression: {
        const end = out.label();
        out.jump(Op.TRY_EXPRESSION, end);
        this.expression(tree.child(node, 0));
        out.emit(Op.END_TRY);
        out.mark(end);
        break;
      }
      default:
        this.raise(errorOf('syntax', tree.textOf(node) || tree.textOf(tree.parent(node))));
    }
  }

  private member(node: Node): void {
    const { tree, out } = this;
    const object = tree.child(node, 0);
    const slot = tree.kind(object) === N.Local ? this.plainSlot(object) : -1;
    if (slot < 0) this.expression(object);
    if (tree.kind(tree.child(node, 1)) === N.Missing) this.raise(errorOf('syntax', tree.textOf(node)));
    else if (slot < 0) out.emit(Op.MEMBER, this.memberName(node));
    else out.emit(Op.MEMBER_SLOT, slot, this.memberName(node));
  }

  /** `->x`; `->[]` is the nil pointer. */
  private addressOf(target: Node): void {
    const { tree, out } = this;
    if (tree.kind(target) === N.Missing || (tree.kind(target) === N.CollectionLiteral && tree.firstChild(target) < 0)) {
      out.push({ t: 'pointer', target: undefined });
      return;
    }
    this.refer(target);
    out.emit(Op.POINTER);
  }

  /** Operators from left to right: a long sum is a deep tree, so its left side is walked, not called. */
  private binary(node: Node): void {
    const { tree, out } = this;
    const chain: Node[] = [];
    let first = node;
    while (tree.kind(first) === N.Binary) {
      chain.push(first);
      first = tree.child(first, 0);
    }
    if (this.binaryOfSlots(chain[chain.length - 1])) chain.pop();
    else this.expression(first);
    while (chain.length) {
      const binary = chain.pop()!;
      const sign = tree.tokenText(tree.token(binary));
      const right = tree.child(binary, 1);
      if (sign === '&&' || sign === '||') {
        const end = out.label();
        out.jump(sign === '&&' ? Op.JUMP_FALSY_KEEP : Op.JUMP_TRUTHY_KEEP, end);
        this.expression(right);
        out.mark(end);
      } else {
        this.expression(right);
        this.operator(sign);
      }
    }
  }

  private ternary(node: Node): void {
    const { tree, out } = this;
    const otherwise = out.label();
    const end = out.label();
    this.expression(tree.child(node, 0));
    out.emit(Op.TRUTH);
    out.jump(Op.JUMP_FALSE, otherwise);
    this.expression(tree.child(node, 1));
    out.jump(Op.JUMP, end);
    out.mark(otherwise);
    this.expression(tree.child(node, 2));
    out.mark(end);
  }

  private objectLiteral(node: Node): void {
    const { tree, out } = this;
    const names: string[] = [];
    for (const pair of tree.children(node)) {
      if (tree.kind(pair) !== N.Pair) continue;
      const key = tree.child(pair, 0);
      names.push(intern(tree.kind(key) === N.String ? textOfLiteral(tree.textOf(key)) : nameText(tree, key)));
      this.expression(tree.child(pair, 1));
    }
    out.emit(Op.OBJECT, out.constants.push(names) - 1);
  }

  /** A condition: `a && b` counts by its truth, everything else must be a Boolean. */
  condition(node: Node): void {
    this.expression(node);
    const inner = this.insideParentheses(node);
    const sign = this.tree.kind(inner) === N.Binary ? this.tree.tokenText(this.tree.token(inner)) : '';
    if (sign === '&&' || sign === '||') this.out.emit(Op.TRUTH);
  }

  /** A condition, and a jump when it does not hold. */
  jumpUnless(node: Node, label: Label): void {
    const { tree, out } = this;
    const inner = this.insideParentheses(node);
    const comparison = tree.kind(inner) === N.Binary ? comparisonOf(tree.tokenText(tree.token(inner))) : undefined;
    if (comparison === undefined) {
      this.condition(node);
      out.jump(Op.JUMP_FALSE, label);
      return;
    }
    const left = this.plainSlot(tree.child(inner, 0));
    const right = this.plainSlot(tree.child(inner, 1));
    const packed = left >= 0 && right >= 0 ? pack(left, right, comparison) : -1;
    if (packed >= 0) {
      out.jump(Op.JUMP_COMPARE_SLOTS, label, packed);
      return;
    }
    this.expression(tree.child(inner, 0));
    if (right >= 0) {
      out.jump(Op.JUMP_COMPARE_SLOT, label, comparison, right);
      return;
    }
    this.expression(tree.child(inner, 1));
    out.jump(Op.JUMP_COMPARE, label, comparison);
  }

  private insideParentheses(node: Node): Node {
    let inner = node;
    while (this.tree.kind(inner) === N.Parenthesized) inner = this.tree.child(inner, 0);
    return inner;
  }
}
