/** What is calculated with while a loop is written: operands and what must hold of them. */
import type { Slot } from '../../values/value.js';
import { type Code, type CommandTarget, Comparison, Op } from '../code.js';
import type { Layout } from './layout.js';
import { type Kind, type SlotUse, slotsOf } from './slots.js';

/** A value while it is calculated: an expression without effect. */
export interface Operand {
  readonly x: string;
  readonly kind: Kind;
}

const relations: Readonly<Record<Comparison, string>> = {
  [Comparison.LESS]: '<',
  [Comparison.EQUAL]: '===',
  [Comparison.LESS_EQUAL]: '<=',
  [Comparison.GREATER]: '>',
  [Comparison.GREATER_EQUAL]: '>=',
  [Comparison.UNEQUAL]: '!==',
};

/** Lines of JavaScript, and the operands that they have calculated. Where an operand is not what a line is for, `exit` leaves to the interpreter. */
export abstract class Operands {
  protected readonly lines: string[] = [];
  protected readonly constants: unknown[] = [];
  protected readonly read = new Set<number>();
  protected readonly written = new Set<number>();
  protected readonly variables = new Map<string, string>();
  protected readonly natives = new Set<number>();
  protected readonly referred = new Set<number>();
  protected readonly temporaries = new Map<number, Operand>();
  protected stack: Operand[] = [];
  protected names = 0;
  protected mostNames = 0;
  protected exit = '';
  protected self = false;
  /** Slots that some instruction of the loop writes. */
  protected readonly stored: ReadonlySet<number>;

  constructor(
    protected readonly code: Code,
    protected readonly layout: Layout,
    protected readonly uses: readonly SlotUse[],
  ) {
    this.stored = new Set(layout.steps.map((step) => slotsOf(code.ops, step).writes));
  }

  protected name(value: string): string {
    const name = `t${this.names++}`;
    this.mostNames = Math.max(this.mostNames, this.names);
    this.lines.push(`${name}=${value};`);
    return name;
  }

  protected push(x: string, kind: Kind): void {
    this.stack.push({ x: this.name(x), kind });
  }

  protected pop(): Operand {
    return this.stack.pop()!;
  }

  protected unless(condition: string): void {
    this.lines.push(`if(!(${condition}))${this.exit}`);
  }

  protected constant(value: unknown): Operand {
    if (typeof value === 'boolean') return { x: String(value), kind: 'bool' };
    if (typeof value === 'number' && (value | 0) === value && !Object.is(value, -0)) return { x: `(${value})`, kind: 'int' };
    let at = this.constants.indexOf(value);
    if (at < 0) at = this.constants.push(value) - 1;
    return { x: `k${at}`, kind: typeof value === 'number' ? 'num' : typeof value === 'string' ? 'text' : 'any' };
  }

  protected slot(slot: number): Operand {
    const use = this.uses[slot];
    if (use.is === 'constant') return this.constant(use.value as Slot);
    if (use.is === 'temporary') return this.temporaries.get(slot) ?? { x: `S[B+${slot}]`, kind: 'any' };
    this.read.add(slot);
    return { x: `s${slot}`, kind: use.kind === 'end' ? 'num' : use.kind };
  }

  /** The operand as a number, a text, a Boolean; another one is the interpreter's. */
  protected as(kind: 'num' | 'text' | 'bool', operand: Operand): string {
    const own = operand.kind === 'int' || operand.kind === 'end' ? 'num' : operand.kind;
    const typeName = { num: 'number', text: 'string', bool: 'boolean' }[kind];
    if (own === 'any') this.unless(`typeof ${operand.x}==='${typeName}'`);
    else if (own !== kind) this.unless('false');
    return operand.x;
  }

  protected store(slot: number, value: Operand, op: Op): void {
    const use = this.uses[slot];
    if (use.is === 'temporary') {
      this.temporaries.set(slot, { x: this.name(value.x), kind: value.kind });
      return;
    }
    const kind = use.is === 'variable' ? use.kind : 'any';
    const type = this.code.slotTypes[slot];
    const s = `s${slot}`;
    this.read.add(slot);
    this.written.add(slot);
    let { x } = value;
    if (kind === 'int') {
      this.as('num', value);
      if (value.kind !== 'int') x = `(${x}|0)===${x}?${x}|0:h.toInteger(${x})`;
    } else if (kind === 'num' || kind === 'text' || kind === 'bool') this.as(kind, value);
    else if (kind === 'end') {
      this.as('num', value);
      if (value.kind !== 'int') this.unless(`${x}===${x}`);
    } else if (op === Op.STORE_TYPED) {
      if (type === 'object' || type === 'collection') this.unless(`typeof ${x}==='object'&&${x}!==null&&${x}.t==='${type}'`);
      else if (type !== 'variant') this.unless('false');
      this.unless(`!h.isArray(${s})`);
    } else if (type !== 'variant') this.unless('false');
    this.lines.push(`${s}=${x};`);
  }

