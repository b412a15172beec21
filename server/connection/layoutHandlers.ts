import type { DocumentSymbol, SymbolInformation } from 'vscode-languageserver';
import * as service from '../features/languageService.js';
import type { About } from './about.js';
import type { Session } from './session.js';

/** Requests that read one document alone: outline, folds, selections, links, hints, values, formatting. */
export function registerLayout(session: Session, about: About): void {
  const { connection, client, settings } = session;
  connection.onDocumentSymbol(
    about<{ textDocument: { uri: string } }, DocumentSymbol[] | SymbolInformation[]>(
      'documentSymbol',
      [],
      (snapshot) => {
        const symbols = service.documentSymbols(snapshot, client.language);
        return client.nestedSymbols ? symbols : service.flatSymbols(symbols, snapshot.uri);
      },
      false,
    ),
  );
  connection.onFoldingRanges(about('foldingRange', [], (snapshot) => service.foldingRanges(snapshot), false));
  connection.onSelectionRanges(
    about('selectionRange', [], (snapshot, params) =>
      params.positions.map((p) => service.selectionRange(snapshot, snapshot.lines.offset(p))),
    ),
  );
  connection.onDocumentLinks(
    about(
      'documentLink',
      [],
      (snapshot) => service.documentLinks(snapshot, client.language, (path) => session.exists(snapshot, path)),
      false,
    ),
  );
  connection.languages.inlayHint.on(
    about('inlayHint', [], async (snapshot, params) => {
      const { inlayHints, features } = await settings.of(snapshot.uri);
      const { start, end } = params.range;
      return service.inlayHints(
        snapshot,
        snapshot.lines.offset(start),
        snapshot.lines.offset(end),
        await session.context(snapshot),
        features === 'sessions' ? { ...inlayHints, parameterNames: 'none' } : inlayHints,
      );
    }),
  );
  connection.languages.inlineValue.on(
    about('inlineValue', [], (snapshot, params) => {
      const { lines } = snapshot;
      const { start, end } = params.range;
      return service.inlineValues(snapshot, lines.offset(start), lines.offset(end), lines.offset(params.context.stoppedLocation.start));
    }),
  );
  connection.onDocumentFormatting(about('formatting', [], (snapshot, params) => service.formatting(snapshot, params.options), false));
  connection.onDocumentRangeFormatting(
    about(
      'rangeFormatting',
      [],
      (snapshot, params) => {
        const { lines } = snapshot;
        return service.formatting(snapshot, params.options, {
          start: lines.offset(params.range.start),
          end: lines.offset(params.range.end),
        });
      },
      false,
    ),
  );
  connection.onDocumentOnTypeFormatting(
    about(
      'onTypeFormatting',
      [],
      (snapshot, params) => service.formattingOnType(snapshot, snapshot.lines.offset(params.position), params.options),
      false,
    ),
  );
}
