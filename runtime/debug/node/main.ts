/** The debug adapter on standard streams. It ends with its client: when the streams close, nothing is left of it. */
import process from 'node:process';
import type { DebugHost } from '../host.js';
import { SimulatorDebugSession } from '../session.js';
import { nodeHost } from './host.js';

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
