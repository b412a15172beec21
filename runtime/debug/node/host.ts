import { connect } from 'node:net';
import process from 'node:process';
import { nodeFileSystem } from '#syntaxes/project/node/fileSystem.js';
import { nodeGuards } from '../../simulator/node/guards.js';
import { serveHttp } from '../../web/node/http.js';
import type { DebugHost } from '../host.js';
import { findMeeting } from './rendezvous.js';

/** What a debug adapter finds in a process; its end is the business of who uses it. */
export const nodeHost: Omit<DebugHost, 'exit'> = {
  files: nodeFileSystem,
  ignoresCase: process.platform === 'win32' || process.platform === 'darwin',
  async listen(options) {
    const server = await serveHttp(options);
    return { url: server.url, port: server.port, close: () => server.close(0) };
  },
  async join(wanted) {
    const meeting = findMeeting(wanted);
    if (!meeting) return undefined;
    const socket = connect(meeting.door, '127.0.0.1');
    const opened = await new Promise<boolean>((resolve) => socket.once('connect', () => resolve(true)).once('error', () => resolve(false)));
    if (!opened) return undefined;
    socket.on('error', () => socket.destroy());
    socket.write(`${meeting.secret}\n`);
    return {
      send: (data) => void socket.write(data),
      onData: (take) => void socket.on('data', take),
      onEnd: (ended) => void socket.on('close', ended),
      end: () => void socket.end(),
    };
  },
  guards: nodeGuards(),
  now: () => performance.now(),
  soon: (run) => void setImmediate(run),
};
