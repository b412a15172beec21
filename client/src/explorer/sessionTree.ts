import * as vscode from 'vscode';
import { section } from '../names.js';
import type { Simulation, Simulations } from '../simulator/simulations.js';
import { describe, describeSimulation } from './labels.js';
import { children, identity, type Node, roots } from './model.js';

/** One row of the explorer: what it shows, whose simulator it belongs to, and where it stands. */
export interface Row {
  readonly simulation: Simulation;
  readonly id: string;
  /** Undefined for the simulator itself, which has a row of its own where several run. */
  readonly node: Node | undefined;
}

/** The sessions of the running simulators, with what they hold, in a view of their own. */
export class SessionTree implements vscode.TreeDataProvider<Row>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly view: vscode.TreeView<Row>;
  private readonly subscriptions: vscode.Disposable[];

  constructor(private readonly simulations: Simulations) {
    this.view = vscode.window.createTreeView(`${section}.sessions`, { treeDataProvider: this });
    this.subscriptions = [this.view, this.changed, simulations.onChanged(() => this.update())];
    this.update();
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  getChildren(row?: Row): Row[] {
    if (!row) {
      const { running } = this.simulations;
      return running.length === 1 ? rowsOf(running[0]) : running.map((one) => ({ simulation: one, id: one.session.id, node: undefined }));
    }
    if (!row.node) return rowsOf(row.simulation);
    return children(row.node).map((node) => ({ simulation: row.simulation, id: identity(node, row.id), node }));
  }

  getTreeItem({ simulation, id, node }: Row): vscode.TreeItem {
    const item = node ? describe(node) : describeSimulation(simulation.session.name);
    item.id = id;
    const spoken = [item.label, item.description].filter((text) => typeof text === 'string' && text !== '').join(', ');
    item.accessibilityInformation ??= { label: spoken };
    return item;
  }

  private update(): void {
    const states = this.simulations.running.flatMap(({ state }) => state ?? []);
    const open = states.reduce((count, { sessions }) => count + sessions.length, 0);
    this.view.badge = open > 0 ? { value: open, tooltip: vscode.l10n.t('Open sessions: {0}', open) } : undefined;
    void vscode.commands.executeCommand('setContext', `${section}.simulating`, this.simulations.running.length > 0);
    this.changed.fire();
  }
}

function rowsOf(simulation: Simulation): Row[] {
  const { state, session } = simulation;
  return state ? roots(state).map((node) => ({ simulation, id: `${session.id}/${identity(node)}`, node })) : [];
}
