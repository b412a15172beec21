/** What people see and do in a window of the real VS Code, by keyboard. */
import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Locator, Page } from 'playwright-core';

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

/** Presses a key until something has come of it, again after some seconds: a key pressed while VS Code is busy elsewhere goes nowhere. */
async function pressUntil(
  page: Page,
  key: string,
  again: number,
  done: () => Promise<boolean>,
  before?: () => Promise<void>,
): Promise<void> {
  for (const end = Date.now() + PATIENCE; Date.now() < end; ) {
    await before?.();
    if (await done()) return;
    await page.keyboard.press(key);
    for (let waits = 0; waits < again * 20; waits++) {
      if (await done()) return;
      await page.waitForTimeout(50);
    }
  }
  throw new Error(`${key} was pressed, and nothing came of it`);
}

/** Goes to a row of the tree that has the focus: to the first one, and down from there. */
async function goTo(page: Page, row: Locator, focusTree: () => Promise<void>): Promise<void> {
  const there = async () => /(^|\s)focused(\s|$)/.test((await row.getAttribute('class')) ?? '');
  for (const end = Date.now() + PATIENCE; Date.now() < end; await focusTree()) {
    await row.waitFor();
    await page.keyboard.press('Home');
    for (let rows = 0; rows < 30; rows++) {
      await page.waitForTimeout(50);
      if (await there()) return;
      await page.keyboard.press('ArrowDown');
    }
  }
  throw new Error('the row could not be reached by keyboard');
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
