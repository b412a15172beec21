/** What the simulator executes of 4D's commands and class functions: for the coverage script and for the limits page. */
import { defaultCatalogue } from '#syntaxes/catalogue/catalogue.js';
import { fold } from '#syntaxes/text/fold.js';
import type { Library } from '../machine/types.js';
import { themes, windows } from './index.js';
import { webThemes } from './web.js';

const libraries: readonly Library<never>[] = [...themes, ...webThemes] as readonly Library<never>[];

/** Commands that the compiler turns into instructions of the machine, so that no native stands for them. */
const inTheMachine = ['This', 'Super', 'Null', 'Count parameters', 'Formula', 'cs', '4D'];

/** Numbers of the commands that run: natives, declarations (`C_TEXT`) and what the machine does itself. */
export function executedCommands(): Set<number> {
  const executed = new Set<number>();
  for (const library of libraries) for (const number of library.commands.keys()) executed.add(number);
  const catalogue = defaultCatalogue();
  for (const command of catalogue.commands) {
    if (command.number === undefined || !(command.declares || inTheMachine.includes(command.name))) continue;
    executed.add(command.number);
    for (const other of command.otherNumbers) executed.add(other);
  }
  return executed;
}

/** Those among them that only a neutral stand-in answers, with a line in the trace. */
export function standInCommands(): Set<number> {
  return new Set(windows.commands.keys());
}

/** Folded keys `Class.member` of the members that run, inherited ones included. */
export function executedMembers(): Set<string> {
  const own = new Set(libraries.flatMap((library) => [...library.members.keys()].map((key) => fold(key.replace(/=$/, '')))));
  // `call` and `apply` of functions are the machine's own.
  for (const name of ['call', 'apply', 'source']) own.add(fold(`4D.Function.${name}`));
  const executed = new Set<string>();
  const catalogue = defaultCatalogue();
  for (const { name, members } of catalogue.classes) {
    for (const member of members) {
      for (let at = catalogue.classByName(name), depth = 0; at && depth < 8; depth++) {
        if (own.has(fold(`${at.name}.${member.name}`))) executed.add(fold(`${name}.${member.name}`));
        at = at.extends === undefined ? undefined : catalogue.classByName(at.extends);
      }
    }
  }
  return executed;
}
