import type { Machine, MachineOptions } from '../machine/machine.js';
import type { SimulatorHost } from './host.js';

/** The machine of a simulator. */
export function makeMachine(_options: MachineOptions<SimulatorHost>): Machine<SimulatorHost> {
  throw new Error('the machine is not there yet');
}
