// `npm start`: the tutorial project in a real VS Code in the browser, with the extension loaded; or the same story in the terminal.
//   npm start                     the browser where one can be opened, else the terminal
//   npm start -- --terminal       the terminal
//   npm start -- --browser        serves VS Code and prints its address, also where no browser can be opened
//   npm start -- --port 8000      on this port instead of a free one
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { bundle, compile, install } from './install.mjs';

const root = resolve(import.meta.dirname, '../..');
process.chdir(root);
const { values } = parseArgs({ options: { terminal: { type: 'boolean' }, browser: { type: 'boolean' }, port: { type: 'string' } } });

if (!install() || !compile() || !bundle()) process.exit(1);

const { say, languageOf } = await import('../../out/syntaxes/text/bilingual.js');
const { env } = process;
const language = languageOf(env.LC_ALL || env.LC_MESSAGES || env.LANG);
const texts = {
  lint: {
    en: 'What the editor says about the shop’s code, with its settings for {0} sessions:',
    es: 'Lo que dice el editor sobre el código de la tienda, con sus ajustes para sesiones {0}:',
  },
  story: {
    en: 'The same code running: a customer logs in, fills a basket, and logs out:',
    es: 'El mismo código en marcha: una clienta entra, llena una cesta y sale:',
  },
  again: {
    en: 'The same day with scalable sessions:',
    es: 'El mismo día con sesiones escalables:',
  },
  next: { en: 'To see it in VS Code: npm start -- --browser', es: 'Para verlo en VS Code: npm start -- --browser' },
  open: { en: 'VS Code with the tutorial: {0}', es: 'VS Code con el tutorial: {0}' },
  press: { en: 'Open it in a browser and press F5. Ctrl-C ends it.', es: 'Ábralo en un navegador y pulse F5. Ctrl-C lo termina.' },
};
const print = (text, ...rest) => console.log(`\n${say(text, language, ...rest)}\n`);

if (values.terminal || !(values.browser || values.port || opener())) await terminal();
else await browser();

/** The program that opens an address in the user's browser, if there is one and a display to show it. */
function opener() {
  if (process.platform === 'darwin') return ['open'];
  if (process.platform === 'win32') return ['cmd', '/c', 'start', ''];
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY) return undefined;
  return spawnSync('xdg-open', ['--version']).status === 0 ? ['xdg-open'] : undefined;
}

async function terminal() {
  const { tell } = await import('./story.mjs');
  const fourd = join(root, 'dist/fourd.mjs');
  const folder = mkdtempSync(join(tmpdir(), 'shop-'));
  let worst = 0;
  try {
    for (const mode of ['legacy', 'scalable']) {
      const project = join(folder, mode);
      cpSync('docs/tutorial', project, { recursive: true });
      if (mode === 'scalable')
        cpSync('docs/tutorial/settings-scalable/settings.4DSettings', join(project, 'Project/Sources/settings.4DSettings'));
      print(texts.lint, mode);
      const lint = spawnSync(process.execPath, [fourd, 'lint', mode, '--lang', language], { stdio: 'inherit', cwd: folder });
      // Exit code 1 says that there are problems, which is what the scalable settings are shown for.
      if ((lint.status ?? 2) > 1) worst = 1;
      print(mode === 'legacy' ? texts.story : texts.again);
      if (!(await tell(fourd, project, mode, language))) worst = 1;
    }
    print(texts.next);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  process.exit(worst);
}

async function browser() {
  const { provision } = await import('./vscode/provision.mjs');
  const { startServer } = await import('./vscode/server.mjs');
  const { workbenchUrl } = await import('./vscode/page.mjs');
  const server = await startServer(provision(), {
    port: values.port ? Number(values.port) : undefined,
    settings: { 'workbench.startupEditor': 'none', '4dWebSessions.documentation.language': language },
  });
  const tutorial = join(root, 'docs/tutorial');
  const url = workbenchUrl(server.address, {
    folder: tutorial,
    extension: root,
    file: join(tutorial, 'Project/Sources/Methods/Web_logOut.4dm'),
  });
  print(texts.open, url);
  print(texts.press);
  const open = opener();
  if (open) spawn(open[0], [...open.slice(1), url], { stdio: 'ignore', detached: true }).unref();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => void server.stop());
  await server.ended;
  process.exit(0);
}
