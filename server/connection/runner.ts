import { type CancellationToken, LSPErrorCodes, ResponseError } from 'vscode-languageserver';

/** Told about requests that failed: what was asked, and why it could not be answered. */
export type Report = (what: string, error: unknown) => void;

/**
 * Runs one request so that nothing it does harms another: a cancelled one ends as cancelled, one that throws is reported and
 * answered with a value that claims nothing.
 */
export async function guarded<T>(
  what: string,
  token: CancellationToken,
  fallback: T,
  report: Report,
  run: () => Promise<T> | T,
): Promise<T | ResponseError<void>> {
  if (token.isCancellationRequested) return cancelled();
  try {
    const result = await run();
    return token.isCancellationRequested ? cancelled() : result;
  } catch (error) {
    if (error instanceof ResponseError) return error;
    report(what, error);
    return fallback;
  }
}

function cancelled(): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
}
