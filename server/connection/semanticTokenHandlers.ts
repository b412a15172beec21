import type { SemanticTokens, SemanticTokensDelta } from 'vscode-languageserver';
import * as service from '../features/languageService.js';
import type { About } from './about.js';
import type { Session } from './session.js';

/** Semantic tokens of the whole, of a part, and as the difference to what was sent last. */
export function registerSemanticTokens({ connection, documents }: Session, about: About): void {
  const last = new Map<string, { id: string; data: Int32Array }>();
  let ids = 0;
  const remember = (uri: string, data: Int32Array): string => {
    for (const known of last.keys()) if (!documents.has(known)) last.delete(known);
    const id = String(++ids);
    last.set(uri, { id, data });
    return id;
  };
  const none: SemanticTokens = { data: [] };
  connection.languages.semanticTokens.on(
    about(
      'semanticTokens/full',
      none,
      (snapshot) => {
        const data = service.semanticTokens(snapshot);
        return { resultId: remember(snapshot.uri, data), data: Array.from(data) };
      },
      false,
    ),
  );
  connection.languages.semanticTokens.onDelta(
    about(
      'semanticTokens/delta',
      none as SemanticTokens | SemanticTokensDelta,
      (snapshot, params: { textDocument: { uri: string }; previousResultId: string }) => {
        const data = service.semanticTokens(snapshot);
        const before = last.get(snapshot.uri);
        const resultId = remember(snapshot.uri, data);
        return before?.id === params.previousResultId
          ? { resultId, edits: service.tokenEdits(before.data, data) }
          : { resultId, data: Array.from(data) };
      },
      false,
    ),
  );
  connection.languages.semanticTokens.onRange(
    about(
      'semanticTokens/range',
      none,
      (snapshot, params) => ({
        data: Array.from(
          service.semanticTokens(snapshot, snapshot.lines.offset(params.range.start), snapshot.lines.offset(params.range.end)),
        ),
      }),
      false,
    ),
  );
}
