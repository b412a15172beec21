import { themes } from '../library/index.js';
import type { Theme } from '../library/theme.js';
import { webThemes } from '../library/web.js';
import type { Library } from '../machine/types.js';
import type { SimulatorHost } from './host.js';

/** All themes as one library, which the machine can look things up in at once. Stand-ins take the place of commands of the same number. */
export function simulatorLibrary(standIns: Theme<unknown>): Library<SimulatorHost> {
  const commands = new Map<number, unknown>();
  const members = new Map<string, unknown>();
  const continuations = new Map<string, unknown>();
  const pure = new Set<number | string>();
  for (const each of [...themes, ...webThemes, standIns]) {
    for (const [number, native] of each.commands) commands.set(number, native);
    for (const [key, native] of each.members) members.set(key, native);
    for (const [name, go] of each.continuations) continuations.set(name, go);
    for (const key of each.pure) pure.add(key);
  }
  for (const number of standIns.commands.keys()) pure.delete(number);
  // Each theme takes a part of the host; the simulator's host has all parts.
  return { commands, members, continuations, pure } as unknown as Library<SimulatorHost>;
}
