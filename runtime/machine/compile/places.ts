import { N } from '#syntaxes/tree/kinds.js';
import { nameText } from '#syntaxes/tree/names.js';
import type { Node } from '#syntaxes/tree/tree.js';
import { Op } from '../code.js';
import { errorOf } from '../messages.js';
import { intern } from './builder.js';
import { Slots } from './slots.js';
import { storeOf } from './typeNumbers.js';
import type { VariablePlace } from './unit.js';

/** Places: how variables, elements, fields and properties are read, written and referred to. */
export abstract class Places extends Slots {
  /** True for a name that is read and written as a variable: no command, method or constant. */
  protected abstract isVariableName(node: Node): boolean;

  isVariable(node: Node): boolean {
    const kind = this.tree.kind(node);
    return kind === N.Local || kind === N.Interprocess || (kind === N.Name && this.isVariableName(node));
  }

  /** True when a reference to the node can be made. */
  isPlace(node: Node): boolean {
    switch (this.tree.kind(node)) {
      case N.Field:
      case N.Table:
      case N.ParameterIndex:
      case N.Dereference:
        return true;
      case N.Element:
        return this.isPlace(this.tree.child(node, 0));
      case N.Member:
      case N.Index:
        return this.tree.kind(this.tree.child(node, 0)) !== N.Name || this.isVariable(this.tree.child(node, 0));
      default:
        return this.isVariable(node);
    }
  }

  loadVariable(place: VariablePlace, raw = false): void {
    const { out } = this;
    switch (place.kind) {
      case 'slot': {
        const plain = !this.arrayish.has(place.slot);
        out.emit(raw ? Op.LOCAL_RAW : plain ? Op.LOCAL : Op.LOCAL_VALUE, place.slot);
        break;
      }
      case 'pointer':
        out.emit(Op.LOCAL, place.slot);
        out.emit(raw ? Op.DEREFERENCE_RAW : Op.DEREFERENCE);
        break;
      case 'reference':
        out.push(place.reference);
        out.emit(raw ? Op.READ_RAW : Op.READ);
        break;
      case 'process':
        out.emit(raw ? Op.PROCESS_RAW : Op.PROCESS, this.nameConstant(place.name));
        break;
      case 'interprocess':
        out.emit(raw ? Op.INTERPROCESS_RAW : Op.INTERPROCESS, this.nameConstant(place.name));
        break;
    }
  }

  /** Pops the value into the variable. */
  storeVariable(place: VariablePlace): void {
    const { out } = this;
    switch (place.kind) {
      case 'slot': {
        out.emit(this.arrayish.has(place.slot) ? Op.STORE_TYPED : storeOf(this.slotTypes[place.slot]), place.slot);
        break;
      }
      case 'pointer':
      case 'reference': {
        // The value is there already: it waits in a slot of its own.
        this.refuseImpure(place.kind);
        const value = this.hidden();
        out.emit(Op.STORE_LOCAL, value);
        if (place.kind === 'pointer') {
          out.emit(Op.LOCAL, place.slot);
          out.emit(Op.LOCAL, value);
          out.emit(Op.STORE_DEREFERENCE);
        } else {
          out.push(place.reference);
          out.emit(Op.LOCAL, value);
          out.emit(Op.WRITE);
        }
        break;
      }
      case 'process':
        this.refuseImpure(place.name);
        out.emit(Op.STORE_PROCESS, this.written(place.name));
        break;
      case 'interprocess':
        this.refuseImpure(place.name);
        out.emit(Op.STORE_INTERPROCESS, this.written(place.name));
        break;
    }
  }

  /** Constant of a variable's name as written, for those that the store makes. */
  protected written(name: string): number {
    return this.out.constant(intern(this.ownName(name)));
  }

  /** In a pure evaluation nothing outside it changes. */
  protected refuseImpure(what: string): void {
    if (this.input.pure) this.raise(errorOf('pure', `${what}:=…`));
  }

  referVariable(place: VariablePlace): void {
    const { out } = this;
    switch (place.kind) {
      case 'slot':
        this.arrayish.add(place.slot);
        out.emit(Op.REFER_LOCAL, place.slot);
        break;
      case 'pointer':
        out.emit(Op.LOCAL, place.slot);
        out.emit(Op.REFER_TARGET);
        break;
      case 'reference':
        out.push(place.reference);
        break;
      default:
        out.push({ ref: place.kind, name: this.key(place.name) });
    }
  }

  /** Pushes what a place holds, an array as it is: what elements are taken of. */
  raw(node: Node): void {
    const { tree, out } = this;
    switch (tree.kind(node)) {
      case N.Element:
        this.raw(tree.child(node, 0));
        this.expression(tree.child(node, 1));
        out.emit(Op.ELEMENT_RAW);
        break;
      case N.Dereference:
        this.expression(tree.child(node, 0));
        out.emit(Op.DEREFERENCE_RAW);
        break;
      default:
        if (this.isVariable(node)) this.loadVariable(this.variable(node), true);
        else this.expression(node);
    }
  }

