import type { DebugProtocol as P } from '@vscode/debugprotocol';
import type { ScopeView } from '../machine/machine.js';
import { FourDError, type ProcessState } from '../machine/types.js';
import { display } from '../values/display.js';
import type { ArrayValue, Reference, Slot } from '../values/value.js';
import { type Around, countParts, type Entry, indexedParts, namedParts, typeText } from './children.js';
import { type Debugged, frameOf } from './debugged.js';
import { type Handlers, Refusal } from './handlers.js';

const texts = {
  parameters: { en: 'Parameters', es: 'Parámetros' },
  locals: { en: 'Local variables', es: 'Variables locales' },
  process: { en: 'Process variables', es: 'Variables de proceso' },
  interprocess: { en: 'Interprocess variables', es: 'Variables interproceso' },
  system: { en: 'System variables', es: 'Variables del sistema' },
  gone: {
    en: 'These values are no longer shown: their process went on.',
    es: 'Estos valores ya no se muestran: su proceso siguió adelante.',
  },
  array: {
    en: '“{0}” is an array: change its elements one by one.',
    es: '«{0}» es un array: cambie sus elementos uno a uno.',
  },
  more: { en: '{0} more', es: '{0} más' },
  noValue: { en: '“{0}” gives no value.', es: '«{0}» no da ningún valor.' },
  fixed: { en: '“{0}” cannot be changed.', es: '«{0}» no se puede cambiar.' },
};

const hints: Partial<Record<ScopeView['kind'], P.Scope['presentationHint']>> = { parameters: 'arguments', locals: 'locals' };

/** What a number that the client holds stands for. */
interface Node {
  readonly process: number;
  readonly frame: number | undefined;
  readonly entry?: Entry;
  readonly scope?: ScopeView['kind'];
}

/** Scopes and values of stopped processes. A number the client holds is good until its process goes on. */
export class Variables {
  private readonly nodes = new Map<number, Node>();
  private next = 1;

  constructor(private readonly on: Debugged) {}

  readonly handlers: Handlers = {
    scopes: ({ frameId }) => ({ scopes: this.scopes(frameId) }),
    variables: (args) => ({ variables: this.children(args) }),
    setVariable: (args) => this.set(args),
    setExpression: ({ expression, value, frameId, format }) => {
      const { process, frame } = this.place(frameId);
      this.evaluated(process, frame, `${expression}:=${value}`);
      const shown = this.evaluated(process, frame, expression);
      return this.describe({ name: expression, value: shown, expression }, process, frame, format);
    },
  };

  /** The client's numbers for a process are worth nothing any more. */
  forget(process: number): void {
    for (const [number, node] of this.nodes) if (node.process === process) this.nodes.delete(number);
  }

  forgetAll(): void {
    this.nodes.clear();
  }

  /** The place behind a name that the client shows. */
  entryNamed(reference: number, name: string): { process: number; reference?: Reference } | undefined {
    const { node, process } = this.node(reference);
    const entry = this.entries(node, process, undefined, 0, Number.MAX_SAFE_INTEGER).find((each) => each.name === name);
    return entry && { process: process.number, ...(entry.reference && { reference: entry.reference }) };
  }

  /** A value for the client: its text, type, and a number for its parts. */
  describe(entry: Entry, process: ProcessState, frame: number | undefined, format?: P.ValueFormat) {
    const { named, indexed } = countParts(entry.value, this.on);
    const parts = named + indexed > 0;
    return {
      value: text(entry.value, format),
      type: typeText(entry.value, entry.type),
      variablesReference: parts ? this.keep({ process: process.number, frame, entry }) : 0,
      ...(parts && { namedVariables: named, indexedVariables: indexed }),
    };
  }

  /** The frame that a request names; without one any living process, for expressions about no process. */
  place(frameId: number | undefined): { process: ProcessState; frame: number | undefined } {
    if (frameId !== undefined) {
      const { process, frame } = frameOf(this.on, frameId);
      return { process, frame: frame.id };
    }
    const [process] = this.on.machine.state.processes.values();
    if (!process) throw new Refusal(noProcess);
    return { process, frame: undefined };
  }

  private scopes(frameId: number): P.Scope[] {
    const { process, frame } = frameOf(this.on, frameId);
    return this.on.machine.scopes(process, frame.id).map(({ kind, variables }) => ({
      name: this.on.client.say(texts[kind]),
      ...(hints[kind] && { presentationHint: hints[kind] }),
      variablesReference: this.keep({ process: process.number, frame: frame.id, scope: kind }),
      namedVariables: variables.length,
      expensive: false,
    }));
  }

