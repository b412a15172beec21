import { type Components, openComponents } from '#syntaxes/project/components.js';
import type { FileSystem } from '#syntaxes/project/fileSystem.js';

import { openProject } from '#syntaxes/project/project.js';
import type { Project } from '#syntaxes/project/project.types.js';
import type { SourceFile } from '#syntaxes/project/types.js';
import type { Bilingual } from '#syntaxes/text/bilingual.js';
import { createDisk, writtenAt } from './library/files/disk.js';
import type { Machine } from './machine/machine.js';
import type { Callable, Outcome, ProcessState, RaisedError } from './machine/types.js';
import { createRecords, type Records, readField, releaseAll, writeField } from './records/records.js';
import { momentOf, VirtualClock } from './simulator/clock.js';
import { type ClockReading, ClockRecord, ClockScript } from './simulator/clockReadings.js';
import { componentServer } from './simulator/componentServer.js';
import { SimulatorHost } from './simulator/host.js';
import { defaultHostEdges } from './simulator/hostEdges.js';
import { simulatorLibrary } from './simulator/libraries.js';
import { makeMachine } from './simulator/makeMachine.js';
import { clockProblems, componentProblems } from './simulator/problems.js';
import { givesResult, type LoadedProgram, loadProgram, loadRoles, publishedMethods, usesName, withCatalogue } from './simulator/program.js';
import { type RepeatableRandom, repeatable, seededRandom } from './simulator/random.js';
import { fillRecords } from './simulator/recordsFile.js';
import { RunLoop } from './simulator/runLoop.js';
import { authenticationOf, modeFor, optionsFor } from './simulator/settings.js';
import { putBack, type SimulatorSnapshot, takeSnapshot } from './simulator/snapshot.js';
import { takeStandIns } from './simulator/standIns.js';
import type { HostEdges, ModeView, ProcessView, RunResult, SessionView, SimulatorApi, SimulatorOptions } from './simulator/types.js';
import { processViews, sessionViews } from './simulator/views.js';
import type { Trace, TraceBody, TraceEvent } from './trace.js';
import type { Value } from './values/value.js';
import type { Assumption } from './web/assumptions.js';
import { defaultChoices, type SimulatorChoices } from './web/choices.js';
import type { Roles } from './web/context.js';
import { readHandlers } from './web/handlers.js';
import type { HttpRequest, HttpResponse } from './web/http.js';
import { WebServers } from './web/servers.js';
import { WebFolder } from './web/webFolder.js';
import { WebServer } from './web/webServer.js';

/** What is read before a simulator is made. */
interface Sources {
  readonly project: Project;
  readonly components: Components;
  readonly program: LoadedProgram;
  readonly roles: Roles;
  /** In the order of the components. */
  readonly componentRoles: readonly Roles[];
  readonly handlers: ReturnType<typeof readHandlers>;
}

/** A simulated 4D with one project: see {@link SimulatorApi}. */
export class Simulator implements SimulatorApi {
  readonly project: Project;
  /** Everything that can run: the project's files and those of its components. */
  readonly sourceFiles: readonly SourceFile[];
  readonly mode: ModeView;
  readonly machine: Machine<SimulatorHost>;
  readonly records: Records;
  /** The host's web server. */
  readonly web: WebServer;
  /** Its web server and those of its components. */
  readonly servers: WebServers;
  /** The choices in force where 4D's documentation leaves something open. */
  readonly choices: SimulatorChoices;
  readonly files: FileSystem;
  /** Told before each slice of code, when nothing runs: the debugger's moment to keep the state. */
  beforeSlice: ((steps: number, alone?: ProcessState) => void) | undefined;
  private readonly program: LoadedProgram;
  private readonly clock: VirtualClock;
  private readonly record: ClockRecord | undefined;
  private readonly random: RepeatableRandom;
  private readonly loop: RunLoop;
  private readonly trace: Trace;
  /** Who waits for the end of a call that the host started, by its token. */
  private readonly calls = new Map<string, (outcome: Outcome) => void>();
  private nextCall = 1;
  /** Callers of the host who wait for something. */
  private awaiting = 0;
  private started: Promise<void> | undefined;
  /** On Startup has run. */
  private ready = false;
  private stopped: Promise<void> | undefined;

