// Bundles the product into dist/: what VS Code starts, what runs in the browser, and `fourd`. Prints the size of each bundle.
//   node client/build/bundle.mjs [--watch] [--tests]     --tests adds the suites that run inside VS Code, into out/host
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import process from 'node:process';
import { build, context } from 'esbuild';
import { bundledPackages, notices } from './licences.mjs';

const root = resolve(import.meta.dirname, '../..');

/**
 * `import pages from 'docs:pages'` gives `{ 'en/commands/x.md': text, … }`: the browser has no folder to read the documentation from.
 * On Node the pages are read from the package's `docs` folder.
 */
const docsPages = {
  name: 'docs-pages',
  setup(plugin) {
    plugin.onResolve({ filter: /^docs:pages$/ }, () => ({ path: 'docs:pages', namespace: 'docs' }));
    plugin.onLoad({ filter: /.*/, namespace: 'docs' }, () => {
      const pages = {};
      const watchDirs = [];
      const walk = (folder) => {
        watchDirs.push(folder);
        for (const entry of readdirSync(folder, { withFileTypes: true })) {
          const path = join(folder, entry.name);
          if (entry.isDirectory()) walk(path);
          else if (entry.name.endsWith('.md')) pages[relative(join(root, 'docs'), path).replaceAll('\\', '/')] = readFileSync(path, 'utf8');
        }
      };
      for (const language of ['en', 'es']) if (existsSync(join(root, 'docs', language))) walk(join(root, 'docs', language));
      return { contents: parsed(JSON.stringify(JSON.stringify(pages))), watchDirs };
    });
  },
};

/**
 * The debug adapter's library names Node's modules for what only a process does (sockets, log files); in a worker it never gets there.
 * `events` is the package of that name.
 */
const nodeStubs = {
  name: 'node-stubs',
  setup(plugin) {
    plugin.onResolve({ filter: /^(fs|net|path|url)$/ }, ({ path }) => ({ path, namespace: 'stub' }));
    plugin.onLoad({ filter: /.*/, namespace: 'stub' }, ({ path }) => ({ contents: path === 'url' ? 'exports.URL = globalThis.URL;' : '' }));
  },
};

const isData = /[\\/]data[\\/][^\\/]+\.json$/;

/** Data in a bundle is a text, which is read much faster than a program that builds it. */
const dataInside = {
  name: 'data-inside',
  setup(plugin) {
    plugin.onLoad({ filter: isData }, ({ path }) => ({ contents: parsed(JSON.stringify(oneLine(path))), watchFiles: [path] }));
  },
};

/** On Node data is a file beside the bundles, the same for all of them: none has to be read whole before its first line runs. */
const dataBeside = {
  name: 'data-beside',
  setup(plugin) {
    plugin.onLoad({ filter: isData }, ({ path }) => {
      const name = `data/${basename(path)}`;
      mkdirSync(join(root, 'dist/data'), { recursive: true });
      writeFileSync(join(root, 'dist', name), oneLine(path));
      const text = `readFileSync(new URL(${JSON.stringify(name)}, import.meta.url), 'utf8')`;
      return { contents: `import { readFileSync } from 'node:fs';\nexport default JSON.parse(${text});`, watchFiles: [path] };
    });
  },
};
const oneLine = (path) => JSON.stringify(JSON.parse(readFileSync(path, 'utf8')));
const parsed = (text) => `export default JSON.parse(${text});`;

