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
const anything: ReadonlySet<number> = new Set([1217, 1228, 1509]);

const known = new Map<Command, (position: number) => boolean>();

/** Whether the argument at a position (from 0) is handed over as a reference when it is a place. */
export function wantsReference(command: Command, position: number): boolean {
  let wants = known.get(command);
  if (!wants) {
    const tests = command.signatures.map((signature) => positions(signature.parameters));
    if (command.number !== undefined && anything.has(command.number)) tests.push((at) => at === 0);
    wants = tests.length ? (at) => tests.some((test) => test(at)) : () => true;
    known.set(command, wants);
  }
  return wants(position);
}

function isReference(parameter: CatalogueParameter): boolean {
  return parameter.direction !== 'in' || /\b(array|table|field|variable|blob)\b/i.test(parameter.type);
}

/** A parameter may stand further left when optional ones before it are left out, and further right when it repeats. */
function positions(parameters: readonly CatalogueParameter[]): (position: number) => boolean {
  const wanted = parameters.map(isReference);
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
