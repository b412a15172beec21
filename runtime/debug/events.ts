import type { Bilingual } from '#syntaxes/text/bilingual.js';
import { fold } from '#syntaxes/text/fold.js';
import type { TraceEvent } from '../trace.js';

/** Something that happens to sessions and records, which a breakpoint can wait for. */
export interface Happening {
  readonly id: string;
  readonly name: Bilingual;
  readonly is: (event: TraceEvent) => boolean;
}

const closedBy = (event: TraceEvent, ...causes: readonly string[]): boolean =>
  event.kind === 'session-closing' && causes.includes(event.cause);

/** Session and lock events that stop a run; a function breakpoint may bear one of these names. */
export const happenings: readonly Happening[] = [
  { id: 'session-opened', name: { en: 'session opened', es: 'sesión abierta' }, is: ({ kind }) => kind === 'session-opened' },
  { id: 'session-closes', name: { en: 'session closes', es: 'sesión se cierra' }, is: ({ kind }) => kind === 'session-closing' },
  { id: 'session-closed', name: { en: 'session closed', es: 'sesión cerrada' }, is: ({ kind }) => kind === 'session-closed' },
  {
    id: 'session-expired',
    name: { en: 'session expired', es: 'sesión caducada' },
    is: (event) => closedBy(event, 'process-timeout', 'idle-timeout'),
  },
  { id: 'session-evicted', name: { en: 'session evicted', es: 'sesión desalojada' }, is: (event) => closedBy(event, 'max-sessions') },
  { id: 'record-locked', name: { en: 'record locked', es: 'registro bloqueado' }, is: ({ kind }) => kind === 'record-locked' },
  { id: 'lock-released', name: { en: 'lock released', es: 'bloqueo liberado' }, is: ({ kind }) => kind === 'record-unlocked' },
];

/** The happening of a name in either language, or of an id. */
export function happeningNamed(name: string): Happening | undefined {
  const wanted = fold(name.trim());
  return happenings.find((each) => each.id === wanted || fold(each.name.en) === wanted || fold(each.name.es) === wanted);
}
