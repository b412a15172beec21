/** What a native sees of the call it serves. */

import { fold } from '#syntaxes/text/fold.js';
import { kindOf } from '../values/compare.js';
import { display } from '../values/display.js';
import type { ArrayValue, Reference, TypeName, Value } from '../values/value.js';
import type { Core } from './core.js';
import { placeOf } from './frames.js';
import { fail } from './messages.js';
import { arrayAt, isArray, processVariable, readSlot, slotValue, storeVariable, write } from './places.js';
import type { Argument, Frame, MachineServices, NativeCall, Place, ProcessState } from './types.js';

const nowhere: Place = { file: '', line: 1, column: 1 };

function isReference(argument: Argument): argument is Reference {
  return typeof argument === 'object' && argument !== null && 'ref' in argument;
}

export class Call implements NativeCall<unknown> {
  constructor(
    private readonly core: Core,
    readonly machine: MachineServices,
    readonly process: ProcessState,
    readonly frame: Frame | undefined,
    readonly args: readonly Argument[],
    readonly command: string,
    readonly self: Value,
    readonly member: string,
  ) {}

  get host(): unknown {
    return this.core.host;
  }

  get place(): Place {
    return (this.frame && placeOf(this.core, this.frame)) ?? nowhere;
  }

  count(): number {
    return this.args.length;
  }

  has(index: number): boolean {
    if (index < 0 || index >= this.args.length) return false;
    const argument = this.args[index];
    return !(typeof argument === 'object' && argument !== null && 'a' in argument && argument.a === 'missing');
  }

  value(index: number): Value {
    const argument = this.args[index];
    if (typeof argument !== 'object' || argument === null) return argument;
    if ('t' in argument) return argument;
    if ('ref' in argument) return argument.ref === 'table' ? undefined : slotValue(readSlot(this.core, this.process, argument));
    return undefined;
  }

  private bad(index: number, type: string): never {
    return fail('argument', this.command, index + 1, type, display(this.value(index), 1));
  }

  text(index: number): string {
    const value = this.value(index);
    if (typeof value === 'string') return value;
    return value === undefined || value === null ? '' : this.bad(index, 'Text');
  }

  number(index: number): number {
    const value = this.value(index);
    if (typeof value === 'number') return value;
    if (value === undefined || value === null) return 0;
    if (typeof value === 'object' && value.t === 'time') return value.seconds;
    return this.bad(index, 'Real');
  }

  integer(index: number): number {
    const value = this.number(index);
    if (!Number.isFinite(value)) return 0;
    return value < 0 ? -Math.round(-value) : Math.round(value);
  }

  boolean(index: number): boolean {
    const value = this.value(index);
    if (typeof value === 'boolean') return value;
    return value === undefined || value === null ? false : this.bad(index, 'Boolean');
  }

  object(index: number): Extract<Value, { t: 'object' }> {
    const value = this.value(index);
    if (typeof value === 'object' && value !== null && value.t === 'object') return value;
    return this.bad(index, 'Object');
  }

  collection(index: number): Extract<Value, { t: 'collection' }> {
    const value = this.value(index);
    if (typeof value === 'object' && value !== null && value.t === 'collection') return value;
    return this.bad(index, 'Collection');
  }

  private placeAt(index: number): Reference | undefined {
    const argument = this.args[index];
    if (isReference(argument)) {
      // A variable that holds a pointer, where a table, field or array is wanted, is read by `table` and `array`.
      return argument;
    }
    if (typeof argument === 'object' && argument !== null && 't' in argument && argument.t === 'pointer') return argument.target;
    return undefined;
  }

  reference(index: number): Reference {
    const place = this.placeAt(index);
    if (place) return place;
    return fail('argumentPlace', this.command, index + 1);
  }

  /** The place that a pointer in a place points to. */
  private pointed(place: Reference): Reference | undefined {
    if (place.ref === 'table' || place.ref === 'field') return undefined;
    const slot = readSlot(this.core, this.process, place);
    return typeof slot === 'object' && slot !== null && slot.t === 'pointer' ? slot.target : undefined;
  }

  table(index: number): number | undefined {
    const place = this.placeAt(index);
    if (!place) return undefined;
    if (place.ref === 'table') return place.table;
    const target = place.ref === 'field' ? undefined : this.pointed(place);
    return target?.ref === 'table' ? target.table : undefined;
  }

  isOperator(index: number, operator = '*'): boolean {
    const argument = this.args[index];
    return (
      typeof argument === 'object' && argument !== null && 'a' in argument && argument.a === 'operator' && argument.operator === operator
    );
  }

  spend(steps: number): void {
    this.core.cost += steps;
  }

  set(index: number, value: Value): void {
    if (typeof value === 'string') this.core.cost += value.length >> 12;
    else if (typeof value === 'object' && value?.t === 'blob') this.core.cost += value.bytes.length >> 12;
    write(this.core, this.process, this.reference(index), value);
  }

  array(index: number, create?: TypeName, dimensions?: 1 | 2): ArrayValue {
    const found = this.arrayOrNone(index) ?? (create && arrayAt(this.core, this.process, this.reference(index), create, dimensions));
    return found ?? fail('argumentArray', this.command, index + 1);
  }

  arrayOrNone(index: number): ArrayValue | undefined {
    const place = this.placeAt(index);
    if (!place || place.ref === 'table' || place.ref === 'field') return undefined;
    const slot = readSlot(this.core, this.process, place);
    if (isArray(slot)) return slot;
    const target = typeof slot === 'object' && slot !== null && slot.t === 'pointer' ? slot.target : undefined;
    return target && arrayAt(this.core, this.process, target);
  }

  setSystem(name: string, value: Value): void {
    const key = fold(name);
    storeVariable(this.process.variables, processVariable(this.core, this.process, key), key, name, value);
  }
}

/** A name for the kind of a value, for messages. */
export function kindName(value: Value): string {
  return kindOf(value);
}
