/** A small machine-less call, for testing natives one by one: arguments are values, named arrays and named variables. */
import { memoryFileSystem } from '#syntaxes/project/memoryFileSystem.js';
import { fold } from '#syntaxes/text/fold.js';
import { createDisk } from '../library/files/disk.js';
import { themes } from '../library/index.js';
import type { Argument, Library, MachineServices, Native, NativeCall, NativeResult, ProcessState } from '../machine/types.js';
import { FourDError } from '../machine/types.js';
import type { Records } from '../records/records.js';
import { lock, readField, writeField } from '../records/records.js';
import { convertTo, defaultValue } from '../values/convert.js';
import type { ArrayValue, Reference, Slot, TypeName, Value } from '../values/value.js';
import { openShop } from './shop.js';

/** A process with variables in which natives are called by number. */
export class Bench {
  readonly variables = new Map<string, { type: TypeName; value: Slot }>();
  readonly records: Records;
  readonly output: string[] = [];
  readonly process = { number: 11, name: 'test', kind: 'main', extra: new Map(), errors: [], errorMethod: '' } as unknown as ProcessState;
  readonly files = memoryFileSystem();
  readonly disk = createDisk(this.files, '/p', 'shop', 'WebFolder', Date.UTC(2024, 0, 1));
  private work: Promise<Value> | undefined;
  now = Date.UTC(2024, 1, 29, 8, 30, 5);
  private random = 0;

  constructor() {
    this.records = openShop().records;
  }

  /** Reference to a process variable, for arguments. */
  variable(name: string, value?: Slot, type: TypeName = 'variant'): Reference {
    const key = fold(name);
    if (value !== undefined || !this.variables.has(key)) this.variables.set(key, { type, value });
    return { ref: 'process', name: key };
  }

  /** Reference to an array variable with these elements. */
  array(name: string, type: TypeName, elements: readonly Value[]): Reference {
    return this.variable(name, { t: 'array', type, dimensions: 1, items: [defaultValue(type), ...elements], current: 0 }, type);
  }

  /** Elements from 1 of an array variable. */
  elements(name: string): (Value | ArrayValue)[] {
    const slot = this.get(name);
    return typeof slot === 'object' && slot !== null && slot.t === 'array' ? slot.items.slice(1) : [];
  }

  get(name: string): Slot {
    return this.variables.get(fold(name))?.value;
  }

  /** Calls a command by number. */
  call(number: number, ...args: readonly Argument[]): NativeResult {
    for (const library of themes) {
      const native = library.commands.get(number);
      if (native) return this.run(native, library.names.get(number) ?? String(number), args);
    }
    throw new Error(`no command ${number}`);
  }

  /** Calls a command that runs formulas; `answer` takes the place of the machine that would run them. */
  callWith(number: number, args: readonly Argument[], answer: (args: readonly Value[], self?: Value) => Value): NativeResult {
    for (const library of themes) {
      const native = library.commands.get(number) as Native<unknown> | undefined;
      if (native) return this.finish(native, this.makeCall(library.names.get(number) ?? '', args, undefined), answer);
    }
    throw new Error(`no command ${number}`);
  }

  /** Another process holds a record. */
  lockElsewhere(tableNumber: number, record: number, process: number, name: string): void {
    lock(this.records, process, tableNumber, record, 'loaded');
    (this.machine.state as unknown as { processes: Map<number, unknown> }).processes.set(process, { name });
  }

  /** The process holds a shared group, as after `Use`. */
  use(group: number): void {
    this.machine.state?.locks.set(group, { process: this.process.number, depth: 1 });
  }

  /** Calls a member. Calls of formulas are answered by `answer`, which takes the place of the machine. */
  member(key: string, self: Value, args: readonly Argument[] = [], answer?: (args: readonly Value[], self?: Value) => Value): NativeResult {
    const library: Library<never> | undefined = themes.find((theme) => theme.members.has(key)) as Library<never> | undefined;
    const native = library?.members.get(key) as Native<unknown> | undefined;
    if (!native) throw new Error(`no member ${key}`);
    return this.finish(native, this.makeCall(key, args, self), answer);
  }

  /** Calls a command, waits for its work outside, and gives what it gives in the end. */
  async settle(number: number, ...args: readonly Argument[]): Promise<Value> {
    const library = themes.find((theme) => theme.commands.has(number));
    if (!library) throw new Error(`no command ${number}`);
    const call = this.makeCall(library.names.get(number) ?? '', args, undefined);
    return this.waited(call, (library.commands.get(number) as Native<unknown>)(call));
  }

  /** The same for a member. */
  async settleMember(key: string, self: Value, ...args: readonly Argument[]): Promise<Value> {
    const library = themes.find((theme) => theme.members.has(key));
    if (!library) throw new Error(`no member ${key}`);
    const call = this.makeCall(key, args, self);
    return this.waited(call, (library.members.get(key) as unknown as Native<unknown>)(call));
  }

