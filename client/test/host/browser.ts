/** Entry of the suite in an extension host that is a web worker. */
import 'mocha/mocha.js';
import { type Interface, report } from './report.js';
import { suites } from './suites.js';

export function run(): Promise<void> {
  const context = globalThis as unknown as Interface & { mocha: BrowserMocha };
  context.mocha.setup({ ui: 'tdd', reporter: class {}, timeout: 120_000 });
  suites(context);
  return report((done) => context.mocha.run(done));
}

interface BrowserMocha {
  setup(options: object): void;
  run(done: (failures: number) => void): Mocha.Runner;
}
