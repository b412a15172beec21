/** The simulator in a browser's worker: no sockets, files are asked from the host. */
import type { FromWorker, ToWorker } from '../worker/messages.js';
import { serveWorker } from '../worker/serve.js';

interface WorkerScope {
  postMessage(message: FromWorker): void;
  onmessage: ((event: { readonly data: ToWorker }) => void) | null;
  close(): void;
}

const scope = globalThis as unknown as WorkerScope;
const take = serveWorker((message) => scope.postMessage(message), {
  ignoresCase: false,
  now: () => performance.now(),
  soon: (run) => void setTimeout(run, 0),
  exit: () => scope.close(),
});
scope.onmessage = ({ data }) => take(data);
