import type { Catalogue } from '#syntaxes/catalogue/types.js';
import type { FileSystem } from '#syntaxes/project/fileSystem.js';
import type { Pace } from '#syntaxes/project/parts.js';
import { openProject } from '#syntaxes/project/project.js';
import type { Project } from '#syntaxes/project/project.types.js';
import type { SourceFile } from '#syntaxes/project/types.js';
import { beyondCodeFacts, isBeyondCode } from '../analysis/beyondCode.js';
import { factsOf, readFacts } from '../analysis/facts.js';
import type { Encoding } from '../analysis/lines.js';
import { ProjectIndex } from '../analysis/projectIndex.js';
import type { ComponentClass, ProjectView } from '../analysis/projectView.js';
import { effectiveMode, type ModeAnswer } from '../analysis/sessionMode.js';
import type { Snapshot } from '../analysis/snapshot.js';
import { handlersFile } from '../rules/handlersFile.js';
import { type RuleFile, readRuleFile, ruleFileName } from '../rules/ruleFile.js';
import { beyondCodeFiles } from './beyondCodeFiles.js';
import type { Host } from './host.js';
import { uriOf } from './paths.js';
import { sharedCode } from './sharedCode.js';

/** Files read at once, and milliseconds of work between two pauses. */
const READ_AHEAD = 16;
const SLICE_MS = 6;
/** Files that take longer than this, on average, are read while other work goes on (milliseconds). */
const SLOWEST_READ = 5;

/** Others have their turn when a slice of work is done. */
function pacedBy({ now, pause }: Pick<Host, 'now' | 'pause'>): Pace {
  let since = now();
  return () => {
    if (now() - since < SLICE_MS) return undefined;
    return pause().then(() => {
      since = now();
    });
  };
}

export interface ProjectEvents {
  /** The files, the structure, the settings or the mode are other than before. */
  changed(project: LoadedProject): void;
  modeChanged(project: LoadedProject): void;
  failed(what: string, error: unknown): void;
}

/** One 4D project, open as long as the server runs: what its files say, kept true as they change. */
export class LoadedProject implements ProjectView {
  project!: Project;
  ruleFile: RuleFile | undefined;
  /** The text of `HTTPHandlers.json`, where there is one. */
  handlers: string | undefined;
  readonly index = new ProjectIndex();
  sharedMethods: ReadonlyMap<string, SourceFile> = new Map();
  componentClasses: ReadonlyMap<string, ComponentClass> = new Map();
  indexed = false;
  /** Forms and pages have been read too. */
  complete = false;
  /** Grows with every change that other files' answers may depend on. */
  generation = 0;
  /** Grows with every file whose contents changed on disk. */
  contents = 0;
  /** Resolves when the settings and the list of files are known. */
  readonly opened: Promise<void>;
  /** When the project was opened, by the host's clock. */
  readonly since: number;
  #indexing: Promise<void> | undefined;
  #indexingAgain = false;
  #mode: ModeAnswer | undefined;
  #saidMode = '';
  #slowFiles = false;
  /** Paths whose text is open in the client: that one counts, not the disk's. */
  readonly #open = new Set<string>();
  readonly #read = new WeakSet<Snapshot>();

  constructor(
    readonly root: string,
    readonly fs: FileSystem,
    readonly catalogue: Catalogue,
    private readonly host: Pick<Host, 'now' | 'pause'>,
    private readonly encoding: Encoding,
    private readonly events: ProjectEvents,
  ) {
    this.since = host.now();
    this.opened = this.#load();
  }

