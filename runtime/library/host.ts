import type { Records } from '../records/records.js';

/** What the library needs of the simulator around it, besides the machine. */
export interface LibraryHost {
  readonly records: Records;
}
