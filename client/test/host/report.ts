import type { Runner, SuiteFunction, TestFunction } from 'mocha';
import * as vscode from 'vscode';

/** What mocha's `tdd` interface gives; handed to the suites, since the two hosts get it in different ways. */
export interface Interface {
  readonly suite: SuiteFunction;
  readonly test: TestFunction;
}

/** Where a run leaves its lines, inside the workspace folder: the one place that every host can write to. */
const name = '.test-report.txt';

/**
 * Runs the suites and keeps their report in a file from the first line on, so that a crash leaves what was said before it.
 * The last line of a whole run is the summary, which the run outside demands. Throws when a test failed, as VS Code expects.
 */
export async function report(start: (done: (failures: number) => void) => Runner): Promise<void> {
  const file = vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0].uri, name);
  let text = '';
  let written: Promise<void> = Promise.resolve();
  const line = (one: string): void => {
    text += `${one}\n`;
    const now = text;
    written = written.then(() => vscode.workspace.fs.writeFile(file, new TextEncoder().encode(now)));
  };
  const failures = await new Promise<number>((resolve) => {
    const runner = start((count) => {
      const { passes = 0, failures = 1, pending = 0 } = runner.stats ?? {};
      line(`${passes} passed, ${failures} failed, ${pending} skipped`);
      resolve(count);
    });
    runner.on('pass', (test) => line(`  ✔ ${test.titlePath().join(' › ')} (${test.duration} ms)`));
    runner.on('pending', (test) => line(`  - ${test.titlePath().join(' › ')}`));
    runner.on('fail', (test, error) => line(`  ✘ ${test.titlePath().join(' › ')}\n${error?.stack ?? error}`));
  });
  await written;
  if (failures > 0) throw new Error(`${failures} tests failed`);
}