  /** Pushes a reference to a place; code that raises an error when it is none. */
  refer(node: Node): void {
    const { tree, out } = this;
    switch (tree.kind(node)) {
      case N.Table: {
        const table = this.tableOf(node);
        if (table === undefined) this.raise(errorOf('table', tree.textOf(node)));
        else out.push({ ref: 'table', table });
        break;
      }
      case N.Field: {
        const field = this.fieldOf(node);
        if (field) out.push({ ref: 'field', ...field });
        else this.raise(errorOf('field', tree.textOf(node)));
        break;
      }
      case N.ParameterIndex:
        this.expression(tree.child(node, 0));
        out.emit(Op.REFER_PARAMETER);
        break;
      case N.Element:
        this.refer(tree.child(node, 0));
        this.expression(tree.child(node, 1));
        out.emit(Op.REFER_ELEMENT);
        break;
      case N.Character:
        this.refer(tree.child(node, 0));
        this.expression(tree.child(node, 1));
        out.emit(Op.REFER_CHARACTER);
        break;
      case N.Member:
        this.expression(tree.child(node, 0));
        out.emit(Op.REFER_MEMBER, this.memberName(node));
        break;
      case N.Index:
        this.expression(tree.child(node, 0));
        this.expression(tree.child(node, 1));
        out.emit(Op.REFER_INDEX);
        break;
      case N.Dereference:
        this.expression(tree.child(node, 0));
        out.emit(Op.REFER_TARGET);
        break;
      case N.Parenthesized:
        this.refer(tree.child(node, 0));
        break;
      default:
        if (this.isVariable(node)) this.referVariable(this.variable(node));
        else this.raise(errorOf('noPlace', tree.textOf(node)));
    }
  }

  /** Constant with the name behind a dot. */
  memberName(node: Node): number {
    return this.out.constant(intern(nameText(this.tree, this.tree.child(node, 1))));
  }

  /** What is at a pointer, and process variables that the code never treats as arrays: they may turn out to be BLOBs. */
  private mayBeBlob(node: Node): boolean {
    return this.isBlob(node) || this.tree.kind(node) === N.Dereference;
  }

  private isBlob(node: Node): boolean {
    const place = this.tree.kind(node) === N.Local ? this.variable(node) : undefined;
    return place?.kind === 'slot' && this.slotTypes[place.slot] === 'blob';
  }

  /** `target := value`, or with an operator before the `=`. */
  assign(target: Node, value: Node, operation: number): void {
    const { tree, out } = this;
    const kind = tree.kind(target);
    const compound = operation >= 0;
    const right = () => {
      this.expression(value);
      if (compound) out.emit(operation);
    };
    // What names the place lies on the stack: a compound assignment reads it first.
    const through = (read: Op, store: Op, operands: readonly number[] = [], twice = Op.DUPLICATE) => {
      if (compound) {
        out.emit(twice);
        out.emit(read, ...operands);
      }
      right();
      out.emit(store, ...operands);
    };
    if (kind === N.Parenthesized) {
      this.assign(tree.child(target, 0), value, operation);
      return;
    }
    if (this.isVariable(target)) {
      const place = this.variable(target);
      if (this.storeCalculation(place, value, operation, target)) return;
      if (compound) this.loadVariable(place);
      right();
      this.storeVariable(place);
      return;
    }
    this.refuseImpure(tree.textOf(target));
    switch (kind) {
      case N.Field: {
        const field = this.fieldOf(target);
        if (!field) {
          this.raise(errorOf('field', tree.textOf(target)));
          break;
        }
        if (compound) out.emit(Op.FIELD, field.table, field.field);
        right();
        out.emit(Op.STORE_FIELD, field.table, field.field);
        break;
      }
      case N.Member: {
        const name = this.memberName(target);
        const slot = compound ? -1 : this.plainSlot(tree.child(target, 0));
        if (slot >= 0) {
          right();
          out.emit(Op.STORE_MEMBER_SLOT, slot, name);
          out.emit(Op.POP);
          break;
        }
        this.expression(tree.child(target, 0));
        through(Op.MEMBER, Op.STORE_MEMBER, [name]);
        out.emit(Op.POP);
        break;
      }
      case N.Index:
      case N.Element: {
        const element = kind === N.Element;
        if (element && this.mayBeBlob(tree.child(target, 0))) {
          // Bytes are written through a reference: a BLOB is a value of its own.
          this.refer(target);
          through(Op.READ, Op.WRITE);
          break;
        }
        const slots = element && !compound ? this.elementSlots(target) : undefined;
        if (slots) {
          right();
          out.emit(Op.STORE_ELEMENT_SLOTS, ...slots);
          break;
        }
        const variable = element && !compound && this.isVariable(tree.child(target, 0)) ? this.variable(tree.child(target, 0)) : undefined;
        if (variable?.kind === 'process' || variable?.kind === 'interprocess') {
          // Whether it is an array or a BLOB shows when it runs.
          this.expression(tree.child(target, 1));
          right();
          out.emit(Op.STORE_VARIABLE_ELEMENT, out.constant({ ref: variable.kind, name: this.key(variable.name) }));
          break;
        }
        if (element) this.raw(tree.child(target, 0));
        else this.expression(tree.child(target, 0));
        this.expression(tree.child(target, 1));
        if (element) through(Op.ELEMENT, Op.STORE_ELEMENT, [], Op.DUPLICATE_TWO);
        else {
          through(Op.INDEX, Op.STORE_INDEX, [], Op.DUPLICATE_TWO);
          out.emit(Op.POP);
        }
        break;
      }
      case N.Dereference:
        this.expression(tree.child(target, 0));
        through(Op.DEREFERENCE, Op.STORE_DEREFERENCE);
        break;
      case N.ParameterIndex:
        this.expression(tree.child(target, 0));
        through(Op.PARAMETER, Op.STORE_PARAMETER);
        break;
      case N.Character:
        this.refer(target);
        through(Op.READ, Op.WRITE);
        break;
      default:
        this.raise(errorOf('notAssignable', tree.textOf(target)));
    }
  }

  /** Pops the value on the stack into a place that is no variable alone (the item of a For each). */
  storeInto(target: Node): void {
    if (this.isVariable(target)) {
      this.storeVariable(this.variable(target));
      return;
    }
    const value = this.hidden();
    this.out.emit(Op.STORE_LOCAL, value);
    this.refer(target);
    this.out.emit(Op.LOCAL, value);
    this.out.emit(Op.WRITE);
  }
}
