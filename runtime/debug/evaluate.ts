import type { DebugProtocol as P } from '@vscode/debugprotocol';
import type { EvaluateResult } from '../machine/machine.js';
import type { ProcessState } from '../machine/types.js';
import { stringify } from '../values/json.js';
import type { Slot } from '../values/value.js';
import type { Console } from './console.js';
import type { Control } from './control.js';
import { type Debugged, frameOf } from './debugged.js';
import { Cancelled, type Handlers, Refusal } from './handlers.js';
import type { Variables } from './variables.js';

type Body = P.EvaluateResponse['body'];

/** What long evaluations need of where they run. */
export interface EvaluationHost {
  /** Runs something once other requests have been heard. */
  soon(run: () => void): void;
  /** No other code runs until the work has settled. */
  hold(work: Promise<void>): void;
  /** Share of the memory that is used, 0 to 1. */
  memory(): number;
}

/** Expressions of the debug console, the watch window and hovers. Only the console may change anything. */
export class Evaluation {
  /** Lines of the console that have no answer yet, by the number of their request. */
  private readonly open = new Map<number, AbortController>();
  /** The line whose code runs now. */
  private working: { readonly abort: AbortController; readonly end: Promise<void>; readonly leave: () => void } | undefined;

  constructor(
    private readonly on: Debugged,
    private readonly control: Control,
    private readonly variables: Variables,
    private readonly console: Console,
    private readonly host: EvaluationHost,
  ) {}

  readonly handlers: Handlers = {
    evaluate: (args, request) => (args.context === 'repl' ? this.inConsole(args, request) : this.look(args)),
    cancel: (args) => {
      const request = args?.requestId ?? this.on.client.requestOf(args?.progressId);
      if (request !== undefined) this.open.get(request)?.abort();
    },
  };

  /** Gives up the line whose code runs now: its process is at once as it was, its answer comes a little later. */
  giveUp(): void {
    this.working?.abort.abort();
    this.working?.leave();
  }

  /** Settles when the line whose code runs has ended; undefined when none does. */
  get busy(): Promise<void> | undefined {
    return this.working?.end;
  }

  private look({ expression, frameId, context, format }: P.EvaluateArguments): Body {
    const { process, frame, end } = this.placeFor(frameId);
    try {
      // A word of a command's name is no variable: a hover over it shows nothing.
      const unknown = context === 'hover' && isName(expression) && !this.on.machine.find(process, expression);
      if (unknown) throw new Refusal(noVariable, expression);
      const result = this.control.evaluate(process, frame, expression);
      if (!result.ok) throw new Refusal(result.error.message);
      if (context === 'clipboard') return { result: plainText(result.value), variablesReference: 0 };
      return this.shown(expression, result.value, process, frame, format);
    } finally {
      end();
    }
  }

  private async inConsole(args: P.EvaluateArguments, request: number): Promise<Body> {
    const abort = new AbortController();
    this.open.set(request, abort);
    const answer = async (): Promise<Body> => {
      const said = this.console.run(args.expression);
      return said ? { result: await unlessAborted(said, abort.signal), variablesReference: 0 } : this.run(args, abort);
    };
    try {
      return await this.on.client.during(runs, answer, request);
    } finally {
      this.open.delete(request);
    }
  }

  /** Runs 4D code in pieces, so that it can be given up; nothing else runs meanwhile. It may change something: everything shown may be old afterwards. */
  private async run({ expression, frameId, format }: P.EvaluateArguments, abort: AbortController): Promise<Body> {
    const { process, frame, end } = this.placeFor(frameId);
    const work = this.on.machine.evaluating(process, frame, expression, { limit: Number.POSITIVE_INFINITY }, piece);
    const leave = (): void => void this.control.quietly(() => work.return({ ok: true, value: undefined }));
    const result = this.inPieces(work, abort.signal).finally(leave);
    const ended = result.then(
      () => undefined,
      () => undefined,
    );
    this.working = { abort, end: ended, leave };
    this.host.hold(ended);
    try {
      const done = await result;
      this.on.client.send('invalidated', { areas: ['variables'] });
      if (!done.ok) throw new Refusal(done.error.message);
      return this.shown(expression, done.value, process, frame, format);
    } finally {
      this.working = undefined;
      end();
    }
  }

  private async inPieces(work: Generator<undefined, EvaluateResult>, signal: AbortSignal): Promise<EvaluateResult> {
    for (;;) {
      const { done, value } = this.control.quietly(() => work.next());
      if (done) return value;
      await new Promise<void>((go) => this.host.soon(go));
      if (signal.aborted) throw new Cancelled(cancelled);
      if (this.host.memory() > fullMemory) throw new Refusal(noMemory);
    }
  }

  private shown(
    expression: string,
    result: Slot,
    process: ProcessState,
    frame: number | undefined,
    format: P.ValueFormat | undefined,
  ): Body {
    const { value, ...rest } = this.variables.describe({ name: expression, value: result, expression }, process, frame, format);
    return { result: value, ...rest };
  }

  /** Without a frame an expression is evaluated in a process of its own, which ends with it. */
  private placeFor(frameId: number | undefined): { process: ProcessState; frame: number | undefined; end: () => void } {
    if (frameId !== undefined) {
      const { process, frame } = frameOf(this.on, frameId);
      return { process, frame: frame.id, end: () => undefined };
    }
    const { machine, client } = this.on;
    const process = machine.start({ name: client.say(consoleName), kind: 'user', stays: true });
    return { process, frame: undefined, end: () => machine.end(process) };
  }
}

/** What work gives, or a refusal as soon as it is cancelled: the work itself may go on. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(new Cancelled(cancelled));
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

const runs = { en: 'The debug console is at work', es: 'La consola de depuración está trabajando' };
const cancelled = { en: 'The evaluation was cancelled.', es: 'La evaluación se canceló.' };
const noMemory = {
  en: 'The evaluation was given up: the memory is nearly used up.',
  es: 'La evaluación se abandonó: la memoria está casi agotada.',
};
/** Steps between two looks at what the client wants: a few milliseconds. */
const piece = 50_000;
const fullMemory = 0.8;
const noVariable = { en: 'There is no variable “{0}” here.', es: 'Aquí no hay ninguna variable «{0}».' };
const isName = (text: string): boolean => /^[\p{L}_][\p{L}\p{N}_ ]*$/u.test(text);

const consoleName = { en: 'Debug console', es: 'Consola de depuración' };

/** A value as text to be put somewhere else: texts without quotes, objects and collections as JSON. */
function plainText(value: Slot): string {
  return typeof value === 'string' ? value : stringify(value);
}