  /**
   * Opens a project. Rejects only when the file system does; what is wrong with records, stand-ins or the clock is told in the trace
   * (`problem`) at the start, and the rest is taken.
   */
  static async create(options: SimulatorOptions): Promise<Simulator> {
    const { files, root } = options;
    const project = await openProject(files, root);
    const components = await openComponents(files, project);
    const [program, roles, componentRoles, handlers] = await Promise.all([
      loadProgram(files, project, components.read),
      loadRoles(files, project),
      Promise.all(components.read.map((component) => loadRoles(files, component.project))),
      files.readText(`${root}/${project.sources}/HTTPHandlers.json`),
    ]);
    const simulator = new Simulator(options, {
      project,
      components,
      componentRoles,
      program,
      roles,
      handlers: readHandlers(handlers ?? '[]'),
    });
    const { fromProject, problems } = await fillRecords(simulator.records, files, root, options.records);
    if (fromProject) simulator.assumed.push('records-file');
    simulator.problems.push(...problems);
    return simulator;
  }

  private readonly problems: Bilingual[] = [];
  private readonly assumed: Assumption[] = [];

  private constructor(options: SimulatorOptions, { project, components, componentRoles, program, roles, handlers }: Sources) {
    const edges: HostEdges = { ...defaultHostEdges(), ...options.host };
    const random = options.seed === undefined ? repeatable(edges.random) : seededRandom(options.seed);
    this.random = random;
    const start = momentOf(options.clock?.start);
    this.project = project;
    this.program = program;
    this.sourceFiles = program.files;
    this.files = options.files;
    this.mode = modeFor(project, options.mode);
    this.choices = { ...defaultChoices, ...options.choices };
    this.clock = new VirtualClock(edges, start ?? edges.now(), Math.max(0, options.clock?.speed ?? 1));
    this.trace = (event: TraceBody) => options.trace?.({ at: this.clock.now(), ...event } as TraceEvent);
    this.records = createRecords(project.structure, { trace: this.trace, uuid: () => random.uuid() });

    const standIns = takeStandIns(options.standIns ?? {}, program.catalogue, (name) => usesName(program, project, name));
    const hold = (work: Promise<void>): void => this.loop.hold(work);
    const now = this.clock.now();
    const disk = createDisk(options.files, options.root, project.name, project.webFolder, now);
    const application = {
      name: project.name,
      release: this.choices.release,
      started: now,
      components: components.read.map(({ name }) => name),
    };
    const host = new SimulatorHost(this.records, disk, application, hold, edges, edges.keys);
    this.machine = makeMachine({
      host,
      program: withCatalogue(program, standIns.catalogue),
      libraries: [simulatorLibrary(standIns.theme)],
      fields: {
        readField: (process, table, field) => readField(this.records, process.number, table, field),
        writeField: (process, table, field, value) => void writeField(this.records, process.number, table, field, value),
      },
      clock: this.clock,
      random,
      trace: this.trace,
      hooks: {
        finished: (process, outcome, token) => this.finished(process, outcome, token),
        ended: (process) => this.ended(process),
      },
    });
    const shared = {
      machine: this.machine,
      trace: this.trace,
      choices: this.choices,
      folderAt: (relative: string) => new WebFolder(options.files, `${project.root}/${relative}`, (path) => writtenAt(disk, path)),
      releaseRecords: (process: number) => releaseAll(this.records, process),
      hold,
      wake: () => this.loop.wake(),
    };
    this.web = new WebServer({
      ...shared,
      project,
      routing: { method: publishedMethods(project, program) },
      roles,
      handlers: handlers.handlers,
      authentication: authenticationOf(project),
      authenticationAnswers: givesResult(program.text(project.databaseMethod('onWebAuthentication')?.path ?? '') ?? ''),
      options: optionsFor(project, this.mode.mode),
    });
    const own = components.read.map(
      (each, i) => [each.name, componentServer(each, program, componentRoles[i], { ...shared, numbers: this.web.state })] as const,
    );
    this.servers = new WebServers(this.web, new Map(own));
    host.servers = this.servers;
    host.machine = this.machine;
    const { readings, record } = options.clock ?? {};
    this.record = record ? new ClockRecord(now) : undefined;
    this.loop = new RunLoop({
      record: this.record,
      script: readings && new ClockScript(readings, now),
      machine: this.machine,
      web: this.servers,
      clock: this.clock,
      host: edges,
      awaited: () => this.awaiting > 0 && !this.someStopped(),
      beforeSlice: (steps, alone) => this.beforeSlice?.(steps, alone),
    });

    this.problems.push(...standIns.problems, ...handlers.problems, ...clockProblems(options.clock), ...componentProblems(components));
    if (!this.mode.forced && this.mode.declared === 'unknown') this.assumed.push('unknown-mode');
    if (authenticationOf(project) !== 'custom') this.assumed.push('authentication-mode');
  }

