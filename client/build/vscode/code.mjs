#!/usr/bin/env node
// Stands in for desktop VS Code's `code` where there is none: takes the flags that @vscode/test-electron passes and runs the suite in the real
// VS Code from npm, in a headless browser. VSCODE_TEST_AS=web loads the extension as a web extension instead. Leaves with 0 only when VS Code
// says that the suite passed.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import process from 'node:process';
import { openPage, serveAsWebExtension, workbenchUrl } from './page.mjs';
import { provision } from './provision.mjs';
import { startServer } from './server.mjs';

const limit = 420_000;
const evidence = resolve(import.meta.dirname, '../../../.vscode-test/failure');

const flags = (name) =>
  process.argv.filter((argument) => argument.startsWith(`--${name}=`)).map((argument) => argument.slice(name.length + 3));
// The page loads one extension from its folder, the first; the others are installed.
const [extension = resolve('.'), ...beside] = flags('extensionDevelopmentPath').map((path) => resolve(path));
const [tests] = flags('extensionTestsPath');
const folder = process.argv.slice(2).find((argument) => !argument.startsWith('-') && existsSync(argument));

let code = 1;
const server = await startServer(provision(), { extensions: beside });
const { page, context, outside, errors, close } = await openPage();
try {
  let exit = () => {};
  const ended = new Promise((settle) => {
    exit = settle;
  });
  const log = [];
  await page.exposeFunction('codeAutomationExit', (answer) => exit(answer));
  await page.exposeFunction('codeAutomationLog', (type, args) => log.push(`${type} ${args.join(' ')}`));
  const url =
    process.env.VSCODE_TEST_AS === 'web'
      ? await serveAsWebExtension(context, server.address, { folder, extension, tests })
      : workbenchUrl(server.address, { folder, extension, tests });
  await page.goto(url);
  const late = new Promise((settle) => {
    setTimeout(settle, limit, 'late').unref();
  });
  const answer = await Promise.race([ended, late, server.ended]);
  if (outside.length > 0) console.error(`Requests left the machine: ${[...new Set(outside)].join(' ')}`);
  else if (answer === 'late') console.error(`VS Code did not finish the suite within ${limit / 1000} s.`);
  else code = Number(answer ?? 1);
  if (code !== 0) {
    mkdirSync(evidence, { recursive: true });
    await page.screenshot({ path: join(evidence, 'window.png') }).catch(() => {});
    writeFileSync(join(evidence, 'log.txt'), [server.output(), ...errors, ...log].join('\n'));
    console.error(`What VS Code showed and said is in ${relative(process.cwd(), evidence)}.`);
  }
} catch (error) {
  code = 1;
  console.error(error);
} finally {
  await close();
  await server.stop();
}
process.exit(code);
