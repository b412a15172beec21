import type { Connection } from 'vscode-languageserver';
import { capabilities } from './capabilities.js';
import { readClient } from './client.js';
import type { Gate } from './gate.js';
import type { Host } from './host.js';

/**
 * Serves one client over a connection; the host decides what `listen` reads from. What the server can do is told before what does it is
 * loaded: an editor waits for that answer. Messages that come meanwhile wait at the gate.
 */
export function startServer(connection: Connection, host: Host, gate: Gate): void {
  connection.onInitialize((params) => {
    const client = readClient(params);
    gate.close();
    const load = async (): Promise<void> => {
      // The answer is handed to the stream in the first of these pauses, in the second it is on its way.
      await host.pause();
      await host.pause();
      const { serve } = await import('./server.js');
      serve(connection, { ...host, pause: () => gate.quiet(host) }, client, params);
    };
    load()
      .catch((error) => connection.console.error(`start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`))
      .finally(() => gate.open());
    return { capabilities: capabilities(client), serverInfo: { name: '4D Web Sessions' } };
  });
}
