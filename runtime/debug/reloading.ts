import type { DebugProtocol as P } from '@vscode/debugprotocol';
import type { Frame } from '../machine/types.js';
import { reloadRequest } from '../protocol.js';
import type { Simulator } from '../simulator.js';
import type { Debugged } from './debugged.js';
import type { CustomHandlers } from './handlers.js';

const texts = {
  reloaded: {
    en: '{0} was saved: its next call runs the new code.',
    es: '{0} se ha guardado: su próxima llamada ejecuta el código nuevo.',
  },
  underWay: {
    en: '{0} was saved: its next call runs the new code. The call that is under way ends with the old one, and its lines are those of before.',
    es: '{0} se ha guardado: su próxima llamada ejecuta el código nuevo. La llamada en curso termina con el antiguo, y sus líneas son las de antes.',
  },
  unknown: {
    en: '{0} is new to this run. Restart it, and it belongs to the project.',
    es: '{0} es nuevo para esta ejecución. Reiníciela y pertenecerá al proyecto.',
  },
};

/** Code that changes while it is debugged. As in 4D, the next call of a method runs what was saved. */
export class Reloading {
  /** By file: codes with numbers below are of a text that is no more. */
  private readonly outdated = new Map<string, number>();

  constructor(
    private readonly on: Debugged,
    private readonly simulator: Simulator,
    /** Told of a file whose statements lie elsewhere now. */
    private readonly changed: (file: string) => void,
  ) {}

  readonly handlers: CustomHandlers = {
    [reloadRequest]: async ({ path }) => ({ reloaded: typeof path === 'string' && (await this.reload({ path })) }),
  };

  /** Reads a source again; true when it has changed. */
  async reload(source: P.Source): Promise<boolean> {
    const { client, sources, files, machine } = this.on;
    const wanted = sources.fromClient(source);
    const file = wanted === undefined ? undefined : files.find(({ path }) => sources.same(path, wanted))?.path;
    if (file === undefined) {
      if (wanted?.endsWith('.4dm')) client.print(client.say(texts.unknown, nameOf(wanted)));
      return false;
    }
    const runs = [...machine.state.processes.values()].some((process) => machine.frames(process).some(({ place }) => place?.file === file));
    const before = machine.codes;
    if (!(await this.simulator.reload(file))) return false;
    this.outdated.set(file, before);
    client.print(client.say(runs ? texts.underWay : texts.reloaded, nameOf(file)));
    this.changed(file);
    return true;
  }

  /** Whether a frame runs a text that is no more. */
  isOutdated(file: string, { code }: Frame): boolean {
    return code < (this.outdated.get(file) ?? 0);
  }
}

const nameOf = (file: string): string => file.slice(file.lastIndexOf('/') + 1).replace(/\.4dm$/i, '');
