/** Instructions that run seldom, or whose work is large beside a call: everything the dispatch loop does not do itself. */
import type { FormulaValue, Reference, Slot, Value } from '../values/value.js';
import { type Code, type CriterionTemplate, type FormulaTemplate, Op } from './code.js';
import { typeAt } from './compile/typeNumbers.js';
import { enterConstructors } from './construct.js';
import { EXTRA } from './core.js';
import { takeDeferred, together } from './deferred.js';
import type { Engine } from './engine.js';
import { enter, hold, releaseUses } from './frames.js';
import { eachBegin, eachNext } from './loops.js';
import { callFormula, callMember } from './members.js';
import { fail } from './messages.js';
import * as operators from './operators.js';
import * as parts from './parts.js';
import { characterOf, declare, isArray, processVariable, readSlot, setElement, slotValue, storeVariable, write } from './places.js';
import { FourDError, type Frame, type ProcessState, type RuntimeError } from './types.js';

/** Runs the instruction before `pc`; gives where to go on. The stack's height is in the process. */
export function seldom(engine: Engine, process: ProcessState, frame: Frame, code: Code, pc: number): number {
  const { ops, constants } = code;
  const stack = process.stack as Value[];
  const top = process.height - 1;
  switch (ops[pc - 1] as Op) {
    case Op.DUPLICATE_TWO:
      stack[top + 1] = stack[top - 1];
      stack[top + 2] = stack[top];
      process.height += 2;
      return pc;
    case Op.KNOWN: {
      const name = constants[ops[pc]] as string;
      if (!processVariable(engine, process, name)) fail('unknownValue', engine.written.get(name) ?? name);
      return pc + 1;
    }
    case Op.INTERPROCESS:
      stack[process.height++] = slotValue(engine.state.interprocess.get(constants[ops[pc]] as string)?.value);
      return pc + 1;
    case Op.INTERPROCESS_RAW:
      stack[process.height++] = engine.state.interprocess.get(constants[ops[pc]] as string)?.value as Value;
      return pc + 1;
    case Op.STORE_INTERPROCESS: {
      const name = constants[ops[pc]] as string;
      const key = parts.folded(name);
      storeVariable(engine.state.interprocess, engine.state.interprocess.get(key), key, name, stack[--process.height]);
      return pc + 1;
    }
    case Op.FIELD:
      stack[process.height++] = engine.fields.readField(process, ops[pc], ops[pc + 1]);
      return pc + 2;
    case Op.STORE_FIELD:
      engine.fields.writeField(process, ops[pc], ops[pc + 1], stack[--process.height]);
      return pc + 2;
    case Op.DECLARE_PROCESS:
    case Op.DECLARE_INTERPROCESS: {
      const ref = ops[pc - 1] === Op.DECLARE_PROCESS ? 'process' : 'interprocess';
      const name = constants[ops[pc]] as string;
      declare(engine, process, { ref, name: parts.folded(name) }, typeAt(ops[pc + 1]), name);
      return pc + 2;
    }
    case Op.STORE_VARIABLE_ELEMENT: {
      const place = constants[ops[pc]] as Reference;
      const array = readSlot(engine, process, place);
      const index = parts.index(stack[top - 1]);
      process.height -= 2;
      if (isArray(array)) setElement(array, index, stack[top]);
      else write(engine, process, { ref: 'element', array: place, index }, stack[top]);
      return pc + 1;
    }
    case Op.FOR_STEP: {
      const at = frame.base + ops[pc];
      const step = ops[pc + 2] < 0 ? 1 : parts.number(stack[frame.base + ops[pc + 2]]);
      const counter = parts.number(stack[at]) + step;
      const end = parts.number(stack[frame.base + ops[pc + 1]]);
      stack[at] = counter;
      return (step >= 0 ? counter <= end : counter >= end) ? pc + 4 : ops[pc + 3];
    }
    case Op.PARAMETER:
      stack[top] = parts.parameter(process, frame, code, stack[top]);
      return pc;
    case Op.STORE_PARAMETER:
      process.height -= 2;
      parts.setParameter(process, frame, code, stack[top - 1], stack[top]);
      return pc;
    case Op.REFER_PARAMETER:
      stack[top] = parts.referParameter(process, frame, code, stack[top]) as Value;
      return pc;
    case Op.CHARACTER:
      process.height--;
      stack[top - 1] = characterOf(stack[top - 1], parts.index(stack[top]));
      return pc;
    case Op.REFER_ELEMENT: {
      process.height--;
      const array = stack[top - 1] as unknown as Reference;
      const index = parts.index(stack[top]);
      const place: Reference =
        array.ref === 'element' && array.second === undefined ? { ...array, second: index } : { ref: 'element', array, index };
      stack[top - 1] = place as unknown as Value;
      return pc;
    }
    case Op.REFER_CHARACTER:
      process.height--;
      stack[top - 1] = {
        ref: 'character',
        text: stack[top - 1] as unknown as Reference,
        index: parts.index(stack[top]),
      } as unknown as Value;
      return pc;
    case Op.REFER_MEMBER:
      stack[top] = { ref: 'property', object: stack[top], name: constants[ops[pc]] as string } as unknown as Value;
      return pc + 1;
    case Op.REFER_INDEX: {
      process.height--;
      const [object, index] = [stack[top - 1], stack[top]];
      const place =
        typeof index === 'string'
          ? { ref: 'property', object, name: index }
          : { ref: 'item', collection: object, index: parts.index(index) };
      stack[top - 1] = place as unknown as Value;
      return pc;
    }
    case Op.REFER_TARGET:
      stack[top] = parts.target(stack[top]) as unknown as Value;
      return pc;
    case Op.POINTER:
      stack[top] = { t: 'pointer', target: stack[top] as unknown as Reference };
      return pc;
    case Op.DEREFERENCE_RAW:
      stack[top] = readSlot(engine, process, parts.target(stack[top])) as Value;
      return pc;
    case Op.STORE_DEREFERENCE:
      process.height -= 2;
      write(engine, process, parts.target(stack[top - 1]), stack[top]);
      return pc;
    case Op.READ:
      stack[top] = slotValue(readSlot(engine, process, stack[top] as unknown as Reference));
      return pc;
    case Op.READ_RAW:
      stack[top] = readSlot(engine, process, stack[top] as unknown as Reference) as Value;
      return pc;
    case Op.WRITE:
      process.height -= 2;
      write(engine, process, stack[top - 1] as unknown as Reference, stack[top]);
      return pc;
    case Op.FORMULA:
      stack[process.height++] = formulaOf(engine, process, frame, constants[ops[pc]] as FormulaTemplate);
      return pc + 1;
    case Op.CRITERION: {
      const template = constants[ops[pc]] as CriterionTemplate;
      const at = template.field ? top : --process.height - 1;
      const { conjunction, field = stack[top - 1], path, comparator } = template;
      stack[at] = { a: 'criterion', conjunction, field, path, comparator, value: stack[top] } as unknown as Value;
      return pc + 1;
    }
    case Op.SELF:
      stack[process.height++] = frame.self;
      return pc;
    case Op.COUNT_PARAMETERS:
      stack[process.height++] = frame.argumentCount;
      return pc;
    case Op.DIVIDE:
      process.height--;
      stack[top - 1] = operators.divide(stack[top - 1], stack[top]);
      return pc;
    case Op.OPERATOR:
      process.height--;
      stack[top - 1] = operators.operate(constants[ops[pc]] as string, stack[top - 1], stack[top]);
      return pc + 1;
    case Op.NEGATE:
      stack[top] = operators.negate(stack[top]);
      return pc;
    case Op.FOR_TEST: {
      process.height--;
      const step = ops[pc + 1] < 0 ? 1 : parts.number(stack[frame.base + ops[pc + 1]]);
      const counter = parts.number(stack[top]);
      const end = parts.number(stack[frame.base + ops[pc]]);
      return (step >= 0 ? counter <= end : counter >= end) ? pc + 3 : ops[pc + 2];
    }
    case Op.EACH_BEGIN: {
      const count = ops[pc + 1];
      process.height -= count + 1;
      eachBegin(engine, process, frame, ops[pc], stack[process.height], stack.slice(process.height + 1, process.height + 1 + count));
      return pc + 2;
    }
    case Op.EACH_NEXT: {
      const next = eachNext(engine, process, frame, ops[pc]);
      if (!next) return ops[pc + 1];
      stack[process.height++] = next.item;
      return pc + 2;
    }
    case Op.TRY:
    case Op.TRY_EXPRESSION: {
      const expression = ops[pc - 1] === Op.TRY_EXPRESSION;
      frame.handlers ??= [];
      frame.handlers.push({ pc: ops[pc], height: process.height, expression, uses: process.uses.length });
      process.errors = [];
      return pc + 1;
    }
    case Op.END_TRY:
      if (frame.deferred) {
        const deferred = together(takeDeferred(frame, frame.handlers?.length ?? 0));
        if (deferred) throw new FourDError(deferred);
      }
      frame.handlers?.pop();
      return pc;
    case Op.USE:
      return use(engine, process, frame, stack[top], pc);
    case Op.USE_SELF:
      return useSelf(engine, process, frame, pc);
    case Op.END_USE:
      releaseUses(engine, process, process.uses.length - 1);
      return pc;
    case Op.RAISE:
      throw new FourDError(constants[ops[pc]] as RuntimeError);
    default:
      return fail('internal', code.name, `operation ${ops[pc - 1]}`);
  }
}

