import type { DebugProtocol as P } from '@vscode/debugprotocol';
import type { EvaluateResult, StatementLocation } from '../machine/machine.js';
import type { Frame, ProcessState } from '../machine/types.js';
import type { TraceEvent } from '../trace.js';
import { display } from '../values/display.js';
import type { Debugged } from './debugged.js';
import { happeningNamed, happenings } from './events.js';
import type { Handlers } from './handlers.js';
import { hitCondition, logParts } from './hitCondition.js';
import { namedPlace, statementsOf } from './places.js';

/** One breakpoint that can be hit. */
export interface Point {
  readonly id: number;
  readonly kind: 'line' | 'function' | 'command' | 'data';
  readonly condition?: string;
  readonly isDue?: (hits: number) => boolean;
  readonly logMessage?: string;
  hits: number;
}

/** The breakpoints that stop a process at a statement or command. */
export interface Hit {
  readonly ids: readonly number[];
  readonly kind: Point['kind'];
}

const texts = {
  outside: {
    en: 'This file does not belong to the project that runs.',
    es: 'Este archivo no pertenece al proyecto que se ejecuta.',
  },
  noStatement: { en: 'There is no statement here or below.', es: 'No hay ninguna instrucción aquí ni más abajo.' },
  empty: { en: 'There is no statement in it to stop at.', es: 'No contiene ninguna instrucción en la que detenerse.' },
  unknownName: {
    en: 'Neither a method of the project, nor a function of one of its classes (Shop.total), nor a command of 4D, nor an event (session closed, lock released …).',
    es: 'No es un método del proyecto, ni una función de una de sus clases (Shop.total), ni un comando de 4D, ni un suceso (sesión cerrada, bloqueo liberado…).',
  },
  hitCondition: {
    en: 'The hit count “{0}” is not understood. Write 5, >= 5, > 5, < 5, # 5 or % 5 (every fifth time).',
    es: 'No se entiende el número de pasos «{0}». Escriba 5, >= 5, > 5, < 5, # 5 o % 5 (cada cinco veces).',
  },
  conditionFailed: {
    en: 'The condition “{0}” of a breakpoint cannot be evaluated, so it stops: {1}',
    es: 'No se puede evaluar la condición «{0}» de un punto de parada, así que se detiene: {1}',
  },
};

export type Wanted = Pick<P.SourceBreakpoint, 'condition' | 'hitCondition' | 'logMessage'>;

interface Asked<T> {
  readonly wanted: T;
  readonly ids: readonly number[];
}

/** Source and function breakpoints: where they are, and whether one of them stops a process. */
export class Breakpoints {
  private nextId = 1;
  /** By file and place of the statement. */
  private readonly sourcePoints = new Map<string, Map<string, Point[]>>();
  private readonly functionPoints = new Map<string, Map<string, Point[]>>();
  private readonly commandPoints = new Map<number, Point[]>();
  /** By id of what happens: those of names, and those of data breakpoints. */
  private readonly eventPoints = new Map<string, Point[]>();
  private dataPoints: ReadonlyMap<string, Point> = new Map();
  /** Reads a source again that the client has saved. */
  reload: ((source: P.Source) => Promise<unknown>) | undefined;
  /** Points by code and statement, as the machine asks. */
  private readonly found = new Map<string, readonly Point[]>();
  /** What was asked for last, and the numbers that were given: a restarted run keeps them. */
  private lastFunctions: Asked<readonly P.FunctionBreakpoint[]> = { wanted: [], ids: [] };
  private lastHappenings: Asked<ReadonlyMap<string, Wanted>> = { wanted: new Map(), ids: [] };
  private readonly lastSources = new Map<string, Asked<P.SetBreakpointsArguments>>();

  constructor(
    private readonly on: Debugged,
    private readonly evaluate: (process: ProcessState, frame: number, expression: string) => EvaluateResult,
  ) {}

  readonly handlers: Handlers = {
    setBreakpoints: async (args) => {
      if (args.sourceModified) await this.reload?.(args.source);
      return { breakpoints: this.setSource(args) };
    },
    setFunctionBreakpoints: ({ breakpoints }) => ({ breakpoints: this.setFunctions(breakpoints) }),
    breakpointLocations: (args) => ({ breakpoints: this.locations(args) }),
  };

  /** Puts the breakpoints of another run in place: after a restart. */
  takeOver(former: Breakpoints): void {
    this.nextId = former.nextId;
    for (const { wanted, ids } of former.lastSources.values()) this.setSource(wanted, ids);
    this.setFunctions(former.lastFunctions.wanted, former.lastFunctions.ids);
    this.setDataHappenings(former.lastHappenings.wanted, former.lastHappenings.ids);
  }

  /** Puts the breakpoints of a file where its statements lie now, and tells the client. */
  replace(file: string): void {
    const last = this.lastSources.get(file);
    if (last) {
      for (const breakpoint of this.setSource(last.wanted, last.ids)) this.on.client.send('breakpoint', { reason: 'changed', breakpoint });
    }
    this.setFunctions(this.lastFunctions.wanted, this.lastFunctions.ids);
  }

