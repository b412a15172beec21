// Prints what a long day costs: a server on standard streams, a project of 18,000 methods, hovers while it is being read, all references of a
// method called in 1,000 files, and 10,000 edits with the memory that stays after each thousand of them.
//   npm run build && node server/bench/session.mjs [--files N] [--edits N] [FOLDER]     the project of a folder in place of a generated one
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import { methodFiles } from '../../syntaxes/build/files.mjs';

const { generated } = await import(new URL('../../out/syntaxes/test/generated.js', import.meta.url).href);
const args = process.argv.slice(2).filter((a) => a !== '--expose-gc');
const option = (name, otherwise) => {
  const at = args.indexOf(name);
  return at < 0 ? otherwise : Number(args.splice(at, 2)[1]);
};
const count = option('--files', 18000);
const edits = option('--edits', 10000);
const root = args[0] ? resolve(args[0]) : generate(count);
const paths = args[0] ? methodFiles([root]) : Array.from({ length: count }, (_, n) => methodPath(root, n));

/** A project whose methods call one another; `Called often` is called by a thousand of them. */
function generate(methods) {
  const folder = mkdtempSync(join(tmpdir(), '4d-session-'));
  mkdirSync(join(folder, 'Project/Sources/Methods'), { recursive: true });
  writeFileSync(join(folder, 'Project/Big.4DProject'), '{"compatibilityVersion": 2100}');
  writeFileSync(join(folder, 'Project/Sources/Methods/Called often.4dm'), '#DECLARE($a : Text)\n');
  for (let n = 0; n < methods; n++) {
    const calls = `m${(n * 7) % methods}\n${n % Math.max(1, Math.floor(methods / 1000)) === 0 ? 'Called often("x")\n' : ''}`;
    writeFileSync(methodPath(folder, n), calls + generated(n, { lines: 20 + (n % 40), tokens: true }));
  }
  return folder;
}

function methodPath(folder, n) {
  return join(folder, `Project/Sources/Methods/m${n}.4dm`);
}

// The server tells its memory, garbage collected, when it is sent a signal.
const tell =
  "process.on('SIGUSR2', () => { gc(); const m = process.memoryUsage(); process.stderr.write('memory ' + m.heapUsed + ' ' + m.rss); })";
const server = spawn(
  process.execPath,
  ['--expose-gc', '--import', `data:text/javascript,${encodeURIComponent(tell)}`, 'dist/server.cjs', '--stdio'],
  { cwd: new URL('../..', import.meta.url), stdio: ['pipe', 'pipe', 'pipe'] },
);
const rpc = createMessageConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
let indexed;
const whenIndexed = new Promise((done) => {
  indexed = done;
});
rpc.onRequest(() => null);
rpc.onUnhandledProgress(({ value }) => value.kind === 'end' && indexed());
rpc.listen();

const uri = (path) => pathToFileURL(path).href;
const textDocument = (path) => ({ textDocument: { uri: uri(path) } });
const timed = async (method, params) => {
  const start = performance.now();
  const result = await rpc.sendRequest(method, params);
  return { ms: performance.now() - start, result };
};
const quantile = (values, part) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))];
const shown = (ms) => `${ms.toFixed(1)} ms`;
const row = (what, value) => console.log(`| ${what} | ${value} |`);

console.log(`| A day with ${args[0] ? 'a project from disk' : 'a generated project'} of ${paths.length} methods | |`);
console.log('| --- | --: |');
const started = performance.now();
await rpc.sendRequest('initialize', {
  processId: process.pid,
  rootUri: uri(root),
  capabilities: { window: { workDoneProgress: true }, textDocument: { diagnostic: {} } },
});
const initialized = performance.now() - started;
row('`initialize` answered, Node’s own start included', shown(initialized));
await rpc.sendNotification('initialized', {});

const first = paths[Math.floor(paths.length / 2)];
const text = readFileSync(first, 'utf8');
const opened = performance.now();
await rpc.sendNotification('textDocument/didOpen', { textDocument: { uri: uri(first), languageId: '4d', version: 1, text } });
const lines = text.split(/\r\n|\r|\n/);
const places = lines.flatMap((line, n) => [...line.matchAll(/[A-Za-z_]\w{2,}/g)].map((m) => ({ line: n, character: m.index + 1 })));
const hover = async (n) => (await timed('textDocument/hover', { ...textDocument(first), position: places[(n * 13) % places.length] })).ms;
const firstHover = await hover(0);
const afterOpening = performance.now() - opened;
row('first hover, while the project is opened', shown(firstHover));
row('after the document was sent', shown(afterOpening));
const whileReading = [];
let reading = true;
whenIndexed.then(() => {
  reading = false;
});
for (let n = 1; reading; n++) {
  whileReading.push(await hover(n));
  await new Promise((next) => setTimeout(next, 20));
}
const read = performance.now() - opened;
row(
  'hover while the project is read: median, p99, longest',
  `${shown(quantile(whileReading, 0.5))}, ${shown(quantile(whileReading, 0.99))}, ${shown(Math.max(...whileReading))}`,
);
row('the whole project read', `${(read / 1000).toFixed(1)} s`);

const often = args[0] ? undefined : methodPath(root, 0);
if (often)
  await rpc.sendNotification('textDocument/didOpen', {
    textDocument: { uri: uri(often), languageId: '4d', version: 1, text: readFileSync(often, 'utf8') },
  });
const references = [];
let found = 0;
for (let n = 0; often && n < 7; n++) {
  const { ms, result } = await timed('textDocument/references', {
    ...textDocument(often),
    position: { line: 1, character: 2 },
    context: { includeDeclaration: false },
  });
  references.push(ms);
  found = result.length;
}
if (often) row(`${found} references of a method, median`, shown(quantile(references, 0.5)));

/** Heap and resident memory in MB after a collection. */
async function memory() {
  const told = new Promise((done) => {
    const hear = (data) => {
      const [, heap, rss] = /memory (\d+) (\d+)/.exec(data) ?? [];
      if (heap) {
        server.stderr.off('data', hear);
        done([heap / 1e6, rss / 1e6]);
      }
    };
    server.stderr.on('data', hear);
  });
  server.kill('SIGUSR2');
  return told;
}

const kept = [await memory()];
let last;
const toDiagnostics = [];
for (let n = 0, version = 1; n < edits; n++) {
  const at = { line: (n * 31) % lines.length, character: 0 };
  const typed = n % 2 === 0 ? `$v${n}:=Called often("${n}")\n` : '';
  const change = { range: typed ? { start: at, end: at } : { start: last, end: { line: last.line + 1, character: 0 } }, text: typed };
  last = at;
  const since = performance.now();
  await rpc.sendNotification('textDocument/didChange', { textDocument: { uri: uri(first), version: ++version }, contentChanges: [change] });
  await rpc.sendRequest('textDocument/diagnostic', textDocument(first));
  toDiagnostics.push(performance.now() - since);
  if (n % 10 === 0) await hover(n);
  if ((n + 1) % 1000 === 0) kept.push(await memory());
}

row('edit to diagnostics: median, p99', `${shown(quantile(toDiagnostics, 0.5))}, ${shown(quantile(toDiagnostics, 0.99))}`);
row('heap after 0, 1,000 … edits, collected', `${kept.map(([heap]) => heap.toFixed(0)).join(', ')} MB`);
row('resident memory at these moments', `${kept.map(([, rss]) => rss.toFixed(0)).join(', ')} MB`);

await rpc.sendRequest('shutdown');
await rpc.sendNotification('exit');
rpc.dispose();
if (!args[0]) rmSync(root, { recursive: true, force: true });
