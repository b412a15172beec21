/** Instructions as they are in general, for operands of any kind: what the dispatch loop does not do at once. */
import type { CollectionValue, ObjectValue, Slot, Value } from '../values/value.js';
import { type Code, Op } from './code.js';
import type { Engine } from './engine.js';
import { getIndex, getMember, setIndex, setMember } from './members.js';
import * as operators from './operators.js';
import * as parts from './parts.js';
import { elementOf, isArray, processVariable, readSlot, setElement, slotValue, storeVariable } from './places.js';
import { callPart, seldom } from './seldom.js';
import type { Frame, ProcessState } from './types.js';

type Operator = (left: Value, right: Value) => Value;

/** The operators of instructions that take their operands from the stack, or from slots. */
const operations: Partial<Record<Op, Operator>> = {
  [Op.ADD]: operators.add,
  [Op.SUBTRACT]: operators.subtract,
  [Op.MULTIPLY]: operators.multiply,
  [Op.MODULO]: operators.modulo,
  [Op.AND]: operators.and,
  [Op.OR]: operators.or,
  [Op.ADD_SLOTS]: operators.add,
  [Op.SUBTRACT_SLOTS]: operators.subtract,
  [Op.MULTIPLY_SLOTS]: operators.multiply,
  [Op.MODULO_SLOTS]: operators.modulo,
  [Op.ADD_INTO]: operators.add,
  [Op.SUBTRACT_INTO]: operators.subtract,
  [Op.MULTIPLY_INTO]: operators.multiply,
  [Op.MODULO_INTO]: operators.modulo,
  [Op.ADD_INTEGERS]: operators.add,
  [Op.SUBTRACT_INTEGERS]: operators.subtract,
};

