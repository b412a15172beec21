/** What a method is compiled to: flat instructions in one array of small numbers, an operation followed by its operands. */
import type { Reference, TypeName, Value } from '../values/value.js';
import type { Native } from './types.js';

/** Operations. The comment gives the operands, then what the operation takes from the stack and leaves there. */
export enum Op {
  /** statement · begins a statement: the place where a process can stop */
  STATEMENT,
  /** constant · → value (or an argument that is no value) */
  CONSTANT,
  /** value → */
  POP,
  /** a → a a */
  DUPLICATE,
  /** a b → a b a b */
  DUPLICATE_TWO,

  // ---- variables
  /** slot · → value; the slot never holds an array */
  LOCAL,
  /** slot · → value; an array gives its current number */
  LOCAL_VALUE,
  /** slot · → what the slot holds, also an array */
  LOCAL_RAW,
  /** slot · value → ; the slot takes any value */
  STORE_LOCAL,
  /** slot · value → ; converted to the slot's type, which may be any */
  STORE_TYPED,
  STORE_NUMBER,
  STORE_INTEGER,
  STORE_TEXT,
  STORE_BOOLEAN,
  /** slot · → reference */
  REFER_LOCAL,
  /** name · → value */
  PROCESS,
  PROCESS_RAW,
  /** name · raises an error when there is no such process variable */
  KNOWN,
  /** name · value → */
  STORE_PROCESS,
  /** name · → value */
  INTERPROCESS,
  INTERPROCESS_RAW,
  STORE_INTERPROCESS,
  /** table, field · → value */
  FIELD,
  /** table, field · value → */
  STORE_FIELD,
  /** name, type · */
  DECLARE_PROCESS,
  DECLARE_INTERPROCESS,
  /** index → value */
  PARAMETER,
  /** index value → */
  STORE_PARAMETER,
  /** index → reference */
  REFER_PARAMETER,

  // ---- parts of values
  /** array index → value */
  ELEMENT,
  ELEMENT_RAW,
  /** array index value → */
  STORE_ELEMENT,
  /** constant (reference of a variable) · index value → ; a byte when it is a BLOB */
  STORE_VARIABLE_ELEMENT,
  /** reference index → reference */
  REFER_ELEMENT,
  /** text index → text */
  CHARACTER,
  /** reference index → reference */
  REFER_CHARACTER,
  /** name · object → value */
  MEMBER,
  /** name · object value → dummy (a POP follows) */
  STORE_MEMBER,
  /** name · object → reference */
  REFER_MEMBER,
  /** object index → value */
  INDEX,
  /** object index value → dummy (a POP follows) */
  STORE_INDEX,
  REFER_INDEX,
  /** pointer → value */
  DEREFERENCE,
  DEREFERENCE_RAW,
  /** pointer value → */
  STORE_DEREFERENCE,
  /** pointer → reference */
  REFER_TARGET,
  /** reference → pointer */
  POINTER,
  /** reference → value */
  READ,
  READ_RAW,
  /** reference value → */
  WRITE,

  // ---- values
  /** constant (names) · values → object */
  OBJECT,
  /** count · values → collection */
  COLLECTION,
  /** constant (template) · → formula */
  FORMULA,
  /** constant (template) · {field} value → criterion */
  CRITERION,
  /** → This */
  SELF,
  /** → number */
  COUNT_PARAMETERS,

  // ---- operators: left right → value
  ADD,
  SUBTRACT,
  MULTIPLY,
  DIVIDE,
  AND,
  OR,
  /** operator · left right → value; the seldom ones */
  OPERATOR,
  /** comparison · left right → boolean */
  COMPARE,
  /** value → value */
  NEGATE,
  NOT,
  /** value → boolean */
  TRUTH,

  // ---- frequent pairs in one; operands are slots, constants among them
  /** a, b · → a+b */
  ADD_SLOTS,
  SUBTRACT_SLOTS,
  MULTIPLY_SLOTS,
  MODULO_SLOTS,
  /** packed a, b, slot · puts a+b into the slot, a real or one of any type */
  ADD_INTO,
  SUBTRACT_INTO,
  MULTIPLY_INTO,
  MODULO_INTO,
  /** packed a, b, slot · puts a+b into the slot, an integer */
  ADD_INTEGERS,
  SUBTRACT_INTEGERS,
  /** comparison, pc · left right → ; jumps when it does not hold */
  JUMP_COMPARE,
  /** comparison, b, pc · left → ; the right side is in a slot */
  JUMP_COMPARE_SLOT,
  /** packed a, b, comparison; pc · */
  JUMP_COMPARE_SLOTS,
  /** array, index · → value */
  ELEMENT_SLOTS,
  /** array, index · value → */
  STORE_ELEMENT_SLOTS,
  /** slot, name · → value */
  MEMBER_SLOT,
  /** slot, name · value → dummy (a POP follows) */
  STORE_MEMBER_SLOT,
  /** left right → remainder */
  MODULO,

