/** Which arguments of a command are handed over as places (facts: the types and directions in the catalogue). */
import type { CatalogueParameter, Command } from '#syntaxes/catalogue/types.js';

/** Commands whose arguments from this index on are formulas: they are evaluated for each record. */
export const formulaArguments: ReadonlyMap<number, number> = new Map([
  [48, 1], // QUERY BY FORMULA
  [207, 1], // QUERY SELECTION BY FORMULA
  [300, 1], // ORDER BY FORMULA
  [70, 1], // APPLY TO SELECTION
]);

/** Commands whose arguments may be criteria, `[Shop]City="Ly@"`. */
export const criteriaCommands: ReadonlySet<number> = new Set([277, 341]);

/** Commands that take arrays as well as values, which their types do not say: JSON Stringify, JSON Stringify array, Value type. */
const arraysToo: ReadonlySet<number> = new Set([1217, 1228, 1509]);

/** Commands that give an object to a variable that has none yet: OB SET, OB SET NULL, OB SET ARRAY, OB REMOVE. */
const objectsMade: ReadonlySet<number> = new Set([1220, 1233, 1227, 1226]);

type Test = (position: number) => boolean;

const known = new Map<Command, { readonly places: Test; readonly outs: Test }>();

/**
 * Whether the argument at a position (from 0) is handed over as a reference when it is a place. A `member` (`$o.a`, `$o["a"]`) is one only where the command writes:
 * it is no array, table or field, and reading it may run code.
 */
export function wantsReference(command: Command, position: number, member = false): boolean {
  if (command.number !== undefined && position === 0) {
    if (objectsMade.has(command.number)) return true;
    if (arraysToo.has(command.number)) return !member;
  }
  let tests = known.get(command);
  if (!tests) {
    tests = { places: testFor(command, isReference), outs: testFor(command, (parameter) => parameter.direction !== 'in') };
    known.set(command, tests);
  }
  return member ? tests.outs(position) : tests.places(position);
}

function testFor(command: Command, isWanted: (parameter: CatalogueParameter) => boolean): Test {
  const tests = command.signatures.map((signature) => positions(signature.parameters, isWanted));
  return tests.length ? (at) => tests.some((test) => test(at)) : () => true;
}

function isReference(parameter: CatalogueParameter): boolean {
  return parameter.direction !== 'in' || /\b(array|table|field|variable|blob)\b/i.test(parameter.type);
}

/** A parameter may stand further left when optional ones before it are left out, and further right when it repeats. */
function positions(parameters: readonly CatalogueParameter[], isWanted: (parameter: CatalogueParameter) => boolean): Test {
  const wanted = parameters.map(isWanted);
  const firstRepeated = parameters.findIndex((parameter) => parameter.repeatable);
  return (position) => {
    let optionalBefore = 0;
    for (let i = 0; i < parameters.length; i++) {
      const parameter = parameters[i];
      if (wanted[i]) {
        const repeats = parameter.repeatable && firstRepeated >= 0;
        if (position <= i ? position >= i - optionalBefore : repeats) return true;
        if (repeats && position >= firstRepeated - optionalBefore) return true;
      }
      if (parameter.optional && !parameter.repeatable) optionalBefore++;
    }
    return false;
  };
}
