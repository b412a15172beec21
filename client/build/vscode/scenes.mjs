// What the pictures of the documents show: windows, and how they are used for each picture. `say` gives a text of the extension in the window's
// language, `nls` one of the manifest, `ours` a command by its name.
import { configuration } from './window.mjs';

const story = configuration('Shop: log in');
const served = [{ ...configuration('Shop: the administrator'), keepAlive: true }];
const logOut = 'Methods/Web_logOut.4dm';
const closeMethod = 'DatabaseMethods/onWebSessionSuspend.4dm';
const quiet = { 'debug.openDebug': 'neverOpen' };
const shown = '.monaco-hover:not(.hidden)';

/** The name of the command in the line that closes a session. */
const closing = (page) =>
  page
    .locator('.view-line', { hasText: /WEB\sLEGACY\sCLOSE\sSESSION/ })
    .last()
    .locator('span span')
    .first();

/** Stops in the close method, while the log out of the story runs. */
async function stopInCloseMethod({ page, say }) {
  await page.locator('.view-line', { hasText: 'vCustomerID' }).first().click();
  await page.keyboard.press('F9');
  await page.locator('.codicon-debug-breakpoint').first().waitFor();
  await page.keyboard.press('F5');
  await page.locator('.debug-top-stack-frame-line').first().waitFor();
  await page
    .getByRole('treeitem', { name: new RegExp(say('Process variables')) })
    .first()
    .click();
  await page.locator('.debug-pane', { hasText: 'vCustomerName' }).first().waitFor();
}

/** Serves the shop, with three clients in it, and shows the session explorer. */
async function serve({ page, nls }) {
  await page.locator('.codelens-decoration').first().waitFor();
  await page.keyboard.press('F5');
  await page
    .locator(`.activitybar [aria-label*="${nls('view.sessions')}"]`)
    .first()
    .click();
  const luis = page.getByRole('treeitem', { name: /^luis/ });
  await luis.waitFor();
  return luis;
}

/** The hover of the close command, by keyboard; asked for when the server has told of the line. */
async function showHover({ page, command }) {
  await page.locator('.codelens-decoration').first().waitFor();
  await closing(page).click();
  await command('Show or Focus Hover');
  await page.locator(shown, { hasText: 'WEB LEGACY CLOSE SESSION' }).first().waitFor();
}

/** Back to the method alone, as after the start. */
async function clear({ page, command, open }) {
  await page.keyboard.press('Escape');
  await command('View: Close All Editors');
  await page.locator('.tab').first().waitFor({ state: 'detached' });
  await open('Web_logOut.4dm');
  await page.locator('.codelens-decoration').first().waitFor();
}

/**
 * Windows, and the pictures that are taken in each of them, in this order. A window is opened once for all of its pictures that are wanted.
 * @type {{ options: object, scenes: Record<string, (window: object) => Promise<void>> }[]}
 */
export const windows = [
  {
    options: { file: logOut },
    scenes: {
      hover: showHover,
      walkthrough: async (window) => {
        const { page, command, nls } = window;
        await clear(window);
        await command('Welcome: Open Walkthrough...');
        await page.locator('.quick-input-widget input').first().fill(nls('walkthrough'));
        await page
          .locator('.quick-input-list .monaco-list-row', { hasText: nls('walkthrough') })
          .first()
          .click();
        await page
          .locator('.getting-started-step', { hasText: nls('walkthrough.run') })
          .first()
          .click();
      },
      tests: async (window) => {
        const { page, command, open } = window;
        await clear(window);
        await open('log-out.scenario.json');
        await command('Testing: Focus on Test Explorer View');
        await page.locator('.test-explorer .monaco-list-row').first().waitFor();
        await command('Test: Run All Tests');
        await page
          .getByRole('treeitem', { name: /\(Passed\)/ })
          .first()
          .waitFor();
      },
      completion: async (window) => {
        const { page, command } = window;
        await command('View: Show Explorer');
        // the command is only offered where there is a panel
        if (await page.locator('.part.panel').isVisible()) await command('View: Close Panel');
        await clear(window);
        await page.locator('.view-line').last().click();
        await page.keyboard.press('Control+End');
        await page.keyboard.press('Enter');
        await page.keyboard.type('web leg clo', { delay: 60 });
        await page.locator('.suggest-widget.visible', { hasText: 'WEB LEGACY CLOSE SESSION' }).waitFor();
        await page.keyboard.press('Control+Space');
        await page.locator('.suggest-details').waitFor();
      },
      migration: async (window) => {
        const { page, command, ours } = window;
        await page.keyboard.press('Escape');
        await command('File: Revert File');
        await clear(window);
        await command(ours('migrate'));
        await page.locator('.quick-input-list .monaco-list-row').first().waitFor();
        await page.keyboard.press('Enter');
        await page.locator('.bulk-edit-panel .monaco-list-row').first().waitFor();
      },
    },
  },
  {
    options: { mode: 'scalable', file: logOut },
    scenes: {
      warning: async ({ page, command }) => {
        await page.locator('.squiggly-warning').first().waitFor();
        await command('Problems: Focus on Problems View');
        await page.locator('.markers-panel .monaco-list-row', { hasText: 'legacy-close-ignored' }).first().click();
        await page.keyboard.press('ArrowRight');
        await page.locator('.markers-panel .monaco-list-row', { hasText: 'settings.4DSettings' }).first().waitFor();
      },
    },
  },
  {
    options: { file: logOut, configurations: served, settings: quiet },
    scenes: {
      sessions: async (window) => {
        const { page, say } = window;
        await (await serve(window)).click();
        await page.keyboard.press('ArrowRight');
        for (const name of ['Process variables', 'Locked records'])
          await page.getByRole('treeitem', { name: new RegExp(`^${say(name)}`) }).click();
      },
      timeline: async (window) => {
        const { page, command, ours, running } = window;
        if (!running) await serve(window);
        await command(ours('showTimeline'));
        const frame = page.frameLocator('iframe.webview').frameLocator('iframe');
        await frame
          .getByRole('option', { name: /WEB LEGACY CLOSE SESSION/ })
          .first()
          .click();
        await command('View: Toggle Primary Side Bar Visibility');
      },
    },
  },
  { options: { file: closeMethod, configurations: [story] }, scenes: { debugger: stopInCloseMethod } },
  // The whole story on one picture: the settings say scalable, so the close is underlined; run with legacy sessions all the same, it stops in the
  // close method.
  {
    options: {
      mode: 'scalable',
      file: closeMethod,
      configurations: [{ ...story, sessionMode: 'legacy' }],
      viewport: { width: 1360, height: 820 },
      scale: 1.5,
    },
    scenes: {
      overview: async (window) => {
        const { page } = window;
        await stopInCloseMethod(window);
        await page.keyboard.press('Control+P');
        await page.locator('.quick-input-widget input').first().fill('Web_logOut.4dm');
        await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Web_logOut' }).first().waitFor();
        await page.keyboard.press('Control+Enter');
        await page.locator('.squiggly-warning').first().waitFor();
        // While code stands still the mouse asks the debugger; the keyboard still asks the language.
        await showHover(window);
      },
    },
  },
];
