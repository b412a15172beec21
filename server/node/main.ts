/** The language server on Node: `--stdio`, `--node-ipc`, `--socket=port` or `--pipe=name`; standard streams without any of them. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { nodeFileSystem } from '#syntaxes/project/node/fileSystem.js';
import { clientFileSystem } from '../connection/clientFileSystem.js';
import { Gate } from '../connection/gate.js';
import { uriOf } from '../connection/paths.js';
import { startServer } from '../connection/start.js';
import { nodePages, pagesFolder } from './pages.js';

if (!process.argv.some((a) => /^--(stdio|node-ipc|socket|pipe)\b/.test(a))) process.argv.push('--stdio');
const gate = new Gate();
const connection = createConnection(ProposedFeatures.all, { messageStrategy: gate });
const overClient = clientFileSystem(connection);
const docs = pagesFolder(import.meta.url);

startServer(
  connection,
  {
    fileSystem: (uri) => (uri.startsWith('file:') ? nodeFileSystem : uri.startsWith('untitled:') ? undefined : overClient),
    pages: nodePages(docs),
    pageUri: (path) => (docs && existsSync(join(docs, path)) ? uriOf(join(docs, path).replaceAll('\\', '/')) : undefined),
    now: () => performance.now(),
    pause: () => new Promise((resolve) => setImmediate(resolve)),
  },
  gate,
);
connection.listen();
