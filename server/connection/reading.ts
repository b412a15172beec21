import { N } from '#syntaxes/tree/kinds.js';
import { roleOf } from '../analysis/roles.js';
import type { Snapshot } from '../analysis/snapshot.js';
import { hover } from '../features/hover.js';
import type { LoadedProject } from './projects.js';
import type { Session } from './session.js';

/** Projects with more files than this tell how far reading them is. */
const PROGRESS_FROM = 1500;

/** Reads what will be asked about before it is: documents as they are opened, then the whole of their projects. Requests go first. */
export class Reading {
  readonly #documents: string[] = [];
  readonly #projects = new Set<LoadedProject>();
  #running = false;

  constructor(private readonly session: Session) {}

  opened(uri: string): void {
    this.#documents.push(uri);
    if (this.#running) return;
    this.#running = true;
    this.#readOn()
      .catch((error) => this.session.report('reading', error))
      .finally(() => {
        this.#running = false;
      });
  }

  async #readOn(): Promise<void> {
    const { host, documents, workspace } = this.session;
    for (let uri = this.#documents.shift(); uri !== undefined; uri = this.#documents.shift()) {
      const project = workspace.projectOf(uri);
      if (!project) continue;
      await project.opened;
      await host.pause();
      const snapshot = await documents.snapshot(uri);
      if (snapshot?.source) project.documentChanged(snapshot.source.path, snapshot);
      if (this.#documents.length > 0 || project.indexed || this.#projects.has(project)) continue;
      this.#projects.add(project);
      this.#project(project).catch((error) => this.session.report(`read ${project.root}`, error));
    }
  }

  async #project(project: LoadedProject): Promise<void> {
    const { client, connection } = this.session;
    const total = project.project.files.length;
    const progress =
      client.progress && total > PROGRESS_FROM ? await connection.window.createWorkDoneProgress().catch(() => undefined) : undefined;
    progress?.begin(`4D: ${project.project.name}`, 0, undefined, false);
    let shown = 0;
    await project.indexAll((done) => {
      const percent = Math.floor((done / total) * 100);
      if (percent <= shown) return;
      shown = percent;
      progress?.report(percent, `${done} / ${total}`);
    });
    progress?.done();
    await this.#derive(project);
  }

  /**
   * The first question about a document would wait for what is derived from its text with the project's names, and the first about a name of
   * each kind for what the catalogue looks up: both are asked for here, in slices, while nobody waits.
   */
  async #derive(project: LoadedProject): Promise<void> {
    const { host, documents, workspace } = this.session;
    let first: Snapshot | undefined;
    for (const uri of documents.uris) {
      if (workspace.projectOf(uri) !== project) continue;
      await host.pause();
      const snapshot = await documents.snapshot(uri);
      void snapshot?.locals;
      first ??= snapshot;
    }
    if (!first) return;
    const context = await this.session.context(first);
    for (const offset of kindsOfNames(first)) {
      await host.pause();
      await hover(first, offset, context);
    }
  }
}

/** Names are looked through so far. */
const NODES = 2000;

/** Where the first name of each kind stands. */
function kindsOfNames(snapshot: Snapshot): number[] {
  const { tree } = snapshot;
  const found = new Map<string, number>();
  for (let node = 0; node < Math.min(NODES, tree.data.nodeCount); node++) {
    const role = tree.kind(node) === N.Name ? roleOf(tree, node) : '';
    const kind = `${tree.kind(node)} ${role} ${role === 'free' ? snapshot.resolve(node).kind : ''}`;
    if (!found.has(kind)) found.set(kind, tree.start(node));
  }
  return [...found.values()];
}
