import type * as vscode from 'vscode';
import type { Simulations } from '../simulator/simulations.js';
import { registerActions } from './actions.js';
import type { ResponseDocuments } from './responses.js';
import { SessionTree } from './sessionTree.js';

/** The session explorer and what can be done from it. */
export function registerExplorer(simulations: Simulations, responses: ResponseDocuments): vscode.Disposable[] {
  return [new SessionTree(simulations), ...registerActions(simulations, responses)];
}
