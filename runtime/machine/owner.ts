/** What a name stands for in the code of a component (see `values/owner.ts`). */
import type { Catalogue } from '#syntaxes/catalogue/types.js';
import { qualified } from '../values/owner.js';
import type { Core } from './core.js';
import { codeFrame } from './frames.js';
import type { ProcessState } from './types.js';

/** The name of a variable, as written, in the code of the host or of a component. System variables are one for all: commands set them. */
export function variableName(name: string, component: string | undefined, catalogue: Pick<Catalogue, 'systemVariableByName'>): string {
  return component === undefined || catalogue.systemVariableByName(name) ? name : qualified(component, name);
}

/** The component whose code a process runs; undefined for the host's. */
export function runningComponent(core: Core, process: ProcessState): string | undefined {
  const frame = codeFrame(process);
  return frame && core.codes[frame.code].component;
}
