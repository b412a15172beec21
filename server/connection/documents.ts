import type { Catalogue } from '#syntaxes/catalogue/types.js';
import { reparse } from '#syntaxes/parser/reparse.js';
import type { SyntaxTree } from '#syntaxes/tree/tree.js';
import { applyChanges, type Encoding, Lines, type TextChange } from '../analysis/lines.js';
import { Snapshot } from '../analysis/snapshot.js';
import { pathOf } from './paths.js';
import type { LoadedProject } from './projects.js';
import type { Workspace } from './workspace.js';

interface OpenDocument {
  readonly uri: string;
  version: number;
  text: string;
  /** The tree read last: what a change leaves alone is not read again. */
  tree?: SyntaxTree;
  snapshot?: { readonly generation: number; readonly value: Snapshot };
  used: number;
}

/** Trees are kept for the documents used last, up to this many characters of text together. */
const TREE_BUDGET = 12_000_000;
/** The same for files that are not open but were asked about: who calls a function is asked for many functions of a class in a row. */
const CLOSED_BUDGET = 1_500_000;

interface ClosedFile {
  /** What it depends on besides its text: another state, another snapshot. */
  readonly state: string;
  readonly value: Snapshot;
}

/** The documents the client has open, each as a snapshot of its present version. */
export class Documents {
  readonly #open = new Map<string, OpenDocument>();
  #clock = 0;
  /** The one used last at the end. */
  readonly #closed = new Map<string, ClosedFile>();
  #closedSize = 0;

  constructor(
    private readonly workspace: Workspace,
    private readonly catalogue: Catalogue,
    private readonly encoding: Encoding,
  ) {}

  open(uri: string, version: number, text: string): void {
    this.#open.set(uri, { uri, version, text, used: ++this.#clock });
  }

  change(uri: string, version: number, changes: readonly TextChange[]): void {
    const document = this.#open.get(uri);
    if (!document) return;
    document.text = applyChanges(document.snapshot?.value.lines ?? new Lines(document.text, this.encoding), changes);
    document.version = version;
    document.snapshot = undefined;
  }

  close(uri: string): void {
    this.#open.delete(uri);
  }

  has(uri: string): boolean {
    return this.#open.has(uri);
  }

  version(uri: string): number | undefined {
    return this.#open.get(uri)?.version;
  }

  get uris(): string[] {
    return [...this.#open.keys()];
  }

  /** The document as it is now, its project known: waits for the project's settings and file list when it is only being opened. */
  async snapshot(uri: string): Promise<Snapshot | undefined> {
    const project = this.workspace.projectOf(uri);
    await project?.opened;
    return this.#snapshot(uri, project);
  }

  #snapshot(uri: string, project: LoadedProject | undefined): Snapshot | undefined {
    const document = this.#open.get(uri);
    if (!document) return undefined;
    document.used = ++this.#clock;
    const generation = project?.generation ?? 0;
    if (document.snapshot?.generation === generation) return document.snapshot.value;
    const value = new Snapshot({
      uri,
      version: document.version,
      text: document.text,
      catalogue: this.catalogue,
      encoding: this.encoding,
      view: project,
      source: project?.sourceAt(pathOf(uri)),
      parse: (text) => {
        document.tree = reparse(document.tree, text);
        return document.tree;
      },
    });
    document.snapshot = { generation, value };
    this.#shed();
    return value;
  }

  /** Another file of a project: the open document where there is one, else the disk's text. */
  async other(project: LoadedProject, path: string): Promise<Snapshot | undefined> {
    const uri = project.uriOf(path);
    for (const known of this.#open.keys()) if (known === uri || pathOf(known) === project.absolute(path)) return this.snapshot(known);
    const state = `${project.generation} ${project.contents}`;
    const kept = this.#closed.get(uri);
    if (kept?.state === state) {
      // to the end of the queue: used last
      this.#closed.delete(uri);
      this.#closed.set(uri, kept);
      return kept.value;
    }
    const text = await project.readText(path);
    if (text === undefined) return undefined;
    const source = project.project.fileByPath(path);
    const value = new Snapshot({ uri, version: 0, text, catalogue: this.catalogue, encoding: this.encoding, view: project, source });
    this.#keep(uri, { state, value });
    return value;
  }

  #keep(uri: string, closed: ClosedFile): void {
    this.#closedSize += closed.value.text.length - (this.#closed.get(uri)?.value.text.length ?? 0);
    this.#closed.delete(uri);
    this.#closed.set(uri, closed);
    for (const [oldest, { value }] of this.#closed) {
      if (this.#closedSize <= CLOSED_BUDGET) break;
      this.#closed.delete(oldest);
      this.#closedSize -= value.text.length;
    }
  }

  /** Lets go of the trees not used for longest when all of them together grow too big. */
  #shed(): void {
    let size = 0;
    for (const document of [...this.#open.values()].sort((a, b) => b.used - a.used)) {
      size += document.text.length;
      if (size > TREE_BUDGET) {
        document.snapshot = undefined;
        document.tree = undefined;
      }
    }
  }
}
