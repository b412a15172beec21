import * as vscode from 'vscode';
import { analyzerId, section } from './names.js';

/** What `features: auto` means here: everything, or beside 4D-Analyzer only what that one lacks. */
export function autoFeatures(): 'all' | 'sessions' {
  return vscode.extensions.getExtension(analyzerId) ? 'sessions' : 'all';
}

/** Whether this extension leaves all but sessions to another one. */
export function keepsToSessions(): boolean {
  const set = vscode.workspace.getConfiguration(section).get<string>('features', 'auto');
  return (set === 'auto' ? autoFeatures() : set) === 'sessions';
}
