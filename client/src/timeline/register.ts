import * as vscode from 'vscode';
import { section } from '../names.js';
import type { Simulations } from '../simulator/simulations.js';
import { TimelinePanel } from './timelinePanel.js';

export function registerTimeline(extension: vscode.Uri, simulations: Simulations): vscode.Disposable[] {
  const panel = new TimelinePanel(extension, simulations);
  return [panel, vscode.commands.registerCommand(`${section}.showTimeline`, () => panel.show())];
}
