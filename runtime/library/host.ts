import type { HostGuards, HostKeys } from '../edges.js';
import type { OutsideWork, ProcessState } from '../machine/types.js';
import type { Records } from '../records/records.js';
import type { Disk } from './files/disk.js';

/** What the library needs of the simulator around it, besides the machine. */
export interface LibraryHost {
  readonly records: Records;
  /** The project's files as 4D code sees them; without it commands about files are refused. */
  readonly disk?: Disk;
  /** For natives that wait for the host: reading files, compressing. */
  readonly outside?: OutsideWork;
  /** The host's keys, for 4D.CryptoKey. */
  readonly keys?: HostKeys;
  /** Runs regular expressions that might not come to an end. */
  readonly guards?: HostGuards;
  /** What system information tells about the project. */
  readonly application?: ApplicationFacts;
  /** Whether a process runs the code of a web request: nobody sits before it. */
  answering?(process: ProcessState): boolean;
}

/** The simulated application. */
export interface ApplicationFacts {
  /** Name of the project file without its extension. */
  readonly name: string;
  /** Release of 4D, `21`. */
  readonly release: number;
  /** Names of the components that are read. */
  readonly components?: readonly string[];
  /** Virtual time at the start, for `Milliseconds`. */
  readonly started: number;
}
