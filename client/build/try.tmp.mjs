import { configuration, openWindow } from './vscode/window.mjs';

const story = configuration('Shop: log in');
const w = await openWindow({
  mode: 'legacy',
  file: 'DatabaseMethods/onWebSessionSuspend.4dm',
  configurations: [{ ...story, requests: story.requests.slice(0, 3), keepAlive: true }],
  settings: { 'debug.openDebug': 'neverOpen', 'debug.internalConsoleOptions': 'neverOpen' },
});
const { page, command } = w;
try {
  await page.locator('.activitybar [aria-label*="4D"]').first().waitFor();
  await page.waitForTimeout(1000);
  await page.keyboard.press('F5');
  await page.locator('.debug-toolbar').waitFor({ timeout: 20000 });
  await page.screenshot({ path: '/tmp/t5.png' });
  await command('4D Web Sessions: Show the Session Timeline');
  await page.locator('.activitybar [aria-label*="4D"]').first().click();
  await page.getByRole('treeitem', { name: /ana/ }).waitFor({ timeout: 20000 });
  await page.getByRole('treeitem', { name: /ana/ }).click();
  await page.keyboard.press('ArrowRight');
  await page.waitForTimeout(1500);
  for (const name of ['Process variables', 'Selections', 'Locked records']) {
    await page.getByRole('treeitem', { name }).click();
    await page.waitForTimeout(500);
  }
  await page.waitForTimeout(1500);
  await page.screenshot({ path: '/tmp/t1.png' });
} catch (e) {
  console.log(e);
  await page.screenshot({ path: '/tmp/t9.png' });
} finally {
  await w.close();
}
