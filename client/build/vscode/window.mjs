// A window of the real VS Code with the packed extension and a copy of the tutorial, to be used by hand of a program: for tests of what people see,
// and for the pictures of the documents.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { pack, stage } from '../package.mjs';
import { openPage, serveAsWebExtension, workbenchUrl } from './page.mjs';
import { provision } from './provision.mjs';
import { startServer } from './server.mjs';

// npm runs its scripts in the root of the repository.
const root = process.cwd();
/** What the extension's own container of views is called: when it is there, the extension is active. */
const titles = ['package.nls.json', 'package.nls.es.json'].map((path) => JSON.parse(readFileSync(path, 'utf8'))['view.sessions']);

/**
 * @typedef {object} WindowOptions
 * @property {'legacy' | 'scalable'} [mode] whose settings the copy of the tutorial has
 * @property {string} [file] to open: a method below `Project/Sources`, or another file of the copy
 * @property {object[]} [configurations] of `launch.json`, instead of the tutorial's own
 * @property {object} [settings] of the user
 * @property {Record<string, string>} [files] others to write into the copy, by their paths
 * @property {boolean} [installed] the package, installed, instead of the folder it is made of
 * @property {boolean} [web] as a web extension: everything of it in workers
 * @property {string} [locale] of the browser, which is VS Code's display language
 * @property {{ width: number, height: number }} [viewport]
 * @property {number} [scale] pixels of the picture for one of the page
 */

/**
 * Opens a window.
 * @param {WindowOptions} [options]
 */
export async function openWindow({
  mode = 'legacy',
  twin = false,
  file,
  configurations,
  settings,
  files = {},
  installed = false,
  web = false,
  ...look
} = {}) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'window-')));
  const shop = copyShop(join(folder, 'shop'), mode);
  const workspace = twin && join(folder, 'shops.code-workspace');
  if (twin) {
    copyShop(join(folder, 'twin'), mode === 'legacy' ? 'scalable' : 'legacy');
    writeFileSync(workspace, JSON.stringify({ folders: [{ path: 'shop' }, { path: 'twin' }] }));
  }
  if (configurations) writeFileSync(join(shop, '.vscode/launch.json'), JSON.stringify({ version: '0.2.0', configurations }));
  for (const [path, text] of Object.entries(files)) writeFileSync(join(shop, path), text);
  const staged = join(folder, 'extension');
  const vsix = installed ? await pack(join(folder, 'extension.vsix'), staged) : undefined;
  const extension = installed ? undefined : await stage(staged);
  const server = await startServer(provision(), { vsix, settings: { 'workbench.colorTheme': 'Default Dark Modern', ...settings } });
  const { page, context, errors, outside, close } = await openPage(look);
  const stop = async () => {
    await close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    const open = file && join(shop, file.includes('.4dm') ? 'Project/Sources' : '.', file);
    const what = { folder: shop, workspace, extension, file: open };
    await page.goto(web ? await serveAsWebExtension(context, server.address, what) : workbenchUrl(server.address, what));
    await page.locator('.monaco-workbench').waitFor();
    if (file) await page.locator('.view-line').first().waitFor();
  } catch (error) {
    await failure(page);
    await stop();
    throw error;
  }
  return {
    ...{ page, shop, errors, outside },
    command: (name) => command(page, name),
    open: (name, folder) => openFile(page, name, folder),
    ready: () =>
      page
        .locator(`.activitybar :is(${titles.map((title) => `[aria-label*="${title}"]`)})`)
        .first()
        .waitFor(),
    failure: () => failure(page),
    close: stop,
  };
}

/** A copy of the tutorial with the settings of a session mode. */
function copyShop(folder, mode) {
  cpSync('docs/tutorial', folder, { recursive: true });
  if (mode === 'scalable')
    cpSync('docs/tutorial/settings-scalable/settings.4DSettings', join(folder, 'Project/Sources/settings.4DSettings'));
  return folder;
}

/** The tutorial's launch configuration of that name. */
export function configuration(start) {
  const { configurations } = JSON.parse(readFileSync('docs/tutorial/.vscode/launch.json', 'utf8'));
  return configurations.find(({ name }) => name.startsWith(start));
}

/** Opens a file of the copy by its name, where several folders have one that of the folder. */
async function openFile(page, name, folder = '') {
  await page.keyboard.press('Control+P');
  await page.locator('.quick-input-widget input').first().fill(`${name} ${folder}`.trim());
  await page.locator('.quick-input-list .monaco-list-row', { hasText: name }).filter({ hasText: folder }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.tab.active', { hasText: name }).waitFor();
}

/** Runs a command by its title, from the command palette. */
async function command(page, title) {
  await page.keyboard.press('F1');
  const input = page.locator('.quick-input-widget input').first();
  await input.waitFor();
  await input.fill(`>${title}`);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().waitFor();
  await page.keyboard.press('Enter');
}

/** Keeps what the window showed when something went wrong. */
async function failure(page) {
  mkdirSync(join(root, '.vscode-test/failure'), { recursive: true });
  await page.screenshot({ path: join(root, '.vscode-test/failure/window.png') }).catch(() => {});
}
