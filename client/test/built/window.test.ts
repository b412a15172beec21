/** What people see and do in a window of the real VS Code, by keyboard. */
import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';

/** As `client/build/vscode/window.mjs` gives it; that file runs where it stands, since VS Code is kept beside it. */
interface Window {
  readonly page: Page;
  readonly outside: readonly string[];
  command(title: string): Promise<void>;
  failure(): Promise<void>;
  close(): Promise<void>;
}

const { openWindow, configuration } = (await import(pathToFileURL(resolve('client/build/vscode/window.mjs')).href)) as {
  openWindow(options: object): Promise<Window>;
  configuration(start: string): { readonly requests: readonly object[] };
};

/** Whatever the machine is busy with, it has this long for a step (milliseconds). */
const PATIENCE = 120_000;

async function inWindow(options: object, act: (window: Window) => Promise<void>): Promise<void> {
  const window = await openWindow(options);
  window.page.setDefaultTimeout(PATIENCE);
  try {
    await window.page.locator('.activitybar [aria-label*="4D Web Sessions"]').first().waitFor();
    await act(window);
    assert.deepEqual(window.outside, [], 'nothing leaves the machine');
  } catch (error) {
    await window.failure();
    throw error;
  } finally {
    await window.close();
  }
}

test('the session explorer and the timeline are used by keyboard alone', async () => {
  const story = configuration('Shop: log in');
  const configurations = [{ ...story, requests: story.requests.slice(0, 3), keepAlive: true }];
  const settings = {
    'debug.openDebug': 'neverOpen',
    'debug.internalConsoleOptions': 'neverOpen',
    'workbench.colorTheme': 'Default Light Modern',
  };
  await inWindow({ file: 'Methods/Web_logOut.4dm', configurations, settings }, async ({ page, command }) => {
    await page.keyboard.press('F5');
    await page.locator('.debug-toolbar').first().waitFor();
    await command('4D Web Sessions: Show the Session Timeline');
    await command('Focus on Sessions View');
    const ana = page.getByRole('treeitem', { name: /^ana, / });
    await ana.waitFor();
    // Down to the session, and into it.
    for (let rows = 0; rows < 10 && !/focused/.test((await ana.getAttribute('class')) ?? ''); rows++)
      await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    const variables = page.getByRole('treeitem', { name: /^Process variables/ });
    await variables.waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
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
    await page.keyboard.press('Shift+F5');
    await page.getByText('Start the simulator').first().waitFor();
  });
});
