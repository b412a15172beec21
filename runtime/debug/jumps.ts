import type { DebugProtocol as P } from '@vscode/debugprotocol';
import { fold } from '#syntaxes/text/fold.js';
import type { StatementLocation } from '../machine/machine.js';
import type { Frame } from '../machine/types.js';
import type { Control } from './control.js';
import { type Debugged, frameOf } from './debugged.js';
import { type Handlers, Refusal } from './handlers.js';
import { statementAt } from './places.js';
import { callsIn } from './statement.js';
import type { CallWanted } from './stepping.js';

const texts = {
  noJump: {
    en: 'It cannot go on there: only inside the method on top of the call stack, and not into a For each, Use or Try block from outside.',
    es: 'No se puede continuar ahí: solo dentro del método superior de la pila de llamadas, y no desde fuera hacia un bloque For each, Use o Try.',
  },
  noRestart: {
    en: 'This call cannot start again: it is a command that waits, or one whose arguments are gone.',
    es: 'Esta llamada no puede empezar de nuevo: es un comando que espera o una cuyos argumentos ya no existen.',
  },
};

/** Moves that are no plain steps: into one call of several, to another line, to the beginning of a call. */
export class Jumps {
  /** Calls by the numbers the client holds. */
  private readonly calls = new Map<number, CallWanted>();
  private readonly places = new Map<number, { readonly file: string; readonly location: StatementLocation }>();
  private next = 1;

  constructor(
    private readonly on: Debugged,
    private readonly control: Control,
    /** Whether a frame runs a text of its file that is no more. */
    private readonly isOutdated: (file: string, frame: Frame) => boolean,
  ) {}

  readonly handlers: Handlers = {
    stepInTargets: ({ frameId }) => ({ targets: this.stepInTargets(frameId) }),
    stepIn: ({ threadId, targetId, singleThread }) => {
      const process = this.control.stoppedProcess(threadId);
      const target = targetId === undefined ? undefined : this.calls.get(targetId);
      this.control.stepFrom(process, 'in', { target, alone: singleThread });
    },
    gotoTargets: (args) => ({ targets: this.gotoTargets(args) }),
    goto: ({ threadId, targetId }) => {
      const { machine } = this.on;
      const process = this.control.stoppedProcess(threadId);
      const place = this.places.get(targetId);
      const [top] = machine.frames(process);
      const frame = process.frames.at(-1);
      const stale = place && frame && this.isOutdated(place.file, frame);
      const there = place && !stale && top?.place?.file === place.file && top.name === place.location.code;
      if (!there || !machine.jump(process, place.location.statement)) throw new Refusal(texts.noJump);
      this.control.stands(process, 'goto');
    },
    restartFrame: ({ frameId }) => {
      const { process, frame } = frameOf(this.on, frameId);
      this.control.stoppedProcess(process.number);
      if (!this.on.machine.restartFrame(process, frame.id)) throw new Refusal(texts.noRestart);
      this.control.stands(process, 'restart');
    },
  };

  private stepInTargets(frameId: number): P.StepInTarget[] {
    const { machine, client } = this.on;
    const { process, frame } = frameOf(this.on, frameId);
    const view = machine.frames(process).find(({ id }) => id === frame.id);
    const text = view?.place && machine.program.text(view.place.file);
    if (!view?.place || text === undefined || this.isOutdated(view.place.file, frame)) return [];
    const { place, name, statement } = view;
    const location = machine.locations(place.file).find((each) => each.code === name && each.statement === statement);
    if (!location) return [];
    this.calls.clear();
    return callsIn(this.on, location, text).map((call, index, all) => {
      const id = this.next++;
      const nth = all.slice(0, index).filter(({ name }) => fold(name) === fold(call.name)).length;
      this.calls.set(id, { name: call.name, nth });
      return { id, label: call.label, line: client.lineOut(call.line), column: client.columnOut(call.column) };
    });
  }

  private gotoTargets({ source, line, column }: P.GotoTargetsArguments): P.GotoTarget[] {
    const { machine, client, sources } = this.on;
    const file = sources.fromClient(source);
    if (file === undefined) return [];
    const location = statementAt(machine.locations(file), client.lineIn(line), column && client.columnIn(column));
    if (!location) return [];
    const id = this.next++;
    this.places.set(id, { file, location });
    return [
      {
        id,
        label: `${location.code}:${location.line}`,
        line: client.lineOut(location.line),
        column: client.columnOut(location.column),
        endLine: client.lineOut(location.endLine),
        endColumn: client.columnOut(location.endColumn),
      },
    ];
  }
}
