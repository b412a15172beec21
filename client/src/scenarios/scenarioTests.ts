import * as vscode from 'vscode';
import { placeOf } from '#runtime/scenarios/places.js';
import { readScenario } from '#runtime/scenarios/read.js';
import type { PlacedFailure, RunParams, RunResult } from '#runtime/scenarios/run.js';
import { languageOf, say } from '#syntaxes/text/bilingual.js';
import { readText } from '../files.js';
import type { Host } from '../host.js';
import { isScenario, section } from '../names.js';
import { debugScenario, scenarioConfiguration } from './debug.js';
import { Player } from './player.js';

const pattern = '**/*.scenario.json';

type Mode = RunParams['mode'];
/** Undefined when it was ended before its end. */
type Play = (item: vscode.TestItem, text: string) => Promise<RunResult | undefined>;

/** Scenario files in VS Code's test explorer: each a test, or one for each session mode it is for. Files are looked for when the explorer asks. */
export class ScenarioTests implements vscode.Disposable {
  private readonly controller = vscode.tests.createTestController(`${section}.scenarios`, vscode.l10n.t('4D scenarios'));
  private readonly modes = new WeakMap<vscode.TestItem, Mode>();
  private readonly subscriptions: vscode.Disposable[] = [this.controller];
  private found: Promise<void> | undefined;

  constructor(private readonly host: Host) {
    const { controller } = this;
    controller.resolveHandler = async (item) => void (item ?? (await this.discover()));
    controller.refreshHandler = () => this.discover(true);
    const allowRunning = (): void => {
      controller.createRunProfile(
        vscode.l10n.t('Play in the simulator'),
        vscode.TestRunProfileKind.Run,
        (request, token) => this.run(request, token),
        true,
      );
      controller.createRunProfile(
        vscode.l10n.t('Play in the debugger'),
        vscode.TestRunProfileKind.Debug,
        (request, token) => this.run(request, token, true),
        true,
      );
    };
    if (vscode.workspace.isTrusted) allowRunning();
    else this.subscriptions.push(vscode.workspace.onDidGrantWorkspaceTrust(allowRunning));
    const shown = (document: vscode.TextDocument): void => {
      if (isScenario(document.uri) && vscode.workspace.getWorkspaceFolder(document.uri)) this.update(document.uri, document.getText());
    };
    for (const document of vscode.workspace.textDocuments) shown(document);
    this.subscriptions.push(
      vscode.workspace.onDidOpenTextDocument(shown),
      vscode.workspace.onDidChangeTextDocument(({ document }) => shown(document)),
    );
  }

  dispose(): void {
    for (const one of this.subscriptions) one.dispose();
  }

  /** Finds the scenario files of the workspace, once, and hears of new ones from then on. */
  private discover(again = false): Promise<void> {
    if (!this.found) {
      const watcher = vscode.workspace.createFileSystemWatcher(pattern);
      watcher.onDidCreate((uri) => this.read(uri));
      watcher.onDidChange((uri) => this.read(uri));
      watcher.onDidDelete((uri) => this.controller.items.delete(uri.toString()));
      this.subscriptions.push(watcher);
    }
    if (!this.found || again)
      this.found = Promise.resolve(vscode.workspace.findFiles(pattern, '**/node_modules/**')).then(async (uris) => {
        const there = new Set(uris.map(String));
        for (const [id] of this.controller.items) if (!there.has(id)) this.controller.items.delete(id);
        await Promise.all(uris.map((uri) => this.read(uri)));
      });
    return this.found;
  }

  private async read(uri: vscode.Uri): Promise<void> {
    const text = await textOf(uri);
    if (text === undefined) this.controller.items.delete(uri.toString());
    else this.update(uri, text);
  }

  /** The test of a file as its text says: title, modes, and where they stand. */
  private update(uri: vscode.Uri, text: string): void {
    const read = readScenario(text);
    const id = uri.toString();
    const path = vscode.workspace.asRelativePath(uri);
    const label = 'scenario' in read ? read.scenario.title : path.split('/').at(-1)!;
    let item = this.controller.items.get(id);
    if (!item) {
      item = this.controller.createTestItem(id, label, uri);
      this.controller.items.add(item);
    }
    item.label = label;
    item.sortText = path;
    item.range = rangeIn(text, placeOf(text, ['title']));
    item.error = 'problems' in read ? read.problems.map((problem) => say(problem, language())).join('\n\n') : undefined;
    const modes: readonly Mode[] = ('scenario' in read && read.scenario.modes) || ['project'];
    if (modes.length === 1) this.modes.set(item, modes[0]);
    else this.modes.delete(item);
    const children =
      modes.length === 1 ? [] : modes.map((mode, index) => this.child(uri, mode, rangeIn(text, placeOf(text, ['modes', index]))));
    item.children.replace(children);
  }

