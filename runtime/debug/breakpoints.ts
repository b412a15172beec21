import type { DebugProtocol as P } from '@vscode/debugprotocol';
import type { EvaluateResult, StatementLocation } from '../machine/machine.js';
import type { Frame, ProcessState } from '../machine/types.js';
import type { TraceEvent } from '../trace.js';
import { display } from '../values/display.js';
import type { Debugged } from './debugged.js';
import { happeningNamed, happenings } from './events.js';
import type { Handlers } from './handlers.js';
import { hitCondition, logParts } from './hitCondition.js';
import { namedPlace, statementAt } from './places.js';

/** One breakpoint that can be hit. */
interface Point {
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
    en: 'Neither a method of the project, nor a function of one of its classes (Shop.total), nor a command of 4D.',
    es: 'No es un método del proyecto, ni una función de una de sus clases (Shop.total), ni un comando de 4D.',
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

type Wanted = Pick<P.SourceBreakpoint, 'condition' | 'hitCondition' | 'logMessage'>;

/** Source and function breakpoints: where they are, and whether one of them stops a process. */
export class Breakpoints {
  private nextId = 1;
  /** By file and place of the statement. */
  private readonly sourcePoints = new Map<string, Map<string, Point[]>>();
  private readonly functionPoints = new Map<string, Map<string, Point[]>>();
  private readonly commandPoints = new Map<number, Point[]>();
  /** By id of what happens: those of names, and those of data breakpoints. */
  private readonly eventPoints = new Map<string, Point[]>();
  private dataHappenings: ReadonlyMap<string, number> = new Map();
  /** Points by code and statement, as the machine asks. */
  private readonly found = new Map<string, readonly Point[]>();
  private lastFunctions: readonly P.FunctionBreakpoint[] = [];
  private readonly lastSources = new Map<string, P.SetBreakpointsArguments>();

  constructor(
    private readonly on: Debugged,
    private readonly evaluate: (process: ProcessState, frame: number, expression: string) => EvaluateResult,
  ) {}

  readonly handlers: Handlers = {
    setBreakpoints: (args) => ({ breakpoints: this.setSource(args) }),
    setFunctionBreakpoints: ({ breakpoints }) => ({ breakpoints: this.setFunctions(breakpoints) }),
    breakpointLocations: (args) => ({ breakpoints: this.locations(args) }),
  };

  /** Puts the breakpoints of another run in place: after a restart. */
  takeOver(former: Breakpoints): void {
    for (const args of former.lastSources.values()) this.setSource(args);
    this.setFunctions(former.lastFunctions);
  }

  /** The breakpoints of a file were set again after its text has changed. */
  renew(file: string): void {
    this.found.clear();
    const last = this.lastSources.get(file);
    if (last) this.setSource(last);
  }

  private setSource(args: P.SetBreakpointsArguments): P.Breakpoint[] {
    const { client, sources, machine } = this.on;
    const wanted = args.breakpoints ?? [];
    const file = sources.fromClient(args.source);
    const path = file === undefined ? undefined : this.on.project.files.find((each) => sources.same(each.path, file))?.path;
    if (path === undefined) {
      return wanted.map(({ line }) => ({ id: this.nextId++, verified: false, line, message: client.say(texts.outside) }));
    }
    this.lastSources.set(path, args);
    const locations = machine.locations(path);
    const points = new Map<string, Point[]>();
    const answers = wanted.map((each): P.Breakpoint => {
      const column = each.column === undefined ? undefined : client.columnIn(each.column);
      const location = statementAt(locations, client.lineIn(each.line), column);
      const point = this.point('line', each);
      if (!location) return { id: point.id, verified: false, line: each.line, message: client.say(texts.noStatement) };
      const key = keyOf(location);
      points.set(key, [...(points.get(key) ?? []), point]);
      return { ...this.answer(point, each), source: args.source, ...this.range(location) };
    });
    this.sourcePoints.set(path, points);
    this.arm(path);
    return answers;
  }

  private setFunctions(wanted: readonly P.FunctionBreakpoint[]): P.Breakpoint[] {
    const { client, sources, machine } = this.on;
    this.lastFunctions = wanted;
    const before = [...this.functionPoints.keys()];
    this.functionPoints.clear();
    this.commandPoints.clear();
    this.eventPoints.clear();
    const answers = wanted.map((each): P.Breakpoint => {
      const place = namedPlace(this.on, each.name);
      const point = this.point(place?.kind === 'command' ? 'command' : 'function', each);
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
    return answers;
  }

  private locations(args: P.BreakpointLocationsArguments): P.BreakpointLocation[] {
    const { client, sources, machine } = this.on;
    const file = sources.fromClient(args.source);
    if (file === undefined) return [];
    const first = client.lineIn(args.line);
    const last = args.endLine === undefined ? first : client.lineIn(args.endLine);
    return machine
      .locations(file)
      .filter(({ line }) => line >= first && line <= last)
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

  /** Breakpoints that wait for what the simulator tells here. */
  atEvent(event: TraceEvent): Hit | undefined {
    if (this.eventPoints.size === 0 && this.dataHappenings.size === 0) return undefined;
    for (const { id } of happenings.filter(({ is }) => is(event))) {
      const data = this.dataHappenings.get(id);
      if (data !== undefined) return { ids: [data], kind: 'data' };
      const due = (this.eventPoints.get(id) ?? []).filter((point) => point.isDue?.(++point.hits) ?? true);
      if (due.length) return { ids: due.map((point) => point.id), kind: 'function' };
    }
    return undefined;
  }

  setDataHappenings(ids: ReadonlyMap<string, number>): void {
    this.dataHappenings = ids;
  }

  private pointsAt(process: ProcessState): readonly Point[] {
    const place = this.on.machine.frames(process).find(({ native }) => !native)?.place;
    if (!place) return [];
    const key = keyOf(place);
    return [...(this.sourcePoints.get(place.file)?.get(key) ?? []), ...(this.functionPoints.get(place.file)?.get(key) ?? [])];
  }

  private hit(points: readonly Point[], process: ProcessState, frame: Frame): Hit | undefined {
    const stopping = points.filter((point) => this.counts(point, process, frame) && !this.logs(point, process, frame));
    if (stopping.length === 0) return undefined;
    return { ids: stopping.map(({ id }) => id), kind: stopping[0].kind };
  }

  private counts(point: Point, process: ProcessState, frame: Frame): boolean {
    if (point.condition) {
      const result = this.evaluate(process, frame.id, point.condition);
      if (!result.ok) {
        const { client } = this.on;
        client.print(client.say(texts.conditionFailed, point.condition, client.say(result.error.message)), 'stderr');
      } else if (result.value !== true) return false;
    }
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

  private point(kind: Point['kind'], wanted: Wanted): Point {
    const isDue = wanted.hitCondition ? hitCondition(wanted.hitCondition) : undefined;
    return {
      id: this.nextId++,
      kind,
      hits: 0,
      ...(wanted.condition?.trim() && { condition: wanted.condition.trim() }),
      ...(isDue && { isDue }),
      ...(wanted.logMessage && { logMessage: wanted.logMessage }),
    };
  }

  private answer(point: Point, wanted: Wanted): P.Breakpoint {
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