  private async waited(call: NativeCall<unknown>, first: NativeResult): Promise<Value> {
    let result = first;
    while (typeof result === 'object' && result !== null && 'native' in result) {
      const { then, state } = result;
      const go = themes.map((theme) => theme.continuations.get(then ?? '')).find(Boolean);
      if (!go || result.native === 'call') throw new Error(`cannot go on with ${then}`);
      result = (go as (call: unknown, state: unknown, result: Value) => NativeResult)(call, state, await this.work);
    }
    return result;
  }

  private finish(
    native: Native<unknown>,
    call: NativeCall<unknown>,
    answer: ((args: readonly Value[], self?: Value) => Value) | undefined,
  ): NativeResult {
    let result = native(call);
    while (isCallOut(result)) {
      if (!answer) return result;
      const value = answer(result.args, result.self);
      const { then } = result;
      if (then === undefined) return value;
      const go = themes.map((theme) => theme.continuations.get(then)).find(Boolean);
      if (!go) throw new Error(`no continuation ${then}`);
      result = (go as (call: unknown, state: unknown, result: Value) => NativeResult)(call, result.state, value);
    }
    return result;
  }

  private run(native: unknown, command: string, args: readonly Argument[]): NativeResult {
    return (native as Native<unknown>)(this.makeCall(command, args, undefined));
  }

  private readonly machine: Partial<MachineServices> = {
    state: { processes: new Map(), locks: new Map() } as unknown as MachineServices['state'],
    clock: { now: () => this.now },
    random: {
      next: () => {
        this.random = (this.random * 16807 + 7) % 2147483647;
        return this.random / 2147483647;
      },
      uuid: () => '0123456789ABCDEF0123456789ABCDEF',
    },
    trace: (event) => {
      if (event.kind === 'output') this.output.push(event.text);
    },
    read: (_process, reference) => this.read(reference),
    write: (_process, reference, value) => this.write(reference, value),
    arrayAt: (_process, reference, create, dimensions) => this.arrayAt(reference, create, dimensions),
    undefine: (_process, reference) => {
      if (reference.ref === 'process') this.variables.delete(reference.name);
    },
    typeOf: (_process, reference) => {
      if (reference.ref !== 'process') return undefined;
      const variable = this.variables.get(reference.name);
      const held = variable?.value;
      return typeof held === 'object' && held !== null && held.t === 'array' ? 'array' : variable?.type;
    },
    componentOf: () => undefined,
    methodKey: (_process, name) => name,
    find: (_process, name) => (this.variables.has(fold(name)) ? { ref: 'process', name: fold(name) } : undefined),
    named: (_process, name) =>
      name.startsWith('<>') ? { ref: 'interprocess', name: fold(name.slice(2)) } : { ref: 'process', name: fold(name) },
    newGroup: () => 1,
  };

  read(reference: Reference): Value {
    if (reference.ref === 'process') {
      const slot = this.variables.get(reference.name)?.value;
      return typeof slot === 'object' && slot !== null && slot.t === 'array' ? slot.current : slot;
    }
    if (reference.ref === 'field') return readField(this.records, this.process.number, reference.table, reference.field);
    throw new Error(`cannot read a ${reference.ref} here`);
  }

  write(reference: Reference, value: Value): void {
    if (reference.ref === 'field') {
      writeField(this.records, this.process.number, reference.table, reference.field, value);
      return;
    }
    if (reference.ref !== 'process') throw new Error(`cannot write a ${reference.ref} here`);
    const variable = this.variables.get(reference.name);
    const converted = convertTo(variable?.type ?? 'variant', value);
    if (!converted) throw new FourDError({ code: 54, message: { en: 'types differ', es: 'tipos distintos' } });
    this.variables.set(reference.name, { type: variable?.type ?? 'variant', value: converted.value });
  }

  private arrayAt(reference: Reference, create?: TypeName, dimensions: 1 | 2 = 1): ArrayValue | undefined {
    if (reference.ref !== 'process') return undefined;
    const slot = this.variables.get(reference.name)?.value;
    if (typeof slot === 'object' && slot !== null && slot.t === 'array') return slot;
    if (!create) return undefined;
    const made: ArrayValue = { t: 'array', type: create, dimensions, items: [], current: 0 };
    made.items.push(
      dimensions === 1 ? defaultValue(create) : { t: 'array', type: create, dimensions: 1, items: [defaultValue(create)], current: 0 },
    );
    this.variables.set(reference.name, { type: create, value: made });
    return made;
  }

