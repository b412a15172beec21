import type { Snapshot } from '../analysis/snapshot.js';
import { formerName } from '../rules/formerName.js';
import type { Found } from './types.js';

/** Former and French names of the session family: the rule knows them and mends them. */
export function* formerNames(snapshot: Snapshot): Iterable<Found> {
  for (const { start, end, message, fixes } of formerName.check(snapshot)) {
    const fix = fixes?.find((f) => f.preferred);
    if (fix) yield { start, end, idiom: 'former-name', kind: 'automatic', reason: message, title: fix.title, edits: fix.edits };
  }
}
