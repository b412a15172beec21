import type { Catalogue, Command } from '#syntaxes/catalogue/types.js';
import type { Bilingual } from '#syntaxes/text/bilingual.js';
import { fold } from '#syntaxes/text/fold.js';
import { Theme } from '../library/theme.js';
import { plainToValue } from '../records/fixtures.js';
import type { StandIn } from './types.js';

/** Stand-ins as the machine takes them. */
export interface StandIns {
  readonly theme: Theme<unknown>;
  /** Knows the commands of plug-ins and methods of components that are stood in for, too. */
  readonly catalogue: Catalogue;
  /** Tells the names that neither 4D nor the project's code has. */
  readonly problems: readonly Bilingual[];
}

/**
 * Stand-ins of a launch configuration as a theme of the library: a command by its name (or its number) gives a fixed value, or calls a project
 * method with its arguments. A name that 4D does not have belongs to a plug-in or a component; it is taken when the code has it (`isUsed`).
 */
export function takeStandIns(
  standIns: Readonly<Record<string, StandIn>>,
  catalogue: Catalogue,
  isUsed: (name: string) => boolean,
): StandIns {
  const theme = new Theme<unknown>('Stand-ins');
  const foreign = new Map<string, Command>();
  const problems: Bilingual[] = [];
  for (const [name, standIn] of Object.entries(standIns)) {
    const command = /^\d+$/.test(name) ? catalogue.commandByNumber(Number(name)) : catalogue.commandByName(name)?.command;
    if (command?.number === undefined) {
      if (!isUsed(name)) {
        problems.push({
          en: `Stand-in “${name}”: 4D has no command of this name, and the project does not use it. Write it as the code does, or give the command's number.`,
          es: `Sustituto «${name}»: 4D no tiene ningún comando con ese nombre y el proyecto no lo usa. Escríbalo como en el código, o indique el número del comando.`,
        });
        continue;
      }
      foreign.set(fold(name), foreignCommand(name, -1 - foreign.size));
    }
    const number = command?.number ?? foreign.get(fold(name))!.number!;
    theme.command(number, command?.name ?? name, (call) => {
      if ('value' in standIn) return plainToValue(standIn.value);
      const args = Array.from({ length: call.count() }, (_, i) => (call.has(i) ? call.value(i) : undefined));
      return { native: 'call', code: { method: standIn.method }, args };
    });
  }
  return { theme, catalogue: foreign.size ? withCommands(catalogue, foreign) : catalogue, problems };
}

const anything = { name: 'value', type: 'Expression', direction: 'in', optional: true, repeatable: true } as const;

/** What a plug-in or a component gives, as a command of which nothing but its name is known. */
function foreignCommand(name: string, number: number): Command {
  return {
    name,
    number,
    otherNumbers: [],
    section: 'Undocumented',
    isFunction: true,
    signatures: [{ text: name, parameters: [anything], result: 'Expression', minimum: 0 }],
    alsoSeenWith: [],
    history: [],
    legacySessionsOnly: false,
    formerNames: [],
    frenchNames: [],
    sets: [],
    changesCurrentRecord: false,
    changesCurrentSelection: false,
    forbiddenOnServer: false,
    binaryDatabaseOnly: false,
    uses: 0,
  };
}

/** A catalogue with further commands, by folded name. */
function withCommands(catalogue: Catalogue, commands: ReadonlyMap<string, Command>): Catalogue {
  const byNumber = new Map([...commands.values()].map((command) => [command.number, command]));
  const more: Pick<Catalogue, 'commandByName' | 'commandByNumber'> = {
    commandByName(name) {
      const command = commands.get(fold(name));
      return command ? { command, kind: 'present' } : catalogue.commandByName(name);
    },
    commandByNumber: (number) => byNumber.get(number) ?? catalogue.commandByNumber(number),
  };
  return Object.assign(Object.create(catalogue) as Catalogue, more);
}