  private child(uri: vscode.Uri, mode: Mode, range: vscode.Range): vscode.TestItem {
    const item = this.controller.createTestItem(`${uri}#${mode}`, nameOf(mode), uri);
    item.range = range;
    this.modes.set(item, mode);
    return item;
  }

  private async run(request: vscode.TestRunRequest, token: vscode.CancellationToken, debugging = false): Promise<void> {
    if (!request.include) await this.discover();
    const run = this.controller.createTestRun(request);
    const excluded = new Set(request.exclude);
    const leaves: vscode.TestItem[] = [];
    const gather = (item: vscode.TestItem): void => {
      if (excluded.has(item)) return;
      if (this.modes.has(item)) leaves.push(item);
      for (const [, child] of item.children) gather(child);
    };
    for (const item of request.include ?? [...this.controller.items].map(([, one]) => one)) gather(item);
    for (const item of leaves) run.enqueued(item);
    const player = debugging ? undefined : new Player(this.host.simulatorWorker());
    token.onCancellationRequested(() => player?.dispose());
    const play: Play = player
      ? (item, text) => player.play({ path: this.host.pathOf(item.uri!), text, mode: this.modes.get(item)! })
      : (item) => this.debug(item, run, token);
    try {
      for (const item of leaves) {
        if (token.isCancellationRequested) run.skipped(item);
        else await this.play(item, play, run, token);
      }
    } finally {
      player?.dispose();
      run.end();
    }
  }

  private debug(item: vscode.TestItem, run: vscode.TestRun, token: vscode.CancellationToken): Promise<RunResult | undefined> {
    const configuration = scenarioConfiguration(item.uri!, this.host, this.modes.get(item));
    return debugScenario(configuration, vscode.workspace.getWorkspaceFolder(item.uri!), run, token);
  }

  private async play(item: vscode.TestItem, play: Play, run: vscode.TestRun, token: vscode.CancellationToken): Promise<void> {
    run.started(item);
    const began = Date.now();
    const uri = item.uri!;
    try {
      const text = await textOf(uri);
      if (text === undefined) throw new Error(vscode.l10n.t('The file cannot be read.'));
      const result = await play(item, text);
      const took = Date.now() - began;
      if (!result) {
        run.skipped(item);
        return;
      }
      if ('problems' in result)
        run.errored(item, new vscode.TestMessage(result.problems.map((one) => say(one, language())).join('\n')), took);
      else if (result.failures.length === 0) run.passed(item, took);
      else
        run.failed(
          item,
          result.failures.map((failure) => messageOf(failure, uri, text)),
          took,
        );
      run.appendOutput(outputOf(item, result), undefined, item);
    } catch (error) {
      if (token.isCancellationRequested) run.skipped(item);
      else run.errored(item, new vscode.TestMessage(vscode.l10n.t('The simulator has stopped. {0}', (error as Error).message)));
    }
  }
}

const language = () => languageOf(vscode.env.language);

/** The text as an editor has it, else as it is on the disk. */
async function textOf(uri: vscode.Uri): Promise<string | undefined> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  return open ? open.getText() : readText(uri);
}

function nameOf(mode: Mode): string {
  switch (mode) {
    case 'legacy':
      return vscode.l10n.t('Legacy sessions');
    case 'scalable':
      return vscode.l10n.t('Scalable sessions');
    case 'none':
      return vscode.l10n.t('No sessions');
    case 'project':
      return vscode.l10n.t('As the settings say');
  }
}

function messageOf(failure: PlacedFailure, uri: vscode.Uri, text: string): vscode.TestMessage {
  const said = vscode.l10n.t('Step {0}: {1}', failure.step, say(failure.message, language()));
  const { expected, found } = failure;
  const message =
    expected === undefined || found === undefined ? new vscode.TestMessage(said) : vscode.TestMessage.diff(said, expected, found);
  message.location = new vscode.Location(uri, rangeIn(text, failure));
  return message;
}

/** What happened, step by step, as a terminal shows it. */
function outputOf(item: vscode.TestItem, result: RunResult): string {
  if ('problems' in result) return '';
  const title = item.parent ? `${item.parent.label} (${item.label})` : item.label;
  const lines = result.transcript.flatMap((happened, step) =>
    happened.length > 0 ? [`  ${step}`, ...happened.map((line) => `    ${line}`)] : [],
  );
  return [title, ...lines, ''].map((line) => `${line}\r\n`).join('');
}

function rangeIn(text: string, { start, end }: { readonly start: number; readonly end: number }): vscode.Range {
  const positionAt = (offset: number): vscode.Position => {
    const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
    return new vscode.Position(lines.length - 1, lines.at(-1)!.length);
  };
  return new vscode.Range(positionAt(start), positionAt(end));
}
