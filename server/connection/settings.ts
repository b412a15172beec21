import { type Connection, MessageType, ShowMessageNotification } from 'vscode-languageserver';
import { say } from '#syntaxes/text/bilingual.js';
import type { Client } from './client.js';
import { type Configuration, defaults, readConfiguration, section } from './configuration.js';

const unusable = {
  en: 'These settings have values that cannot be used, so their defaults count: {0}',
  es: 'Estos ajustes tienen valores que no se pueden usar, así que valen los predeterminados: {0}',
};

/** The settings of each resource: asked of the client where it answers such questions, else as it sent them. */
export class Settings {
  readonly #byUri = new Map<string, Promise<Configuration>>();
  readonly #told = new Set<string>();
  #sent: Configuration;

  constructor(
    private readonly connection: Connection,
    private readonly client: Client,
    initial: unknown,
  ) {
    this.#sent = this.#read(settingsIn(initial));
  }

  of(uri: string): Promise<Configuration> {
    if (!this.client.configuration) return Promise.resolve(this.#sent);
    let found = this.#byUri.get(uri);
    if (!found) {
      found = this.connection.workspace.getConfiguration({ scopeUri: uri, section }).then(
        (raw) => (raw ? this.#read(raw) : this.#sent),
        () => this.#sent,
      );
      this.#byUri.set(uri, found);
    }
    return found;
  }

  changed(raw: unknown): void {
    this.#byUri.clear();
    this.#told.clear();
    const settings = settingsIn(raw);
    if (settings !== undefined) this.#sent = this.#read(settings);
  }

  closed(uri: string): void {
    this.#byUri.delete(uri);
  }

  #read(raw: unknown): Configuration {
    if (raw === undefined || raw === null) return defaults;
    const problems: string[] = [];
    const configuration = readConfiguration(raw, problems);
    const fresh = problems.filter((p) => !this.#told.has(p));
    for (const p of fresh) this.#told.add(p);
    if (fresh.length > 0)
      void this.connection.sendNotification(ShowMessageNotification.type, {
        type: MessageType.Warning,
        message: say(unusable, this.client.language, fresh.join(', ')),
      });
    return configuration;
  }
}

/** The part that is ours, in whichever wrapping a client sends it. */
function settingsIn(raw: unknown): unknown {
  if (typeof raw !== 'object' || raw === null) return undefined;
  const object = raw as Record<string, unknown>;
  return (
    object[section] ??
    (Object.keys(object).some(
      (k) => k.startsWith(`${section}.`) || /^(documentation|completion|rules|features|inlayHints|codeLens)\b/.test(k),
    )
      ? object
      : undefined)
  );
}
