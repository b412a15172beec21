/** The timeline's page in a browser, as it is packed: keyboard, screen reader, colours, and nothing from elsewhere. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { chromium as playwright } from 'playwright-core';
import type { TraceEvent } from '#runtime/protocol.js';
import { chromium } from '../../build/system.mjs';
import { TimelineBuilder } from '../../src/timeline/model.js';
import { timelinePage } from '../../src/timeline/page.js';

type Browser = Awaited<ReturnType<typeof playwright.launch>>;
type Page = Awaited<ReturnType<Browser['newPage']>>;

/** Colours as VS Code's own themes give them to a webview. */
const themes: Record<string, Record<string, string>> = {
  dark: {
    'editor-background': '#1f1f1f',
    foreground: '#cccccc',
    'button-background': '#0078d4',
    'button-foreground': '#ffffff',
    focusBorder: '#0078d4',
    'list-activeSelectionBackground': '#04395e',
    'list-activeSelectionForeground': '#ffffff',
    'editorWarning-foreground': '#cca700',
    'charts-blue': '#3794ff',
  },
  light: {
    'editor-background': '#ffffff',
    foreground: '#3b3b3b',
    'button-background': '#005fb8',
    'button-foreground': '#ffffff',
    focusBorder: '#005fb8',
    'list-activeSelectionBackground': '#e8e8e8',
    'list-activeSelectionForeground': '#000000',
    'editorWarning-foreground': '#855f00',
    'charts-blue': '#1a85ff',
  },
  'high contrast': {
    'editor-background': '#000000',
    foreground: '#ffffff',
    'button-background': '#000000',
    'button-foreground': '#ffffff',
    'button-border': '#6fc3df',
    contrastBorder: '#6fc3df',
    focusBorder: '#f38518',
    'editorWarning-foreground': '#ffd370',
    'charts-blue': '#3794ff',
  },
};

const words = {
  list: 'What the simulator did',
  empty: 'Nothing yet <b>& so on</b>',
  start: 'Start',
  filter: 'Show',
  groups: { requests: 'Requests', sessions: 'Sessions', cookies: 'Cookies', methods: 'Methods', records: 'Records', other: 'Others' },
  shown: '{0} of {1}',
  later: '{0} later',
  opens: 'Enter opens the code',
  keys: 'Arrow keys move',
};

const session = 'A'.repeat(32);
const at = Date.UTC(2026, 0, 31, 8);
const events: TraceEvent[] = [
  { at, kind: 'request', id: 1, client: 'ana', method: 'GET', url: '/4DACTION/Web_logOut' },
  { at, kind: 'session-opened', session, mode: 'legacy', process: 3, why: 'no-cookie' },
  { at, kind: 'cookie', session, header: '4DSID=<script>alert(1)</script>' },
  { at: at + 3600_000, kind: 'session-closing', session, cause: 'command', file: '/a.4dm', line: 3 },
  { at: at + 3600_000, kind: 'close-ignored', session, why: 'unknown-id' },
  { at: at + 3600_000, kind: 'session-closed', session, cause: 'command', variables: 1, unlocked: 0, selections: 0 },
];

let browser: Browser;
let address: string;
const server = createServer(({ url }, response) => {
  if (url === '/main.js' || url === '/timeline.css') {
    response.setHeader('Content-Type', url.endsWith('.js') ? 'text/javascript' : 'text/css');
    response.end(readFileSync(`dist/timeline${url}`));
    return;
  }
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.end(
    timelinePage({
      language: 'en',
      title: 'Session timeline',
      words,
      script: '/main.js',
      style: '/timeline.css',
      source: address,
      nonce: 'abc',
    }),
  );
});

before(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await playwright.launch({ executablePath: chromium(), args: ['--no-sandbox'] });
});
after(async () => {
  await browser?.close();
  server.close();
});

interface Opened {
  readonly page: Page;
  readonly sent: { kind: string; index?: number }[];
  readonly problems: string[];
}

