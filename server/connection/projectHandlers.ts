import {
  type CallHierarchyItem,
  type CodeLens,
  ErrorCodes,
  type Location,
  LSPErrorCodes,
  ResponseError,
  type TypeHierarchyItem,
  type WorkspaceEdit,
  type WorkspaceSymbol,
} from 'vscode-languageserver';
import { classifyPath } from '#syntaxes/project/project.js';
import { type Bilingual, say } from '#syntaxes/text/bilingual.js';
import * as service from '../features/languageService.js';
import { type About, type Asked, inParts } from './about.js';
import { pathOf } from './paths.js';
import type { LoadedProject } from './projects.js';
import { guarded } from './runner.js';
import type { Session } from './session.js';

const reading = { en: 'Reading the project', es: 'Leyendo el proyecto' };

/** Requests whose answers need the whole project: they wait until all of its code has been read. */
export function registerProjectWide(session: Session, about: About): void {
  const { connection, workspace, client, report } = session;

  /** All code of a document's project is in the index, this document's present text too. */
  async function indexed(snapshot: Parameters<Session['open']>[0], asked: Asked<never>): Promise<LoadedProject | undefined> {
    const project = workspace.projectOf(snapshot.uri);
    if (!project) return undefined;
    if (!project.complete) {
      asked.progress?.begin(say(reading, client.language), 0, undefined, true);
      await project.indexAll((done, total) => asked.progress?.report(Math.floor((done / total) * 100)));
      asked.progress?.done();
    }
    if (snapshot.source) project.documentChanged(snapshot.source.path, snapshot);
    return project;
  }

  connection.onReferences(
    about('references', [] as Location[], async (snapshot, params, asked) => {
      const offset = snapshot.lines.offset(params.position);
      if (!service.isLocal(snapshot, offset)) await indexed(snapshot, asked as Asked<never>);
      const open = { open: (path: string) => session.open(snapshot, path) };
      const cancelled = (): boolean => asked.token.isCancellationRequested;
      return inParts(await service.references(snapshot, offset, params.context.includeDeclaration, open, cancelled), asked.partial);
    }),
  );
  connection.onWorkspaceSymbol((params, token, _progress, partial) =>
    guarded<WorkspaceSymbol[]>('workspace/symbol', token, [], report, async () => {
      const projects = await workspace.all();
      return inParts(
        service.workspaceSymbols(projects, params.query, () => token.isCancellationRequested),
        partial as never,
        100,
      );
    }),
  );

  connection.onPrepareRename(
    about('prepareRename', null, async (snapshot, params) => {
      const found = await service.prepareRename(snapshot, snapshot.lines.offset(params.position), await session.context(snapshot));
      return 'refused' in found ? refuse(found.refused) : found;
    }),
  );
  connection.onRenameRequest(
    about<Parameters<Parameters<typeof connection.onRenameRequest>[0]>[0], WorkspaceEdit | null>(
      'rename',
      null,
      async (snapshot, params, asked) => {
        const offset = snapshot.lines.offset(params.position);
        if (!service.isLocal(snapshot, offset)) await indexed(snapshot, asked as Asked<never>);
        const options = { cancelled: () => asked.token.isCancellationRequested, unsure: client.edits.annotations };
        const renaming = await service.rename(snapshot, offset, params.newName, await session.context(snapshot), options);
        if ('refused' in renaming) return refuse(renaming.refused);
        const edit = service.workspaceEdit(renaming, client.edits, client.language, (uri) => session.documents.version(uri));
        return 'refused' in edit ? refuse(edit.refused) : edit;
      },
    ),
  );
  function refuse(why: Bilingual): never {
    throw new ResponseError(LSPErrorCodes.RequestFailed, why[client.language]);
  }

  connection.workspace.onWillRenameFiles(
    (params, token) =>
      guarded<WorkspaceEdit | null>('workspace/willRenameFiles', token, null, report, async () => {
        const edits: service.Renaming['edits'][number][] = [];
        const options = { cancelled: () => token.isCancellationRequested, unsure: client.edits.annotations };
        for (const { oldUri, newUri } of params.files) {
          const project = workspace.projectOf(oldUri);
          await project?.opened;
          const file = project?.sourceAt(pathOf(oldUri));
          const renamed = classifyPath(project?.relative(pathOf(newUri)) ?? '');
          if (!project || !file || renamed?.kind !== file.kind || renamed.name === file.name) continue;
          if (file.kind !== 'method' && file.kind !== 'class') continue;
          await project.indexAll();
          const open = { open: (path: string) => session.documents.other(project, path) };
          edits.push(...(await service.renameFile(project, file, renamed.name, open, options)).edits);
        }
        if (edits.length === 0) return null;
        const edit = service.workspaceEdit({ edits }, client.edits, client.language, (uri) => session.documents.version(uri));
        return 'refused' in edit ? null : edit;
      }) as Promise<WorkspaceEdit | null>,
  );

  connection.languages.callHierarchy.onPrepare(
    about('prepareCallHierarchy', null as CallHierarchyItem[] | null, async (snapshot, params, asked) => {
      await indexed(snapshot, asked as Asked<never>);
      const items = await service.prepareCallHierarchy(snapshot, snapshot.lines.offset(params.position), await session.context(snapshot));
      return items.length > 0 ? items : null;
    }),
  );
  connection.languages.callHierarchy.onIncomingCalls(({ item }, token) =>
    guarded('callHierarchy/incomingCalls', token, [], report, () => calls(item, service.incomingCalls)),
  );
  connection.languages.callHierarchy.onOutgoingCalls(({ item }, token) =>
    guarded('callHierarchy/outgoingCalls', token, [], report, () => calls(item, service.outgoingCalls)),
  );
  async function calls<R>(
    item: CallHierarchyItem,
    run: (project: LoadedProject, data: service.CallData, context: Parameters<typeof service.incomingCalls>[2]) => Promise<R[]>,
  ): Promise<R[]> {
    const project = workspace.projectOf(item.uri);
    const data = item.data as service.CallData | undefined;
    if (!project || !data) return [];
    await project.indexAll();
    return run(project, data, { language: client.language, open: (path) => session.documents.other(project, path) });
  }

  connection.languages.typeHierarchy.onPrepare(
    about('prepareTypeHierarchy', null as TypeHierarchyItem[] | null, (snapshot, params) => {
      const items = service.prepareTypeHierarchy(snapshot, snapshot.lines.offset(params.position));
      return items.length > 0 ? items : null;
    }),
  );
  for (const [what, run] of Object.entries({ onSupertypes: service.supertypes, onSubtypes: service.subtypes }))
    connection.languages.typeHierarchy[what as 'onSupertypes' | 'onSubtypes'](({ item }, token) =>
      guarded(`typeHierarchy/${what}`, token, [] as TypeHierarchyItem[], report, async () => {
        const project = workspace.projectOf(item.uri);
        const path = (item.data as { path?: unknown } | undefined)?.path;
        if (!project || typeof path !== 'string') return [];
        await project.indexAll();
        return run(project, path);
      }),
    );

  const lensOptions: service.CodeLensOptions = { language: client.language, commands: client.commands };
  connection.onCodeLens(
    about('codeLens', [], async (snapshot) => {
      const { codeLens, features } = await session.settings.of(snapshot.uri);
      if (!codeLens) return [];
      const lenses = service.codeLenses(snapshot, lensOptions);
      return features === 'sessions' ? lenses.filter((l) => (l.data as service.LensData | undefined)?.kind === 'close') : lenses;
    }),
  );
  connection.onCodeLensResolve((lens: CodeLens, token) =>
    guarded('codeLens/resolve', token, lens, report, async () => {
      const data = lens.data as service.LensData | undefined;
      // some clients ask about lenses that are complete
      if (!data && lens.command) return lens;
      const snapshot = data && (await session.documents.snapshot(data.uri));
      if (!snapshot) throw new ResponseError(ErrorCodes.InvalidParams, 'no such document');
      await workspace.projectOf(snapshot.uri)?.indexAll();
      return service.resolveCodeLens(snapshot, lens, await session.context(snapshot), lensOptions);
    }),
  );
}
