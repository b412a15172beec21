/** Whose turn it is: processes go round by number, so that the same state gives the same run. */
import type { Engine } from './engine.js';
import { runSteps } from './run.js';
import type { ProcessState } from './types.js';
import type { SliceResult } from './views.js';

/** Runs up to `limit` steps, process after process. */
export function runSlice(engine: Engine, limit: number): SliceResult {
  wakeTimed(engine);
  let done = 0;
  while (done < limit) {
    const process = next(engine);
    if (!process) break;
    const steps = runSteps(engine, process, Math.min(engine.quantum, limit - done));
    // A process that stops or is stopped without a step still had its turn.
    done += Math.max(1, steps);
    engine.state.steps += steps;
    engine.state.turn = process.number + 1;
  }
  return { ready: engine.ready.size > 0, nextWake: nextWake(engine), steps: done };
}

/** Runs one process alone. */
export function runAlone(engine: Engine, process: ProcessState, limit: number): SliceResult {
  wakeTimed(engine);
  let done = 0;
  while (done < limit && process.status === 'ready') {
    const steps = runSteps(engine, process, limit - done);
    done += Math.max(1, steps);
    engine.state.steps += steps;
  }
  return { ready: process.status === 'ready', nextWake: nextWake(engine), steps: done };
}

/** The first ready process from the one whose turn it is. */
function next(engine: Engine): ProcessState | undefined {
  const chosen = engine.ready.from(engine.state.turn);
  return chosen === undefined ? undefined : engine.state.processes.get(chosen);
}

/** Processes whose moment has come go on. */
function wakeTimed(engine: Engine): void {
  if (engine.timed.size === 0) return;
  const now = engine.clock.now();
  const due = [...engine.timed].map((number) => engine.state.processes.get(number)!).filter((process) => process.wakeAt! <= now);
  due.sort((a, b) => a.wakeAt! - b.wakeAt! || a.number - b.number);
  for (const process of due) engine.setStatus(process, 'ready');
}

function nextWake(engine: Engine): number | undefined {
  if (engine.timed.size === 0) return undefined;
  let earliest: number | undefined;
  for (const number of engine.timed) {
    const { wakeAt } = engine.state.processes.get(number)!;
    if (earliest === undefined || wakeAt! < earliest) earliest = wakeAt;
  }
  return earliest;
}
