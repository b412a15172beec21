import * as vscode from 'vscode';
import type { SendResult } from '#runtime/protocol.js';

const scheme = '4d-web-response';
/** Answers that stay readable in their editors; older ones are forgotten. */
const kept = 30;

/** Shows answers of the simulated web server as read-only text: status, headers, body. */
export class ResponseDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly texts = new Map<string, string>();
  private readonly registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);
  private count = 0;

  dispose(): void {
    this.registration.dispose();
  }

  provideTextDocumentContent({ query }: vscode.Uri): string {
    return this.texts.get(query) ?? vscode.l10n.t('This answer is no longer kept. Send the request again.');
  }

  async show(request: string, response: SendResult): Promise<void> {
    const key = String(++this.count);
    this.texts.set(key, responseText(response));
    for (const old of this.texts.keys()) if (this.texts.size > kept) this.texts.delete(old);
    const title = request.split(/\s+/).slice(0, 2).join(' ').replaceAll('/', '∕');
    const document = await vscode.workspace.openTextDocument(vscode.Uri.from({ scheme, path: `/${response.status} ${title}`, query: key }));
    await vscode.window.showTextDocument(document, { preview: true, preserveFocus: true, viewColumn: vscode.ViewColumn.Beside });
  }
}

/** An answer as it comes over the wire, with plain line ends. */
export function responseText({ status, headers, body }: SendResult): string {
  return [`HTTP/1.1 ${status}`, ...headers.map(([name, value]) => `${name}: ${value}`), '', body].join('\n');
}