  protected calculate(sign: string, a: Operand, b: Operand): Operand {
    const kinds = [a.kind, b.kind];
    const number = (kind: Kind) => kind === 'int' || kind === 'num' || kind === 'end';
    if (sign === '+' && kinds.includes('text')) {
      const [left, right] = [this.as('text', a), this.as('text', b)];
      this.unless(`${left}.length+${right}.length<=h.longest`);
      return { x: `(${left}+${right})`, kind: 'text' };
    }
    if (sign === '+' && kinds[0] === 'any' && kinds[1] === 'any') {
      const sum = this.name('undefined');
      this.lines.push(
        `if(typeof ${a.x}==='number'&&typeof ${b.x}==='number')${sum}=${a.x}+${b.x};`,
        `else if(typeof ${a.x}==='string'&&typeof ${b.x}==='string'&&${a.x}.length+${b.x}.length<=h.longest)${sum}=${a.x}+${b.x};`,
        `else${this.exit}`,
      );
      return { x: sum, kind: 'any' };
    }
    const [left, right] = [this.as('num', a), this.as('num', b)];
    if (sign !== '%') return { x: `(${left}${sign}${right})`, kind: 'num' };
    if (!kinds.every(number) || kinds.some((kind) => kind !== 'int')) return { x: `h.modulo(${left},${right})`, kind: 'num' };
    return { x: /^\([1-9]\d*\)$/.test(right) ? `((${left}%${right})|0)` : `(${right}===0?0:(${left}%${right})|0)`, kind: 'int' };
  }

  protected comparison(comparison: Comparison, a: Operand, b: Operand): string {
    const relation = relations[comparison];
    const number = ({ kind }: Operand) => kind === 'int' || kind === 'num' || kind === 'end';
    const equality = comparison === Comparison.EQUAL || comparison === Comparison.UNEQUAL;
    if (equality) {
      const near = number(a) && number(b) ? `Math.abs(${a.x}-${b.x})<=level` : `h.same(level,${a.x},${b.x})`;
      return `${comparison === Comparison.EQUAL ? '' : '!'}(${a.x}===${b.x}||${near})`;
    }
    if (number(a) && number(b)) return `${a.x}${relation}${b.x}`;
    if (number(a) || number(b)) return `${this.as('num', a)}${relation}${this.as('num', b)}`;
    if (a.kind === 'text' || b.kind === 'text') return `h.order(${this.as('text', a)},${this.as('text', b)})${relation}0`;
    this.unless(`typeof ${a.x}==='number'&&typeof ${b.x}==='number'`);
    return `${a.x}${relation}${b.x}`;
  }

  protected withinRange(counter: Operand, end: Operand, step: number): string {
    const [from, to] = [this.as('num', counter), this.as('num', end)];
    if (step < 0) return `${from}<=${to}`;
    const by = this.as('num', this.slot(step));
    return `${by}>=0?${from}<=${to}:${from}>=${to}`;
  }

  /** An element whose index is whole and inside; `item` names the array. */
  protected element(array: Operand, index: Operand): string {
    const at = this.as('num', index);
    this.unless(`typeof ${array.x}==='object'&&${array.x}!==null&&${array.x}.t==='array'&&${at}>=0&&${at}<${array.x}.items.length`);
    if (index.kind !== 'int') this.unless(`(${at}|0)===${at}`);
    return `${array.x}.items[${index.kind === 'int' ? at : `${at}|0`}]`;
  }

  protected loadElement(array: Operand, index: Operand): void {
    const item = this.name(this.element(array, index));
    this.stack.push({ x: this.name(`typeof ${item}==='object'?h.slotValue(${item}):${item}`), kind: 'any' });
  }

  protected storeElement(array: Operand, index: Operand, value: Operand): void {
    const item = this.element(array, index);
    this.unless(`${array.x}.dimensions===1&&h.takes(${array.x}.type,${value.x})`);
    this.lines.push(`${item}=${value.x};`);
  }

  protected member(object: Operand, name: string): void {
    const key = this.constant(name).x;
    const { x } = object;
    const value = this.name('undefined');
    const length = name === 'length' ? `else if(${x}.t==='collection')${value}=${x}.items.length;` : '';
    this.unless(`typeof ${x}==='object'&&${x}!==null`);
    this.lines.push(
      `if(${x}.t==='object'){${value}=${x}.properties.get(${key});if(${value}===undefined&&${x}.className!==undefined)${this.exit}}`,
    );
    this.lines.push(`${length}else${this.exit}`);
    this.stack.push({ x: value, kind: 'any' });
  }

  protected storeMember(object: Operand, name: string, value: Operand): void {
    this.unless(`h.isOpen(${object.x},${this.constant(name).x})`);
    if (value.kind === 'any') this.unless(`${value.x}!==undefined`);
    this.lines.push(`${object.x}.properties.set(${this.constant(name).x},${value.x});`);
  }

  /** The box of a process variable; found when the function begins, since only the interpreter makes and drops them. */
  protected variable(name: string): string {
    let box = this.variables.get(name);
    if (box === undefined) {
      box = `p${this.variables.size}`;
      this.variables.set(name, box);
    }
    this.unless(`${box}!==undefined`);
    return box;
  }

  /** A command without effect. */
  protected command({ number, name }: CommandTarget, count: number, next: number): void {
    this.natives.add(number);
    const args = count ? this.stack.slice(-count) : [];
    const called = `h.command(engine,process,frame,n${number},${this.constant(name).x},[${args.map(({ x }) => x).join()}],${next})`;
    const result = this.name(called);
    this.unless(`${result}!==h.failed`);
    this.stack.length -= count;
    this.lines.push(`if(typeof ${result}==='string'||typeof ${result}==='object')left-=h.costOf(${result})+engine.cost;engine.cost=0;`);
    this.stack.push({ x: result, kind: 'any' });
  }

  protected kindOf(slot: number): Kind {
    return (this.uses[slot] as { readonly kind: Kind }).kind;
  }

  protected save(slot: number): string {
    return `${this.kindOf(slot) === 'end' ? `if(s${slot}===s${slot})` : ''}S[B+${slot}]=s${slot};`;
  }
}