  // ---- control
  /** pc · */
  JUMP,
  /** pc · condition → */
  JUMP_FALSE,
  JUMP_TRUE,
  /** pc · value → value | : jumps with the value when it is falsy */
  JUMP_FALSY_KEEP,
  JUMP_TRUTHY_KEEP,
  /** pc · a jump back: a turn of a loop is a step */
  LOOP,
  /** counter, end, step (slots; step -1 for 1), pc · tests the counter and leaves the loop */
  FOR_BEGIN,
  /** packed counter, end; pc of the body · counts on by 1, tests */
  FOR_NEXT,
  /** counter, end, step (slots), pc · counts on by a step, leaves the loop when it is beyond */
  FOR_STEP,
  /** end, step (slots), pc · counter → ; leaves the loop when the counter is beyond */
  FOR_TEST,
  /** slot, range (0, 1, 2) · source [begin [end]] → */
  EACH_BEGIN,
  /** slot, pc · → item, or leaves the loop */
  EACH_NEXT,
  /** pc of the catch · */
  TRY,
  END_TRY,
  /** pc behind · */
  TRY_EXPRESSION,
  /** → shared value: waits until it is free */
  USE,
  END_USE,
  /** → holds `This` while the frame lives, when it is shared */
  USE_SELF,

  // ---- calls
  /** constant (name), count · arguments → value */
  CALL_METHOD,
  /** constant (target), count · arguments → value */
  CALL_COMMAND,
  /** name, count · object arguments → value */
  CALL_MEMBER,
  /** count · callee arguments → value */
  CALL_VALUE,
  /** count · arguments → value: the constructor of the class above */
  CALL_SUPER,
  /** name, count · arguments → value: a function of the class above */
  CALL_SUPER_MEMBER,
  /** value → */
  RETURN_VALUE,
  RETURN,
  /** constant (error) · raises it */
  RAISE,
  /** Stands in `Code.live` where a loop runs as JavaScript: the instruction itself is in `Code.ops`. */
  ENTER,
}

/** Comparisons as the operand of a jump: the orders in which they hold, less 1, equal 2, greater 4, none of them 8. */
export enum Comparison {
  LESS = 1,
  EQUAL = 2,
  LESS_EQUAL = 3,
  GREATER = 4,
  GREATER_EQUAL = 6,
  UNEQUAL = 13,
}

/** Three small numbers in one operand: what frequent instructions need is read at once. -1 when one is too large. */
export function pack(a: number, b: number, c: number): number {
  return a < 1024 && b < 1024 && c < 1024 ? a | (b << 10) | (c << 20) : -1;
}

/** A place where a process can stop. Lines and columns from 1. */
export interface Statement {
  readonly pc: number;
  /** Where to go on when the statement failed and its error was handled. */
  after: number;
  /** Index in `Code.blocks` of the innermost block that needs preparation; -1 for none. */
  readonly block: number;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A block that needs preparation: nobody jumps into it. */
export interface Block {
  readonly kind: 'for' | 'each' | 'use' | 'try';
  readonly parent: number;
}

/** One compiled method, function, formula or line. Frames name it by `index`. */
export interface Code {
  readonly index: number;
  /** What a call stack shows. */
  readonly name: string;
  /** Path relative to the project; for code given as text `name`. */
  readonly file: string;
  readonly ops: Int32Array;
  /** What the dispatch loop reads: `ops` itself until a loop of it is hot. */
  live: Int32Array;
  /** What room `hot` knows of its loops, once a slice has ended in one. */
  hot: unknown;
  readonly constants: readonly unknown[];
  /** Slots of the frame: parameters, then the other locals, then hidden ones. */
  readonly slots: number;
  readonly parameters: number;
  /** As written with `$`; empty for hidden ones. */
  readonly slotNames: readonly string[];
  readonly slotTypes: readonly TypeName[];
  readonly defaults: readonly Value[];
  /** True when a parameter has a type to convert to. */
  readonly typed: boolean;
  /** Type of the parameters beyond the named ones. */
  readonly variadic: TypeName | undefined;
  /** Slot of the result; -1 for none. */
  readonly result: number;
  readonly resultType: TypeName;
  readonly statements: readonly Statement[];
  readonly blocks: readonly Block[];
  /** Class whose function it is, for `Super`. */
  readonly className: string | undefined;
  /** The component whose code it is; undefined for the host's. */
  readonly component: string | undefined;
  /** Text of a formula: the methods that it calls have its `This` (4D page `API/DataClassClass`, query). */
  readonly formula: boolean;
  /** A constructor gives its `This`. */
  readonly gives: 'result' | 'self';
  /** Slots that take the captured values of a formula, by name. */
  readonly captures: readonly { readonly name: string; readonly slot: number }[];
  /** The debugger's: 1 for each statement with a breakpoint; undefined for none. */
  breaks: Uint8Array | undefined;
}

/** What CALL_COMMAND calls. */
export interface CommandTarget {
  readonly number: number;
  readonly name: string;
  /** Put in when it is first called. */
  native: Native<unknown> | undefined;
}

/** What FORMULA makes: its text, and the locals that it takes along (slot here, name there). */
export interface FormulaTemplate {
  readonly text: string;
  readonly captured: readonly { readonly name: string; readonly slot: number }[];
  /** The locals themselves and not their values: an assignment in APPLY TO SELECTION changes them. */
  readonly live: boolean;
}

export interface CriterionTemplate {
  readonly conjunction: '' | '&' | '|' | '#';
  /** Undefined where a pointer tells it: its target lies on the stack before the value. */
  readonly field: Extract<Reference, { ref: 'field' }> | undefined;
  readonly path: string;
  readonly comparator: string;
}

/** The statement that an instruction belongs to: the last one that begins there or before it; -1 for none. */
export function statementAt(code: Code, pc: number): number {
  let low = 0;
  let high = code.statements.length - 1;
  let found = -1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (code.statements[middle].pc <= pc) {
      found = middle;
      low = middle + 1;
    } else high = middle - 1;
  }
  return found;
}
