/** The language server in a worker of the browser: messages instead of streams, the client's files instead of a disk. */
import pages from 'docs:pages';
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { clientFileSystem } from '../connection/clientFileSystem.js';
import { Gate } from '../connection/gate.js';
import { startServer } from '../connection/start.js';

const scope = globalThis as unknown as ConstructorParameters<typeof BrowserMessageReader>[0];
const gate = new Gate();
const connection = createConnection(new BrowserMessageReader(scope), new BrowserMessageWriter(scope), { messageStrategy: gate });
const files = clientFileSystem(connection);

startServer(
  connection,
  {
    fileSystem: (uri) => (uri.startsWith('untitled:') ? undefined : files),
    pages: { read: async (path) => pages[path] },
    now: () => performance.now(),
    pause: () => new Promise((resolve) => setTimeout(resolve)),
  },
  gate,
);
connection.listen();
