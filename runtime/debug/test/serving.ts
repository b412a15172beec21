/** A `fourd serve` of the tutorial in a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import process from 'node:process';
import type { TestContext } from 'node:test';
import { tutorial } from './adapter.js';

const serveModule = resolve(import.meta.dirname, '../../cli/serve.js');

export interface Served {
  readonly served: ChildProcess;
  readonly url: string;
  readonly port: number;
  readonly pid: number;
}

/** Starts it; gives its address and process. */
export async function serve(t: TestContext): Promise<Served> {
  const code = `import(${JSON.stringify(serveModule)}).then(({ main }) => main([${JSON.stringify(tutorial)}], 'en')).then((code) => process.exit(code))`;
  const served = spawn(process.execPath, ['-e', code], { stdio: ['pipe', 'pipe', 'inherit'] });
  t.after(() => served.kill('SIGKILL'));
  const [first] = await once(served.stdout, 'data');
  served.stdout.resume();
  const url = String(first).split('\n')[0];
  return { served, url, port: Number(new URL(url).port), pid: served.pid! };
}
