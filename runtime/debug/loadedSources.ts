import type { Debugged } from './debugged.js';
import { type Handlers, Refusal } from './handlers.js';

const noText = { en: 'There is no such source in the project.', es: 'No existe esa fuente en el proyecto.' };

/** The code of the project: everything that can run. */
export function loadedSources(on: Debugged): Handlers {
  return {
    loadedSources: () => ({
      sources: on.files.filter(({ path }) => on.machine.program.text(path) !== undefined).map(({ path }) => on.sources.toClient(path)),
    }),
    source: ({ source }) => {
      const file = source && on.sources.fromClient(source);
      const content = file === undefined ? undefined : on.machine.program.text(file);
      if (content === undefined) throw new Refusal(noText);
      return { content, mimeType: 'text/x-4d' };
    },
  };
}
