// A browser page that shows VS Code with our extension loaded from a folder; nothing leaves the machine.
import { readFileSync } from 'node:fs';
import { basename, dirname, extname, join, normalize } from 'node:path';
import { chromium as playwright } from 'playwright-core';
import { chromium } from '../system.mjs';

const flags = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  // A page that is answered by us and not by the network may still open its connections to this machine.
  '--disable-features=LocalNetworkAccessChecks,LocalNetworkAccessChecksWebSockets',
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
];

/**
 * Address of VS Code with a folder open and an extension under development loaded.
 * @param {string} address of the server
 * @param {{ folder: string, workspace?: string, extension?: string, file?: string, tests?: string }} what a workspace file in place of the folder, a file to open, or the entry of a suite to run
 */
export function workbenchUrl(address, { folder, workspace, extension, file, tests }) {
  const remote = (path) => `vscode-remote://${new URL(address).host}${path}`;
  const payload = [['skipWelcome', 'true']];
  if (extension) payload.push(['extensionDevelopmentPath', remote(extension)]);
  if (tests) payload.push(['extensionTestsPath', remote(tests)]);
  if (file) payload.push(['openFile', remote(file)]);
  const opened = workspace ? `workspace=${encodeURIComponent(workspace)}` : `folder=${encodeURIComponent(folder)}`;
  return `${address}/?${opened}&payload=${encodeURIComponent(JSON.stringify(payload))}`;
}

/**
 * Opens a page in a headless browser.
 * @returns the page, problems seen so far (requests that leave the machine, errors in the console), and `close`
 */
export async function openPage({ viewport = { width: 1280, height: 800 }, locale = 'en-US', scale = 1 } = {}) {
  const browser = await playwright.launch({ executablePath: chromium(), args: flags });
  const context = await browser.newContext({ viewport, locale, deviceScaleFactor: scale });
  // What the files of a language pack would set. Without the pack VS Code's own words stay English; extensions follow the language all the same.
  if (!locale.startsWith('en')) await context.addInitScript(`globalThis._VSCODE_NLS_LANGUAGE = ${JSON.stringify(locale.split('-')[0])}`);
  const page = await context.newPage();
  const outside = [];
  const errors = [];
  // Resources of webviews have an address in a domain that does not exist: VS Code's service worker answers for it. One it does not answer for
  // would leave.
  const isResource = (url) => new URL(url).hostname.endsWith('.vscode-resource.vscode-cdn.net');
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (/^(https?|wss?):$/.test(protocol) && hostname !== '127.0.0.1' && !isResource(request.url())) outside.push(request.url());
  });
  page.on('response', (response) => {
    if (isResource(response.url()) && !response.fromServiceWorker()) outside.push(response.url());
  });
  page.on('requestfailed', (request) => {
    // One that is cut off because its page closes went nowhere.
    if (isResource(request.url()) && request.failure()?.errorText !== 'net::ERR_ABORTED') outside.push(request.url());
  });
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(String(error)));
  return { page, context, outside, errors, close: () => browser.close() };
}

const types = {
  '.js': 'text/javascript',
  '.cjs': 'text/javascript',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

/**
 * Makes the workbench load the extension as a web extension: a worker extension must come over HTTP and be named in the page's own configuration.
 * @param {{ folder: string, extension: string, file?: string, tests?: string }} what as for `workbenchUrl`
 * @returns the address to open
 */
export async function serveAsWebExtension(context, address, { folder, workspace, extension, file, tests }) {
  const { host } = new URL(address);
  // VS Code looks for the suite inside the extension. The route added last is asked first.
  const served = { '/__extension': extension, ...(tests && { '/__extension/__tests': dirname(tests) }) };
  for (const [base, directory] of Object.entries(served)) {
    await context.route(`${address}${base}/**`, (route) => {
      const path = normalize(decodeURIComponent(new URL(route.request().url()).pathname.slice(base.length)));
      try {
        return route.fulfill({ body: readFileSync(join(directory, path)), contentType: types[extname(path)] ?? 'text/plain' });
      } catch {
        return route.fulfill({ status: 404, body: '' });
      }
    });
  }
  await context.route(
    (url) => url.origin === address && url.pathname === '/',
    async (route) => {
      const response = await route.fetch();
      const html = (await response.text()).replace(
        /(id="vscode-workbench-web-configuration" data-settings=")([^"]*)"/,
        (_, head, settings) => {
          const configuration = JSON.parse(settings.replaceAll('&quot;', '"').replaceAll('&amp;', '&'));
          configuration.developmentOptions = {
            ...configuration.developmentOptions,
            extensions: [{ scheme: 'http', authority: host, path: '/__extension' }],
            ...(tests && { extensionTestsPath: { scheme: 'http', authority: host, path: `/__extension/__tests/${basename(tests)}` } }),
          };
          return `${head}${JSON.stringify(configuration).replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`;
        },
      );
      return route.fulfill({ response, body: html });
    },
  );
  return workbenchUrl(address, { folder, workspace, file });
}
