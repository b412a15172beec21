/**
 * Writes a loop as one JavaScript function. It does what the interpreter does in the plain cases and spends the same steps at the same places;
 * at anything else (a call, an operand of another kind, an error, the end of the slice) it goes back to the interpreter in front of that
 * instruction, with nothing of it done. So it never raises an error and never runs code of anybody else.
 */
import { type Code, type CommandTarget, Op } from '../code.js';
import type { Layout, Nest } from './layout.js';
import { type Operand, Operands } from './operands.js';
import type { Instruction, Span } from './shape.js';
import { type SlotUse, slotsOf } from './slots.js';

const signs: Partial<Record<Op, string>> = {
  [Op.ADD]: '+',
  [Op.SUBTRACT]: '-',
  [Op.MULTIPLY]: '*',
  [Op.DIVIDE]: '/',
  [Op.MODULO]: '%',
  [Op.ADD_SLOTS]: '+',
  [Op.SUBTRACT_SLOTS]: '-',
  [Op.MULTIPLY_SLOTS]: '*',
  [Op.MODULO_SLOTS]: '%',
  [Op.ADD_INTO]: '+',
  [Op.SUBTRACT_INTO]: '-',
  [Op.MULTIPLY_INTO]: '*',
  [Op.MODULO_INTO]: '%',
  [Op.ADD_INTEGERS]: '+',
  [Op.SUBTRACT_INTEGERS]: '-',
};
/** The body of a function `(engine, process, frame, b, left) → pc`, which names `h` (helpers) and `k` (constants); -1 when it was not entered. */
export function writeLoop(code: Code, span: Span, layout: Layout, uses: readonly SlotUse[], fold: (name: string) => string) {
  return new Writer(code, span, layout, uses, fold).write();
}

class Writer extends Operands {
  private readonly open: Nest[] = [];
  private readonly heights = new Map<number, number>();
  private live = false;
  private highest = 0;

  constructor(
    code: Code,
    private readonly span: Span,
    layout: Layout,
    uses: readonly SlotUse[],
    private readonly fold: (name: string) => string,
  ) {
    super(code, layout, uses);
  }

  write(): { readonly body: string; readonly constants: readonly unknown[] } {
    const { layout, span } = this;
    let nest = 0;
    for (const step of layout.steps) {
      this.arrive(step.pc);
      for (; nest < layout.nests.length && layout.nests[nest].from === step.pc; nest++) {
        const opened = layout.nests[nest];
        this.open.push(opened);
        this.lines.push(opened.loop ? `L${step.pc}:for(;;){` : `B${opened.to}:{`);
      }
      if (!layout.reached.has(step.pc) || !this.live) continue;
      this.exit = this.leave(step.pc);
      if (layout.left.has(step.pc)) {
        this.lines.push(this.exit);
        this.live = false;
      } else this.instruction(step);
    }
    this.arrive(span.to);
    if (this.live) this.lines.push(this.leave(span.to));
    return { body: this.whole(), constants: this.constants };
  }

  /** Comes to a place: ends what ends there; a case begins there when it is jumped to. */
  private arrive(pc: number): void {
    const height = this.heights.get(pc);
    if (height !== undefined && this.live) this.settle();
    for (let last = this.open.at(-1); last && last.to <= pc; last = this.open.at(-1)) {
      this.lines.push(last.loop ? 'break;}' : '}');
      this.open.pop();
    }
    const label = this.layout.cases.get(pc);
    const jumped = height !== undefined || this.layout.entries.has(pc);
    if (!jumped && label === undefined) return;
    if (jumped) {
      this.live = true;
      this.stack = Array.from({ length: height ?? 0 }, (_, i): Operand => ({ x: `o${i}`, kind: 'any' }));
      this.temporaries.clear();
    }
    if (label !== undefined) this.lines.push(`case ${label}:`);
  }

  /** What lies on the stack goes where those who jump here put it as well. */
  private settle(): void {
    this.lines.push(this.stack.map(({ x }, i) => (x === `o${i}` ? '' : `o${i}=${x};`)).join(''));
    this.highest = Math.max(this.highest, this.stack.length);
  }

