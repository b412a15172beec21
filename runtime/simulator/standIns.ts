import type { Catalogue } from '#syntaxes/catalogue/types.js';
import { Theme } from '../library/theme.js';
import { plainToValue } from '../records/fixtures.js';
import type { StandIn } from './types.js';

/**
 * Stand-ins of a launch configuration as a theme of the library: a command by its name (or its number) gives a fixed value, or calls a project
 * method with its arguments. `unknown` gets the names that are no command.
 */
export function standInTheme(
  standIns: Readonly<Record<string, StandIn>>,
  catalogue: Catalogue,
): { theme: Theme<unknown>; unknown: string[] } {
  const theme = new Theme<unknown>('Stand-ins');
  const unknown: string[] = [];
  for (const [name, standIn] of Object.entries(standIns)) {
    const command = /^\d+$/.test(name) ? catalogue.commandByNumber(Number(name)) : catalogue.commandByName(name)?.command;
    if (command?.number === undefined) {
      unknown.push(name);
      continue;
    }
    theme.command(command.number, command.name, (call) => {
      if ('value' in standIn) return plainToValue(standIn.value);
      const args = Array.from({ length: call.count() }, (_, i) => (call.has(i) ? call.value(i) : undefined));
      return { native: 'call', code: { method: standIn.method }, args };
    });
  }
  return { theme, unknown };
}