async function open(theme = 'dark', rows = events): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width: 900, height: 500 } });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('console', (message) => problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(String(error)));
  const sent: Opened['sent'] = [];
  await page.exposeFunction('tell', (message: Opened['sent'][number]) => sent.push(message));
  await page.addInitScript((colours) => {
    const host = globalThis as unknown as {
      tell(message: unknown): void;
      acquireVsCodeApi: unknown;
      document: {
        documentElement: { style: { setProperty(name: string, value: string): void } };
        addEventListener(name: string, act: () => void): void;
      };
    };
    host.acquireVsCodeApi = () => ({
      postMessage: (message: unknown) => host.tell(message),
      getState: () => undefined,
      setState: () => undefined,
    });
    host.document.addEventListener('DOMContentLoaded', () => {
      for (const [name, value] of Object.entries(colours)) host.document.documentElement.style.setProperty(`--vscode-${name}`, value);
    });
  }, themes[theme]);
  await page.goto(address);
  const builder = new TimelineBuilder('en');
  const made = rows.map((event) => builder.add(event));
  await page.evaluate(
    `window.postMessage({ kind: 'begin', title: 'Session timeline: test' }, '*'); window.postMessage(${JSON.stringify({ kind: 'rows', rows: made }).replaceAll('<', '\\u003c')}, '*');`,
  );
  if (rows.length > 0)
    await page
      .locator('li')
      .nth(rows.length - 1)
      .waitFor({ state: 'attached' });
  return { page, sent, problems };
}

test('rows show time, client and text, and what comes from a program stays text', async () => {
  const { page, sent, problems } = await open();
  assert.deepEqual(sent, [{ kind: 'ready' }]);
  assert.equal(await page.locator('li').count(), events.length);
  assert.match((await page.locator('li').nth(2).textContent()) ?? '', /08:00:00\s+ana.*<script>/);
  assert.equal(await page.locator('.gap').textContent(), '1 h later');
  assert.equal(await page.locator('li svg circle, li svg path, li svg rect').count(), events.length - 1);
  assert.equal(await page.locator('#shown').textContent(), '6 of 6');
  assert.deepEqual(problems, []);
  await page.context().close();
});

test('the keyboard alone reaches every row and opens the code', async () => {
  const { page, sent } = await open();
  await page.locator('#rows').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.press('End');
  assert.equal(await page.locator('#rows').getAttribute('aria-activedescendant'), 'row5');
  await page.keyboard.press('Enter');
  for (let times = 0; times < 2; times++) await page.keyboard.press('ArrowUp');
  await page.keyboard.press(' ');
  // The last row leads nowhere: Enter says nothing there.
  assert.deepEqual(sent.slice(1), [
    { kind: 'open', index: 0 },
    { kind: 'open', index: 3 },
  ]);
  // What a screen reader says is what stands there.
  const name = ((await page.locator('#row3').textContent()) ?? '').replace(/\s+/g, ' ').trim();
  assert.equal(name, '1 h later 09:00:00 ana session AAAAAAAA… closes: WEB LEGACY CLOSE SESSION Enter opens the code');
  await page.context().close();
});

test('filters leave rows out, and the arrows skip them', async () => {
  const { page } = await open();
  await page.getByLabel('Sessions').uncheck();
  assert.equal(await page.locator('#shown').textContent(), '2 of 6');
  await page.locator('#rows').focus();
  await page.keyboard.press('End');
  assert.equal(await page.locator('#rows').getAttribute('aria-activedescendant'), 'row2');
  await page.context().close();
});

test('with nothing to show it says what to do', async () => {
  const { page, sent } = await open('dark', []);
  assert.equal(await page.locator('#empty p').textContent(), words.empty);
  await page.getByRole('button', { name: 'Start' }).click();
  assert.deepEqual(sent.at(-1), { kind: 'start' });
  assert.equal(await page.locator('#rows').isVisible(), false);
  await page.context().close();
});

test('scripts that are not ours do not run, and nothing is fetched from elsewhere', async () => {
  const { page, problems } = await open();
  const asked: string[] = [];
  page.on('requestfinished', (request) => asked.push(request.url()));
  await page.evaluate(`{
    const script = document.createElement('script'); script.textContent = 'window.foreign = true'; document.body.append(script);
    const image = document.createElement('img'); image.src = 'http://127.0.0.2/x.png'; document.body.append(image);
    document.body.setAttribute('onclick', 'window.foreign = true'); document.body.click();
  }`);
  assert.equal(await page.evaluate('window.foreign'), undefined);
  assert.deepEqual(asked, []);
  assert.ok(
    problems.length > 0 && problems.every((text) => /Content Security Policy|content security policy/.test(text)),
    problems.join('\n'),
  );
  await page.context().close();
});

for (const theme of Object.keys(themes)) {
  test(`axe finds nothing to object to: ${theme}`, async () => {
    const { page } = await open(theme);
    await page.locator('#rows').focus();
    await page.keyboard.press('ArrowDown');
    await page.evaluate(readFileSync('node_modules/axe-core/axe.min.js', 'utf8'));
    const violations = (await page.evaluate(
      `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html, failureSummary }) => html + failureSummary).join(' ')))`,
    )) as string[];
    assert.deepEqual(violations, []);
    await page.context().close();
  });
}