  /** Back to the interpreter in front of an instruction. */
  private leave(pc: number): string {
    const { slots } = this.code;
    const put = [...this.temporaries].map(([slot, { x }]) => `S[B+${slot}]=${x};`);
    const left = this.stack.map(({ x }, i) => `S[B+${slots + i}]=${x};`);
    return `{${put.join('')}${left.join('')}up=${this.stack.length};pc=${pc};break top;}`;
  }

  /** A jump; when what lies on the stack does not matter any more, nothing is put. */
  private go(target: number, pc: number): string {
    if (target < this.span.from || target >= this.span.to) return this.leave(target);
    if (target <= pc && this.open.some(({ loop, from }) => loop && from === target)) return `continue L${target};`;
    this.heights.set(target, this.stack.length);
    this.highest = Math.max(this.highest, this.stack.length);
    const put = this.stack.map(({ x }, i) => (x === `o${i}` ? '' : `o${i}=${x};`)).join('');
    if (this.open.some(({ loop, to }) => !loop && to === target)) return `{${put}break B${target};}`;
    return `{${put}b=${this.layout.cases.get(target)};continue top;}`;
  }

  private jumpIf(condition: string, { pc, target }: Instruction): void {
    this.lines.push(`if(${condition})${this.go(target, pc)}`);
  }

