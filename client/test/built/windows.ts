/** Windows of the real VS Code, and how tests use them: by keyboard, waiting for what comes of each key. */
import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Locator, Page } from 'playwright-core';

/** As `client/build/vscode/window.mjs` gives it; that file runs where it stands, since VS Code is kept beside it. */
export interface Window {
  readonly page: Page;
  /** Folder of the copy of the tutorial. */
  readonly shop: string;
  readonly outside: readonly string[];
  command(title: string): Promise<void>;
  /** Opens a file by its name, and that of its folder where there are several. */
  open(name: string, folder?: string): Promise<void>;
  /** When the extension is active. */
  ready(): Promise<void>;
  failure(): Promise<void>;
  close(): Promise<void>;
}

export const { openWindow, configuration } = (await import(pathToFileURL(resolve('client/build/vscode/window.mjs')).href)) as {
  openWindow(options: object): Promise<Window>;
  configuration(start: string): { readonly requests: readonly object[] };
};

/** Whatever the machine is busy with, it has this long for a step (milliseconds). */
const PATIENCE = 120_000;

export async function inWindow(options: object, act: (window: Window) => Promise<void>): Promise<void> {
  const window = await openWindow(options);
  window.page.setDefaultTimeout(PATIENCE);
  try {
    await window.ready();
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
export async function pressUntil(
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

/** Runs a command until something has come of it, again when nothing has for some seconds. */
export async function commandUntil({ page, command }: Window, title: string, again: number, done: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + PATIENCE; Date.now() < end; ) {
    await command(title);
    for (let waits = 0; waits < again * 20; waits++) {
      if (await done()) return;
      await page.waitForTimeout(50);
    }
  }
  throw new Error(`“${title}” was chosen, and nothing came of it`);
}

/** Goes to a row of the tree that has the focus: to the first one, and down from there. */
export async function goTo(page: Page, row: Locator, focusTree: () => Promise<void>): Promise<void> {
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
