/** The debug adapter on standard streams. It ends with its client: when the streams close, nothing is left of it. */
import process from 'node:process';
import { nodeFileSystem } from '#syntaxes/project/node/fileSystem.js';
import { serveHttp } from '../../web/node/http.js';
import type { DebugHost } from '../host.js';
import { SimulatorDebugSession } from '../session.js';

const host: DebugHost = {
  files: nodeFileSystem,
  ignoresCase: process.platform === 'win32' || process.platform === 'darwin',
  async listen(options) {
    const server = await serveHttp(options);
    return { url: server.url, port: server.port, close: () => server.close(0) };
  },
  soon: (run) => void setImmediate(run),
  exit() {
    // What was written last is to arrive where writing takes its time; nobody may be there to read it.
    setTimeout(() => process.exit(0), 200);
    process.stdout.write('', () => process.exit(0));
  },
};

// Standard output is the protocol's.
console.log = console.error;
process.stdin.on('end', () => host.exit());
process.stdout.on('error', () => process.exit(0));
new SimulatorDebugSession(host).start(process.stdin, process.stdout);
