// Makes docs/images/icon.png, 256 × 256, from icon.svg beside it: marketplaces and VS Code take no SVG for an icon.
//   node client/build/icon.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { smaller } from './png.mjs';
import { openPage } from './vscode/page.mjs';

const folder = new URL('../../docs/images/', import.meta.url);
const { page, close } = await openPage({ viewport: { width: 256, height: 256 } });
try {
  await page.setContent(`<style>body{margin:0}svg{display:block}</style>${readFileSync(new URL('icon.svg', folder), 'utf8')}`);
  const png = smaller(await page.screenshot({ omitBackground: true }), 64);
  writeFileSync(new URL('icon.png', folder), png);
  console.log(`docs/images/icon.png, ${png.length} bytes`);
} finally {
  await close();
}
