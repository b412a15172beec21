import type { Catalogue, Constant } from '#syntaxes/catalogue/types.js';
import { commandKey, constantKey, type Key } from './keys.js';
import type { Occurrence, ProjectIndex } from './projectIndex.js';

/** Numbers of the commands that make up the web session family (facts: `web-sessions`, sections 3 to 5). */
export const familyCommands: readonly number[] = [1162, 1207, 1208, 1350, 1714, 1839, 1844];
/** Commands that belong to it only with one of the session selectors. */
const optionCommands: readonly number[] = [1209, 1210];
/** Values of the session selectors. */
export const familySelectors: readonly number[] = [18, 70, 71, 72, 73, 78, 81, 82, 83, 90];

export function isFamilyConstant(constant: Pick<Constant, 'name' | 'value' | 'theme'>): boolean {
  // the token of `Web scalable session`, and so its theme, is not known
  const webServer = constant.theme === 'Web Server' || (constant.theme === undefined && constant.name.startsWith('Web '));
  return webServer && familySelectors.some((s) => s === constant.value);
}

/** What is said about by the family's hovers and notes: the commands above, those that take the selectors, and `WEB Server`. */
export const noteCommands: ReadonlySet<number> = new Set([...familyCommands, ...optionCommands, 1674]);

export interface SessionUse extends Occurrence {
  /** The present name of what is used. */
  readonly name: string;
  readonly command?: number;
}

/** Every place of a project that uses a command of the family or one of its selectors. */
export function sessionUses(index: ProjectIndex, catalogue: Catalogue): SessionUse[] {
  const things = new Map<Key, { name: string; command?: number }>();
  for (const number of familyCommands) {
    const command = catalogue.commandByNumber(number);
    if (command) things.set(commandKey(command), { name: command.name, command: number });
  }
  for (const constant of catalogue.constants) if (isFamilyConstant(constant)) things.set(constantKey(constant), { name: constant.name });
  const uses: SessionUse[] = [];
  for (const [key, thing] of things) for (const place of index.occurrences([key])) uses.push({ ...place, ...thing });
  return uses.sort((a, b) =>
    a.path < b.path ? -1 : a.path > b.path ? 1 : a.span.start.line - b.span.start.line || a.span.start.character - b.span.start.character,
  );
}
