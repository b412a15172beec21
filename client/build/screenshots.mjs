// `npm run screenshots [name…]`: the pictures of the documents, taken from the real extension in a real VS Code, with few colours to be small.
//   npm run screenshots                       those that the documents show: English in a dark theme, Spanish in a light one
//   npm run screenshots -- sessions hover     these only
//   npm run screenshots -- --language es --theme dark --form web    in another way, into out/screenshots
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { bundle, compile } from './install.mjs';
import { smaller } from './png.mjs';

const root = resolve(import.meta.dirname, '../..');
process.chdir(root);
const text = { type: 'string' };
const { values, positionals } = parseArgs({ options: { language: text, theme: text, form: text }, allowPositionals: true });
if (!compile() || !bundle()) process.exit(1);
const { openWindow } = await import('./vscode/window.mjs');
const { windows } = await import('./vscode/scenes.mjs');

const themes = { dark: 'Default Dark Modern', light: 'Default Light Modern', contrast: 'Default High Contrast' };
const documents = [
  { language: 'en', theme: 'dark' },
  { language: 'es', theme: 'light' },
];
const chosen = values.theme || values.form ? [{ language: values.language ?? 'en', theme: values.theme ?? 'dark' }] : documents;
const settings = {
  'editor.minimap.enabled': false,
  'editor.fontSize': 14,
  'editor.hover.delay': 200,
  'breadcrumbs.enabled': false,
  'debug.openDebug': 'openOnDebugBreak',
  'debug.toolBarLocation': 'docked',
  'debug.internalConsoleOptions': 'neverOpen',
  'debug.inlineValues': 'on',
  'window.title': '${activeEditorShort}',
  'window.commandCenter': false,
};

for (const { language, theme } of chosen.filter((one) => !values.language || one.language === values.language)) {
  const nls = JSON.parse(readFileSync(language === 'en' ? 'package.nls.json' : `package.nls.${language}.json`, 'utf8'));
  const messages = language === 'en' ? {} : JSON.parse(readFileSync(`client/l10n/bundle.l10n.${language}.json`, 'utf8'));
  const words = {
    nls: (key) => nls[key],
    ours: (name) => `${nls.category}: ${nls[`command.${name}`]}`,
    say: (message) => messages[message] ?? message,
  };
  const variant = [language, theme, values.form].filter(Boolean).join('-');
  const folder = chosen === documents ? `docs/images/${language}` : `out/screenshots/${variant}`;
  mkdirSync(folder, { recursive: true });
  for (const { options, scenes } of windows) {
    const wanted = Object.entries(scenes).filter(([name]) => positionals.length === 0 || positionals.includes(name));
    if (wanted.length > 0) await inWindow({ ...options, language, theme }, (window) => shoot(folder, wanted, { ...window, ...words }));
  }
}

/** Takes pictures in a window; one that fails is told, and the others go on. */
async function shoot(folder, wanted, window) {
  let running = false;
  for (const [name, act] of wanted) {
    const path = join(folder, `${name}.png`);
    try {
      await act({ ...window, running });
      running = true;
      // What fades in has done so.
      await window.page.waitForTimeout(800);
      const png = smaller(await window.page.screenshot(), 128);
      writeFileSync(path, png);
      console.log(`${path}, ${(png.length / 1024).toFixed(0)} KB`);
    } catch (error) {
      await window.failure();
      console.error(`${path}: ${error.message}`);
      process.exitCode = 1;
    }
  }
}

async function inWindow({ language, theme, ...options }, act) {
  const window = await openWindow({
    viewport: { width: 1200, height: 700 },
    locale: language === 'en' ? 'en-US' : language,
    web: values.form === 'web',
    ...options,
    settings: { ...settings, 'workbench.colorTheme': themes[theme], ...options.settings },
  });
  window.page.setDefaultTimeout(90_000);
  try {
    await window.ready();
    await act(window);
  } finally {
    await window.close();
  }
}
