import type { Connection } from 'vscode-languageserver';
import type { FileSystem } from '#syntaxes/project/fileSystem.js';
import { type FileParams, type ListResult, listRequest, readTextRequest } from '../protocol.js';
import { uriOf } from './paths.js';

/** Files as the client reads them: for workers, which have no disk, and for schemes other than `file`. */
export function clientFileSystem(connection: Connection): FileSystem {
  const ask = async <R>(request: string, path: string, otherwise: R): Promise<R> => {
    const params: FileParams = { uri: uriOf(path) };
    try {
      return (await connection.sendRequest<R | null>(request, params)) ?? otherwise;
    } catch {
      return otherwise;
    }
  };
  return {
    readText: (path) => ask<string | undefined>(readTextRequest, path, undefined),
    readBytes: async (path) => {
      const text = await ask<string | undefined>(readTextRequest, path, undefined);
      return text === undefined ? undefined : new TextEncoder().encode(text);
    },
    list: (path) => ask<ListResult>(listRequest, path, []),
  };
}