  private makeCall(command: string, args: readonly Argument[], self: Value): NativeCall<unknown> {
    const bad = (what: string): never => {
      throw new FourDError({ code: 54, message: { en: `${command}: ${what}`, es: `${command}: ${what}` } });
    };
    const value = (index: number): Value => {
      const argument = args[index];
      if (typeof argument !== 'object' || argument === null) return argument;
      if ('ref' in argument) return this.read(argument);
      return 't' in argument ? argument : undefined;
    };
    const typed = <T extends Value>(index: number, test: (value: Value) => value is T, empty: T): T => {
      const found = value(index);
      return test(found) ? found : found === undefined ? empty : bad(`argument ${index + 1}`);
    };
    const number = (index: number): number => {
      const found = value(index);
      if (typeof found === 'object' && found?.t === 'time') return found.seconds;
      return typed(index, (v): v is number => typeof v === 'number', 0);
    };
    const reference = (index: number): Reference => {
      const argument = args[index];
      if (typeof argument === 'object' && argument !== null && 'ref' in argument) return argument;
      const pointer = value(index);
      return typeof pointer === 'object' && pointer?.t === 'pointer' && pointer.target
        ? pointer.target
        : bad(`argument ${index + 1} is no place`);
    };
    const arrayOrNone = (index: number): ArrayValue | undefined => {
      const argument = args[index];
      return typeof argument === 'object' && argument !== null && 'ref' in argument ? this.arrayAt(argument) : undefined;
    };
    return {
      host: {
        records: this.records,
        disk: this.disk,
        application: { name: 'shop', release: 21, started: this.now - 1234 },
        keys: globalThis.crypto.subtle,
        outside: {
          start: (_process: ProcessState, work: () => Promise<Value>, then: string, state?: unknown): NativeResult => {
            this.work = work();
            return { native: 'wait', until: undefined, then, state };
          },
        },
      },
      process: this.process,
      machine: this.machine as MachineServices,
      args,
      command,
      self,
      member: command.split('.').at(-1) ?? '',
      place: { file: 'test.4dm', line: 1, column: 1 },
      frame: undefined,
      count: () => args.length,
      has: (index) => index >= 0 && index < args.length && !isMissing(args[index]),
      value,
      text: (index) => typed(index, (v): v is string => typeof v === 'string', ''),
      number,
      integer: (index) => Math.trunc(number(index)),
      boolean: (index) => typed(index, (v): v is boolean => typeof v === 'boolean', false),
      object: (index) => {
        const found = value(index);
        return typeof found === 'object' && found?.t === 'object' ? found : bad(`argument ${index + 1} is no object`);
      },
      collection: (index) => {
        const found = value(index);
        return typeof found === 'object' && found?.t === 'collection' ? found : bad(`argument ${index + 1} is no collection`);
      },
      reference,
      table: (index) => {
        const argument = args[index];
        return typeof argument === 'object' && argument !== null && 'ref' in argument && argument.ref === 'table'
          ? argument.table
          : undefined;
      },
      isOperator: (index, operator = '*') => {
        const argument = args[index];
        return (
          typeof argument === 'object' &&
          argument !== null &&
          'a' in argument &&
          argument.a === 'operator' &&
          argument.operator === operator
        );
      },
      set: (index, given) => this.write(reference(index), given),
      array: (index, create, dimensions) => this.arrayAt(reference(index), create, dimensions) ?? bad(`argument ${index + 1} is no array`),
      arrayOrNone,
      setSystem: (name, given) => void this.variables.set(fold(name), { type: 'variant', value: given }),
      spend: () => undefined,
    };
  }
}

function isMissing(argument: Argument): boolean {
  return typeof argument === 'object' && argument !== null && 'a' in argument && argument.a === 'missing';
}

function isCallOut(result: NativeResult): result is Extract<NativeResult, { native: 'call' }> {
  return typeof result === 'object' && result !== null && 'native' in result && result.native === 'call';
}

/** Arguments in short. */
export const star: Argument = { a: 'operator', operator: '*' };
export const operator = (sign: string): Argument => ({ a: 'operator', operator: sign });
export const table = (number: number): Reference => ({ ref: 'table', table: number });
export const field = (tableNumber: number, number: number): Reference => ({ ref: 'field', table: tableNumber, field: number });
export const date = (year: number, month: number, day: number): Value => ({ t: 'date', year, month, day });
export const time = (seconds: number): Value => ({ t: 'time', seconds });
export const collection = (...items: Value[]): Extract<Value, { t: 'collection' }> => ({ t: 'collection', items });
export const object = (properties: Record<string, Value>): Extract<Value, { t: 'object' }> => ({
  t: 'object',
  properties: new Map(Object.entries(properties)),
});
/** 4D values as plain JavaScript, to compare results. */
export function plain(value: Value | ArrayValue): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value.t === 'collection') return value.items.map(plain);
  if (value.t === 'object') return Object.fromEntries([...value.properties].map(([name, item]) => [name, plain(item)]));
  return value;
}