function groupOf(value: Value): number | undefined {
  return typeof value === 'object' && value !== null && 'shared' in value ? value.shared : undefined;
}

/** A shared function holds its object as if it stood in a Use (facts: 4D page `Concepts/classes`, shared functions). */
function useSelf(engine: Engine, process: ProcessState, frame: Frame, pc: number): number {
  const group = groupOf(frame.self);
  return group === undefined || hold(engine, process, group, frame.id) ? pc : waitForGroup(engine, process, group, pc);
}

/** Holds the group of a shared value; a process that finds it taken waits and comes back to this instruction. */
function use(engine: Engine, process: ProcessState, frame: Frame, value: Value, pc: number): number {
  const group = groupOf(value);
  if (group === undefined) return fail('notShared');
  if (hold(engine, process, group, frame.id)) {
    process.height--;
    return pc;
  }
  return waitForGroup(engine, process, group, pc);
}

/** The instruction runs again when the group is free. */
function waitForGroup(engine: Engine, process: ProcessState, group: number, pc: number): number {
  if (engine.evaluation) fail('waits');
  process.extra.set(EXTRA.group, group);
  engine.blocked.add(process.number);
  engine.setStatus(process, 'waiting');
  return pc - 1;
}

function formulaOf(engine: Engine, process: ProcessState, frame: Frame, template: FormulaTemplate): FormulaValue {
  const captured = new Map<string, Value>();
  for (const { name, slot } of template.captured) {
    const pointer = slot < 0 ? (process.stack[frame.base - 1 - slot] as Value) : undefined;
    if (template.live)
      captured.set(`->${name}`, pointer ?? { t: 'pointer', target: { ref: 'local', process: process.number, frame: frame.id, slot } });
    else
      captured.set(
        name,
        slotValue(pointer === undefined ? process.stack[frame.base + slot] : (readSlot(engine, process, parts.target(pointer)) as Slot)),
      );
  }
  const { text } = template;
  const { component } = engine.codes[frame.code];
  const code = component === undefined ? ({ kind: 'source', text } as const) : ({ kind: 'source', text, component } as const);
  return { t: 'formula', code, source: text, ...(captured.size ? { captured } : {}), ...(template.live ? { self: frame.self } : {}) };
}

