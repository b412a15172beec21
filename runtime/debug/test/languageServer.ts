/** The language server as an editor talks to it while the debugger is stopped. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';

const serverPath = resolve(import.meta.dirname, '../../../server/node/main.js');

export interface InlineValue {
  readonly range: { readonly start: { readonly line: number; readonly character: number } };
  readonly variableName: string;
}

/** The inline values of a whole file for a debugger that stands at a line from 1. */
export async function inlineValuesOf(root: string, path: string, line: number, frameId: number): Promise<readonly InlineValue[]> {
  const server = spawn(process.execPath, [serverPath, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const connection = createMessageConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
  try {
    connection.listen();
    await connection.sendRequest('initialize', { processId: process.pid, rootUri: pathToFileURL(root).href, capabilities: {} });
    await connection.sendNotification('initialized', {});
    const uri = pathToFileURL(path).href;
    const text = readFileSync(path, 'utf8');
    await connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: '4d', version: 1, text } });
    const stoppedLocation = { start: { line: line - 1, character: 0 }, end: { line: line - 1, character: 0 } };
    const values = await connection.sendRequest<readonly InlineValue[]>('textDocument/inlineValue', {
      textDocument: { uri },
      range: { start: { line: 0, character: 0 }, end: { line: text.split('\n').length, character: 0 } },
      context: { frameId, stoppedLocation },
    });
    // It ends by itself: of one that is killed in mid-message the connection would wait for the rest, and so would this process.
    const gone = once(server, 'exit');
    await connection.sendRequest('shutdown');
    await connection.sendNotification('exit');
    await gone;
    return values;
  } finally {
    connection.dispose();
    server.kill('SIGKILL');
  }
}
