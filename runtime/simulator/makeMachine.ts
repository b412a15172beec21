import { Machine, type MachineOptions } from '../machine/machine.js';
import type { SimulatorHost } from './host.js';

/** The machine of a simulator. Session singletons are kept with the scalable session of their process. */
export function makeMachine(options: MachineOptions<SimulatorHost>): Machine<SimulatorHost> {
  const { host } = options;
  return new Machine({
    ...options,
    sessionSingletons: (process) =>
      process.session === undefined ? undefined : host.servers.of(process).scalable.state.sessions.get(process.session)?.singletons,
  });
}
