/** What is wrong with a configuration and yet no reason not to run. */
import type { Components } from '#syntaxes/project/components.js';
import type { Bilingual } from '#syntaxes/text/bilingual.js';
import { momentOf } from './clock.js';
import type { SimulatorOptions } from './types.js';

/** Components that cannot run, to be told at the start. */
export function componentProblems({ unread }: Components): Bilingual[] {
  if (!unread.length) return [];
  return [
    {
      en: `Components without sources in the folder Components are not read: ${unread.join(', ')}. A stand-in can take the place of their methods.`,
      es: `No se leen los componentes que no tienen sus fuentes en la carpeta Components: ${unread.join(', ')}. Un sustituto puede ocupar el lugar de sus métodos.`,
    },
  ];
}

/** A start of the clock that is no moment, to be told at the start. */
export function clockProblems(clock: SimulatorOptions['clock']): Bilingual[] {
  if (clock?.start === undefined || momentOf(clock.start) !== undefined) return [];
  return [
    {
      en: `The clock cannot start at “${clock.start}”: write a moment as “2026-01-15T08:30:00”. It starts now.`,
      es: `El reloj no puede empezar en «${clock.start}»: escriba un momento como «2026-01-15T08:30:00». Empieza ahora.`,
    },
  ];
}
