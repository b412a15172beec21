import type { DebugProtocol as P } from '@vscode/debugprotocol';
import type { EvaluateResult } from '../machine/machine.js';
import type { Frame, ProcessState } from '../machine/types.js';
import { display } from '../values/display.js';
import { stringify } from '../values/json.js';
import type { Reference, Slot } from '../values/value.js';
import type { Wanted } from './breakpoints.js';
import { type Debugged, frameOf } from './debugged.js';
import { type Happening, happeningNamed } from './events.js';
import type { Handlers } from './handlers.js';
import { hitCondition } from './hitCondition.js';

/** What a data breakpoint looks at. */
type Target =
  | { readonly kind: 'place'; readonly process: number; readonly reference: Reference }
  | { readonly kind: 'expression'; readonly process: number; readonly frame: number | undefined; readonly expression: string };

interface Watch {
  readonly id: number;
  readonly name: string;
  readonly target: Target;
  readonly condition?: string;
  readonly isDue?: (hits: number) => boolean;
  hits: number;
  /** What it was when last looked at: its full text to compare, its short one to tell. */
  last: { readonly full: string; readonly short: string };
}

/** A change that stops a process. */
export interface Change {
  readonly reason: 'data breakpoint';
  readonly text: string;
  readonly ids: readonly number[];
}

const texts = {
  cannot: {
    en: 'Only variables, properties and elements can be watched for changes.',
    es: 'Solo se pueden vigilar los cambios de variables, propiedades y elementos.',
  },
  gone: { en: 'What it looked at is gone.', es: 'Lo que vigilaba ya no existe.' },
};

/** Data breakpoints: values that are compared before each statement. They cost only while there are some. */
export class Watches {
  private watches: Watch[] = [];
  private readonly targets = new Map<string, { readonly name: string; readonly target: Target }>();
  private nextId = 1_000_000;

  constructor(
    private readonly on: Debugged,
    private readonly evaluate: (process: ProcessState, frame: number | undefined, expression: string) => EvaluateResult,
    /** The value behind a name that the client shows. */
    private readonly entryOf: (variablesReference: number, name: string) => { process: number; reference?: Reference } | undefined,
    private readonly askAgain: () => void,
    private readonly setHappenings: (wanted: ReadonlyMap<string, Wanted>) => ReadonlyMap<string, number>,
  ) {}

  readonly handlers: Handlers = {
    dataBreakpointInfo: (args) => this.info(args),
    setDataBreakpoints: ({ breakpoints }) => ({ breakpoints: this.set(breakpoints) }),
  };

  get watching(): boolean {
    return this.watches.length > 0;
  }

  clear(): void {
    this.watches = [];
  }

  /** Takes the present values as known: what the user changed is no change. */
  refresh(): void {
    for (const watch of this.watches) watch.last = this.present(watch) ?? watch.last;
  }

  /** The change that stops a process in front of its next statement. */
  look(process: ProcessState, frame: Frame): Change | undefined {
    const changes = this.watches.flatMap((watch) => this.changeOf(watch, process, frame));
    if (changes.length === 0) return undefined;
    return { reason: 'data breakpoint', text: changes.map(({ text }) => text).join('\n'), ids: changes.map(({ id }) => id) };
  }

  private changeOf(watch: Watch, process: ProcessState, frame: Frame): { id: number; text: string }[] {
    const now = this.present(watch);
    if (!now) {
      this.drop(watch);
      return [];
    }
    if (now.full === watch.last.full) return [];
    const text = `${watch.name}: ${watch.last.short} → ${now.short}`;
    watch.last = now;
    if (watch.condition) {
      const result = this.evaluate(process, frame.id, watch.condition);
      if (result.ok && result.value !== true) return [];
    }
    watch.hits++;
    return (watch.isDue?.(watch.hits) ?? true) ? [{ id: watch.id, text }] : [];
  }

  /** The present value; undefined when its frame or process has gone. */
  private present({ target }: Pick<Watch, 'target'>): Watch['last'] | undefined {
    const { machine } = this.on;
    const process = machine.state.processes.get(target.process);
    if (!process) return undefined;
    if (target.kind === 'expression') {
      if (target.frame !== undefined && !process.frames.some(({ id }) => id === target.frame)) return undefined;
      const result = this.evaluate(process, target.frame, target.expression);
      return result.ok ? texted(result.value) : texted(undefined);
    }
    const local = rootOf(target.reference);
    if (local.ref === 'local' && !process.frames.some(({ id }) => id === local.frame)) return undefined;
    try {
      return texted(machine.arrayAt(process, target.reference) ?? machine.read(process, target.reference));
    } catch {
      return texted(undefined);
    }
  }