  // ---- life

  start(url = ''): Promise<void> {
    this.started ??= this.startOnce(url);
    return this.started;
  }

  private async startOnce(url: string): Promise<void> {
    for (const message of this.problems) this.trace({ kind: 'problem', message });
    for (const what of this.assumed) this.web.assume(what);
    // It stands for a 4D Server and for a 4D of its own, so both of their methods run.
    if (await this.runDatabaseMethod('onServerStartup', 'On Server Startup')) this.web.assume('server-startup');
    await this.runDatabaseMethod('onStartup', 'On Startup');
    // On Startup may have started the server itself.
    if (!this.stopped) this.web.start(url);
    this.ready = true;
  }

  stop(): Promise<void> {
    this.stopped ??= this.stopOnce();
    return this.stopped;
  }

  private async stopOnce(): Promise<void> {
    for (const server of this.servers.all) {
      server.stop();
      server.abandon();
    }
    await this.settled();
    if (this.started) {
      await this.runDatabaseMethod('onExit', 'On Exit');
      await this.runDatabaseMethod('onServerShutdown', 'On Server Shutdown');
    }
    for (const process of [...this.machine.state.processes.values()]) this.machine.end(process);
    this.loop.end();
  }

  /** Runs a database method in a process of its own, to its end. False when the project has none. */
  private async runDatabaseMethod(file: string, name: string): Promise<boolean> {
    const found = this.project.databaseMethod(file);
    if (found) await this.call({ file: found.path }, [], name, 'main');
    return found !== undefined;
  }

  // ---- what the host asks

  /**
   * `waits` false: nobody waits for the answer, so a clock that stands still does not move on because of it. `taken` is called when the clock is at
   * the request's moment.
   */
  handle(request: HttpRequest, waits = true, taken?: () => void): Promise<HttpResponse> {
    const web = this.servers.named(request.server) ?? this.web;
    const take = (): Promise<HttpResponse> => {
      taken?.();
      return web.handle(request, waits ? this.await() : undefined);
    };
    const handle = (): Promise<HttpResponse> => this.loop.catchUp()?.then(take) ?? take();
    return this.started && !this.ready && !this.stopped ? this.started.then(handle) : handle();
  }

  async run(method: string, args: readonly Value[] = []): Promise<RunResult> {
    const file = this.project.methodByName(method);
    if (!file) {
      const messages = {
        en: `The project has no method “${method}”.`,
        es: `El proyecto no tiene ningún método «${method}».`,
      };
      return { error: messages.en, messages };
    }
    const outcome = await this.call({ method: file.name }, args, file.name, 'user');
    if ('value' in outcome) return { value: outcome.value };
    const { message, place } = outcome.error;
    return { error: message.en, messages: message, ...(place && { place }) };
  }

