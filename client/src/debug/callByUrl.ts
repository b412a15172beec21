import * as vscode from 'vscode';
import { readAttributes } from '#syntaxes/project/sourceFiles.js';
import { projectAround } from '../files.js';
import type { Host } from '../host.js';
import { debugType } from '../names.js';

/** What a run takes over from the folder's `launch.json`: it says how this project runs. */
const borrowed = ['records', 'standIns', 'clock', 'sessionMode', 'port'];

/** The client whose browser it stands for. */
export const client = 'browser';

/** The project method in a document; undefined for other files. */
export const methodIn = (document: vscode.TextDocument): string | undefined =>
  /\/Sources\/Methods\/([^/]+)\.4dm$/i.exec(document.uri.path)?.[1];

/** Whether 4D answers a URL with this method: its property *Available through 4D tags and URLs*. */
export const isPublished = (document: vscode.TextDocument): boolean => readAttributes(document.getText()).publishedWeb;

/** Whether the code of a published method is about its request: run by itself, outside of any, it would have no session and no answer. */
export const isAboutRequests = (document: vscode.TextDocument): boolean =>
  isPublished(document) && /\bWEB\s|\bSession\b/i.test(document.getText());

export const urlOf = (method: string): string => `/4DACTION/${encodeURIComponent(method)}`;

/** Serves the project of a method and calls it by its URL, as a browser does; undefined outside of a project. */
export async function callByUrl(document: vscode.TextDocument, host: Host): Promise<vscode.DebugConfiguration | undefined> {
  const method = methodIn(document);
  const project = method === undefined ? undefined : await projectAround(document.uri);
  if (method === undefined || !project) return undefined;
  const url = urlOf(method);
  return {
    ...likeOthers(vscode.workspace.getWorkspaceFolder(project)),
    type: debugType,
    request: 'launch',
    name: `GET ${url}`,
    project: host.pathOf(project),
    requests: [{ client, url }],
    keepAlive: true,
  };
}

function likeOthers(folder: vscode.WorkspaceFolder | undefined): Record<string, unknown> {
  const configurations = vscode.workspace.getConfiguration('launch', folder).get<vscode.DebugConfiguration[]>('configurations') ?? [];
  const first = configurations.find(({ type, request }) => type === debugType && request === 'launch') ?? {};
  return Object.fromEntries(Object.entries(first).filter(([key]) => borrowed.includes(key)));
}
