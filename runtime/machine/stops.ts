/** Where the debugger may stop a process. */
import type { Code } from './code.js';
import type { Engine } from './engine.js';
import type { Frame, ProcessState } from './types.js';

/** Whether statements of this code are asked about at all: breakpoints elsewhere cost nothing. What changes the answer is done between slices, or by natives. */
export function asksAt(engine: Engine, code: Code): boolean {
  return engine.debug !== undefined && (code.breaks !== undefined || engine.stepping.size > 0 || engine.pausing.size > 0);
}

/** Whether the process stops in front of a statement; its status says so then. */
export function stopsAtStatement(engine: Engine, process: ProcessState, frame: Frame, code: Code, statement: number, pc: number): boolean {
  if (engine.evaluation) return false;
  const { number } = process;
  const pauses = engine.pausing.size > 0 && engine.pausing.has(number);
  const asks = code.breaks?.[statement] === 1 || (engine.stepping.size > 0 && engine.stepping.has(number));
  if (!pauses && !asks) return false;
  if (wasPassed(engine, number, frame, pc)) return false;
  frame.pc = pc;
  const answer = engine.debug?.onStatement?.(process, frame, statement);
  if (!pauses && answer !== 'stop') return false;
  engine.pausing.delete(number);
  stop(engine, process);
  return true;
}

/** Whether the process stops before a command. */
export function stopsAtCommand(engine: Engine, process: ProcessState, frame: Frame, command: number, pc: number): boolean {
  if (engine.evaluation || !engine.commandBreaks.has(command)) return false;
  if (wasPassed(engine, process.number, frame, pc)) return false;
  frame.pc = pc + 1;
  if (engine.debug?.onCommand?.(process, frame, command) !== 'stop') return false;
  stop(engine, process);
  return true;
}

function wasPassed(engine: Engine, number: number, frame: Frame, pc: number): boolean {
  const passed = engine.passed.get(number);
  if (passed?.frame !== frame.id || passed.pc !== pc) return false;
  engine.passed.delete(number);
  return true;
}

function stop(engine: Engine, process: ProcessState): void {
  engine.setStatus(process, 'stopped');
}
