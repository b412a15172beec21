import type { Connection } from 'vscode-languageserver';
import type { Catalogue } from '#syntaxes/catalogue/types.js';
import type { SourceFile } from '#syntaxes/project/types.js';
import { type MethodHeader, methodHeader } from '../analysis/methodHeader.js';
import type { FileFacts } from '../analysis/projectIndex.js';
import type { Snapshot } from '../analysis/snapshot.js';
import { Pages } from '../documentation/pages.js';
import type { FeatureContext } from '../features/context.js';
import type { DiagnosticOptions } from '../features/diagnostics.js';
import { documentScheme } from '../protocol.js';
import type { Client } from './client.js';
import { documentationLanguages } from './configuration.js';
import { Documents } from './documents.js';
import type { Host } from './host.js';
import type { ProjectEvents } from './projects.js';
import type { Report } from './runner.js';
import type { Settings } from './settings.js';
import { Workspace } from './workspace.js';

/** Everything one connection holds while it lasts. */
export class Session {
  readonly workspace: Workspace;
  readonly documents: Documents;
  readonly pages: Pages;

  constructor(
    readonly connection: Connection,
    readonly host: Host,
    readonly client: Client,
    readonly settings: Settings,
    catalogue: Catalogue,
    events: Omit<ProjectEvents, 'failed'>,
  ) {
    this.workspace = new Workspace(host, catalogue, client.encoding, { ...events, failed: this.report });
    this.documents = new Documents(this.workspace, catalogue, client.encoding);
    this.pages = new Pages(host.pages);
  }

  readonly report: Report = (what, error) => {
    this.connection.console.error(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  };

  async context(snapshot: Snapshot): Promise<FeatureContext> {
    const configuration = await this.settings.of(snapshot.uri);
    return {
      language: this.client.language,
      documentation: documentationLanguages(configuration, this.client.language),
      markdown: this.client.markdownHover,
      pages: this.pages,
      open: (path) => this.open(snapshot, path),
      header: (file) => this.header(snapshot, file),
    };
  }

  /** Headers of methods by the facts of their files, which are others once the file changes. */
  readonly #headers = new WeakMap<FileFacts, MethodHeader>();

  async header(snapshot: Snapshot, file: SourceFile): Promise<MethodHeader | undefined> {
    const facts = snapshot.view?.index.get(file.path);
    const known = facts && this.#headers.get(facts);
    if (known) return known;
    const source = await this.open(snapshot, file.path);
    const header = source && methodHeader(source);
    if (header && facts) this.#headers.set(facts, header);
    return header;
  }

  async open(snapshot: Snapshot, path: string): Promise<Snapshot | undefined> {
    const project = this.workspace.projectOf(snapshot.uri);
    return project && this.documents.other(project, path);
  }

  /** Whether the project of a document has a file, by its path. */
  async exists(snapshot: Snapshot, path: string): Promise<boolean> {
    const project = this.workspace.projectOf(snapshot.uri);
    if (!project) return false;
    const slash = path.lastIndexOf('/');
    const entries = await project.fs.list(project.absolute(path.slice(0, Math.max(0, slash))));
    return entries.some((e) => !e.folder && e.name === path.slice(slash + 1));
  }

  /** The address of a documentation page: of a file where the host has them, else one whose text the client asks for. */
  #pageUri(path: string): string | undefined {
    return this.host.pageUri?.(path) ?? (this.client.textContents ? `${documentScheme}:/${path}` : undefined);
  }

  async diagnosticOptions(uri: string): Promise<DiagnosticOptions> {
    const configuration = await this.settings.of(uri);
    return {
      language: this.client.language,
      rules: configuration.rules,
      sessionsOnly: configuration.features === 'sessions',
      relatedInformation: this.client.relatedInformation,
      tags: this.client.diagnosticTags,
      pageOf: (code) =>
        this.client.codeDescription
          ? this.#pageUri(`${this.client.language}/rules/${code.startsWith('syntax-') ? 'syntax' : code}.md`)
          : undefined,
    };
  }
}
