import type { Command } from '#syntaxes/catalogue/types.js';
import { resolveName } from '#syntaxes/resolution/resolve.js';
import type { Resolved } from '#syntaxes/resolution/types.js';
import { fold } from '#syntaxes/text/fold.js';
import { N } from '#syntaxes/tree/kinds.js';
import { nameText } from '#syntaxes/tree/names.js';
import type { Node } from '#syntaxes/tree/tree.js';
import { walk } from '#syntaxes/tree/walk.js';
import { qualified } from '../../values/owner.js';
import { type CommandTarget, type CriterionTemplate, type FormulaTemplate, Op } from '../code.js';
import { errorOf } from '../messages.js';
import { criteriaCommands, formulaArguments, wantsReference } from './arguments.js';
import { comparisonOf, operationOf } from './operations.js';
import { Places } from './places.js';
import { typeNumber } from './typeNumbers.js';
import { typeNamed } from './unit.js';

const SUPER: ReadonlySet<number> = new Set([1705, 1706]);
const FORMULA = 1597;
const comparisons: ReadonlySet<string> = new Set(['=', '#', '<', '>', '<=', '>=', '%']);

/** Calls of commands, methods, functions; and what stands between their parentheses. */
export abstract class Calls extends Places {
  private readonly resolved = new Map<Node, Resolved>();

  /** What a name stands for. In a line of its own an unknown name alone is a variable. */
  resolve(node: Node): Resolved {
    let found = this.resolved.get(node);
    if (!found) {
      found = resolveName(this.tree, node, this.input.context);
      const alone = this.tree.kind(this.tree.parent(node)) === N.ExpressionStatement;
      if (found.kind === 'unknown' && alone && this.input.mode === 'line') found = { kind: 'variable', name: found.name };
      this.resolved.set(node, found);
    }
    return found;
  }

  protected override isVariableName(node: Node): boolean {
    return this.resolve(node).kind === 'variable';
  }

  /** A name that stands for a value: a command, constant or method without parentheses, or a process variable. */
  name(node: Node): void {
    const found = this.resolve(node);
    switch (found.kind) {
      case 'variable':
        // A name with blanks that nobody has written to is no variable: a constant of the project's own, most likely.
        if (found.name.includes(' ')) this.out.emit(Op.KNOWN, this.nameConstant(found.name));
        this.loadVariable(this.variable(node));
        break;
      case 'constant': {
        const { value, name } = found.constant;
        if (value === undefined) this.raise(errorOf('constant', name));
        else this.out.push(value);
        break;
      }
      default:
        this.callNamed(node, found, []);
    }
  }

  call(node: Node): void {
    const { tree, out } = this;
    const callee = tree.child(node, 0);
    const list = tree.child(node, 1);
    const args = list < 0 ? [] : tree.children(list).filter((argument) => tree.kind(argument) !== N.Skipped);
    if (tree.kind(callee) === N.Name) {
      this.callNamed(callee, this.resolve(callee), args);
      return;
    }
    if (tree.kind(callee) === N.Member) {
      const object = tree.child(callee, 0);
      const isSuper = this.isSuper(object);
      if (!isSuper) this.expression(object);
      for (const argument of args) this.argument(argument, false);
      out.emit(isSuper ? Op.CALL_SUPER_MEMBER : Op.CALL_MEMBER, this.memberName(callee), args.length);
      return;
    }
    this.expression(callee);
    for (const argument of args) this.argument(argument, false);
    out.emit(Op.CALL_VALUE, args.length);
  }

  private isSuper(node: Node): boolean {
    if (this.tree.kind(node) !== N.Name) return false;
    const found = this.resolve(node);
    return found.kind === 'command' && found.command.number !== undefined && SUPER.has(found.command.number);
  }