  private children({ variablesReference, filter, start = 0, count = 0, format }: P.VariablesArguments): P.Variable[] {
    const { node, process } = this.node(variablesReference);
    const shown = this.entries(node, process, filter, start, count || atOnce).map((entry) => ({
      name: entry.name,
      ...this.describe(entry, process, node.frame, format),
      ...(entry.expression && { evaluateName: entry.expression }),
      ...(!entry.reference && { presentationHint: { attributes: ['readOnly'] } }),
    }));
    const left = count || !node.entry ? 0 : this.partsOf(node.entry, filter) - start - shown.length;
    return left > 0 ? [...shown, { name: '…', value: this.on.client.say(texts.more, left), variablesReference: 0 }] : shown;
  }

  private partsOf({ value }: Entry, filter: P.VariablesArguments['filter']): number {
    const { named, indexed } = countParts(value, this.on);
    return filter === 'named' ? named : filter === 'indexed' ? indexed : named + indexed;
  }

  private entries(node: Node, process: ProcessState, filter: P.VariablesArguments['filter'], start: number, count: number): Entry[] {
    if (node.scope) return filter === 'indexed' ? [] : this.scopeEntries(node, process).slice(start, start + count);
    if (!node.entry) return [];
    const around: Around = { ...this.on, process, frame: node.frame };
    if (filter === 'indexed') return indexedParts(node.entry, start, count, around);
    const named = namedParts(node.entry, start, count, around);
    if (filter === 'named') return named;
    const before = countParts(node.entry.value, this.on).named;
    const left = count - Math.max(0, Math.min(before, start + count) - start);
    return [...named, ...indexedParts(node.entry, Math.max(0, start - before), left, around)];
  }

  private scopeEntries(node: Node, process: ProcessState): Entry[] {
    const scopes = this.on.machine.scopes(process, node.frame!);
    const variables = scopes.find(({ kind }) => kind === node.scope)?.variables ?? [];
    return variables.map(({ name, value, type, reference }) => ({ name, value, type, reference, expression: name }));
  }

  private set({ variablesReference, name, value, format }: P.SetVariableArguments): P.SetVariableResponse['body'] {
    const { client, machine } = this.on;
    const { node, process } = this.node(variablesReference);
    const entry = this.entries(node, process, undefined, 0, Number.MAX_SAFE_INTEGER).find((each) => each.name === name);
    if (!entry?.reference) throw new Refusal(texts.fixed, name);
    if (isArray(entry.value)) throw new Refusal(texts.array, name);
    const wanted = this.evaluated(process, node.frame, value);
    if (wanted === undefined) throw new Refusal(texts.noValue, value);
    try {
      machine.write(process, entry.reference, isArray(wanted) ? wanted.current : wanted);
    } catch (error) {
      if (error instanceof FourDError) throw new Refusal(error.error.message);
      throw error;
    }
    client.send('invalidated', { areas: ['variables'], threadId: process.number });
    const now = this.entries(node, process, undefined, 0, Number.MAX_SAFE_INTEGER).find((each) => each.name === name);
    return this.describe(now ?? { ...entry, value: undefined }, process, node.frame, format);
  }

  private evaluated(process: ProcessState, frame: number | undefined, expression: string): Slot {
    const result = this.on.machine.evaluate(process, frame, expression);
    if (!result.ok) throw new Refusal(result.error.message);
    return result.value;
  }

  private node(reference: number): { node: Node; process: ProcessState } {
    const node = this.nodes.get(reference);
    const process = node && this.on.machine.state.processes.get(node.process);
    if (!node || !process) throw new Refusal(texts.gone);
    return { node, process };
  }

  private keep(node: Node): number {
    this.nodes.set(this.next, node);
    return this.next++;
  }
}

/** Parts that a client gets which does not ask for a number of them. */
const atOnce = 10_000;

const noProcess = {
  en: 'No process is there to evaluate anything in.',
  es: 'No hay ningún proceso en el que evaluar nada.',
};

const isArray = (value: Slot): value is ArrayValue => value !== null && typeof value === 'object' && value.t === 'array';

/** Whole numbers in hexadecimal where the client asks for it; everything else as 4D shows it. */
export function text(value: Slot, format?: P.ValueFormat): string {
  if (format?.hex && typeof value === 'number' && Number.isInteger(value)) {
    return `${value < 0 ? '-' : ''}0x${Math.abs(value).toString(16).toUpperCase()}`;
  }
  return display(value);
}
