/** What people see and do in a window of the real VS Code, by keyboard. */
import { test } from 'node:test';
import type { Locator } from 'playwright-core';
import { configuration, goTo, inWindow, pressUntil } from './windows.js';

test('the installed package: session explorer and timeline, used by keyboard alone', async () => {
  const story = configuration('Shop: log in');
  const configurations = [{ ...story, requests: story.requests.slice(0, 3), keepAlive: true }];
  const settings = {
    'debug.openDebug': 'neverOpen',
    'debug.internalConsoleOptions': 'neverOpen',
    'workbench.colorTheme': 'Default Light Modern',
  };
  await inWindow({ installed: true, file: 'Methods/Web_logOut.4dm', configurations, settings }, async ({ page, command }) => {
    const visible = (locator: Locator) => () => locator.first().isVisible();
    await pressUntil(page, 'F5', 40, visible(page.locator('.debug-toolbar')));
    await command('4D Web Sessions: Show the Session Timeline');
    const focusTree = () => command('Focus on Sessions View');
    await focusTree();
    /** Opens a row; what is in it can be seen then. */
    const open = async (row: Locator) => {
      const opened = async () => (await row.getAttribute('aria-expanded')) === 'true';
      await pressUntil(page, 'ArrowRight', 1, opened, () => goTo(page, row, focusTree));
    };
    const ana = page.getByRole('treeitem', { name: /^ana, / });
    await open(ana);
    await open(page.getByRole('treeitem', { name: /^Process variables/ }));
    await page.getByRole('treeitem', { name: /^vCustomerName, "Ana Ruiz"/ }).waitFor();
    // The session has one lock, which the close frees.
    await page.getByRole('treeitem', { name: /^Locked records, 1/ }).waitFor();
    await command('4D Web Sessions: Close This Session, as WEB LEGACY CLOSE SESSION Does');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'ana' }).first().waitFor();
    await page.keyboard.press('Enter');
    await ana.waitFor({ state: 'detached' });
    const frames = page.frameLocator('iframe.webview').frameLocator('iframe');
    await frames.getByRole('option', { name: /closes: WEB LEGACY CLOSE SESSION/ }).waitFor();
    await frames.getByRole('option', { name: /is gone/ }).waitFor();
    await pressUntil(page, 'Shift+F5', 20, visible(page.getByText('Start the simulator')));
  });
});