const shared = {
  bundle: true,
  target: 'es2022',
  conditions: ['source'],
  legalComments: 'none',
  logLevel: 'warning',
  minify: true,
  metafile: true,
};
// VS Code starts Node programs with require when it runs on Electron, so they are CommonJS; sources that ask where they are still get an answer.
const node = {
  ...shared,
  platform: 'node',
  target: 'node20',
  plugins: [dataBeside],
  format: 'cjs',
  define: { 'import.meta.url': 'importMetaUrl' },
  banner: { js: "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
};
const nodeModule = {
  ...shared,
  platform: 'node',
  target: 'node20',
  plugins: [dataBeside],
  format: 'esm',
  banner: { js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);" },
};
const browser = { ...shared, platform: 'browser', define: { global: 'globalThis' }, plugins: [dataInside, docsPages] };

/** What the extension loads when it needs it is a bundle beside it. */
const besides = {
  name: 'besides',
  setup(plugin) {
    plugin.onResolve({ filter: /^\.\/languageClient\.js$/ }, () => ({ path: './languageClient.cjs', external: true }));
  },
};
// VS Code gives the module `vscode` to what is required.
const extension = { ...node, external: ['vscode'], plugins: [besides], supported: { 'dynamic-import': false } };

const products = [
  { entry: 'client/src/node/main.ts', outfile: 'dist/extension.cjs', options: extension },
  { entry: 'client/src/node/languageClient.ts', outfile: 'dist/languageClient.cjs', options: { ...node, external: ['vscode'] } },
  { entry: 'client/src/browser/main.ts', outfile: 'dist/web/extension.js', options: { ...browser, format: 'cjs', external: ['vscode'] } },
  { entry: 'server/node/main.ts', outfile: 'dist/server.cjs', options: node },
  { entry: 'server/browser/main.ts', outfile: 'dist/web/server.js', options: { ...browser, format: 'iife' } },
  { entry: 'runtime/debug/node/main.ts', outfile: 'dist/debugAdapter.cjs', options: node },
  {
    entry: 'runtime/debug/browser/main.ts',
    outfile: 'dist/web/simulator.js',
    options: { ...browser, format: 'iife', plugins: [dataInside, nodeStubs] },
  },
  {
    entry: 'client/src/timeline/view/main.ts',
    outfile: 'dist/timeline/main.js',
    options: { ...shared, platform: 'browser', format: 'iife' },
  },
  {
    entry: 'client/src/timeline/view/timeline.css',
    outfile: 'dist/timeline/timeline.css',
    options: { bundle: true, minify: true, metafile: true },
  },
  { entry: 'client/cli/fourd.ts', outfile: 'dist/fourd.mjs', options: nodeModule, executable: true },
];
const suites = [
  { entry: 'client/test/host/node.ts', outfile: 'out/host/node.cjs', options: { ...node, minify: false, external: ['vscode', 'mocha'] } },
  {
    entry: 'client/test/host/browser.ts',
    outfile: 'out/host/browser.js',
    options: { ...browser, format: 'cjs', minify: false, external: ['vscode'] },
  },
];

/** The sample project as one file, `{ path: text }`: a web extension cannot list folders of its own. */
function tutorial() {
  const folder = join(root, 'docs/tutorial');
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)).replaceAll('\\', '/'));
  return JSON.stringify(Object.fromEntries(paths.sort().map((path) => [path, readFileSync(join(folder, path), 'utf8')])));
}

const wanted = [...products, ...(process.argv.includes('--tests') ? suites : [])].filter(({ entry }) => existsSync(join(root, entry)));
rmSync(join(root, 'dist'), { recursive: true, force: true });
const started = performance.now();
const inputs = new Set();
for (const { entry, outfile, options, executable } of wanted) {
  const settings = { ...options, absWorkingDir: root, entryPoints: [entry], outfile };
  if (process.argv.includes('--watch')) await (await context(settings)).watch();
  // What is wrong was said already.
  else {
    const { metafile } = await build(settings).catch(() => process.exit(1));
    if (outfile.startsWith('dist/')) for (const path of Object.keys(metafile.inputs)) inputs.add(path);
  }
  const path = join(root, outfile);
  if (executable) chmodSync(path, 0o755);
  if (existsSync(path)) console.log(`${(statSync(path).size / 1024).toFixed(0).padStart(7)} KB  ${outfile}`);
}
writeFileSync(join(root, 'dist/tutorial.json'), tutorial());
writeFileSync(join(root, 'dist/ThirdPartyNotices.txt'), notices(bundledPackages(root, inputs)));
console.log(`bundled in ${((performance.now() - started) / 1000).toFixed(1)} s`);