  private instruction(step: Instruction): void {
    const { ops, constants } = this.code;
    const { pc, op, target } = step;
    const [a, b, c] = [ops[pc + 1], ops[pc + 2], ops[pc + 3]];
    switch (op) {
      case Op.STATEMENT:
        this.names = 0;
        this.temporaries.clear();
        this.lines.push(`if(left<=0)${this.leave(pc)}left--;`);
        break;
      case Op.CONSTANT:
        this.stack.push(this.constant(constants[a]));
        break;
      case Op.POP:
        this.pop();
        break;
      case Op.DUPLICATE:
        this.stack.push(this.stack.at(-1)!);
        break;
      case Op.DUPLICATE_TWO:
        this.stack.push(...this.stack.slice(-2));
        break;
      case Op.LOCAL:
      case Op.LOCAL_RAW: {
        const { x, kind } = this.slot(a);
        this.push(x, kind);
        break;
      }
      case Op.LOCAL_VALUE: {
        const { x, kind } = this.slot(a);
        this.push(kind === 'any' ? `h.slotValue(${x})` : x, kind);
        break;
      }
      case Op.STORE_LOCAL:
      case Op.STORE_NUMBER:
      case Op.STORE_INTEGER:
      case Op.STORE_TEXT:
      case Op.STORE_BOOLEAN:
      case Op.STORE_TYPED:
        this.store(a, this.pop(), op);
        break;
      case Op.REFER_LOCAL: {
        if (this.stored.has(a) && this.uses[a].is === 'variable') {
          this.read.add(a);
          this.lines.push(this.save(a));
        }
        this.referred.add(a);
        this.stack.push({ x: `r${a}`, kind: 'any' });
        break;
      }
      case Op.CALL_COMMAND:
        this.command(constants[a] as CommandTarget, b, step.next);
        break;
      case Op.PROCESS: {
        const box = this.variable(constants[a] as string);
        const value = this.name(`${box}.value`);
        this.push(`typeof ${value}==='object'?h.slotValue(${value}):${value}`, 'any');
        break;
      }
      case Op.PROCESS_RAW:
        this.push(`${this.variable(constants[a] as string)}.value`, 'any');
        break;
      case Op.STORE_PROCESS: {
        const box = this.variable(this.fold(constants[a] as string));
        const { x } = this.pop();
        this.unless(`h.takes(${box}.type,${x})&&!h.isArray(${box}.value)`);
        this.lines.push(`${box}.value=${x};`);
        break;
      }
      case Op.ELEMENT: {
        const index = this.pop();
        this.loadElement(this.pop(), index);
        break;
      }
      case Op.ELEMENT_RAW: {
        const index = this.pop();
        this.push(this.element(this.pop(), index), 'any');
        break;
      }
      case Op.ELEMENT_SLOTS:
        this.loadElement(this.slot(a), this.slot(b));
        break;
      case Op.STORE_ELEMENT: {
        const value = this.pop();
        const index = this.pop();
        this.storeElement(this.pop(), index, value);
        break;
      }
      case Op.STORE_ELEMENT_SLOTS:
        this.storeElement(this.slot(a), this.slot(b), this.pop());
        break;
      case Op.MEMBER:
        this.member(this.pop(), constants[a] as string);
        break;
      case Op.MEMBER_SLOT:
        this.member(this.slot(a), constants[b] as string);
        break;
      case Op.STORE_MEMBER: {
        const value = this.pop();
        this.storeMember(this.pop(), constants[a] as string, value);
        // Taken off by the POP behind.
        this.stack.push({ x: 'undefined', kind: 'any' });
        break;
      }
      case Op.STORE_MEMBER_SLOT:
        this.storeMember(this.slot(a), constants[b] as string, this.pop());
        this.stack.push({ x: 'undefined', kind: 'any' });
        break;
      case Op.INDEX: {
        const index = this.pop();
        const { x } = this.pop();
        const at = this.as('num', index);
        this.unless(`typeof ${x}==='object'&&${x}!==null&&${x}.t==='collection'&&${at}>=0&&${at}<${x}.items.length`);
        this.push(`${x}.items[${at}|0]`, 'any');
        break;
      }
      case Op.STORE_INDEX: {
        const value = this.pop();
        const at = this.as('num', this.pop());
        const { x } = this.pop();
        const holds = `${x}.t==='collection'&&${x}.shared===undefined&&${at}>=0&&${at}<${x}.items.length`;
        this.unless(`typeof ${x}==='object'&&${x}!==null&&${holds}`);
        this.lines.push(`${x}.items[${at}|0]=${value.x};`);
        this.stack.push({ x: 'undefined', kind: 'any' });
        break;
      }
      case Op.CHARACTER: {
        const at = this.as('num', this.pop());
        const text = this.as('text', this.pop());
        this.unless(`${at}>=1&&${at}<=${text}.length&&(${at}|0)===${at}`);
        this.push(`${text}[${at}-1]`, 'text');
        break;
      }
      case Op.SELF:
        this.self = true;
        this.stack.push({ x: 'self', kind: 'any' });
        break;
      case Op.NEGATE:
        this.push(`-${this.as('num', this.pop())}`, 'num');
        break;
      case Op.AND:
      case Op.OR: {
        const right = this.as('bool', this.pop());
        this.push(`${this.as('bool', this.pop())}${op === Op.AND ? '&&' : '||'}${right}`, 'bool');
        break;
      }
      case Op.NOT:
        this.push(`!${this.as('bool', this.pop())}`, 'bool');
        break;
      case Op.TRUTH: {
        const { x, kind } = this.pop();
        this.push(kind === 'bool' ? x : `h.truthy(${x})`, 'bool');
        break;
      }
      case Op.COMPARE: {
        const right = this.pop();
        this.push(this.comparison(a, this.pop(), right), 'bool');
        break;
      }
      case Op.JUMP:
        this.lines.push(this.go(target, pc));
        this.live = false;
        break;
      case Op.JUMP_FALSE:
        this.jumpIf(`!${this.as('bool', this.pop())}`, step);
        break;
      case Op.JUMP_TRUE:
        this.jumpIf(this.as('bool', this.pop()), step);
        break;
      case Op.JUMP_FALSY_KEEP:
      case Op.JUMP_TRUTHY_KEEP:
        this.jumpIf(`${op === Op.JUMP_FALSY_KEEP ? '!' : ''}h.truthy(${this.stack.at(-1)!.x})`, step);
        this.pop();
        break;
      case Op.JUMP_COMPARE: {
        const right = this.pop();
        this.jumpIf(`!(${this.comparison(a, this.pop(), right)})`, step);
        break;
      }
      case Op.JUMP_COMPARE_SLOT:
        this.jumpIf(`!(${this.comparison(a, this.pop(), this.slot(b))})`, step);
        break;
      case Op.JUMP_COMPARE_SLOTS:
        this.jumpIf(`!(${this.comparison(a >> 20, this.slot(a & 1023), this.slot((a >> 10) & 1023))})`, step);
        break;
      case Op.LOOP:
        this.lines.push(`if(left<=0)${this.exit}left--;${this.go(target, pc)}`);
        this.live = false;
        break;
      case Op.FOR_BEGIN:
        this.jumpIf(`!(${this.withinRange(this.slot(a), this.slot(b), c)})`, step);
        break;
      case Op.FOR_NEXT:
        this.lines.push(`if(left<=0)${this.exit}`);
        this.jumpIf(this.count(a & 1023, a >> 10, -1, 'left--;'), step);
        break;
      case Op.FOR_STEP:
        this.jumpIf(`!(${this.count(a, b, c, '')})`, step);
        break;
      case Op.EACH_NEXT:
        this.eachNext(a, step);
        break;
      default: {
        const sign = signs[op]!;
        const { reads, writes } = slotsOf(ops, step);
        const right = reads.length ? this.slot(reads[1]) : this.pop();
        const value = this.calculate(sign, reads.length ? this.slot(reads[0]) : this.pop(), right);
        if (writes < 0) this.push(value.x, value.kind);
        else this.store(writes, value.kind === 'int' ? value : { x: this.name(value.x), kind: value.kind }, Op.STORE_LOCAL);
      }
    }
  }

