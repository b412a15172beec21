import { readFileSync } from 'node:fs';
import process from 'node:process';

/** Where a command reads and writes; tests pass their own. */
export interface Terminal {
  readonly cwd: string;
  readonly colours: boolean;
  /** Progress may be shown on the error output. */
  readonly interactive: boolean;
  out(text: string): void;
  err(text: string): void;
  /** All of standard input. */
  input(): string;
}

export function processTerminal(): Terminal {
  return {
    cwd: process.cwd(),
    colours: process.stdout.isTTY === true && !process.env.NO_COLOR,
    interactive: process.stderr.isTTY === true,
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    input: () => readFileSync(0, 'utf8'),
  };
}
