import * as vscode from 'vscode';
import { clockText } from '#runtime/traceText.js';
import { type Detail, duration, type Group, type Node, sessionName } from './model.js';

export function describeSimulation(name: string): vscode.TreeItem {
  const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.Expanded);
  item.iconPath = new vscode.ThemeIcon('server-process');
  return item;
}

/** A row as VS Code shows it. What it can be told to do hangs on its `contextValue`. */
export function describe(node: Node): vscode.TreeItem {
  switch (node.kind) {
    case 'server':
      return server(node);
    case 'session':
      return session(node);
    case 'group': {
      const item = new vscode.TreeItem(groupName(node.of), vscode.TreeItemCollapsibleState.Collapsed);
      item.description = String(node.children.length);
      return item;
    }
    case 'process':
      return leaf(`${node.process.number} ${node.process.name}`, statusName(node.process.status), 'gear');
    case 'variable':
      return leaf(node.name, node.value, 'symbol-variable', `${node.name} = ${node.value}`);
    case 'selection':
      return leaf(
        `[${node.table}]`,
        node.current === undefined
          ? vscode.l10n.t('records: {0}', node.records)
          : vscode.l10n.t('records: {0}, current record: {1}', node.records, node.current),
        'list-selection',
      );
    case 'lock':
      return leaf(`[${node.table}]`, vscode.l10n.t('record {0} is locked for others', node.record), 'lock');
    case 'detail':
      return leaf(detailName(node.what), typeof node.value === 'number' ? clockText(node.value) : node.value, 'circle-small');
  }
}

function leaf(label: string, description: string, icon: string, tooltip?: string): vscode.TreeItem {
  const item = new vscode.TreeItem(label);
  item.description = description;
  item.iconPath = new vscode.ThemeIcon(icon);
  item.tooltip = tooltip;
  return item;
}

function server({ state: { url, mode, now } }: Node & { kind: 'server' }): vscode.TreeItem {
  const item = leaf(url ?? vscode.l10n.t('Web server'), `${modeName(mode)} · ${clockText(now)}`, 'globe');
  item.contextValue = url ? 'server.listening' : 'server';
  item.tooltip = url
    ? vscode.l10n.t('The project’s web server in the simulator, its sessions, and the simulator’s time')
    : vscode.l10n.t('The project’s web server in the simulator. It has no port here: requests are sent from this view.');
  return item;
}

function session({ session: one, state: { now } }: Node & { kind: 'session' }): vscode.TreeItem {
  const item = new vscode.TreeItem(sessionName(one), vscode.TreeItemCollapsibleState.Collapsed);
  const left = Number.isFinite(one.ends) ? vscode.l10n.t('ends in {0}', duration(one.ends - now)) : '';
  item.description = [stateName(one.state), vscode.l10n.t('requests: {0}', one.requests), left].filter(Boolean).join(' · ');
  item.iconPath = new vscode.ThemeIcon(one.state === 'active' ? 'pulse' : one.state === 'closing' ? 'circle-slash' : 'account');
  item.contextValue = `session.${one.mode}`;
  const lines = [
    `**${sessionName(one)}** · ${modeName(one.mode)}`,
    `\`${one.id}\``,
    vscode.l10n.t('Open for {0}. If no request comes, it ends in {1}.', duration(now - one.opened), duration(one.ends - now)),
  ];
  item.tooltip = new vscode.MarkdownString(lines.join('\n\n'));
  return item;
}

export function modeName(mode: 'legacy' | 'scalable' | 'none'): string {
  const names = {
    legacy: vscode.l10n.t('Legacy sessions'),
    scalable: vscode.l10n.t('Scalable sessions'),
    none: vscode.l10n.t('No sessions'),
  };
  return names[mode];
}

function stateName(state: 'active' | 'idle' | 'closing'): string {
  const names = { active: vscode.l10n.t('active'), idle: vscode.l10n.t('idle'), closing: vscode.l10n.t('closing') };
  return names[state];
}

function statusName(status: 'ready' | 'idle' | 'waiting' | 'stopped' | 'ended'): string {
  const names = {
    ready: vscode.l10n.t('running'),
    idle: vscode.l10n.t('idle'),
    waiting: vscode.l10n.t('waiting'),
    stopped: vscode.l10n.t('stopped by the debugger'),
    ended: vscode.l10n.t('ended'),
  };
  return names[status];
}

function groupName(of: Group): string {
  const names = {
    processes: vscode.l10n.t('Processes'),
    variables: vscode.l10n.t('Process variables'),
    selections: vscode.l10n.t('Selections'),
    locks: vscode.l10n.t('Locked records'),
    otherProcesses: vscode.l10n.t('Processes without a session'),
  };
  return names[of];
}

function detailName(what: Detail): string {
  const names = {
    id: vscode.l10n.t('Session ID'),
    opened: vscode.l10n.t('Opened'),
    lastRequest: vscode.l10n.t('Last request'),
    cookieExpires: vscode.l10n.t('Cookie expires'),
    address: vscode.l10n.t('IP address'),
    userName: vscode.l10n.t('User name'),
    privileges: vscode.l10n.t('Privileges'),
  };
  return names[what];
}
