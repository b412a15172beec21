import * as vscode from 'vscode';
import { type PlayedText, playedEvent } from '#runtime/protocol.js';
import type { RunParams } from '#runtime/scenarios/run.js';
import type { Host } from '../host.js';
import { debugType } from '../names.js';

/** What plays a scenario file in the debugger; without a mode in the first of its modes. */
export function scenarioConfiguration(file: vscode.Uri, host: Host, mode?: RunParams['mode']): vscode.DebugConfiguration {
  const name = vscode.l10n.t('4D: {0}', decodeURIComponent(file.path.split('/').at(-1)!));
  return { type: debugType, request: 'launch', name, scenario: host.pathOf(file), ...(mode && { sessionMode: mode }) };
}

let plays = 0;

/** Plays a scenario in the debugger, as part of a test run and to its end. Undefined when it was stopped before, or could not be started. */
export async function debugScenario(
  configuration: vscode.DebugConfiguration,
  folder: vscode.WorkspaceFolder | undefined,
  testRun: vscode.TestRun,
  token: vscode.CancellationToken,
): Promise<PlayedText | undefined> {
  const subscriptions: vscode.Disposable[] = [];
  // The configuration comes back as a copy: a mark of its own tells which session is this one.
  const mark = ++plays;
  const isMine = ({ configuration }: vscode.DebugSession): boolean => configuration.played === mark;
  let played: PlayedText | undefined;
  try {
    const ended = new Promise<void>((resolve) => {
      subscriptions.push(
        vscode.debug.onDidStartDebugSession((session) => {
          if (isMine(session)) subscriptions.push(token.onCancellationRequested(() => vscode.debug.stopDebugging(session)));
        }),
        vscode.debug.onDidReceiveDebugSessionCustomEvent(({ session, event, body }) => {
          if (event === playedEvent && isMine(session)) played = body as PlayedText;
        }),
        vscode.debug.onDidTerminateDebugSession((session) => {
          if (isMine(session)) resolve();
        }),
      );
    });
    if (await vscode.debug.startDebugging(folder, { ...configuration, played: mark }, { testRun })) await ended;
    return played;
  } finally {
    for (const one of subscriptions) one.dispose();
  }
}
