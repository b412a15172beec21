import type { CancellationToken, ResponseError, ResultProgressReporter, WorkDoneProgressReporter } from 'vscode-languageserver';
import type { Snapshot } from '../analysis/snapshot.js';
import { guarded } from './runner.js';
import type { Session } from './session.js';

/** What a request brings along besides its parameters. */
export interface Asked<R> {
  readonly token: CancellationToken;
  readonly progress?: WorkDoneProgressReporter;
  readonly partial?: ResultProgressReporter<R>;
}

type Handler<P, R> = (
  params: P,
  token: CancellationToken,
  progress?: WorkDoneProgressReporter,
  partial?: ResultProgressReporter<never>,
) => Promise<R | ResponseError<void>>;

export type About = <P extends { textDocument: { uri: string } }, R>(
  what: string,
  fallback: R,
  run: (snapshot: Snapshot, params: P, asked: Asked<R>) => Promise<R> | R,
  /** Whether it is offered where another extension does all that is not about sessions. */
  sessionsToo?: boolean,
) => Handler<P, R>;

/** Makes handlers of requests about open documents: the answer for documents that are not open, and for failures, is the fallback. */
export function aboutDocuments(session: Session): About {
  const { documents, settings, report } = session;
  return (what, fallback, run, sessionsToo = true) =>
    (params, token, progress, partial) =>
      guarded(what, token, fallback, report, async () => {
        const snapshot = await documents.snapshot(params.textDocument.uri);
        if (!snapshot || token.isCancellationRequested) return fallback;
        if (!sessionsToo && (await settings.of(snapshot.uri)).features === 'sessions') return fallback;
        return run(snapshot, params, { token, progress, partial: partial as never });
      });
}

/** Gives a long list in parts where the client takes them so. */
export function inParts<I>(items: I[], partial: ResultProgressReporter<I[]> | undefined, size = 500): I[] {
  if (!partial || items.length <= size) return items;
  for (let i = 0; i < items.length; i += size) partial.report(items.slice(i, i + size));
  return [];
}
