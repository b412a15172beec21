// `npm run screenshots`: the pictures of the documents, taken from the real extension in a real VS Code.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { bundle, compile } from './install.mjs';
import { openPage, workbenchUrl } from './vscode/page.mjs';
import { provision } from './vscode/provision.mjs';
import { startServer } from './vscode/server.mjs';

const root = resolve(import.meta.dirname, '../..');
process.chdir(root);
if (!compile() || !bundle()) process.exit(1);
const pictures = join(root, 'docs/images');
mkdirSync(pictures, { recursive: true });

/** Opens the tutorial, with the settings of one session mode, and lets `act` use the page. */
async function shoot(mode, file, act) {
  const folder = mkdtempSync(join(tmpdir(), 'pictures-'));
  const shop = join(folder, 'shop');
  cpSync('docs/tutorial', shop, { recursive: true });
  if (mode === 'scalable') cpSync('docs/tutorial/settings-scalable/settings.4DSettings', join(shop, 'Project/Sources/settings.4DSettings'));
  // One configuration, so that F5 starts at once.
  const launch = join(shop, '.vscode/launch.json');
  const { configurations } = JSON.parse(readFileSync(launch, 'utf8'));
  writeFileSync(launch, JSON.stringify({ version: '0.2.0', configurations: configurations.slice(0, 1) }));
  const server = await startServer(provision(), {
    settings: {
      '4dWebSessions.documentation.language': 'es',
      'workbench.colorTheme': 'Default Dark Modern',
      'editor.minimap.enabled': false,
      'editor.fontSize': 14,
      'editor.hover.delay': 200,
      'breadcrumbs.enabled': false,
      'debug.openDebug': 'openOnDebugBreak',
      'debug.toolBarLocation': 'docked',
      'debug.inlineValues': 'on',
      'window.title': '${activeEditorShort}',
    },
  });
  const { page, close } = await openPage({ viewport: { width: 1280, height: 760 }, scale: 2 });
  try {
    await page.goto(workbenchUrl(server.address, { folder: shop, extension: root, file: join(shop, 'Project/Sources', file) }));
    await page.locator('.monaco-workbench.vs-dark').waitFor();
    await page.locator('.view-line').first().waitFor();
    await act(page);
  } catch (error) {
    await page.screenshot({ path: join(root, '.vscode-test/failure.png') });
    throw error;
  } finally {
    await close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function command(page, name) {
  await page.keyboard.press('F1');
  const input = page.locator('.quick-input-widget input').first();
  await input.waitFor();
  await input.fill(`>${name}`);
  await page.locator('.quick-input-list .monaco-list-row').first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
}

/** A picture when everything has faded in. */
async function picture(page, name) {
  await page.waitForTimeout(600);
  const path = join(pictures, name);
  await page.screenshot({ path });
  console.log(path);
}

const closing = (page) =>
  page.locator('.view-line', { hasText: 'WEB LEGACY CLOSE SESSION' }).last().getByText('LEGACY', { exact: false }).first();

await shoot('scalable', 'Methods/Web_logOut.4dm', async (page) => {
  await page.locator('.squiggly-warning').first().waitFor();
  await command(page, 'Problems: Focus on Problems View');
  await page.locator('.markers-panel .monaco-list-row').first().waitFor();
  await command(page, 'View: Focus Active Editor Group');
  await closing(page).hover();
  await page.locator('.monaco-hover:not(.hidden)', { hasText: 'WEB LEGACY CLOSE SESSION' }).first().waitFor();
  await picture(page, 'overview.png');
});

await shoot('legacy', 'DatabaseMethods/onWebSessionSuspend.4dm', async (page) => {
  await page.locator('.view-line', { hasText: 'vCustomerID' }).first().click();
  await page.keyboard.press('F9');
  await page.locator('.codicon-debug-breakpoint').first().waitFor();
  await page.keyboard.press('F5');
  await page.locator('.debug-top-stack-frame-line').first().waitFor({ timeout: 60_000 });
  await page.locator('.debug-pane', { hasText: 'vCustomerID' }).first().waitFor();
  await picture(page, 'debugger.png');
});
