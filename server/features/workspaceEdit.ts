import type { ChangeAnnotation, TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import { type Bilingual, type Language, say } from '#syntaxes/text/bilingual.js';
import type { Snapshot } from '../analysis/snapshot.js';
import type { Fix } from '../rules/rule.js';
import type { Refused, Renaming } from './rename.js';

/** What a client does with an edit of the workspace. */
export interface EditSupport {
  readonly documentChanges: boolean;
  readonly annotations: boolean;
  readonly renameFiles: boolean;
}

const cannotRenameFiles: Bilingual = {
  en: 'A method or class is named by its file, and this editor does not let the server rename files. Rename the file; an editor that asks the server about it then changes the code.',
  es: 'El nombre de un método o clase es el de su archivo, y este editor no permite que el servidor renombre archivos. Renombre el archivo; un editor que consulta al servidor cambiará entonces el código.',
};

/** A renaming as the edit a client can take: doubtful places to be confirmed, the file renamed last. */
export function workspaceEdit(
  renaming: Renaming,
  support: EditSupport,
  language: Language,
  versionOf: (uri: string) => number | undefined = () => undefined,
): WorkspaceEdit | Refused {
  const { file } = renaming;
  if (file && file.from !== file.to && !(support.renameFiles && support.documentChanges)) return { refused: cannotRenameFiles };
  const edits = renaming.edits.filter((e) => !e.unsure || (support.annotations && support.documentChanges));
  const byUri = new Map<string, (TextEdit & { annotationId?: string })[]>();
  const annotations: Record<string, ChangeAnnotation> = {};
  for (const { uri, range, newText, unsure } of edits) {
    const list = byUri.get(uri) ?? [];
    byUri.set(uri, list);
    if (!unsure) list.push({ range, newText });
    else {
      annotations[unsure.en] = { label: say(unsure, language), needsConfirmation: true };
      list.push({ range, newText, annotationId: unsure.en });
    }
  }
  if (!support.documentChanges) return { changes: Object.fromEntries(byUri) };
  return {
    documentChanges: [
      ...[...byUri].map(([uri, list]) => ({ textDocument: { uri, version: versionOf(uri) ?? null }, edits: list })),
      ...(file && file.from !== file.to ? [{ kind: 'rename' as const, oldUri: file.from, newUri: file.to }] : []),
    ],
    ...(Object.keys(annotations).length > 0 ? { changeAnnotations: annotations } : {}),
  };
}

/** The edit of one document; what is said of it goes with each part of it, where the client can show that. */
export function documentEdit(
  snapshot: Snapshot,
  edits: Fix['edits'],
  note: ChangeAnnotation | undefined,
  support: Pick<EditSupport, 'documentChanges' | 'annotations'>,
): WorkspaceEdit {
  const id = note && support.documentChanges && support.annotations ? 'change' : undefined;
  const list = edits.map((edit) => ({
    range: snapshot.span(edit.start, edit.end),
    newText: edit.text,
    ...(id ? { annotationId: id } : {}),
  }));
  if (!support.documentChanges) return { changes: { [snapshot.uri]: list } };
  return {
    documentChanges: [{ textDocument: { uri: snapshot.uri, version: null }, edits: list }],
    ...(id && note ? { changeAnnotations: { [id]: note } } : {}),
  };
}