  private setSource(args: P.SetBreakpointsArguments, ids: readonly number[] = []): P.Breakpoint[] {
    const { client, sources, machine } = this.on;
    const wanted = args.breakpoints ?? [];
    const file = sources.fromClient(args.source);
    const path = file === undefined ? undefined : this.on.files.find((each) => sources.same(each.path, file))?.path;
    if (path === undefined) {
      return wanted.map(({ line }) => ({ id: this.nextId++, verified: false, line, message: client.say(texts.outside) }));
    }
    const statement = statementsOf(machine.locations(path));
    const points = new Map<string, Point[]>();
    const answers = wanted.map((each, index) => {
      const column = each.column === undefined ? undefined : client.columnIn(each.column);
      const location = statement(client.lineIn(each.line), column);
      const point = this.point('line', each, ids[index]);
      if (!location) return { id: point.id, verified: false, line: each.line, message: client.say(texts.noStatement) };
      const key = keyOf(location);
      points.set(key, [...(points.get(key) ?? []), point]);
      return { ...this.answer(point, each), source: args.source, ...this.range(location) };
    });
    this.lastSources.set(path, { wanted: args, ids: answers.map(({ id }) => id) });
    this.sourcePoints.set(path, points);
    this.arm(path);
    return answers;
  }

  private setFunctions(wanted: readonly P.FunctionBreakpoint[], ids: readonly number[] = []): P.Breakpoint[] {
    const { client, sources, machine } = this.on;
    const before = [...this.functionPoints.keys()];
    this.functionPoints.clear();
    this.commandPoints.clear();
    this.eventPoints.clear();
    const answers = wanted.map((each, index) => {
      const place = namedPlace(this.on, each.name);
      const point = this.point(place?.kind === 'command' ? 'command' : 'function', each, ids[index]);
      if (!place) {
        const happening = happeningNamed(each.name);
        if (!happening) return { id: point.id, verified: false, message: client.say(texts.unknownName) };
        this.eventPoints.set(happening.id, [...(this.eventPoints.get(happening.id) ?? []), point]);
        return this.answer(point, each);
      }
      if (place.kind === 'empty') return { id: point.id, verified: false, message: client.say(texts.empty) };
      if (place.kind === 'command') {
        this.commandPoints.set(place.number, [...(this.commandPoints.get(place.number) ?? []), point]);
        return this.answer(point, each);
      }
      const points = this.functionPoints.get(place.file) ?? new Map<string, Point[]>();
      const key = keyOf(place.statement);
      points.set(key, [...(points.get(key) ?? []), point]);
      this.functionPoints.set(place.file, points);
      return { ...this.answer(point, each), source: sources.toClient(place.file), ...this.range(place.statement) };
    });
    for (const file of new Set([...before, ...this.functionPoints.keys()])) this.arm(file);
    machine.breakOnCommands(new Set(this.commandPoints.keys()));
    this.lastFunctions = { wanted, ids: answers.map(({ id }) => id) };
    return answers;
  }

  private locations(args: P.BreakpointLocationsArguments): P.BreakpointLocation[] {
    const { client, sources, machine } = this.on;
    const file = sources.fromClient(args.source);
    if (file === undefined) return [];
    const first = client.lineIn(args.line);
    const last = args.endLine === undefined ? first : client.lineIn(args.endLine);
    const from = args.column === undefined ? 1 : client.columnIn(args.column);
    const to = args.endColumn === undefined ? Number.MAX_SAFE_INTEGER : client.columnIn(args.endColumn);
    return machine
      .locations(file)
      .filter(({ line, column }) => line >= first && line <= last && (line > first || column >= from) && (line < last || column <= to))
      .map((location) => this.range(location));
  }

  // ---- while code runs

  /** Breakpoints that stop a process in front of a statement; log points print and conditions are looked at on the way. */
  atStatement(process: ProcessState, frame: Frame, statement: number): Hit | undefined {
    const code = `${frame.code}:${statement}`;
    let points = this.found.get(code);
    if (!points) {
      points = this.pointsAt(process);
      this.found.set(code, points);
    }
    return points.length ? this.hit(points, process, frame) : undefined;
  }

  /** Whether a breakpoint would stop here: nothing is counted or printed. */
  wouldStop(process: ProcessState, frame: Frame, statement: number): boolean {
    const points = this.found.get(`${frame.code}:${statement}`) ?? this.pointsAt(process);
    return points.some(({ condition, logMessage }) => {
      if (logMessage) return false;
      const result = condition === undefined ? undefined : this.evaluate(process, frame.id, condition);
      return !result?.ok || result.value === true;
    });
  }

  atCommand(process: ProcessState, frame: Frame, command: number): Hit | undefined {
    const points = this.commandPoints.get(command);
    return points && this.hit(points, process, frame);
  }