  private callNamed(node: Node, found: Resolved, args: readonly Node[]): void {
    const { out, tree } = this;
    switch (found.kind) {
      case 'command':
        this.command(found.command, args);
        break;
      case 'method': {
        if (this.input.pure) {
          this.raise(errorOf('pure', found.file.name));
          break;
        }
        for (const argument of args) this.argument(argument, false);
        out.emit(Op.CALL_METHOD, out.constant(qualified(found.file.component, found.file.name)), args.length);
        break;
      }
      case 'constant':
        this.name(node);
        break;
      case 'plugin': {
        const standIn = this.input.context.catalogue.commandByName(nameText(tree, node));
        if (standIn) this.command(standIn.command, args);
        else this.raise(errorOf('plugin', nameText(tree, node)));
        break;
      }
      default:
        this.raise(errorOf('unknownName', nameText(tree, node)));
    }
  }

  private command(command: Command, args: readonly Node[]): void {
    const { out } = this;
    const { number } = command;
    if (number === undefined) {
      this.raise(errorOf('command', command.name));
      return;
    }
    if (SUPER.has(number)) {
      for (const argument of args) this.argument(argument, false);
      out.emit(Op.CALL_SUPER, args.length);
      return;
    }
    if (command.declares && args.length) {
      this.directive(command.declares, args);
      out.push(undefined);
      return;
    }
    if (args.length === 0 && this.plainCommand(number)) return;
    if (number === FORMULA && args.length === 1) {
      this.formula(args[0], false);
      return;
    }
    if (number === 34 && args.length === 1) {
      this.expression(args[0]);
      out.emit(Op.NOT);
      return;
    }
    if (this.input.pure && !this.input.pure(number)) {
      this.raise(errorOf('pure', command.name));
      return;
    }
    const formulas = formulaArguments.get(number) ?? Number.POSITIVE_INFINITY;
    for (const [i, argument] of args.entries()) {
      const kind = this.tree.kind(argument);
      if (i >= formulas && kind !== N.OperatorArgument) this.formula(argument, true);
      else if (criteriaCommands.has(number) && (this.criterion(argument) || this.fieldAlone(argument))) continue;
      else this.argument(argument, wantsReference(command, i, kind === N.Member || kind === N.Index));
    }
    const target: CommandTarget = { number, name: command.name, native: undefined };
    out.emit(Op.CALL_COMMAND, this.out.constants.push(target) - 1, args.length);
  }

  /** Commands that are part of the language; false for any other. */
  private plainCommand(number: number): boolean {
    const { out } = this;
    switch (number) {
      case 214:
        out.push(true);
        return true;
      case 215:
        out.push(false);
        return true;
      case 1517:
        out.push(null);
        return true;
      case 1470:
        out.emit(Op.SELF);
        return true;
      case 259:
        if (this.input.outerCount !== undefined) out.push(this.input.outerCount);
        else out.emit(Op.COUNT_PARAMETERS);
        return true;
      case 1710:
        out.push({ t: 'class', name: qualified(this.input.component, ''), kind: 'store' });
        return true;
      case 1709:
        out.push({ t: 'class', name: '4D', kind: 'store' });
        return true;
      default:
        return false;
    }
  }

  /** `C_TEXT(vName; <>other)`; locals have their types from the start. */
  private directive(type: string, args: readonly Node[]): void {
    const number = typeNumber(typeNamed(type));
    const outside = args.length > 1 && this.tree.kind(args[0]) === N.Name && !this.isVariable(args[0]);
    for (const argument of outside ? [] : args) {
      const kind = this.tree.kind(argument);
      if (kind !== N.Name && kind !== N.Interprocess) continue;
      const place = this.variable(argument);
      if (place.kind === 'process') this.out.emit(Op.DECLARE_PROCESS, this.written(place.name), number);
      else if (place.kind === 'interprocess') this.out.emit(Op.DECLARE_INTERPROCESS, this.written(place.name), number);
    }
  }

