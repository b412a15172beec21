import type { DebugProtocol as P } from '@vscode/debugprotocol';
import type { Bilingual } from '#syntaxes/text/bilingual.js';
import type { EvaluateResult } from '../machine/machine.js';
import type { ProcessState, RaisedError, RuntimeError } from '../machine/types.js';
import type { Client } from './client.js';
import type { Handlers } from './handlers.js';

/** What a process stopped at that is no breakpoint and no step. */
export type Trouble =
  | { readonly kind: 'error'; readonly error: RaisedError; readonly caught: boolean }
  | { readonly kind: 'close-ignored'; readonly text: string };

type FilterId = 'all' | 'unhandled' | 'close-ignored';

const filters: readonly {
  readonly id: FilterId;
  readonly label: Bilingual;
  readonly description: Bilingual;
  readonly standard: boolean;
}[] = [
  {
    id: 'all',
    label: { en: 'Every error', es: 'Todos los errores' },
    description: {
      en: 'Stops at every error, also where Try or an ON ERR CALL method waits for it.',
      es: 'Se detiene en todos los errores, también donde los espera Try o un método de ON ERR CALL.',
    },
    standard: false,
  },
  {
    id: 'unhandled',
    label: { en: 'Errors that nothing handles', es: 'Errores que nada trata' },
    description: {
      en: 'Stops at errors outside Try and without an ON ERR CALL method.',
      es: 'Se detiene en los errores fuera de Try y sin método de ON ERR CALL.',
    },
    standard: true,
  },
  {
    id: 'close-ignored',
    label: { en: 'Session closes that are ignored', es: 'Cierres de sesión ignorados' },
    description: {
      en: 'Stops after a WEB LEGACY CLOSE SESSION that changed nothing: scalable sessions, no sessions, an unknown ID.',
      es: 'Se detiene después de un WEB LEGACY CLOSE SESSION que no cambió nada: sesiones escalables, sin sesiones, un ID desconocido.',
    },
    standard: false,
  },
];

const condition: Bilingual = {
  en: 'Error numbers (54, -10511), or a 4D expression that is true',
  es: 'Números de error (54, -10511) o una expresión 4D que se cumple',
};

/** The filters as the client offers them. */
export function exceptionFilters(client: Client): P.ExceptionBreakpointsFilter[] {
  return filters.map(({ id, label, description, standard }) => ({
    filter: id,
    label: client.say(label),
    description: client.say(description),
    default: standard,
    supportsCondition: id !== 'close-ignored',
    ...(id !== 'close-ignored' && { conditionDescription: client.say(condition) }),
  }));
}

const texts = {
  notModelled: { en: 'not simulated', es: 'no se simula' },
  error: { en: '4D error', es: 'error de 4D' },
  closeIgnored: { en: 'session close ignored', es: 'cierre de sesión ignorado' },
  noTrouble: { en: 'This process did not stop at an error.', es: 'Este proceso no se detuvo en un error.' },
};

/** Which errors stop a process, and what is told about them. */
export class Exceptions {
  private readonly chosen = new Map<FilterId, string | undefined>([['unhandled', undefined]]);

  constructor(
    private readonly client: Client,
    private readonly evaluate: (process: ProcessState, expression: string) => EvaluateResult,
    private readonly troubleOf: (thread: number) => Trouble | undefined,
  ) {}

  readonly handlers: Handlers = {
    setExceptionBreakpoints: ({ filters: ids, filterOptions = [] }) => {
      this.chosen.clear();
      for (const id of ids) if (isFilter(id)) this.chosen.set(id, undefined);
      for (const { filterId, condition: when } of filterOptions)
        if (isFilter(filterId)) this.chosen.set(filterId, when?.trim() || undefined);
      return { breakpoints: [...ids, ...filterOptions.map(({ filterId }) => filterId)].map((id) => ({ verified: isFilter(id) })) };
    },
    exceptionInfo: ({ threadId }) => this.info(this.troubleOf(threadId)),
  };

  takeOver(former: Exceptions): void {
    this.chosen.clear();
    for (const [id, when] of former.chosen) this.chosen.set(id, when);
  }

  get stopsAtIgnoredClose(): boolean {
    return this.chosen.has('close-ignored');
  }

  stopsAt(process: ProcessState, error: RaisedError, caught: boolean): boolean {
    return this.passes('all', process, error) || (!caught && this.passes('unhandled', process, error));
  }

  private passes(id: FilterId, process: ProcessState, error: RaisedError): boolean {
    if (!this.chosen.has(id)) return false;
    const when = this.chosen.get(id);
    if (when === undefined) return true;
    if (/^[-\d,;\s]+$/.test(when)) return when.split(/[,;\s]+/).includes(String(error.code));
    const result = this.evaluate(process, when);
    return !result.ok || result.value === true;
  }

  /** What `stopped` says besides its reason. */
  describe(trouble: Trouble): { description: string; text: string } {
    if (trouble.kind === 'close-ignored') return { description: this.client.say(texts.closeIgnored), text: trouble.text };
    return { description: this.titleOf(trouble.error), text: this.client.say(trouble.error.message) };
  }

  private titleOf(error: RuntimeError): string {
    return error.notModelled ? this.client.say(texts.notModelled) : `${this.client.say(texts.error)} ${error.code}`;
  }

  private info(trouble: Trouble | undefined): P.ExceptionInfoResponse['body'] {
    if (!trouble) return { exceptionId: this.client.say(texts.noTrouble), breakMode: 'never' };
    const { description, text } = this.describe(trouble);
    if (trouble.kind === 'close-ignored') return { exceptionId: description, description: text, breakMode: 'always' };
    const { error, caught } = trouble;
    const stackTrace = error.chain.map(({ name, place }) => (place ? `${name} (${place.file}:${place.line})` : name)).join('\n');
    return {
      exceptionId: error.notModelled ? 'not-simulated' : String(error.code),
      description: text,
      breakMode: caught ? 'always' : 'unhandled',
      details: { message: text, typeName: description, ...(stackTrace && { stackTrace }) },
    };
  }
}

const isFilter = (id: string): id is FilterId => filters.some((filter) => filter.id === id);
