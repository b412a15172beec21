import fc from 'fast-check';

/** Lines of code as one text, each with its line end. */
export function lines(...code: string[]): string {
  return code.map((line) => `${line}\n`).join('');
}

/** Repeatable numbers from 0 up to (not including) a limit. */
export type Random = (limit: number) => number;

/** A linear congruential generator: the same numbers for the same seed, everywhere. */
export function randomOf(seed: number): Random {
  let state = (seed ^ 0x5deece66) >>> 0;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 0x1_0000_0000) * limit);
  };
}

export interface GeneratedOptions {
  /** About how many lines. */
  readonly lines?: number;
  /** Blanks where 4D would write none, and any indentation. */
  readonly messy?: boolean;
  /** Names carry tokens. */
  readonly tokens?: boolean;
}

/** A method that is correct 4D, as 4D would lay it out. The same for the same seed. */
export function generated(seed: number, options: GeneratedOptions = {}): string {
  return new Generator(randomOf(seed), options).method();
}

/** Any correct method, in any layout. */
export const method = fc
  .tuple(fc.nat(), fc.boolean(), fc.boolean())
  .map(([seed, messy, tokens]) => generated(seed, { lines: 30, messy, tokens }));

const locals = ['$i', '$total', '$o', '$1', '$first line', '$c', '$été'];
const variables = ['vName', 'Count_it', '4D_Log', 'atNames', 'prénom'];
const commands: readonly (readonly [string, number])[] = [
  ['Size of array', 274],
  ['Length', 16],
  ['Current date', 33],
  ['WEB Get current session ID', 1162],
  ['New object', 1471],
];
const constants = [
  ['On Load', 'K2:1'],
  ['Is text', 'K8:3'],
  ['Carriage return', 'K15:38'],
] as const;
const operators = ['+', '-', '*', '/', '\\', '%', '^', '=', '#', '<', '>', '<=', '>=', ' & ', ' | ', ' && ', ' || ', ' ?? '];

class Generator {
  readonly #out: string[] = [];
  #level = 0;

  constructor(
    readonly random: Random,
    readonly options: GeneratedOptions,
  ) {}

  method(): string {
    const wanted = this.options.lines ?? 40;
    if (this.random(2)) this.#line('//%attributes = {"lang":"en"}');
    if (this.random(3) === 0) this.#line('#DECLARE($a : Text; $b : Object)->$result : Integer');
    while (this.#out.length < wanted) this.#statement(0);
    return lines(...this.#out);
  }

  #pick<A>(from: readonly A[]): A {
    return from[this.random(from.length)];
  }

  #line(text: string): void {
    const { messy } = this.options;
    this.#out.push((messy ? ' '.repeat(this.random(4)) : '\t'.repeat(this.#level)) + text);
  }