  /** One argument: a value, a place, an operator by itself, or nothing. */
  argument(node: Node, reference: boolean): void {
    const { tree, out } = this;
    switch (tree.kind(node)) {
      case N.Missing:
        out.push({ a: 'missing' });
        break;
      case N.OperatorArgument:
        out.push({ a: 'operator', operator: tree.tokenText(tree.token(node)) });
        break;
      case N.AssignmentArgument:
        this.formula(node, true);
        break;
      case N.Table:
        this.refer(node);
        break;
      default:
        if (reference && this.isPlace(node)) this.refer(node);
        else this.expression(node);
    }
  }

  /** `Formula(expr)`: its text, with the locals that it names taken along. */
  formula(node: Node, live: boolean): void {
    const { tree, out } = this;
    const captured = new Map<string, { name: string; slot: number }>();
    walk(tree, node, (each) => {
      if (tree.kind(each) !== N.Local) return;
      const name = nameText(tree, each);
      // `$1` and `$0` are the formula's own, unless its text runs here and now.
      if (!live && /^\$\d+$/.test(name)) return;
      const place = this.variable(each);
      if (place.kind === 'slot') captured.set(fold(name), { name, slot: place.slot });
      else if (place.kind === 'pointer') captured.set(fold(name), { name, slot: -1 - place.slot });
    });
    const template: FormulaTemplate = { text: tree.textOf(node), captured: [...captured.values()], live };
    out.emit(Op.FORMULA, out.constants.push(template) - 1);
  }

  /** `& [Shop]City="Ly@"+$x`: the field, the comparator, and all the rest as its value. False when the argument is none. */
  private criterion(argument: Node): boolean {
    const { tree, out } = this;
    let node = argument;
    let conjunction: CriterionTemplate['conjunction'] = '';
    if (tree.kind(node) === N.Unary) {
      const sign = tree.tokenText(tree.token(node));
      if (sign !== '&' && sign !== '|' && sign !== '#') return false;
      conjunction = sign;
      node = tree.child(node, 0);
    }
    while (tree.kind(node) === N.Parenthesized) node = tree.child(node, 0);
    const chain: Node[] = [];
    while (tree.kind(node) === N.Binary) {
      chain.unshift(node);
      node = tree.child(node, 0);
    }
    if (chain.length === 0) return false;
    const comparator = tree.tokenText(tree.token(chain[0]));
    const place = this.fieldPath(node);
    if (!place || !comparisons.has(comparator)) return false;
    if (place.pointer !== undefined) this.refer(place.pointer);
    this.expression(tree.child(chain[0], 1));
    for (const binary of chain.slice(1)) {
      this.expression(tree.child(binary, 1));
      this.operator(tree.tokenText(tree.token(binary)));
    }
    const { field, path } = place;
    const template: CriterionTemplate = { conjunction, field, path, comparator };
    out.emit(Op.CRITERION, out.constants.push(template) - 1);
    return true;
  }

  /** The field of a criterion in pieces, `[Shop]City; "="; $x`. */
  private fieldAlone(argument: Node): boolean {
    const kind = this.tree.kind(argument);
    if (kind !== N.Field && kind !== N.Dereference) return false;
    this.refer(argument);
    return true;
  }

  operator(sign: string): void {
    const operation = operationOf(sign);
    const comparison = comparisonOf(sign);
    if (operation !== undefined) this.out.emit(operation);
    else if (comparison !== undefined) this.out.emit(Op.COMPARE, comparison);
    else this.out.emit(Op.OPERATOR, this.out.constant(sign));
  }

  /** `[T]field` or `[T]object.a.b`; `ptr->` in place of the field is known when it runs. */
  private fieldPath(node: Node): { field: CriterionTemplate['field']; pointer?: Node; path: string } | undefined {
    const { tree } = this;
    const names: string[] = [];
    let at = node;
    while (tree.kind(at) === N.Member) {
      names.unshift(nameText(tree, tree.child(at, 1)));
      at = tree.child(at, 0);
    }
    const path = names.join('.');
    if (tree.kind(at) === N.Dereference) return { field: undefined, pointer: at, path };
    const field = tree.kind(at) === N.Field ? this.fieldOf(at) : undefined;
    return field && { field: { ref: 'field', ...field }, path };
  }
}
