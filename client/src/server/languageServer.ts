import * as vscode from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions, Location, Position } from 'vscode-languageclient';
import {
  debugMethodCommand,
  type FileParams,
  type ListResult,
  listRequest,
  type MigrateParams,
  type MigrateResult,
  migrateRequest,
  readTextRequest,
  runAsClientCommand,
  runMethodCommand,
  type SessionModeParams,
  type SessionModeResult,
  sessionModeChanged,
  sessionModeRequest,
  showReferencesCommand,
  showSessionModeCommand,
} from '#server/protocol.js';
import { autoFeatures } from '../features.js';
import { list, readText } from '../files.js';
import type { Host } from '../host.js';
import { languageId, section } from '../names.js';

/** The language server as the rest of the extension sees it: it can be started, restarted, stopped and asked for the session mode. */
export class LanguageServer {
  private client: BaseLanguageClient | undefined;
  private readonly changed = new vscode.EventEmitter<void>();
  /** Fires when some project's session mode may have changed. */
  readonly onSessionModeChanged = this.changed.event;

  constructor(
    private readonly host: Host,
    private readonly output: vscode.LogOutputChannel,
  ) {}

  /** Starts the server. A failure is shown with what to do about it; the rest of the extension goes on. */
  async start(): Promise<void> {
    const client = await this.host.languageClient(this.options());
    this.client = client;
    client.registerFeature({
      fillClientCapabilities: (capabilities) => {
        const commands = [runMethodCommand, debugMethodCommand, runAsClientCommand, showReferencesCommand, showSessionModeCommand];
        capabilities.experimental = { ...capabilities.experimental, commands: { commands } };
      },
      initialize: () => undefined,
      getState: () => ({ kind: 'static' }),
      clear: () => undefined,
    });
    client.onNotification(sessionModeChanged, () => this.changed.fire());
    client.onRequest(readTextRequest, ({ uri }: FileParams) => readText(vscode.Uri.parse(uri)).then((text) => text ?? null));
    client.onRequest(listRequest, ({ uri }: FileParams): Promise<ListResult> => list(vscode.Uri.parse(uri)));
    try {
      await client.start();
      this.changed.fire();
    } catch (error) {
      this.output.error(error instanceof Error ? error : String(error));
      void this.explainFailure();
    }
  }

  async stop(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    // One that never ran cannot be stopped.
    if (client?.needsStop()) await client.dispose();
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** Shows the places a code lens has counted. */
  async showReferences(uri: string, position: Position, places: Location[]): Promise<void> {
    const converter = this.client?.protocol2CodeConverter;
    if (!converter) return;
    await vscode.commands.executeCommand(
      'editor.action.showReferences',
      converter.asUri(uri),
      converter.asPosition(position),
      places.map((place) => converter.asLocation(place)),
    );
  }

  /** The session mode of the document's project; undefined when it has none or the server is away. */
  async sessionMode(document: vscode.Uri): Promise<SessionModeResult | undefined> {
    if (!this.client?.isRunning()) return undefined;
    const params: SessionModeParams = { textDocument: { uri: this.client.code2ProtocolConverter.asUri(document) } };
    return (await this.client.sendRequest<SessionModeResult | null>(sessionModeRequest, params)) ?? undefined;
  }

  /** How the document's project gets to scalable sessions, with edits to look at; undefined when it has none or the server is away. */
  async migration(
    document: vscode.Uri,
    bothModes: boolean,
  ): Promise<{ name: string; report: string; edit: vscode.WorkspaceEdit } | undefined> {
    const { client } = this;
    if (!client?.isRunning()) return undefined;
    const params: MigrateParams = { textDocument: { uri: client.code2ProtocolConverter.asUri(document) }, bothModes };
    const answer = await client.sendRequest<MigrateResult | null>(migrateRequest, params);
    if (!answer) return undefined;
    const edit = new vscode.WorkspaceEdit();
    const label = vscode.l10n.t('Migration to scalable sessions');
    for (const { uri, edits } of answer.files)
      for (const { range, newText } of edits) {
        const place = client.protocol2CodeConverter.asRange(range);
        edit.replace(client.protocol2CodeConverter.asUri(uri), place, newText, { label, needsConfirmation: true });
      }
    return { name: answer.name, report: answer.report, edit };
  }

  private async explainFailure(): Promise<void> {
    const show = vscode.l10n.t('Show the Output');
    const answer = await vscode.window.showErrorMessage(
      vscode.l10n.t(
        'The 4D language server did not start, so there is no help with 4D code. The output says why; then restart it from the command palette.',
      ),
      show,
    );
    if (answer === show) this.output.show();
  }

  private options(): LanguageClientOptions {
    return {
      documentSelector: [{ language: languageId }],
      outputChannel: this.output,
      // The extension has snippets of its own.
      initializationOptions: { snippets: false },
      initializationFailedHandler: () => false,
      middleware: {
        workspace: {
          // «auto» is settled here: only the editor knows what else is installed.
          configuration: async (params, token, next) => {
            const answers = await next(params, token);
            if (!Array.isArray(answers)) return answers;
            return answers.map((answer, index) =>
              params.items[index]?.section === section && answer?.features === 'auto' ? { ...answer, features: autoFeatures() } : answer,
            );
          },
        },
      },
    };
  }
}
