/**
 * The debug adapter on standard streams; with `--worker` the simulator as a child process that speaks `worker/messages.ts` with its parent.
 * It ends with its client: when the line to it closes, nothing is left of it.
 */
import process from 'node:process';
import type { DebugHost } from '../host.js';
import { SimulatorDebugSession } from '../session.js';
import type { FromWorker, ToWorker } from '../worker/messages.js';
import { serveWorker } from '../worker/serve.js';
import { nodeHost } from './host.js';

function onStreams(): void {
  const host: DebugHost = {
    ...nodeHost,
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
}

function asWorker(): void {
  const { files: disk, ...host } = nodeHost;
  const take = serveWorker((message: FromWorker) => process.send?.(message), { ...host, disk, exit: () => process.disconnect?.() });
  process.on('message', (message) => take(message as ToWorker));
  process.on('disconnect', () => process.exit(0));
}

if (process.argv.includes('--worker')) asWorker();
else onStreams();
