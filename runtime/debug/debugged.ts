import type { Catalogue } from '#syntaxes/catalogue/types.js';
import type { Project } from '#syntaxes/project/project.types.js';
import type { SourceFile } from '#syntaxes/project/types.js';
import type { Machine } from '../machine/machine.js';
import type { Frame, ProcessState } from '../machine/types.js';
import type { Client } from './client.js';
import { Refusal } from './handlers.js';
import type { Sources } from './sources.js';

/** What all rooms of the debugger work on. */
export interface Debugged {
  readonly machine: Machine<unknown>;
  readonly catalogue: Catalogue;
  readonly project: Project;
  /** Everything that can run: the project's files and those of its components. */
  readonly files: readonly SourceFile[];
  readonly client: Client;
  readonly sources: Sources;
}

const texts = {
  noProcess: {
    en: 'There is no process {0} any more.',
    es: 'El proceso {0} ya no existe.',
  },
  noFrame: {
    en: 'This line of the call stack is no longer there: its process went on. Ask for the call stack again.',
    es: 'Esta línea de la pila de llamadas ya no existe: su proceso siguió adelante. Pida de nuevo la pila de llamadas.',
  },
};

/** The process behind a thread; a `Refusal` when it has ended. */
export function processOf({ machine }: Debugged, thread: number): ProcessState {
  const process = machine.state.processes.get(thread);
  if (!process) throw new Refusal(texts.noProcess, thread);
  return process;
}

/** The process and frame behind a frame's number; a `Refusal` when it is gone. */
export function frameOf({ machine }: Debugged, id: number): { process: ProcessState; frame: Frame } {
  for (const process of machine.state.processes.values()) {
    const frame = process.frames.find((each) => each.id === id);
    if (frame) return { process, frame };
  }
  throw new Refusal(texts.noFrame);
}
