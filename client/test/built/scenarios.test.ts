/** Scenario files in the test explorer of the real VS Code, used by keyboard alone: as a desktop extension, and in a browser in Spanish. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandUntil, goTo, inWindow, pressUntil } from './windows.js';

/** Right with legacy sessions; with scalable ones nobody is logged in any more at the second request. */
const wrong = `{
  "title": "Ana stays logged in",
  "modes": ["legacy", "scalable"],
  "steps": [
    { "request": { "client": "ana", "url": "/4DACTION/Web_logIn", "body": "login=ana&code=4711" } },
    {
      "request": {
        "client": "ana",
        "url": "/4DACTION/Web_basket",
        "expect": {
          "status": 200
        }
      }
    }
  ]
}
`;

const forms = [
  { name: 'desktop form', web: false, locale: 'en-US', theme: 'Default Dark Modern', mode: 'Scalable sessions' },
  { name: 'browser form, in Spanish', web: true, locale: 'es-ES', theme: 'Default High Contrast', mode: 'Sesiones escalables' },
];

for (const { name, web, locale, theme, mode } of forms)
  test(`the test explorer plays scenarios and shows a failure at its line: ${name}`, () =>
    inWindow(
      { web, locale, file: 'Methods/Web_logOut.4dm', files: { 'wrong.scenario.json': wrong }, settings: { 'workbench.colorTheme': theme } },
      async (window) => {
        const { page, command } = window;
        const row = (text: RegExp) => page.locator('.test-explorer').getByRole('treeitem', { name: text }).first();
        await commandUntil(window, 'Testing: Focus on Test Explorer View', 20, () => row(/^Ana fills a basket/).isVisible());
        await commandUntil(window, 'Test: Run All Tests', 40, () => row(/^Ana stays logged in \(Failed\)/).isVisible());
        await row(/^Ana fills a basket.*\(Passed\)/).waitFor();
        const failing = row(new RegExp(`^${mode} \\(Failed\\)`));
        const open = async () => (await row(/^Ana stays/).getAttribute('aria-expanded')) === 'true';
        const focusTree = async () => {
          await command('Testing: Focus on Test Explorer View');
          await pressUntil(page, 'Tab', 2, () => page.locator('.test-explorer .monaco-list:focus').isVisible());
        };
        await pressUntil(page, 'ArrowRight', 2, open, () => goTo(page, row(/^Ana stays/), focusTree));
        const line = page.locator('.view-line', { hasText: /"status":\s200/ }).first();
        await pressUntil(
          page,
          'Alt+Enter',
          5,
          () => line.isVisible(),
          () => goTo(page, failing, focusTree),
        );
        // The message stands at the line of the expectation.
        const message = page.locator('.test-error-content-widget', { hasText: '302 != 200' }).first();
        await message.waitFor();
        const [said, expected] = [await message.boundingBox(), await line.boundingBox()];
        assert.ok(said && expected && Math.abs(said.y + said.height / 2 - expected.y - expected.height / 2) < expected.height / 2);
      },
    ));
