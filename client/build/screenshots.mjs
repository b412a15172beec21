// `npm run screenshots [name…]`: the pictures of the documents, taken from the real extension in a real VS Code, with few colours to be small.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { bundle, compile } from './install.mjs';
import { smaller } from './png.mjs';
import { configuration, openWindow } from './vscode/window.mjs';

const root = resolve(import.meta.dirname, '../..');
process.chdir(root);
const wanted = process.argv.slice(2);
if (!compile() || !bundle()) process.exit(1);
const pictures = join(root, 'docs/images');
mkdirSync(pictures, { recursive: true });

const settings = {
  '4dWebSessions.documentation.language': 'es',
  'editor.minimap.enabled': false,
  'editor.fontSize': 14,
  'editor.hover.delay': 200,
  'breadcrumbs.enabled': false,
  'debug.openDebug': 'openOnDebugBreak',
  'debug.toolBarLocation': 'docked',
  'debug.internalConsoleOptions': 'neverOpen',
  'debug.inlineValues': 'on',
  'window.title': '${activeEditorShort}',
  'window.commandCenter': false,
};

/** Opens a window as the options say, lets `act` use it, and keeps a picture when everything has faded in. */
async function shoot(name, options, act) {
  if (wanted.length > 0 && !wanted.includes(name)) return;
  const window = await openWindow({
    viewport: { width: 1280, height: 760 },
    scale: 1.5,
    ...options,
    settings: { ...settings, ...options.settings },
  });
  window.page.setDefaultTimeout(120_000);
  try {
    await window.page.locator('.activitybar [aria-label*="4D Web Sessions"]').first().waitFor();
    await act(window);
    await window.page.waitForTimeout(800);
    const png = smaller(await window.page.screenshot(), 128);
    writeFileSync(join(pictures, `${name}.png`), png);
    console.log(`docs/images/${name}.png, ${(png.length / 1024).toFixed(0)} KB`);
  } catch (error) {
    await window.failure();
    throw error;
  } finally {
    await window.close();
  }
}

const story = configuration('Shop: log in');
const line = (page, text) => page.locator('.view-line', { hasText: text }).last();
/** The name of the command in the line that closes a session. */
const closing = (page) =>
  line(page, /WEB\sLEGACY\sCLOSE\sSESSION/)
    .locator('span span')
    .first();

/** Stops in the close method, while the log out of the story runs. */
async function stopInCloseMethod({ page }) {
  await page.locator('.view-line', { hasText: 'vCustomerID' }).first().click();
  await page.keyboard.press('F9');
  await page.locator('.codicon-debug-breakpoint').first().waitFor();
  await page.keyboard.press('F5');
  await page.locator('.debug-top-stack-frame-line').first().waitFor();
  await page
    .getByRole('treeitem', { name: /Process variables/ })
    .first()
    .click();
  await page.locator('.debug-pane', { hasText: 'vCustomerName' }).first().waitFor();
}

const configurations = [story];
const closeMethod = 'DatabaseMethods/onWebSessionSuspend.4dm';

await shoot('warning', { mode: 'scalable', file: 'Methods/Web_logOut.4dm', configurations }, async ({ page, command }) => {
  await page.locator('.squiggly-warning').first().waitFor();
  await command('Problems: Focus on Problems View');
  await page.locator('.markers-panel .monaco-list-row').first().waitFor();
  await closing(page).hover();
  await page.locator('.monaco-hover:not(.hidden)', { hasText: 'WEB LEGACY CLOSE SESSION' }).first().waitFor();
});

// The whole story on one picture: the settings say scalable, so the close is underlined; run with legacy sessions all the same, it stops in the
// close method.
const compared = [{ ...story, sessionMode: 'legacy' }];
await shoot(
  'overview',
  { mode: 'scalable', file: closeMethod, configurations: compared, viewport: { width: 1360, height: 820 } },
  async (window) => {
    const { page, command } = window;
    await stopInCloseMethod(window);
    await page.keyboard.press('Control+P');
    await page.locator('.quick-input-widget input').first().fill('Web_logOut.4dm');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Web_logOut' }).first().waitFor();
    await page.keyboard.press('Control+Enter');
    await page.locator('.squiggly-warning').first().waitFor();
    // While code stands still the mouse asks the debugger; the keyboard still asks the language.
    await closing(page).click();
    await command('Show or Focus Hover');
    await page.locator('.monaco-hover:not(.hidden)', { hasText: 'WEB LEGACY CLOSE SESSION' }).first().waitFor();
  },
);

await shoot('debugger', { mode: 'legacy', file: closeMethod, configurations }, stopInCloseMethod);

const served = [{ ...configuration('Shop: the administrator'), keepAlive: true }];
await shoot(
  'sessions',
  { file: 'Methods/Web_logOut.4dm', configurations: served, settings: { 'debug.openDebug': 'neverOpen' } },
  async ({ page, command }) => {
    await page.keyboard.press('F5');
    await page.locator('.debug-toolbar').first().waitFor();
    await page.locator('.activitybar [aria-label*="4D Web Sessions"]').first().click();
    const luis = page.getByRole('treeitem', { name: /^luis/ });
    await luis.waitFor();
    await command('4D Web Sessions: Show the Session Timeline');
    await luis.click();
    await page.keyboard.press('ArrowRight');
    for (const name of [/^Process variables/, /^Locked records/]) await page.getByRole('treeitem', { name }).click();
  },
);