  /** Counts a loop's variable on, where the sum fits; gives the test of whether the loop goes on. */
  private count(slot: number, end: number, step: number, then: string): string {
    const before = this.slot(slot);
    const goesOn = this.withinRange(before, this.slot(end), step);
    const sum = this.name(`${before.x}+${step < 0 ? '1' : this.slot(step).x}`);
    if (before.kind === 'int') this.unless(`(${sum}|0)===${sum}`);
    this.written.add(slot);
    this.lines.push(`s${slot}=${before.kind === 'int' ? `${sum}|0` : sum};${then}`);
    return goesOn;
  }

  private eachNext(slot: number, step: Instruction): void {
    const [source, names, next, end] = [0, 1, 2, 3].map((i) => this.slot(slot + i).x);
    const list = this.name(`${names}===undefined?${source}:${names}`);
    this.unless(`typeof ${list}==='object'&&${list}!==null&&${list}.t==='collection'&&typeof ${next}==='number'`);
    this.jumpIf(`${next}>=(${end}===undefined?${list}.items.length:${end})`, step);
    this.push(`${list}.items[${next}]`, 'any');
    this.written.add(slot + 2);
    this.lines.push(`s${slot + 2}=${next}+1;`);
  }

  private whole(): string {
    const { code } = this;
    const load = (slot: number): string => {
      const s = `s${slot}`;
      const from = `let ${s}=S[B+${slot}];`;
      switch (this.kindOf(slot)) {
        case 'int':
          return `${from}if(typeof ${s}!=='number'||(${s}|0)!==${s})return -1;${s}=${s}|0;`;
        case 'num':
          return `${from}if(typeof ${s}!=='number')return -1;`;
        case 'end':
          return `${from}if(${s}===undefined)${s}=NaN;else if(typeof ${s}!=='number')return -1;`;
        case 'text':
          return `${from}if(typeof ${s}!=='string')return -1;`;
        case 'bool':
          return `${from}if(typeof ${s}!=='boolean')return -1;`;
        default:
          return from;
      }
    };
    const list = (letter: string, count: number) => (count ? `var ${Array.from({ length: count }, (_, i) => letter + i).join()};` : '');
    return [
      ...this.constants.map((_, i) => `const k${i}=k[${i}];`),
      'return function(engine,process,frame,b,left){',
      'const S=process.stack,B=frame.base,level=engine.state.realLevel;let up=0,pc=0;',
      this.self ? 'const self=frame.self;' : '',
      ...[...this.read].map(load),
      ...[...this.variables].map(([name, box]) => `const ${box}=process.variables.get(${this.lateConstant(name)});`),
      ...[...this.natives].map((number) => `const n${number}=engine.commands.get(${number});`),
      ...[...this.referred].map((slot) => `const r${slot}={ref:'local',process:process.number,frame:frame.id,slot:${slot}};`),
      list('t', this.mostNames),
      list('o', this.highest),
      'top:for(;;)switch(b){',
      ...this.lines,
      'default:return -1;}',
      ...[...this.written].map((slot) => this.save(slot)),
      `process.height=B+${code.slots}+up;engine.left=left;return pc;};`,
    ].join('\n');
  }

  private lateConstant(name: string): string {
    return `k[${this.constants.push(name) - 1}]`;
  }
}
