import type { Catalogue } from '#syntaxes/catalogue/types.js';
import type { Bilingual } from '#syntaxes/text/bilingual.js';
import { themes } from '../library/index.js';
import { webThemes } from '../library/web.js';
import type { Library } from '../machine/types.js';
import type { SimulatorHost } from './host.js';
import { standInTheme } from './standIns.js';
import type { StandIn } from './types.js';

/**
 * All themes as one library, which the machine can look things up in at once. Stand-ins take the place of commands of the same number.
 * `problems` tells the stand-ins that name no command.
 */
export function simulatorLibrary(
  standIns: Readonly<Record<string, StandIn>>,
  catalogue: Catalogue,
): { readonly library: Library<SimulatorHost>; readonly problems: Bilingual[] } {
  const { theme, unknown } = standInTheme(standIns, catalogue);
  const commands = new Map<number, unknown>();
  const members = new Map<string, unknown>();
  const continuations = new Map<string, unknown>();
  const pure = new Set<number | string>();
  for (const each of [...themes, ...webThemes, theme]) {
    for (const [number, native] of each.commands) commands.set(number, native);
    for (const [key, native] of each.members) members.set(key, native);
    for (const [name, go] of each.continuations) continuations.set(name, go);
    for (const key of each.pure) pure.add(key);
  }
  for (const number of theme.commands.keys()) pure.delete(number);
  const problems = unknown.map((name) => ({
    en: `Stand-in “${name}”: 4D has no command of this name. Write it as 4D does, “ALERT”, or give its number.`,
    es: `Sustituto «${name}»: 4D no tiene ningún comando con ese nombre. Escríbalo como 4D, «ALERT», o indique su número.`,
  }));
  // Each theme takes a part of the host; the simulator's host has all parts.
  return { library: { commands, members, continuations, pure } as unknown as Library<SimulatorHost>, problems };
}
