import * as vscode from 'vscode';
import type { SessionState } from '#runtime/protocol.js';
import { section } from '../names.js';
import type { Simulation, Simulations } from '../simulator/simulations.js';
import { cookieHeader, duration, parseRequest, sessionName, untilNextEnd } from './model.js';
import type { ResponseDocuments } from './responses.js';
import type { Row } from './sessionTree.js';

const minute = 60_000;

/** What the explorer's rows can be told to do; from the palette each asks for the session it needs. */
export function registerActions(simulations: Simulations, responses: ResponseDocuments): vscode.Disposable[] {
  let lastRequest = 'GET /';

  /** Registers a command whose failures are said, since the simulator may have ended meanwhile. */
  const command = (name: string, act: (row: Row | undefined) => Promise<void>): vscode.Disposable =>
    vscode.commands.registerCommand(`${section}.${name}`, async (row?: Row) => {
      try {
        await act(row);
      } catch (error) {
        void vscode.window.showErrorMessage(
          vscode.l10n.t('The simulator did not do it: {0}', error instanceof Error ? error.message : String(error)),
        );
      }
    });

  const simulationOf = (row: Row | undefined): Simulation | undefined => {
    const simulation = row?.simulation ?? simulations.current;
    if (!simulation) void vscode.window.showInformationMessage(vscode.l10n.t('No session simulator is running. Start one with F5.'));
    return simulation;
  };

  const withSession = async (
    row: Row | undefined,
    act: (simulation: Simulation, session: SessionState) => Promise<void>,
  ): Promise<void> => {
    const simulation = simulationOf(row);
    if (!simulation) return;
    const session = row?.node?.kind === 'session' ? row.node.session : await chooseSession(simulation);
    if (session) await act(simulation, session);
  };

  return [
    command('closeSession', (row) =>
      withSession(row, async (simulation, session) => {
        if (await simulation.close(session.id)) return;
        void vscode.window.showInformationMessage(
          session.mode === 'scalable'
            ? vscode.l10n.t('Nothing was closed: with scalable sessions 4D ignores WEB LEGACY CLOSE SESSION.')
            : vscode.l10n.t('Nothing was closed: this session has ended already.'),
        );
      }),
    ),
    command('expireSession', (row) => withSession(row, async (simulation, session) => void (await simulation.expire(session.id)))),
    command('copyCookie', (row) =>
      withSession(row, async ({ state }, session) => {
        if (!state) return;
        await vscode.env.clipboard.writeText(cookieHeader(state, session));
        vscode.window.setStatusBarMessage(vscode.l10n.t('Cookie copied'), 3000);
      }),
    ),
    command('sendRequest', async (row) => {
      const simulation = simulationOf(row);
      if (!simulation) return;
      const sender = row?.node?.kind === 'session' ? row.node.session : await chooseSender(simulation);
      if (!sender) return;
      const text = await vscode.window.showInputBox({
        title: 'id' in sender ? vscode.l10n.t('Request as {0}', sessionName(sender)) : vscode.l10n.t('Request as {0}', sender.client),
        prompt: vscode.l10n.t('Method, path and body, for example: POST /4DACTION/Web_logIn login=ana&code=4711'),
        value: lastRequest,
        valueSelection: [lastRequest.indexOf('/'), lastRequest.length],
        validateInput: (value) => (parseRequest(value) ? undefined : vscode.l10n.t('A path begins with “/”.')),
      });
      const request = text === undefined ? undefined : parseRequest(text);
      if (!text || !request) return;
      lastRequest = text;
      const who = 'id' in sender ? { session: sender.id } : { client: sender.client };
      const headers = request.body === undefined ? undefined : { 'Content-Type': 'application/x-www-form-urlencoded' };
      await sending(request.url, async () => responses.show(text, await simulation.send({ ...who, ...request, headers })));
    }),
    command('openInBrowser', async (row) => {
      const url = simulationOf(row)?.state?.url;
      if (url) await vscode.env.openExternal(await vscode.env.asExternalUri(vscode.Uri.parse(url)));
    }),
    command('advanceClock', async (row) => {
      const simulation = simulationOf(row);
      const milliseconds = simulation && (await chooseTime(simulation));
      if (simulation && milliseconds !== undefined) await simulation.advance(milliseconds);
    }),
  ];
}

/** Shows that a request is under way: it may be stopped at a breakpoint for as long as somebody looks at it. */
function sending(url: string, work: () => Promise<void>): Thenable<void> {
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Waiting for the answer to {0}', url) },
    work,
  );
}

async function chooseSession({ state }: Simulation): Promise<SessionState | undefined> {
  const sessions = state?.sessions ?? [];
  if (sessions.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is no open session. A request opens one.'));
    return undefined;
  }
  const items = sessions.map((session) => ({ label: sessionName(session), description: session.id, session }));
  return (await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Which session?') }))?.session;
}

/** Whose request it is: that of an open session, or of a client by name, who keeps the cookies it gets. */
async function chooseSender({ state }: Simulation): Promise<SessionState | { readonly client: string } | undefined> {
  const sessions = (state?.sessions ?? []).map((session) => ({ label: sessionName(session), description: session.id, sender: session }));
  const fresh = { label: vscode.l10n.t('Another client…'), description: vscode.l10n.t('without a cookie yet'), sender: undefined };
  const chosen =
    sessions.length > 0 ? await vscode.window.showQuickPick([...sessions, fresh], { placeHolder: vscode.l10n.t('Who sends it?') }) : fresh;
  if (!chosen || chosen.sender) return chosen?.sender;
  const client = await vscode.window.showInputBox({
    prompt: vscode.l10n.t('Name of the client; it keeps its own cookies'),
    value: 'browser',
  });
  return client ? { client } : undefined;
}

async function chooseTime({ state }: Simulation): Promise<number | undefined> {
  const next = state && untilNextEnd(state);
  const choices = [
    ...(next === undefined
      ? []
      : [{ label: vscode.l10n.t('Until the next session ends by itself'), description: duration(next), milliseconds: next }]),
    ...[1, 10, 60, 8 * 60, 24 * 60].map((minutes) => ({
      label: duration(minutes * minute),
      description: '',
      milliseconds: minutes * minute,
    })),
    { label: vscode.l10n.t('Another time…'), description: '', milliseconds: undefined },
  ];
  const chosen = await vscode.window.showQuickPick(choices, { placeHolder: vscode.l10n.t('How far shall the simulator’s clock go on?') });
  if (!chosen || chosen.milliseconds !== undefined) return chosen?.milliseconds;
  const minutes = await vscode.window.showInputBox({
    prompt: vscode.l10n.t('Minutes'),
    validateInput: (value) => (Number(value) > 0 ? undefined : vscode.l10n.t('A number above 0.')),
  });
  return minutes === undefined ? undefined : Number(minutes) * minute;
}