/** Runs the instruction before `pc`; gives where to go on. The stack's height is in the process, and the frame's `pc` is `pc`. */
export function general(engine: Engine, process: ProcessState, frame: Frame, code: Code, pc: number): number {
  const { ops, constants } = code;
  const stack = process.stack as Value[];
  const { base } = frame;
  const top = process.height - 1;
  const op: Op = ops[pc - 1];
  switch (op) {
    case Op.STATEMENT:
      return pc + 1;
    case Op.LOOP:
    case Op.JUMP:
      return ops[pc];
    case Op.DUPLICATE:
      stack[process.height++] = stack[top];
      return pc;
    case Op.LOCAL_VALUE:
      stack[process.height++] = slotValue(stack[base + ops[pc]]);
      return pc + 1;
    case Op.STORE_NUMBER:
    case Op.STORE_INTEGER:
    case Op.STORE_TEXT:
    case Op.STORE_BOOLEAN:
    case Op.STORE_TYPED:
      process.height--;
      parts.storeLocal(process, frame, code, ops[pc], stack[top]);
      return pc + 1;
    case Op.REFER_LOCAL:
      stack[process.height++] = { ref: 'local', process: process.number, frame: frame.id, slot: ops[pc] } as never;
      return pc + 1;
    case Op.PROCESS: {
      const name = constants[ops[pc]] as string;
      const variable = process.variables.get(name) ?? processVariable(engine, process, name);
      stack[process.height++] = variable === undefined ? undefined : slotValue(variable.value);
      return pc + 1;
    }
    case Op.PROCESS_RAW: {
      const name = constants[ops[pc]] as string;
      stack[process.height++] = (process.variables.get(name) ?? processVariable(engine, process, name))?.value as Value;
      return pc + 1;
    }
    case Op.STORE_PROCESS: {
      const name = constants[ops[pc]] as string;
      const key = parts.folded(name);
      process.height--;
      storeVariable(process.variables, process.variables.get(key) ?? processVariable(engine, process, key), key, name, stack[top]);
      return pc + 1;
    }
    case Op.ELEMENT:
      process.height--;
      stack[top - 1] = slotValue(elementOf(stack[top - 1] as Slot, parts.index(stack[top])));
      return pc;
    case Op.ELEMENT_RAW:
      process.height--;
      stack[top - 1] = elementOf(stack[top - 1] as Slot, parts.index(stack[top])) as Value;
      return pc;
    case Op.STORE_ELEMENT:
      process.height -= 3;
      setElement(stack[top - 2] as Slot, parts.index(stack[top - 1]), stack[top]);
      return pc;
    case Op.ELEMENT_SLOTS: {
      const array = stack[base + ops[pc]] as Slot;
      const at = stack[base + ops[pc + 1]];
      const plain = isArray(array) && typeof at === 'number' && at >= 0 && at < array.items.length && (at | 0) === at;
      stack[process.height++] = slotValue(plain ? array.items[at] : elementOf(array, parts.index(at)));
      return pc + 2;
    }
    case Op.STORE_ELEMENT_SLOTS:
      process.height--;
      setElement(stack[base + ops[pc]] as Slot, parts.index(stack[base + ops[pc + 1]]), stack[top]);
      return pc + 2;
    case Op.MEMBER:
      process.height--;
      frame.pc = pc + 1;
      getMember(engine, process, frame, stack[top], constants[ops[pc]] as string);
      return pc + 1;
    case Op.MEMBER_SLOT:
      frame.pc = pc + 2;
      getMember(engine, process, frame, stack[base + ops[pc]], constants[ops[pc + 1]] as string);
      return pc + 2;
    case Op.STORE_MEMBER:
      process.height -= 2;
      return storeMember(engine, process, frame, pc + 1, stack[top - 1], constants[ops[pc]] as string, stack[top]);
    case Op.STORE_MEMBER_SLOT:
      process.height--;
      return storeMember(engine, process, frame, pc + 2, stack[base + ops[pc]], constants[ops[pc + 1]] as string, stack[top]);
    case Op.INDEX: {
      process.height -= 2;
      getIndex(engine, process, frame, stack[top - 1], stack[top]);
      return pc;
    }
    case Op.STORE_INDEX:
      process.height -= 3;
      setIndex(engine, process, frame, stack[top - 2], stack[top - 1], stack[top]);
      return pc;
    case Op.DEREFERENCE:
      stack[top] = slotValue(readSlot(engine, process, parts.target(stack[top])));
      return pc;
    case Op.OBJECT: {
      const names = constants[ops[pc]] as readonly string[];
      const properties = new Map<string, Value>();
      process.height -= names.length;
      for (let i = 0; i < names.length; i++) properties.set(names[i], stack[process.height + i]);
      stack[process.height++] = { t: 'object', properties } satisfies ObjectValue;
      return pc + 1;
    }
    case Op.COLLECTION: {
      process.height -= ops[pc];
      const items = stack.slice(process.height, top + 1);
      stack[process.height++] = { t: 'collection', items } satisfies CollectionValue;
      return pc + 1;
    }
    case Op.ADD:
    case Op.SUBTRACT:
    case Op.MULTIPLY:
    case Op.MODULO:
    case Op.AND:
    case Op.OR:
      process.height--;
      stack[top - 1] = operations[op]!(stack[top - 1], stack[top]);
      return pc;
    case Op.ADD_SLOTS:
    case Op.SUBTRACT_SLOTS:
    case Op.MULTIPLY_SLOTS:
    case Op.MODULO_SLOTS:
      stack[process.height++] = operations[op]!(stack[base + ops[pc]], stack[base + ops[pc + 1]]);
      return pc + 2;
    case Op.ADD_INTO:
    case Op.SUBTRACT_INTO:
    case Op.MULTIPLY_INTO:
    case Op.MODULO_INTO:
    case Op.ADD_INTEGERS:
    case Op.SUBTRACT_INTEGERS: {
      const slots = ops[pc];
      const value = operations[op]!(stack[base + (slots & 1023)], stack[base + ((slots >> 10) & 1023)]);
      parts.storeLocal(process, frame, code, slots >> 20, value);
      return pc + 1;
    }
    case Op.NOT:
      stack[top] = operators.not(stack[top]);
      return pc;
    case Op.TRUTH:
      stack[top] = operators.truthy(stack[top]);
      return pc;
    case Op.COMPARE:
      process.height--;
      stack[top - 1] = operators.holds(engine.state.realLevel, ops[pc], stack[top - 1], stack[top]);
      return pc + 1;
    case Op.JUMP_COMPARE:
      process.height -= 2;
      return operators.holds(engine.state.realLevel, ops[pc], stack[top - 1], stack[top]) ? pc + 2 : ops[pc + 1];
    case Op.JUMP_COMPARE_SLOT:
      process.height--;
      return operators.holds(engine.state.realLevel, ops[pc], stack[top], stack[base + ops[pc + 1]]) ? pc + 3 : ops[pc + 2];
    case Op.JUMP_COMPARE_SLOTS: {
      const slots = ops[pc];
      return operators.holds(engine.state.realLevel, slots >> 20, stack[base + (slots & 1023)], stack[base + ((slots >> 10) & 1023)])
        ? pc + 2
        : ops[pc + 1];
    }
    case Op.JUMP_FALSE:
      process.height--;
      return operators.condition(stack[top]) ? pc + 1 : ops[pc];
    case Op.JUMP_TRUE:
      process.height--;
      return operators.condition(stack[top]) ? ops[pc] : pc + 1;
    case Op.JUMP_FALSY_KEEP:
    case Op.JUMP_TRUTHY_KEEP:
      if (operators.truthy(stack[top]) === (op === Op.JUMP_TRUTHY_KEEP)) return ops[pc];
      process.height--;
      return pc + 1;
    case Op.FOR_BEGIN: {
      const step = ops[pc + 2] < 0 ? 1 : parts.number(stack[base + ops[pc + 2]]);
      const counter = parts.number(stack[base + ops[pc]]);
      const end = parts.number(stack[base + ops[pc + 1]]);
      return (step >= 0 ? counter <= end : counter >= end) ? pc + 4 : ops[pc + 3];
    }
    case Op.FOR_NEXT: {
      const at = base + (ops[pc] & 1023);
      const counter = parts.number(stack[at]) + 1;
      stack[at] = counter;
      return counter <= parts.number(stack[base + (ops[pc] >> 10)]) ? ops[pc + 1] : pc + 2;
    }
    case Op.CALL_VALUE:
    case Op.CALL_SUPER:
      frame.pc = pc + 1;
      callPart(engine, process, frame, code, op, '', ops[pc]);
      return pc + 1;
    case Op.CALL_MEMBER:
    case Op.CALL_SUPER_MEMBER:
      frame.pc = pc + 2;
      callPart(engine, process, frame, code, op, constants[ops[pc]] as string, ops[pc + 1]);
      return pc + 2;
    default:
      return seldom(engine, process, frame, code, pc);
  }
}

/** Puts a value into a property; the POP behind takes off what a function of a class may have left there, so without one it is passed. */
function storeMember(engine: Engine, process: ProcessState, frame: Frame, pc: number, object: Value, name: string, value: Value): number {
  if (value !== undefined && engine.evaluation === undefined && operators.isOpen(object, name)) {
    object.properties.set(name, value);
    return pc + 1;
  }
  frame.pc = pc;
  setMember(engine, process, frame, object, name, value);
  return pc;
}
