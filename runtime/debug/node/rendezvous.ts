/**
 * How a debug adapter finds a running `fourd serve`: a file for each in a folder that only this user can read, with the port of its door and a
 * secret. Who cannot read the file cannot join, and no web page can speak to the door by mistake.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

export interface Meeting {
  readonly pid: number;
  /** Port of its web server. */
  readonly port: number;
  /** Port where a debug adapter is let in, on the loopback interface. */
  readonly door: number;
  readonly secret: string;
}

/** The folder of this user; undefined when somebody else made it. */
function folder(): string | undefined {
  const path = join(tmpdir(), `fourd-${userInfo().username.replace(/[^\w.-]/g, '_')}`);
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    const { uid, mode } = statSync(path);
    const mine = process.getuid === undefined || (uid === process.getuid() && (mode & 0o077) === 0);
    return mine ? path : undefined;
  } catch {
    return undefined;
  }
}

/** Says where this process can be joined; gives what takes it back. Nothing is said where no place for it is safe. */
export function announce(meeting: Meeting): () => void {
  const home = folder();
  if (home === undefined) return () => undefined;
  const path = join(home, `${meeting.pid}.json`);
  const remove = (): void => rmSync(path, { force: true });
  writeFileSync(path, JSON.stringify(meeting), { mode: 0o600 });
  process.on('exit', remove);
  return () => {
    process.off('exit', remove);
    remove();
  };
}

/** The running `fourd serve` with a process number or web port. Files of those that are gone are removed. */
export function findMeeting(wanted: { readonly pid?: number; readonly port?: number }): Meeting | undefined {
  const home = folder();
  if (home === undefined) return undefined;
  for (const name of readdirSync(home)) {
    const meeting = read(join(home, name));
    if (!meeting || !isAlive(meeting.pid)) rmSync(join(home, name), { force: true });
    else if (wanted.pid === undefined ? meeting.port === wanted.port : meeting.pid === wanted.pid) return meeting;
  }
  return undefined;
}

function read(path: string): Meeting | undefined {
  try {
    const meeting = JSON.parse(readFileSync(path, 'utf8'));
    return typeof meeting?.pid === 'number' && typeof meeting.door === 'number' ? meeting : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