  async #load(): Promise<void> {
    const [project, levels] = await Promise.all([
      openProject(this.fs, this.root, pacedBy(this.host)),
      this.fs.readText(`${this.root}/${ruleFileName}`),
    ]);
    this.handlers = await this.fs.readText(`${this.root}/${handlersFile(project)}`);
    this.project = project;
    this.ruleFile = levels === undefined ? undefined : readRuleFile(levels);
    this.#mode = undefined;
    this.index.forget();
    this.generation++;
  }

  get mode(): ModeAnswer {
    this.#mode ??= this.#modeOf('standalone_server');
    return this.#mode;
  }

  /** The mode of a remote 4D's own web server; undefined where the settings say nothing about one. */
  get remoteMode(): ModeAnswer | undefined {
    const spoken = this.project.settings.some((s) => s.attributes.some((a) => a.element.startsWith('remote/')));
    return spoken ? this.#modeOf('remote') : undefined;
  }

  #modeOf(block: 'standalone_server' | 'remote'): ModeAnswer {
    return effectiveMode(
      this.project.sessionMode(block),
      (file) => this.project.settings.find((s) => s.path === file)?.text,
      this.index.evidence(),
      this.indexed,
      this.encoding,
    );
  }

  readonly #uris = new Map<string, string>();

  uriOf(path: string): string {
    let uri = this.#uris.get(path);
    if (uri === undefined) {
      uri = uriOf(this.absolute(path));
      this.#uris.set(path, uri);
    }
    return uri;
  }

  /** A path of the project as the file system knows it. */
  absolute(path: string): string {
    return path.startsWith('/') || /^[a-z][a-z0-9+.-]*:/i.test(path) ? path : `${this.root}/${path}`;
  }

  /** The path below the root; undefined for files outside the project. */
  relative(absolute: string): string | undefined {
    return absolute.startsWith(`${this.root}/`) ? absolute.slice(this.root.length + 1) : undefined;
  }

  sourceAt(absolute: string): SourceFile | undefined {
    const path = this.relative(absolute);
    return path === undefined ? undefined : this.project.fileByPath(path);
  }

  async readText(path: string): Promise<string | undefined> {
    const now = this.#slowFiles ? undefined : this.fs.readTextNow?.(this.absolute(path));
    const text = now ?? (await this.fs.readText(this.absolute(path)));
    return text?.replace(/^\uFEFF/, '');
  }

  /** Reads every file once, in slices that leave room for requests. The same promise for all who wait. */
  indexAll(progress?: (done: number, total: number) => void): Promise<void> {
    this.#indexing ??= this.#index(progress)
      .catch((error) => this.events.failed(`index ${this.root}`, error))
      .finally(() => {
        this.#indexing = undefined;
        if (this.#indexingAgain) {
          this.#indexingAgain = false;
          void this.indexAll();
        }
      });
    return this.#indexing;
  }

  async #index(progress?: (done: number, total: number) => void): Promise<void> {
    await this.opened;
    const wanted = this.project.files.filter((f) => !this.index.has(f.path));
    let since = this.host.now();
    for (let i = 0; i < wanted.length; i += READ_AHEAD) {
      const batch = wanted.slice(i, i + READ_AHEAD);
      const texts = await this.#readTexts(batch);
      for (let j = 0; j < batch.length; j++) {
        const text = texts[j];
        const { path } = batch[j];
        if (text !== undefined && !this.index.has(path)) this.index.set(this.#facts(path, text, batch[j]));
        if (this.host.now() - since < SLICE_MS) continue;
        progress?.(i + j, wanted.length);
        await this.host.pause();
        since = this.host.now();
      }
    }
    const { methods, classes } = await sharedCode(this.fs, this.project, this.catalogue, pacedBy(this.host));
    this.sharedMethods = methods;
    this.componentClasses = classes;
    if (methods.size > 0 || classes.size > 0) this.generation++;
    this.indexed = true;
    this.#settle();
    await this.#readBeyondCode();
  }

  /** Forms and pages name methods and variables too. */
  async #readBeyondCode(): Promise<void> {
    for (const path of await beyondCodeFiles(this.fs, this.root, this.project)) {
      if (this.index.has(path)) continue;
      await this.#beyondCodeChanged(path);
      await this.host.pause();
    }
    this.complete = true;
  }

  async #beyondCodeChanged(path: string): Promise<void> {
    const text = await this.readText(path);
    if (text === undefined) this.index.remove(path);
    else this.index.set(beyondCodeFacts(path, text, this.catalogue, this.index, this, this.encoding));
  }

  /** Several files at once: without waiting where the file system can, and is quick at it. */
  async #readTexts(files: readonly SourceFile[]): Promise<(string | undefined)[]> {
    const { fs, host } = this;
    if (!fs.readTextNow || this.#slowFiles) return Promise.all(files.map((f) => this.readText(f.path)));
    const since = host.now();
    const texts = files.map((f) => fs.readTextNow!(this.absolute(f.path)));
    this.#slowFiles = host.now() - since > SLOWEST_READ * files.length;
    return texts;
  }

  #facts(path: string, text: string, source: SourceFile) {
    return readFacts(path, text, this.catalogue, this.index, source, this.encoding, this);
  }

  /** Facts of an open document replace those of the file on disk. */
  documentChanged(path: string, snapshot: Snapshot): void {
    this.#open.add(path);
    if (this.#read.has(snapshot)) return;
    this.#read.add(snapshot);
    const source = this.project.fileByPath(path);
    if (!source) return;
    this.index.set(factsOf(snapshot, path, this.index, source));
    if (this.indexed) this.#settle();
  }

  async documentClosed(path: string): Promise<void> {
    this.#open.delete(path);
    await this.fileChanged(path);
  }

  /** A file has other contents on disk than before. */
  async fileChanged(path: string): Promise<void> {
    await this.opened;
    if (isBeyondCode(path)) return this.complete ? this.#beyondCodeChanged(path) : undefined;
    if (this.#open.has(path)) return;
    this.contents++;
    const source = this.project.fileByPath(path);
    const text = source && (await this.readText(path));
    if (this.#open.has(path)) return;
    if (source && text !== undefined) {
      if (this.index.has(path) || this.indexed) this.index.set(this.#facts(path, text, source));
    } else this.index.remove(path);
    if (this.indexed) this.#settle();
  }

  /** Files came or went, or settings, structure or project file were written: all of that is read again. */
  async reload(): Promise<void> {
    await this.opened;
    await this.#load();
    const present = new Set(this.project.files.map((f) => f.path));
    for (const path of this.index.paths()) if (!present.has(path) && !isBeyondCode(path)) this.index.remove(path);
    if (this.#indexing) this.#indexingAgain = true;
    else if (this.indexed) await this.indexAll();
    this.#settle();
    this.events.changed(this);
  }

  /** Works out the mode again and tells about it when it is another one. */
  #settle(): void {
    this.#mode = undefined;
    const said = JSON.stringify(this.mode);
    if (said === this.#saidMode) return;
    this.#saidMode = said;
    this.generation++;
    this.events.modeChanged(this);
  }
}
