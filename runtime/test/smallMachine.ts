/** A machine with a few methods given as text, the shop's records, and the themes that need nothing else. */
import { defaultCatalogue } from '#syntaxes/catalogue/catalogue.js';
import type { SourceFile } from '#syntaxes/project/types.js';
import { fold } from '#syntaxes/text/fold.js';
import type { LibraryHost } from '../library/host.js';
import { themes } from '../library/index.js';
import { Machine, type MachineOptions } from '../machine/machine.js';
import type { Outcome, ProcessState, Program } from '../machine/types.js';
import { readField, writeField } from '../records/records.js';
import { seededRandom } from '../simulator/random.js';
import type { TraceBody } from '../trace.js';
import type { Slot, Value } from '../values/value.js';
import { plain } from './call.js';
import { openShop, shopStructure } from './shop.js';

/** Methods by name; `Shop.class` is the class file of cs.Shop. */
export type Sources = Readonly<Record<string, string>>;

export function programOf(sources: Sources): Program {
  const files = new Map<string, { file: SourceFile; text: string }>();
  for (const [key, text] of Object.entries(sources)) {
    const isClass = key.endsWith('.class');
    const name = isClass ? key.slice(0, -'.class'.length) : key;
    const path = `Project/Sources/${isClass ? 'Classes' : 'Methods'}/${name}.4dm`;
    files.set(path, { file: { path, kind: isClass ? 'class' : 'method', name }, text });
  }
  const byName = (kind: SourceFile['kind'], name: string) =>
    [...files.values()].find(({ file }) => file.kind === kind && fold(file.name) === fold(name))?.file;
  return {
    catalogue: defaultCatalogue(),
    structure: shopStructure,
    methodByName: (name) => byName('method', name),
    classByName: (name) => byName('class', name),
    databaseMethod: () => undefined,
    fileByPath: (path) => files.get(path)?.file,
    text: (path) => files.get(path)?.text,
  };
}

export class SmallMachine {
  now = Date.UTC(2024, 1, 29, 8, 30, 0);
  readonly events: TraceBody[] = [];
  readonly finished: { readonly process: number; readonly outcome: Outcome; readonly token: string | undefined }[] = [];
  readonly machine: Machine<LibraryHost>;

  constructor(sources: Sources, more: Partial<MachineOptions<LibraryHost>> = {}) {
    const { records } = openShop();
    this.machine = new Machine<LibraryHost>({
      host: { records },
      program: programOf(sources),
      libraries: themes,
      fields: {
        readField: (process, table, field) => readField(records, process.number, table, field),
        writeField: (process, table, field, value) => writeField(records, process.number, table, field, value),
      },
      clock: { now: () => this.now },
      random: seededRandom(1),
      trace: (event) => void this.events.push(event),
      hooks: { finished: (process, outcome, token) => void this.finished.push({ process: process.number, outcome, token }) },
      ...more,
    });
  }

  /** Starts a method in a process of its own; nothing runs yet. */
  start(method: string, ...args: readonly Value[]): ProcessState {
    return this.machine.start({ name: method, kind: 'user', code: { method }, args, token: method, stays: true });
  }

  /** Lets everything run that can. */
  settle(limit = 1_000_000): void {
    if (this.machine.run(limit).ready) throw new Error('it does not come to an end');
  }

  outcome(token: string): Outcome {
    const found = this.finished.findLast((each) => each.token === token);
    if (!found) throw new Error(`${token} has not ended`);
    return found.outcome;
  }

  /** A process variable as plain data. */
  variable(process: ProcessState, name: string): unknown {
    return plain(process.variables.get(fold(name))?.value as Slot);
  }
}

/** Runs the text of one method and gives its result as plain data; an error is its English text. */
export function run(text: string, sources: Sources = {}, ...args: readonly Value[]): unknown {
  const small = new SmallMachine({ ...sources, main: text });
  small.start('main', ...args);
  small.settle();
  const outcome = small.outcome('main');
  return 'value' in outcome ? plain(outcome.value) : outcome.error.message.en;
}

/** The value of one expression. */
export function value(expression: string, sources: Sources = {}): unknown {
  return run(`$0:=${expression}`, sources);
}