  /** Breakpoints that wait for what the simulator tells here; hits are counted now, or once their condition has held. */
  atEvent(event: TraceEvent): readonly Point[] {
    if (this.eventPoints.size === 0 && this.dataPoints.size === 0) return [];
    return happenings
      .filter(({ is }) => is(event))
      .flatMap(({ id }) => [...(this.eventPoints.get(id) ?? []), ...[this.dataPoints.get(id) ?? []].flat()])
      .filter((point) => point.condition !== undefined || this.isDue(point));
  }

  /** What becomes of such breakpoints in front of the statement that follows. */
  afterEvent(points: readonly Point[], process: ProcessState, frame: Frame): Hit | undefined {
    return stopping(
      points.filter((point) => (point.condition === undefined || this.counts(point, process, frame)) && !this.logs(point, process, frame)),
    );
  }

  /** Data breakpoints on what happens, by its id; gives the number of each. */
  setDataHappenings(wanted: ReadonlyMap<string, Wanted>, ids: readonly number[] = []): ReadonlyMap<string, number> {
    this.dataPoints = new Map([...wanted].map(([id, each], index) => [id, this.point('data', each, ids[index])]));
    const numbers = new Map([...this.dataPoints].map(([id, point]) => [id, point.id]));
    this.lastHappenings = { wanted, ids: [...numbers.values()] };
    return numbers;
  }

  private pointsAt(process: ProcessState): readonly Point[] {
    const place = this.on.machine.frames(process).find(({ native }) => !native)?.place;
    if (!place) return [];
    const key = keyOf(place);
    return [...(this.sourcePoints.get(place.file)?.get(key) ?? []), ...(this.functionPoints.get(place.file)?.get(key) ?? [])];
  }

  private hit(points: readonly Point[], process: ProcessState, frame: Frame): Hit | undefined {
    return stopping(points.filter((point) => this.counts(point, process, frame) && !this.logs(point, process, frame)));
  }

  private counts(point: Point, process: ProcessState, frame: Frame): boolean {
    if (point.condition) {
      const result = this.evaluate(process, frame.id, point.condition);
      if (!result.ok) {
        const { client } = this.on;
        client.print(client.say(texts.conditionFailed, point.condition, client.say(result.error.message)), 'stderr');
      } else if (result.value !== true) return false;
    }
    return this.isDue(point);
  }

  private isDue(point: Point): boolean {
    point.hits++;
    return point.isDue?.(point.hits) ?? true;
  }

  private logs(point: Point, process: ProcessState, frame: Frame): boolean {
    if (!point.logMessage) return false;
    const { client, sources, machine } = this.on;
    const shown = logParts(point.logMessage).map(({ text, expression }) => {
      if (expression === undefined) return text;
      const result = this.evaluate(process, frame.id, expression);
      if (!result.ok) return `${text}{${client.say(result.error.message)}}`;
      return text + (typeof result.value === 'string' ? result.value : display(result.value));
    });
    const place = machine.frames(process)[0]?.place;
    const where = place && { source: sources.toClient(place.file), line: client.lineOut(place.line) };
    client.print(shown.join(''), 'stdout', where);
    return true;
  }

  // ---- parts

  private point(kind: Point['kind'], wanted: Wanted, id = this.nextId++): Point {
    const isDue = wanted.hitCondition ? hitCondition(wanted.hitCondition) : undefined;
    return {
      id,
      kind,
      hits: 0,
      ...(wanted.condition?.trim() && { condition: wanted.condition.trim() }),
      ...(isDue && { isDue }),
      ...(wanted.logMessage && { logMessage: wanted.logMessage }),
    };
  }

  private answer(point: Point, wanted: Wanted): P.Breakpoint & { id: number } {
    const misread = wanted.hitCondition?.trim() && !point.isDue;
    if (!misread) return { id: point.id, verified: true };
    return { id: point.id, verified: true, message: this.on.client.say(texts.hitCondition, wanted.hitCondition!) };
  }

  private range({ line, column, endLine, endColumn }: StatementLocation) {
    const { client } = this.on;
    return {
      line: client.lineOut(line),
      column: client.columnOut(column),
      endLine: client.lineOut(endLine),
      endColumn: client.columnOut(endColumn),
    };
  }

  private arm(file: string): void {
    this.found.clear();
    const functions = this.functionPoints.get(file);
    const all = this.on.machine.locations(file).filter((location) => {
      const key = keyOf(location);
      return this.sourcePoints.get(file)?.has(key) || functions?.has(key);
    });
    this.on.machine.setBreakpoints(file, all);
  }
}

const keyOf = ({ line, column }: { readonly line: number; readonly column: number }): string => `${line}:${column}`;

function stopping(points: readonly Point[]): Hit | undefined {
  return points.length ? { ids: points.map(({ id }) => id), kind: points[0].kind } : undefined;
}
