import type { Catalogue } from '#syntaxes/catalogue/types.js';
import { findProjects } from '#syntaxes/project/project.js';
import type { Encoding } from '../analysis/lines.js';
import type { Host } from './host.js';
import { pathOf } from './paths.js';
import { LoadedProject, type ProjectEvents } from './projects.js';

/** The projects that documents belong to. Each is opened when a document of it is, never by looking through folders. */
export class Workspace {
  readonly #projects = new Map<string, LoadedProject>();
  #folders: string[] = [];

  constructor(
    private readonly host: Host,
    private readonly catalogue: Catalogue,
    private readonly encoding: Encoding,
    private readonly events: ProjectEvents,
  ) {}

  set folders(uris: readonly string[]) {
    this.#folders = uris.map((uri) => uri.replace(/\/+$/, ''));
  }

  /** The project a document belongs to by its path; undefined for loose files. It may still be opening. */
  projectOf(uri: string): LoadedProject | undefined {
    const path = pathOf(uri);
    const root = projectRoot(path);
    return root === undefined ? undefined : this.#open(root, uri);
  }

  get loaded(): LoadedProject[] {
    return [...this.#projects.values()];
  }

  /** The projects below the workspace's folders, opened. For requests that ask about all of them. */
  async all(): Promise<LoadedProject[]> {
    for (const folder of this.#folders) {
      const fs = this.host.fileSystem(folder);
      if (!fs) continue;
      for (const root of await findProjects(fs, pathOf(folder))) this.#open(root, folder);
    }
    await Promise.all(this.loaded.map((p) => p.opened));
    return this.loaded;
  }

  #open(root: string, uri: string): LoadedProject | undefined {
    let project = this.#projects.get(root);
    if (!project) {
      const fs = this.host.fileSystem(uri);
      if (!fs) return undefined;
      project = new LoadedProject(root, fs, this.catalogue, this.host, this.encoding, this.events);
      this.#projects.set(root, project);
    }
    return project;
  }
}

/** `/a/Shop/Project/Sources/Methods/x.4dm` → `/a/Shop`; the innermost `Project/Sources` counts. `Project` may be missing. */
export function projectRoot(path: string): string | undefined {
  return (
    /^(.*)\/Project\/Sources(?:\/|$)/i.exec(path)?.[1] ??
    /^(.*)\/Sources\/(?:(?:Methods|DatabaseMethods|Classes|Triggers|Forms|TableForms)\/|[^/]+\.(?:4DSettings|4DCatalog)$)/i.exec(
      path,
    )?.[1] ??
    /^(.*)\/(?:Project|Settings|Data\/Settings)\/[^/]+\.(?:4DProject|4DSettings)$/i.exec(path)?.[1]
  );
}
