/** The door of a running simulator for debug adapters: a socket on the loopback interface that asks for a secret first. */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import process from 'node:process';
import type { Simulator } from '../../simulator.js';
import type { TraceEvent } from '../../trace.js';
import type { DebugHost, Joined } from '../host.js';
import { SimulatorDebugSession } from '../session.js';
import { nodeHost } from './host.js';
import { announce } from './rendezvous.js';

/** Events that a debugger is told of that comes later. */
const most = 20_000;

/** What a simulator tells, for debuggers that join later or listen now. */
export class Telling {
  /** What the simulator tells is for nobody now, the terminal included: a debugger goes through the past. */
  muted = false;
  readonly events: TraceEvent[] = [];
  private readonly listeners = new Set<(event: TraceEvent) => void>();

  take(event: TraceEvent): void {
    if (!this.muted) this.events.push(event);
    if (this.events.length > most) this.events.splice(0, most / 10);
    for (const listener of this.listeners) listener(event);
  }

  listen(listener: (event: TraceEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

export interface Door {
  readonly port: number;
  close(): void;
}

/** Lets debuggers join a simulator. `stop` ends it. */
export async function openDoor(simulator: Simulator, telling: Telling, port: number, url: string, stop: () => void): Promise<Door> {
  const secret = randomBytes(24).toString('hex');
  const joined: Joined = {
    simulator,
    sources: { folder: simulator.project.root, prefix: '' },
    url: () => url,
    events: telling.events,
    listen: (listener) => telling.listen(listener),
    mute: (on) => {
      telling.muted = on;
    },
    undone: (events) => void telling.events.splice(Math.max(0, telling.events.length - events)),
    stop,
  };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.setTimeout(5_000, () => socket.destroy());
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
    greet(socket, secret, () => serveDebugger(socket, joined));
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const door = (server.address() as AddressInfo).port;
  const takeBack = announce({ pid: process.pid, port, door, secret });
  return {
    port: door,
    close() {
      takeBack();
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** Reads the first line: whoever does not know the secret is sent away. */
function greet(socket: Socket, secret: string, welcome: () => void): void {
  let read = Buffer.alloc(0);
  const look = (piece: Buffer): void => {
    read = Buffer.concat([read, piece]);
    const end = read.indexOf('\n');
    if (end < 0 && read.length <= secret.length) return;
    socket.off('data', look);
    const said = read.subarray(0, end);
    if (said.length !== secret.length || !timingSafeEqual(said, Buffer.from(secret))) {
      socket.destroy();
      return;
    }
    socket.setTimeout(0);
    socket.pause();
    socket.unshift(read.subarray(end + 1));
    welcome();
  };
  socket.on('data', look);
}

function serveDebugger(socket: Socket, joined: Joined): void {
  const host: DebugHost = { ...nodeHost, joined, exit: () => void socket.end() };
  new SimulatorDebugSession(host).start(socket, socket);
}