  /** What stands around an operator. */
  #gap(): string {
    return this.options.messy && this.random(3) === 0 ? ' ' : '';
  }

  #body(depth: number): void {
    this.#level++;
    const count = 1 + this.random(3);
    for (let i = 0; i < count; i++) this.#statement(depth + 1);
    this.#level--;
  }

  #statement(depth: number): void {
    const kind = this.random(depth > 3 ? 9 : 18);
    switch (kind) {
      case 0:
        this.#line(`// ${this.#pick(['If (', 'a note', 'MARK: here', '"'])}`);
        return;
      case 1:
        this.#line(this.#call(0));
        return;
      case 2:
        this.#line(`var ${this.#pick(['$i', '$o'])} : ${this.#pick(['Integer', 'cs.Shop', '4D.File', 'Object'])}`);
        return;
      case 3:
        this.#line(`ARRAY TEXT(atNames;${this.options.messy ? '' : ' '}${this.random(9)})`);
        return;
      case 4:
        this.#line(`QUERY([Shop];${this.#pick(['', '  & ;', '  |'])} [Shop]City=${this.#expression(2)}; *)`);
        return;
      case 5:
      case 6:
      case 7:
      case 8: {
        const target = this.#pick(['$i', '$o.name', 'atNames{$i}', '[Shop]City', '<>count', '$p->', '$o["a b"]', '$word[[1]]']);
        const sign = this.#pick([':=', ':=', ':=', '+=', '-=']);
        this.#line(`${target}${this.#gap()}${sign}${this.#gap()}${this.#expression(0)}`);
        return;
      }
      default:
        this.#block(kind - 9, depth);
    }
  }

  #block(kind: number, depth: number): void {
    switch (kind) {
      case 0:
      case 1:
        this.#line(`If (${this.#expression(1)})`);
        this.#body(depth);
        if (this.random(2)) {
          this.#line('Else ');
          this.#body(depth);
        }
        this.#line('End if ');
        return;
      case 2: {
        this.#line('Case of ');
        this.#level++;
        const count = 1 + this.random(3);
        for (let i = 0; i < count; i++) {
          this.#line(`: (${this.#expression(1)})`);
          this.#body(depth);
        }
        if (this.random(2)) {
          this.#line('Else ');
          this.#body(depth);
        }
        this.#level--;
        this.#line('End case ');
        return;
      }
      case 3:
        this.#line(`While (${this.#expression(1)})`);
        this.#body(depth);
        this.#line('End while ');
        return;
      case 4:
        this.#line('Repeat ');
        this.#body(depth);
        this.#line(`Until (${this.#expression(1)})`);
        return;
      case 5:
        this.#line(`For ($i; 1; ${this.#expression(2)}${this.#pick(['', '; 2'])})`);
        this.#body(depth);
        this.#line('End for ');
        return;
      case 6:
        this.#line(`For each ($o; $c${this.#pick(['', '; 0; 5'])})${this.#pick(['', ' While ($i<9)'])}`);
        this.#body(depth);
        this.#line('End for each ');
        return;
      case 7:
        this.#line('Use ($o)');
        this.#body(depth);
        this.#line('End use ');
        return;
      default:
        this.#line('Try');
        this.#body(depth);
        this.#line('Catch');
        this.#body(depth);
        this.#line('End try');
    }
  }

  #expression(depth: number): string {
    let text = this.#operand(depth);
    const more = this.random(depth > 2 ? 1 : 3);
    for (let i = 0; i < more; i++) text += this.#gap() + this.#pick(operators) + this.#gap() + this.#operand(depth);
    if (depth < 2 && this.random(12) === 0) text = `(${text}) ? ${this.#operand(2)} : ${this.#operand(2)}`;
    return text;
  }

  #operand(depth: number): string {
    switch (this.random(depth > 2 ? 8 : 16)) {
      case 0:
      case 1:
        return this.#pick(locals);
      case 2:
        return this.#pick(variables);
      case 3:
        return String(this.random(1000));
      case 4:
        return this.#pick(['"text"', '""', '"a \\"quoted\\" one"', '"// no comment"', '"End if"']);
      case 5:
        return this.#pick(['!2024-02-29!', '?08:30:00?', '0x1F', '1.5', '12']);
      case 6:
        return this.#named(this.#pick(constants));
      case 7:
        return this.#pick(['<>count', '[Shop]City', '$o.name', 'This.items']);
      case 8:
        return this.#call(depth + 1);
      case 9:
        return `(${this.#expression(depth + 1)})`;
      case 10:
        return `atNames{${this.#expression(depth + 2)}}`;
      case 11:
        return `$word[[${this.#expression(depth + 2)}]]`;
      case 12:
        return this.#pick(['->[Shop]City', '->vName', '$p->', '-$i', '(-1)']);
      case 13:
        return `{name: ${this.#expression(depth + 2)}; "odd key": [${this.#expression(depth + 2)}; 2]}`;
      case 14:
        return `$o.list[${this.#expression(depth + 2)}].first(${this.#expression(depth + 2)}).name`;
      default:
        return `$o["a b"].${this.#pick(['length', 'save()', 'all().first()'])}`;
    }
  }

  #named([name, token]: readonly [string, number | string]): string {
    if (!this.options.tokens) return name;
    return `${name}:${typeof token === 'number' ? `C${token}` : token}`;
  }

  #call(depth: number): string {
    const count = 1 + this.random(3);
    const list = Array.from({ length: count }, () => this.#expression(depth + 1)).join('; ');
    const callee = this.random(3) ? this.#named(this.#pick(commands)) : this.#pick(['Do_it', 'My method', '$formula', 'This.do']);
    return `${callee}(${list})`;
  }
}
