import * as vscode from 'vscode';
import { languageOf } from '#syntaxes/text/bilingual.js';
import { section } from '../names.js';
import type { Simulation, Simulations } from '../simulator/simulations.js';
import type { FromPage, ToPage, Words } from './messages.js';
import { placeOf, TimelineBuilder } from './model.js';
import { openPlace } from './openPlace.js';
import { timelinePage } from './page.js';

/** The timeline in an editor: what the running simulator does, or what the last one did. */
export class TimelinePanel implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private readonly subscription: vscode.Disposable;
  private shown:
    | { readonly simulation: Simulation | undefined; readonly builder: TimelineBuilder; readonly timesBack: number; rows: number }
    | undefined;

  constructor(
    private readonly extension: vscode.Uri,
    private readonly simulations: Simulations,
  ) {
    this.subscription = simulations.onChanged(() => this.update());
  }

  dispose(): void {
    this.subscription.dispose();
    this.panel?.dispose();
  }

  /** Opens it, or brings it to the front. */
  show(): void {
    if (this.panel) {
      this.panel.reveal(undefined, true);
      return;
    }
    const files = vscode.Uri.joinPath(this.extension, 'dist/timeline');
    const panel = vscode.window.createWebviewPanel(
      `${section}.timeline`,
      vscode.l10n.t('Session timeline'),
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      { enableScripts: true, localResourceRoots: [files], enableFindWidget: true },
    );
    panel.onDidDispose(() => {
      this.panel = undefined;
      this.shown = undefined;
    });
    panel.webview.onDidReceiveMessage((message: FromPage) => this.heard(message));
    panel.webview.html = timelinePage({
      language: vscode.env.language,
      title: vscode.l10n.t('Session timeline'),
      words: words(),
      script: panel.webview.asWebviewUri(vscode.Uri.joinPath(files, 'main.js')).toString(true),
      style: panel.webview.asWebviewUri(vscode.Uri.joinPath(files, 'timeline.css')).toString(true),
      source: panel.webview.cspSource,
      nonce: nonce(),
    });
    this.panel = panel;
  }

  private heard(message: FromPage): void {
    if (message.kind === 'ready') {
      // The page is new, also when its editor was hidden meanwhile: it gets everything again.
      this.shown = undefined;
      this.update();
    } else if (message.kind === 'start') void vscode.commands.executeCommand(`${section}.serveProject`);
    else void this.open(message.index);
  }

  private async open(index: number): Promise<void> {
    const simulation = this.shown?.simulation;
    const event = simulation?.events[index];
    const place = event && placeOf(event);
    if (place && simulation) await openPlace(place, simulation.session);
  }

  /** Sends what is not there yet; all of it when the simulator is another one, has gone back, or has remembered more of its past. */
  private update(): void {
    if (!this.panel) return;
    const simulation = this.simulations.latest;
    const [length, timesBack] = [simulation?.events.length ?? 0, simulation?.timesBack ?? 0];
    const { shown: before } = this;
    if (!before || before.simulation !== simulation || before.timesBack !== timesBack || before.rows > length) {
      this.shown = { simulation, builder: new TimelineBuilder(languageOf(vscode.env.language)), timesBack, rows: 0 };
      const title = simulation ? vscode.l10n.t('Session timeline: {0}', simulation.session.name) : vscode.l10n.t('Session timeline');
      this.post({ kind: 'begin', title });
    }
    const shown = this.shown!;
    const rows = (simulation?.events ?? []).slice(shown.rows).map((event) => shown.builder.add(event));
    shown.rows += rows.length;
    if (rows.length > 0) this.post({ kind: 'rows', rows });
  }

  private post(message: ToPage): void {
    void this.panel?.webview.postMessage(message);
  }
}

function words(): Words {
  return {
    list: vscode.l10n.t('What the simulator did, in order'),
    empty: vscode.l10n.t('Nothing happened yet. Start the session simulator, and each request, session and cookie appears here.'),
    start: vscode.l10n.t('Start the simulator'),
    filter: vscode.l10n.t('Show'),
    groups: {
      requests: vscode.l10n.t('Requests'),
      sessions: vscode.l10n.t('Sessions'),
      cookies: vscode.l10n.t('Cookies'),
      methods: vscode.l10n.t('Methods and processes'),
      records: vscode.l10n.t('Record locks'),
      other: vscode.l10n.t('Clock and others'),
    },
    shown: vscode.l10n.t('{0} of {1}', '{0}', '{1}'),
    later: vscode.l10n.t('{0} later', '{0}'),
    opens: vscode.l10n.t('Enter opens the code'),
    keys: vscode.l10n.t('Arrow keys move through the rows, Enter opens the line of code that did it.'),
  };
}

/** Lets one script of ours run, and none that somebody else put into the page. */
function nonce(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
