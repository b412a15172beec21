/** How probes talk to a server that runs: bytes as they are, over a socket, and what comes back. */
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import type { Bilingual } from '#syntaxes/text/bilingual.js';

/** A running server with the project of `probes.test.ts`. */
export interface Target {
  readonly port: number;
  /** The door for debuggers. */
  readonly door: number;
  /** Sends bytes as they are; gives all that comes back before the server hangs up. */
  send(bytes: string | Buffer): Promise<string>;
  /** A request from its first line and headers, with `Host` and `Connection: close`. */
  ask(line: string, headers?: readonly string[], body?: string | Buffer): Promise<string>;
}

export interface Probe {
  readonly what: Bilingual;
  readonly outcome: Bilingual;
  try(target: Target): Promise<void>;
}

export function sender(port: number): Pick<Target, 'send' | 'ask'> {
  const send = (bytes: string | Buffer): Promise<string> =>
    new Promise((resolve, reject) => {
      let answer = '';
      const socket = connect(port, '127.0.0.1', () => socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes));
      socket.setEncoding('latin1').on('data', (data: string) => {
        answer += data;
      });
      socket.on('close', () => resolve(answer)).on('error', (error: NodeJS.ErrnoException) => (answer ? resolve(answer) : reject(error)));
    });
  return {
    send,
    ask(line, headers = [], body = '') {
      const bytes = typeof body === 'string' ? Buffer.from(body, 'utf8') : body;
      const length = bytes.length ? [`Content-Length: ${bytes.length}`] : [];
      const head = [`${line} HTTP/1.1`, 'Host: 127.0.0.1', 'Connection: close', ...headers, ...length].join('\r\n');
      return send(Buffer.concat([Buffer.from(`${head}\r\n\r\n`, 'latin1'), bytes]));
    },
  };
}

export const form = ['Content-Type: application/x-www-form-urlencoded'];
export const status = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);
export const head = (answer: string): string => answer.slice(0, answer.indexOf('\r\n\r\n'));
export const body = (answer: string): string => answer.slice(answer.indexOf('\r\n\r\n') + 4);
export const refused: Bilingual = { en: 'refused: 400', es: 'se rechaza: 400' };

export async function alive({ ask }: Target): Promise<void> {
  assert.equal(body(await ask('GET /4DACTION/hello')), 'hello');
}
