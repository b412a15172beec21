/**
 * The methods that ON ERR CALL names. The host and each component have their own, for a process and for all; besides, the host may name one for errors
 * in components that have none (facts: 4D page `commands/on-err-call`).
 */
import type { MachineState, ProcessState } from './types.js';

export type ErrorScope = 'local' | 'global' | 'components';

/** Key in `MachineState.singletons`, or in `ProcessState.extra`, of the host or of a component. */
const keyOf = (component: string | undefined): string => (component === undefined ? 'ON ERR CALL' : `ON ERR CALL ${component}`);
const FROM_COMPONENTS = 'ON ERR CALL: from components';

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The method for a scope as the code of the host (undefined) or of a component named it; empty for none. */
export function errorMethodIn(state: MachineState, process: ProcessState, component: string | undefined, scope: ErrorScope): string {
  if (scope === 'components') return textOf(state.singletons.get(FROM_COMPONENTS));
  if (scope === 'global') return textOf(state.singletons.get(keyOf(component)));
  return component === undefined ? process.errorMethod : textOf(process.extra.get(keyOf(component)));
}

export function setErrorMethod(
  state: MachineState,
  process: ProcessState,
  component: string | undefined,
  scope: ErrorScope,
  method: string,
): void {
  if (scope === 'components') state.singletons.set(FROM_COMPONENTS, method);
  else if (scope === 'global') state.singletons.set(keyOf(component), method);
  else if (component === undefined) process.errorMethod = method;
  else process.extra.set(keyOf(component), method);
}

/** The method that takes an error in the code of the host or of a component; empty for none. */
export function errorMethodOf(state: MachineState, process: ProcessState, component: string | undefined): string {
  return (
    errorMethodIn(state, process, component, 'local') ||
    errorMethodIn(state, process, component, 'global') ||
    (component === undefined ? '' : errorMethodIn(state, process, component, 'components'))
  );
}