  async closeSession(id: string): Promise<boolean> {
    const server = this.servers.all.find(({ legacy }) => legacy.find(id)) ?? this.web;
    return server.ends.closeFromHost(id, this.await());
  }

  async advance(milliseconds: number): Promise<void> {
    await this.loop.advance(milliseconds);
    this.trace({ kind: 'clock', now: this.now() });
  }

  now(): number {
    return this.clock.now();
  }

  /** What this run has seen of the time, where it is recorded. */
  readings(): readonly ClockReading[] {
    return this.record?.readings ?? [];
  }

  /** Copies everything that changes; see {@link SimulatorSnapshot}. */
  snapshot(): SimulatorSnapshot {
    return takeSnapshot({ host: this.machine.host, clock: this.clock, random: this.random });
  }

  /** Puts a snapshot back. What the host waits for since is not undone: its promises settle when the code comes to their end again, or with 503. Code goes on at once unless it is told not to. */
  restore(snapshot: SimulatorSnapshot, goesOn = true): void {
    putBack(snapshot, { host: this.machine.host, clock: this.clock, random: this.random });
    if (goesOn) this.loop.wake();
  }

  sessions(): SessionView[] {
    return this.servers.all.flatMap(sessionViews);
  }

  processes(): ProcessView[] {
    return processViews(this.machine.state);
  }

  settled(): Promise<void> {
    this.loop.wake();
    return this.loop.settled();
  }

  resume(): void {
    this.loop.wake();
  }

  /** Runs one process while nothing else does, until it stops, waits or ends: for the debugger. */
  runAlone(process: ProcessState): void {
    this.loop.alone(process);
  }

  /**
   * Reads a source again: its next call runs what stands in the file now, what is under way ends as it began.
   * @returns false when it says the same as before, or cannot be read
   */
  async reload(path: string): Promise<boolean> {
    const text = await this.files.readText(`${this.project.root}/${path}`);
    if (text === undefined || text.replace(/^\uFEFF/, '') === this.program.text(path)) return false;
    this.program.replace(path, text);
    this.machine.reload(path);
    return true;
  }

  /** Nothing runs until the work has settled: for the debugger. */
  hold(work: Promise<void>): void {
    this.loop.hold(work);
  }

  /** Calls some code in a new process, which ends with it. */
  private call(code: Callable, args: readonly Value[], name: string, kind: 'main' | 'user'): Promise<Outcome> {
    const token = `host:${this.nextCall++}`;
    const done = this.await();
    const ended = new Promise<Outcome>((resolve) => {
      this.calls.set(token, (outcome) => {
        done();
        resolve(outcome);
      });
    });
    const process = this.machine.start({ name, kind, code, args, token });
    process.extra.set('hostCall', token);
    this.loop.wake();
    return ended;
  }

  /** Somebody waits until the function that it gives is called: time that stands still may move on for them, and not a moment longer. */
  private await(): () => void {
    this.awaiting++;
    let open = true;
    return () => {
      if (open) this.awaiting--;
      open = false;
    };
  }

  private someStopped(): boolean {
    for (const { status } of this.machine.state.processes.values()) if (status === 'stopped') return true;
    return false;
  }

  // ---- what the machine tells

  private finished(process: ProcessState, outcome: Outcome, token: string | undefined): void {
    if (token?.startsWith('host:')) this.settle(token, outcome);
    else this.servers.of(process).finished(process, outcome, token);
  }

  private ended(process: ProcessState): void {
    this.servers.of(process).ended(process);
    releaseAll(this.records, process.number);
    const token = process.extra.get('hostCall');
    if (typeof token === 'string') this.settle(token, { error: aborted });
  }

  private settle(token: string, outcome: Outcome): void {
    this.calls.get(token)?.(outcome);
    this.calls.delete(token);
  }
}

const aborted: RaisedError = {
  code: -1,
  message: { en: 'The process was ended before its code came to its end.', es: 'El proceso terminó antes de que acabara su código.' },
  place: undefined,
  chain: [],
};
