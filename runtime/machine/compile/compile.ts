import { N } from '#syntaxes/tree/kinds.js';
import { defaultValue } from '../../values/convert.js';
import { type Code, Op } from '../code.js';
import { Statements } from './statements.js';
import type { CompileInput } from './unit.js';

class Compiler extends Statements {
  compile(index: number): Code {
    const { tree, out, input } = this;
    const kind = tree.kind(input.root);
    let valued = false;
    const initialises = input.className !== undefined && kind !== N.Function;
    // A shared function or constructor holds its object while it runs; a session singleton is shared without saying so.
    if (kind === N.Function ? hasModifier(this, 'shared') : kind === N.Constructor && /\b(shared|session)\b/.test(this.modifiers)) {
      out.emit(Op.USE_SELF);
    }
    if (initialises) this.properties();
    if (initialises && kind === N.File) {
      // A class without a constructor: only its properties.
    } else if (kind === N.Function || kind === N.Constructor) {
      const body = tree.children(input.root).find((child) => tree.kind(child) === N.Block);
      if (body !== undefined) this.block(body);
    } else {
      const statements = tree.children(input.root);
      valued = input.mode === 'line' && statements.length === 1 && tree.kind(statements[0]) === N.ExpressionStatement;
      if (valued && tree.errors.length === 0) {
        const start = this.input.lines.placeAt(tree.start(statements[0]));
        const end = this.input.lines.placeAt(tree.end(statements[0]));
        out.statements.push({
          pc: 0,
          after: -1,
          block: -1,
          line: start.line + 1,
          column: start.column + 1,
          endLine: end.line + 1,
          endColumn: end.column + 1,
        });
        const after = out.label();
        out.afterStatement(0, after);
        out.emit(Op.STATEMENT, 0);
        // An evaluation shows an array as what it is.
        if (input.outer) this.raw(tree.child(statements[0], 0));
        else this.expression(tree.child(statements[0], 0));
        out.emit(Op.RETURN_VALUE);
        out.mark(after);
      } else this.block(input.root);
    }
    out.emit(Op.RETURN);
    out.finish();
    const defaults = this.slotTypes.map(defaultValue);
    for (const [value, slot] of this.constantSlots) defaults[slot] = value;
    const ops = Int32Array.from(out.ops);
    return {
      index,
      name: input.name,
      file: input.file,
      ops,
      live: ops,
      hot: undefined,
      constants: out.constants,
      slots: this.slotNames.length,
      parameters: this.parameters,
      slotNames: this.slotNames,
      slotTypes: this.slotTypes,
      defaults,
      typed: this.slotTypes.slice(0, this.parameters).some((type) => type !== 'variant'),
      variadic: this.variadic,
      result: this.result,
      resultType: this.result >= 0 && this.resultType === 'variant' ? this.slotTypes[this.result] : this.resultType,
      statements: out.statements,
      blocks: out.blocks,
      className: input.className,
      component: input.component,
      formula: input.mode === 'line' && formulaNames.has(input.name),
      gives: initialises ? 'self' : 'result',
      captures: this.captured,
      breaks: undefined,
    };
  }

  /** The words before `Function` or `Class constructor`. */
  get modifiers(): string {
    const { tree, input } = this;
    const from = tree.start(input.root);
    return tree.text.slice(from, tree.tokenStart(tree.token(input.root))).toLowerCase();
  }
}

/** What call stacks show for the texts of formulas: of `Formula`, of queries and sorts. */
const formulaNames: ReadonlySet<string> = new Set(['Formula', 'eval', 'orderByFormula']);

function hasModifier(compiler: Compiler, word: string): boolean {
  return compiler.modifiers.split(/\s+/).includes(word);
}

/** Compiles one method, function, formula or line. Never fails: what cannot be read raises an error when it is reached. */
export function compile(input: CompileInput, index: number): Code {
  return new Compiler(input).compile(index);
}
