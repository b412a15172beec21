import type { DebugProtocol as P } from '@vscode/debugprotocol';
import type { EvaluateResult } from '../machine/machine.js';
import type { ProcessState } from '../machine/types.js';
import { stringify } from '../values/json.js';
import type { Slot } from '../values/value.js';
import type { Console } from './console.js';
import type { Control } from './control.js';
import { type Debugged, frameOf } from './debugged.js';
import { type Handlers, Refusal } from './handlers.js';
import type { Variables } from './variables.js';

/** Expressions of the debug console, the watch window and hovers. Only the console may change anything. */
export class Evaluation {
  constructor(
    private readonly on: Debugged,
    private readonly control: Control,
    private readonly variables: Variables,
    private readonly console: Console,
  ) {}

  readonly handlers: Handlers = { evaluate: (args) => this.evaluate(args) };

  private async evaluate({ expression, frameId, context, format }: P.EvaluateArguments): Promise<P.EvaluateResponse['body']> {
    if (context !== 'repl') return this.shown(expression, frameId, context, format);
    return this.on.client.during(runs, async () => {
      const said = await this.console.run(expression);
      return said === undefined ? this.shown(expression, frameId, context, format) : { result: said, variablesReference: 0 };
    });
  }

  private shown(
    expression: string,
    frameId: number | undefined,
    context: P.EvaluateArguments['context'],
    format: P.ValueFormat | undefined,
  ): P.EvaluateResponse['body'] {
    return this.inProcess(frameId, (process, frame) => {
      // A word of a command's name is no variable: a hover over it shows nothing.
      const unknown = context === 'hover' && isName(expression) && !this.on.machine.find(process, expression);
      if (unknown) throw new Refusal(noVariable, expression);
      const result = context === 'repl' ? this.effective(process, frame, expression) : this.control.evaluate(process, frame, expression);
      if (!result.ok) throw new Refusal(result.error.message);
      if (context === 'clipboard') return { result: plainText(result.value), variablesReference: 0 };
      const { value, ...rest } = this.variables.describe({ name: expression, value: result.value, expression }, process, frame, format);
      return { result: value, ...rest };
    });
  }

  /** May change something: everything the client shows may be old afterwards. */
  private effective(process: ProcessState, frame: number | undefined, expression: string): EvaluateResult {
    const result = this.control.quietly(() => this.on.machine.evaluate(process, frame, expression, { limit: most }));
    this.on.client.send('invalidated', { areas: ['variables'] });
    return result;
  }

  /** Without a frame an expression is evaluated in a process of its own, which ends at once. */
  private inProcess<T>(frameId: number | undefined, run: (process: ProcessState, frame: number | undefined) => T): T {
    if (frameId !== undefined) {
      const { process, frame } = frameOf(this.on, frameId);
      return run(process, frame.id);
    }
    const { machine, client } = this.on;
    const process = machine.start({ name: client.say(consoleName), kind: 'user', stays: true });
    try {
      return run(process, undefined);
    } finally {
      machine.end(process);
    }
  }
}

const runs = { en: 'The debug console is at work', es: 'La consola de depuración está trabajando' };
/** Steps that a line of the console may take: a second or two. Whoever types it waits for it, and so does the simulator. */
const most = 20_000_000;
const noVariable = { en: 'There is no variable “{0}” here.', es: 'Aquí no hay ninguna variable «{0}».' };
const isName = (text: string): boolean => /^[\p{L}_][\p{L}\p{N}_ ]*$/u.test(text);

const consoleName = { en: 'Debug console', es: 'Consola de depuración' };

/** A value as text to be put somewhere else: texts without quotes, objects and collections as JSON. */
function plainText(value: Slot): string {
  return typeof value === 'string' ? value : stringify(value);
}
