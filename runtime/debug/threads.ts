import type { DebugProtocol as P } from '@vscode/debugprotocol';
import type { FrameView } from '../machine/machine.js';
import type { ProcessState } from '../machine/types.js';
import type { TraceEvent } from '../trace.js';
import { shortId } from '../traceText.js';
import { type Debugged, processOf } from './debugged.js';
import type { Handlers } from './handlers.js';

const texts = {
  session: { en: 'session {0}', es: 'sesión {0}' },
  native: { en: 'waits in {0}', es: 'espera en {0}' },
};

/** 4D processes as threads, and their call stacks. */
export class Threads {
  constructor(private readonly on: Debugged) {}

  readonly handlers: Handlers = {
    threads: () => ({ threads: this.threads() }),
    stackTrace: (args) => this.stack(args),
    terminateThreads: ({ threadIds = [] }) => {
      for (const id of threadIds) this.on.machine.end(processOf(this.on, id));
    },
  };

  /** Tells the client of processes that come and go. */
  trace(event: TraceEvent): void {
    if (event.kind !== 'process-started' && event.kind !== 'process-ended') return;
    this.on.client.send('thread', { reason: event.kind === 'process-started' ? 'started' : 'exited', threadId: event.process });
  }

  private threads(): P.Thread[] {
    return [...this.on.machine.state.processes.values()]
      .filter(({ status }) => status !== 'ended')
      .map((process) => ({ id: process.number, name: this.nameOf(process) }));
  }

  private nameOf({ number, name, session }: ProcessState): string {
    const of =
      session === undefined || name.includes(session.slice(0, 8)) ? '' : `, ${this.on.client.say(texts.session, shortId(session))}`;
    return `${number}: ${name}${of}`;
  }

  private stack({ threadId, startFrame = 0, levels = 0 }: P.StackTraceArguments): P.StackTraceResponse['body'] {
    const frames = this.on.machine.frames(processOf(this.on, threadId));
    const wanted = frames.slice(startFrame, levels > 0 ? startFrame + levels : undefined);
    return { stackFrames: wanted.map((frame) => this.frame(frame)), totalFrames: frames.length };
  }

  private frame({ id, name, place, native }: FrameView): P.StackFrame {
    const { client, sources } = this.on;
    if (native || !place) {
      return { id, name: client.say(texts.native, name), line: 0, column: 0, presentationHint: 'subtle', canRestart: false };
    }
    return {
      id,
      name,
      source: sources.toClient(place.file),
      line: client.lineOut(place.line),
      column: client.columnOut(place.column),
      canRestart: true,
    };
  }
}
