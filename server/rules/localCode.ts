import { N } from '#syntaxes/tree/kinds.js';
import type { Snapshot } from '../analysis/snapshot.js';

/** Commands that run or read code given as text, which may name locals: `EXECUTE FORMULA`, `PROCESS 4D TAGS`, `Formula from string`, `Get pointer`. */
const hidden = [63, 816, 1601, 304];

/** Whether names of locals may be used where no tree shows them: in texts run as code, or in SQL. */
export function runsHiddenCode(snapshot: Snapshot): boolean {
  return snapshot.usesOf(...hidden).length > 0 || snapshot.tree.data.nodeKind.includes(N.Sql) || snapshot.tree.errors.length > 0;
}
