/** The whole window in Spanish, with two folders whose session modes differ: what the extension shows is Spanish, each folder has its own mode. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { commandUntil, inWindow, pressUntil } from './windows.js';

const nls = JSON.parse(readFileSync('package.nls.es.json', 'utf8')) as Readonly<Record<string, string>>;
const titleOf = (name: string): string => `${nls.category}: ${nls[`command.${name}`]}`;

test('in Spanish, with a folder for each session mode: titles, view, messages, warnings, migration with its preview', () =>
  inWindow(
    {
      locale: 'es-ES',
      twin: true,
      mode: 'scalable',
      file: 'Methods/Web_logOut.4dm',
      settings: { 'workbench.colorTheme': 'Default Light Modern' },
    },
    async (window) => {
      const { page, command, shop } = window;
      // The view's title and what it says while nothing runs.
      const container = page.locator(`.activitybar [aria-label*="${nls['view.sessions']}"]`).first();
      await container.click();
      await page.locator('.welcome-view-content', { hasText: 'simulador' }).first().waitFor();
      // The warning, its reason in the settings, and the mode of this folder.
      await page.locator('.squiggly-warning').first().waitFor();
      await commandUntil(window, 'Problems: Focus on Problems View', 10, () => page.locator('.markers-panel').isVisible());
      await page.locator('.markers-panel .monaco-list-row', { hasText: 'no hace nada aquí' }).first().waitFor();
      // Two places of this folder, and none of the other one, where a close closes.
      const ignored = page.locator('.markers-panel .monaco-list-row', { hasText: 'legacy-close-ignored' });
      await ignored.nth(1).waitFor();
      assert.equal(await ignored.count(), 2);
      await command(titleOf('showSessionMode'));
      const reasons = page.locator('.quick-input-list .monaco-list-row', { hasText: 'sesiones escalables' });
      await reasons.first().waitFor();
      await page.keyboard.press('Escape');
      // The plan for the other folder and its edits, by keyboard: what is chosen is changed, the rest is left out.
      const twin = join(shop, '../twin/Project/Sources');
      const texts = () =>
        readdirSync(twin, { recursive: true, encoding: 'utf8' })
          .filter((path) => /\.4d/i.test(path))
          .map((path) => readFileSync(join(twin, path), 'utf8'));
      const before = texts();
      const changes = () => texts().filter((text, index) => text !== before[index]).length;
      await window.open('Web_logIn.4dm', 'twin');
      await command(titleOf('migrate'));
      await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Sesiones escalables' }).first().waitFor();
      await page.keyboard.press('Enter');
      const first = page.locator('.bulk-edit-panel .monaco-list-row').first();
      await first.waitFor();
      const chosen = async () => (await first.locator('input[type=checkbox]').isChecked()) === true;
      await pressUntil(page, 'Space', 2, chosen, async () => {
        await command('Focus on Refactor Preview View');
        await page.keyboard.press('Home');
      });
      const apply = page.locator('.bulk-edit-panel').getByRole('button', { name: 'Apply', exact: true });
      const focusApply = async () => {
        if (await apply.isVisible()) await apply.focus();
      };
      await pressUntil(page, 'Enter', 15, async () => changes() > 0, focusApply);
      assert.equal(changes(), 1);
    },
  ));
