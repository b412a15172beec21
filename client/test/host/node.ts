/** Entry of the suite in an extension host on Node; `mocha` is the one of the repository. */
import Mocha from 'mocha';
import { besideAnalyzer } from './besideAnalyzer.js';
import { type Interface, report } from './report.js';
import { suites } from './suites.js';

export function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'tdd', reporter: class {} as unknown as Mocha.ReporterConstructor, timeout: 120_000 });
  const context = {} as Mocha.MochaGlobals;
  mocha.suite.emit('pre-require', context, '', mocha);
  suites(context as unknown as Interface);
  besideAnalyzer(context as unknown as Interface);
  return report((done) => mocha.run(done));
}
