import { N } from '#syntaxes/tree/kinds.js';
import type { Node } from '#syntaxes/tree/tree.js';
import { type Op, pack } from '../code.js';
import { numberOfLiteral, textOfLiteral } from './literals.js';
import { operationIntoSlot, operationOf, operationOnSlots } from './operations.js';
import { Unit, type VariablePlace } from './unit.js';

/** Instructions that take their operands from slots of the frame and not from the stack: what loops and sums are made of. */
export abstract class Slots extends Unit {
  /** Slots for what arises inside an expression; each line uses them anew. */
  private readonly temporaries: number[] = [];
  private used = 0;

  protected freeTemporaries(): void {
    this.used = 0;
  }

  private temporary(): number {
    if (this.used === this.temporaries.length) this.temporaries.push(this.hidden());
    return this.temporaries[this.used++];
  }

  /** The slot of a local variable that never holds an array, or of a literal; -1 for anything else. */
  plainSlot(node: Node): number {
    const { tree } = this;
    switch (tree.kind(node)) {
      case N.Local: {
        const place = this.variable(node);
        return place.kind === 'slot' && !this.arrayish.has(place.slot) ? place.slot : -1;
      }
      case N.Number:
        return this.constantSlot(numberOfLiteral(tree.textOf(node)));
      case N.String:
        return this.constantSlot(textOfLiteral(tree.textOf(node)));
      case N.Parenthesized:
        return this.plainSlot(tree.child(node, 0));
      default:
        return -1;
    }
  }

  /** The same, or the slot into which a calculation with numbers has put its result; -1 for anything else. */
  protected operandSlot(node: Node): number {
    const { tree } = this;
    let inner = node;
    while (tree.kind(inner) === N.Parenthesized) inner = tree.child(inner, 0);
    if (tree.kind(inner) !== N.Binary) return this.plainSlot(inner);
    if (!this.calculates(inner)) return -1;
    const slot = this.temporary();
    return this.calculate(inner, slot) ? slot : -1;
  }

  /** Whether a tree is a calculation with local variables and literals, one of them in each step known for a number. */
  private calculates(node: Node, depth = 0): boolean {
    const { tree } = this;
    let inner = node;
    while (tree.kind(inner) === N.Parenthesized) inner = tree.child(inner, 0);
    if (tree.kind(inner) !== N.Binary) return this.plainSlot(inner) >= 0;
    if (depth > 6 || operationOnSlots(tree.tokenText(tree.token(inner))) === undefined) return false;
    const [left, right] = [tree.child(inner, 0), tree.child(inner, 1)];
    return (this.isNumber(left) || this.isNumber(right)) && this.calculates(left, depth + 1) && this.calculates(right, depth + 1);
  }

  private isNumber(node: Node): boolean {
    const { tree } = this;
    let inner = node;
    while (tree.kind(inner) === N.Parenthesized) inner = tree.child(inner, 0);
    const kind = tree.kind(inner);
    if (kind === N.Local) return /^(integer|real)$/.test(this.slotTypes[this.plainSlot(inner)] ?? '');
    return kind === N.Number || (kind === N.Binary && (this.isNumber(tree.child(inner, 0)) || this.isNumber(tree.child(inner, 1))));
  }

  /** A calculation whose result goes into a slot; false when it cannot be done so, and nothing was emitted. */
  private calculate(node: Node, slot: number): boolean {
    const { tree } = this;
    const operation = operationIntoSlot(operationOf(tree.tokenText(tree.token(node))), this.slotTypes[slot]);
    return operation !== undefined && this.emitCalculation(operation, tree.child(node, 0), tree.child(node, 1), slot);
  }

  private emitCalculation(operation: Op, left: Node, right: Node, slot: number): boolean {
    const a = this.operandSlot(left);
    const b = a < 0 ? -1 : this.operandSlot(right);
    const slots = a < 0 || b < 0 ? -1 : pack(a, b, slot);
    if (slots < 0) return false;
    this.out.emit(operation, slots);
    return true;
  }

  /** Slots of an array in a local and of its index, `$a{$i+1}`; undefined when they are none. */
  protected elementSlots(node: Node): readonly [number, number] | undefined {
    const array = this.tree.child(node, 0);
    const place = this.tree.kind(array) === N.Local ? this.variable(array) : undefined;
    if (place?.kind !== 'slot') return undefined;
    const index = this.operandSlot(this.tree.child(node, 1));
    return index < 0 ? undefined : [place.slot, index];
  }

  /** `$a+$b` in one instruction that leaves the result on the stack. */
  protected binaryOfSlots(node: Node): boolean {
    const { tree } = this;
    const operation = operationOnSlots(tree.tokenText(tree.token(node)));
    if (operation === undefined) return false;
    const left = this.plainSlot(tree.child(node, 0));
    const right = left < 0 ? -1 : this.plainSlot(tree.child(node, 1));
    if (right < 0) return false;
    this.out.emit(operation, left, right);
    return true;
  }

  /** `$x:=$a+$b` and `$x+=$a` in one instruction; false when it is none. */
  protected storeCalculation(place: VariablePlace, value: Node, compound: number, target: Node): boolean {
    if (place.kind !== 'slot' || this.arrayish.has(place.slot)) return false;
    const { tree } = this;
    if (compound < 0) return tree.kind(value) === N.Binary && this.fits(value, place.slot) && this.calculate(value, place.slot);
    const operation = operationIntoSlot(compound, this.slotTypes[place.slot]);
    if (operation === undefined || this.plainSlot(target) < 0 || this.plainSlot(value) < 0) return false;
    return this.emitCalculation(operation, target, value, place.slot);
  }

  /** Sums of two variables of any type go into a slot at once; longer ones only when they are numbers. */
  private fits(value: Node, slot: number): boolean {
    const { tree } = this;
    if (this.calculates(value)) return true;
    return this.slotTypes[slot] !== 'text' && this.plainSlot(tree.child(value, 0)) >= 0 && this.plainSlot(tree.child(value, 1)) >= 0;
  }
}