  private drop(watch: Watch): void {
    this.watches = this.watches.filter((each) => each !== watch);
    const { client } = this.on;
    client.send('breakpoint', { reason: 'changed', breakpoint: { id: watch.id, verified: false, message: client.say(texts.gone) } });
    this.askAgain();
  }

  private info({ variablesReference, name, frameId }: P.DataBreakpointInfoArguments): P.DataBreakpointInfoResponse['body'] {
    const happening = variablesReference === undefined ? happeningNamed(name) : undefined;
    if (happening) {
      return { dataId: `event:${happening.id}`, description: this.on.client.say(happening.name), accessTypes: ['write'], canPersist: true };
    }
    const target = variablesReference === undefined ? this.expressionTarget(name, frameId) : this.placeTarget(variablesReference, name);
    if (!target) return { dataId: null, description: this.on.client.say(texts.cannot) };
    const dataId = JSON.stringify([target.process, target.kind === 'place' ? keyOf(target.reference) : [target.frame, target.expression]]);
    this.targets.set(dataId, { name, target });
    return { dataId, description: name, accessTypes: ['write'], canPersist: false };
  }

  private placeTarget(variablesReference: number, name: string): Target | undefined {
    const entry = this.entryOf(variablesReference, name);
    return entry?.reference && { kind: 'place', process: entry.process, reference: entry.reference };
  }

  private expressionTarget(expression: string, frameId: number | undefined): Target | undefined {
    if (frameId === undefined) return undefined;
    const { process, frame } = frameOf(this.on, frameId);
    const result = this.evaluate(process, frame.id, expression);
    return result.ok ? { kind: 'expression', process: process.number, frame: frame.id, expression } : undefined;
  }

  private set(wanted: readonly P.DataBreakpoint[]): P.Breakpoint[] {
    const { client } = this.on;
    const watches: Watch[] = [];
    const named = new Map<string, Wanted>();
    for (const each of wanted) {
      const happening = happeningOf(each);
      if (happening) named.set(happening.id, each);
    }
    const happenings = this.setHappenings(named);
    const answers = wanted.map((each): P.Breakpoint => {
      const { dataId, condition, hitCondition: hits } = each;
      const happening = happeningOf(each);
      if (happening) return { id: happenings.get(happening.id), verified: true };
      const id = this.nextId++;
      const found = this.targets.get(dataId);
      const last = found && this.present(found);
      if (!found || !last) return { id, verified: false, message: client.say(texts.gone) };
      const isDue = hits ? hitCondition(hits) : undefined;
      const former = this.watches.find(({ target }) => target === found.target);
      watches.push({
        id,
        ...found,
        hits: former?.hits ?? 0,
        last,
        ...(condition?.trim() && { condition: condition.trim() }),
        ...(isDue && { isDue }),
      });
      return { id, verified: true };
    });
    this.watches = watches;
    this.askAgain();
    return answers;
  }
}

/** The happening that a data breakpoint waits for; undefined when it looks at a value. */
function happeningOf({ dataId }: P.DataBreakpoint): Happening | undefined {
  return dataId.startsWith('event:') ? happeningNamed(dataId.slice(6)) : undefined;
}

/** Enough of a value to see whether it has changed. */
function texted(value: Slot): Watch['last'] {
  const short = display(value);
  if (value === null || typeof value !== 'object') return { full: short, short };
  try {
    return { full: `${short}\n${stringify(value)}`, short };
  } catch {
    return { full: short, short };
  }
}

/** The variable that a place lies in. */
function rootOf(reference: Reference): Reference {
  if (reference.ref === 'element') return rootOf(reference.array);
  return reference.ref === 'character' ? rootOf(reference.text) : reference;
}

/** Objects and collections have no address: a place in one is known by its name alone. */
function keyOf(reference: Reference): unknown {
  switch (reference.ref) {
    case 'property':
      return ['property', reference.name];
    case 'item':
      return ['item', reference.index];
    case 'element':
      return [keyOf(reference.array), reference.index, reference.second];
    default:
      return reference;
  }
}
