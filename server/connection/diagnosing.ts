import {
  type CancellationToken,
  type Diagnostic,
  type DocumentDiagnosticReport,
  LSPErrorCodes,
  ResponseError,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import { Snapshot } from '../analysis/snapshot.js';
import { diagnostics, toDiagnostic } from '../features/diagnostics.js';
import { handlersFile, handlersProblem } from '../rules/handlersFile.js';
import { isOtherVersion } from './paths.js';
import type { LoadedProject } from './projects.js';
import type { Session } from './session.js';

/** Pushed diagnostics wait until typing pauses: as long as checking took, within these bounds (milliseconds). */
const SHORTEST_WAIT = 15;
const LONGEST_WAIT = 300;
/** A client that pulls and cannot be told to pull again waits so long, from the project's opening, for its code to be read. */
const FIRST_PULL_WAIT = 200;

/** Diagnostics behind one interface: pushed after changes, or given when the client asks. Results of an old version are never sent. */
export class Diagnosing {
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  #lasted = SHORTEST_WAIT;
  /** Files that are no documents of ours and about which something was said. */
  readonly #told = new Set<string>();
  /** Grows with everything but the text itself that diagnostics depend on. */
  #settings = 0;

  constructor(private readonly session: Session) {}

  /** A document was opened or changed, or what it depends on was. */
  changed(uri: string, wait = Math.min(LONGEST_WAIT, Math.max(SHORTEST_WAIT, this.#lasted * 2))): void {
    if (this.session.client.pullDiagnostics) return;
    clearTimeout(this.#timers.get(uri));
    this.#timers.set(
      uri,
      setTimeout(() => {
        this.#timers.delete(uri);
        this.#push(uri).catch((error) => this.session.report(`diagnostics of ${uri}`, error));
      }, wait),
    );
  }

  closed(uri: string): void {
    clearTimeout(this.#timers.get(uri));
    this.#timers.delete(uri);
    if (!this.session.client.pullDiagnostics) void this.session.connection.sendDiagnostics({ uri, diagnostics: [] });
  }

  /** Documents may have other diagnostics without having changed: those of one project, or all. */
  refresh(project?: LoadedProject): void {
    this.#settings++;
    const { client, connection, documents, workspace, report } = this.session;
    for (const one of project ? [project] : workspace.loaded)
      if (one.indexed) this.#handlers(one).catch((error) => report(`handlers of ${one.root}`, error));
    if (client.pullDiagnostics) {
      if (client.refreshDiagnostics) connection.languages.diagnostics.refresh().catch(() => undefined);
    } else for (const uri of documents.uris) if (!project || workspace.projectOf(uri) === project) this.changed(uri, SHORTEST_WAIT);
  }

  dispose(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  async #push(uri: string): Promise<void> {
    const { documents, connection } = this.session;
    const version = documents.version(uri);
    const found = await this.#check(uri);
    if (found && version !== undefined && documents.version(uri) === version)
      void connection.sendDiagnostics({ uri, version, diagnostics: found });
  }

  async #check(uri: string): Promise<Diagnostic[] | undefined> {
    // nobody can mend what was
    if (isOtherVersion(uri)) return [];
    const { documents, settings, host } = this.session;
    await settings.of(uri);
    const options = await this.session.diagnosticOptions(uri);
    const snapshot = await documents.snapshot(uri);
    if (!snapshot) return undefined;
    const since = host.now();
    const project = this.session.workspace.projectOf(uri);
    if (project && snapshot.source) project.documentChanged(snapshot.source.path, snapshot);
    const found = diagnostics(snapshot, options);
    this.#lasted = host.now() - since;
    return found;
  }

  /** What there is to say about `HTTPHandlers.json`: pushed to every client, since it is no document that one opens with us. */
  async #handlers(project: LoadedProject): Promise<void> {
    const uri = project.uriOf(handlersFile(project.project));
    const options = await this.session.diagnosticOptions(uri);
    const { handlers: text, catalogue } = project;
    const problem = text === undefined ? undefined : handlersProblem(project, options.rules);
    if (!problem && !this.#told.has(uri)) return;
    this.#told.add(uri);
    const file = new Snapshot({ uri, version: 0, text: text ?? '', catalogue, view: project });
    void this.session.connection.sendDiagnostics({ uri, diagnostics: problem ? [toDiagnostic(file, problem, options)] : [] });
  }

  /** Answers `textDocument/diagnostic`. */
  async pull(uri: string, previous: string | undefined, token: CancellationToken): Promise<DocumentDiagnosticReport> {
    const { client, workspace, documents, host } = this.session;
    const project = workspace.projectOf(uri);
    if (project && !project.indexed && !client.refreshDiagnostics) {
      const until = project.since + FIRST_PULL_WAIT;
      while (!project.indexed && host.now() < until && !token.isCancellationRequested) await host.pause();
    }
    const version = documents.version(uri);
    await project?.opened;
    const resultId = this.#resultId(uri, project);
    if (previous !== undefined && previous === resultId) return { kind: 'unchanged', resultId };
    const items = await this.#check(uri);
    if (documents.version(uri) !== version)
      throw new ResponseError(LSPErrorCodes.ServerCancelled, 'the document has changed', { retriggerRequest: true });
    return { kind: 'full', resultId: this.#resultId(uri, project), items: items ?? [] };
  }

  #resultId(uri: string, project: LoadedProject | undefined): string {
    return `${this.session.documents.version(uri) ?? ''}.${project?.generation ?? 0}.${this.#settings}`;
  }

  /** Diagnostics of every file of the projects in the workspace, file by file as they are found. */
  async workspace(
    previous: ReadonlyMap<string, string>,
    token: CancellationToken,
    /** Told what was found since it was told last, and which part of everything is done. */
    report: (items: WorkspaceDocumentDiagnosticReport[], done: number) => void,
  ): Promise<void> {
    const { workspace, documents, host } = this.session;
    const projects = await workspace.all();
    const total = projects.reduce((sum, p) => sum + p.project.files.length, 0);
    let checked = 0;
    for (const project of projects) {
      if (token.isCancellationRequested) return;
      await project.indexAll();
      let batch: WorkspaceDocumentDiagnosticReport[] = [];
      let since = host.now();
      for (const file of project.project.files) {
        if (token.isCancellationRequested) return;
        checked++;
        const uri = project.uriOf(file.path);
        const version = documents.version(uri) ?? null;
        // a closed file's result holds until the project changes; its own changes raise the generation too
        const resultId =
          version === null ? `disk.${project.contents}.${project.generation}.${this.#settings}` : this.#resultId(uri, project);
        if (previous.get(uri) === resultId) batch.push({ kind: 'unchanged', uri, version, resultId });
        else {
          const snapshot = await documents.other(project, file.path);
          if (!snapshot) continue;
          const items = diagnostics(snapshot, await this.session.diagnosticOptions(uri));
          if (items.length > 0 || previous.has(uri)) batch.push({ kind: 'full', uri, version, resultId, items });
        }
        if (host.now() - since > 40) {
          report(batch, checked / total);
          batch = [];
          await host.pause();
          since = host.now();
        }
      }
      if (batch.length > 0) report(batch, checked / total);
    }
  }
}