/** The calls whose callee is a value or a class. */
export function callPart(engine: Engine, process: ProcessState, frame: Frame, code: Code, op: number, name: string, count: number): void {
  const { stack } = process;
  switch (op) {
    case Op.CALL_MEMBER:
    case Op.CALL_VALUE: {
      // The callee lies below its arguments: they move down over it.
      const at = process.height - count - 1;
      const callee = stack[at] as Value;
      for (let i = at; i < at + count; i++) stack[i] = stack[i + 1];
      process.height--;
      if (op === Op.CALL_MEMBER) callMember(engine, process, frame, callee, name, count);
      else if (typeof callee === 'object' && callee?.t === 'formula') callFormula(engine, process, callee, callee.self, count);
      else fail('noFormula');
      return;
    }
    case Op.CALL_SUPER: {
      const parent = parentOf(engine, code);
      process.height -= count;
      const args = stack.slice(process.height, process.height + count) as Value[];
      const depth = process.frames.length;
      if (parent) enterConstructors(engine, process, parent, args, frame.self);
      if (process.frames.length === depth) stack[process.height++] = undefined;
      return;
    }
    default: {
      const parent = parentOf(engine, code);
      const found = engine.classes.find(parent?.name, 'function', name);
      if (found) enter(engine, process, found, count, frame.self);
      else if (typeof frame.self === 'object' && frame.self?.t === 'host')
        callMember(engine, process, frame, { ...frame.self, projectClass: undefined }, name, count);
      else fail('noFunction', name, parent?.name ?? 'Super');
    }
  }
}

function parentOf(engine: Engine, code: Code) {
  const own = code.className === undefined ? undefined : engine.classes.get(code.className);
  if (!own) return fail('super');
  return engine.classes.parent(own);
}
