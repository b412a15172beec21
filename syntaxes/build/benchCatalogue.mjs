// Prints what the catalogue costs: start, memory, look-ups. Nothing is asserted: times depend on the machine.
//   npx tsc -b && node --expose-gc syntaxes/build/benchCatalogue.mjs
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { gzipSync } from 'node:zlib';
import { compiled, processorTime } from './files.mjs';

const folder = join(import.meta.dirname, '..', 'catalogue', 'data');
const dataFiles = readdirSync(folder)
  .filter((name) => name.endsWith('.json') && !name.includes('schema'))
  .map((name) => join(folder, name));
const heap = () => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1e6;
};
const row = (what, value) => console.log(`| ${what} | ${value} |`);
const before = heap();
const cold = (what, work) => {
  const start = processorTime();
  const result = work();
  row(`${what}, once`, `${(processorTime() - start).toFixed(1)} ms`);
  return result;
};

console.log('| The catalogue | |');
console.log('| --- | --: |');
const size = dataFiles.reduce((sum, file) => sum + statSync(file).size, 0);
const packed = dataFiles.reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0);
row('data in the bundle', `${(size / 1e6).toFixed(2)} MB, ${(packed / 1e6).toFixed(2)} MB compressed`);
const start = processorTime();
const { defaultCatalogue } = await compiled('catalogue/catalogue.js');
row('data read, once', `${(processorTime() - start).toFixed(1)} ms`);
const catalogue = defaultCatalogue();
cold('first look-up by number', () => catalogue.commandByNumber(1208));
cold('first look-up of a command by name', () => catalogue.commandByName('ALERT'));
cold('first look-up of a constant by name', () => catalogue.constantByName('Pi'));
cold('first search of commands', () => catalogue.searchCommands('wlcs', 20));
cold('first search of constants', () => catalogue.searchConstants('web max', 20));
cold('all signatures', () => catalogue.commands.reduce((n, c) => n + c.signatures.length, 0));
if (globalThis.gc) row('memory with all of it', `${(heap() - before).toFixed(1)} MB`);

const lookups = {
  'by number': () => catalogue.commandByNumber(1208),
  'by name': () => catalogue.commandByName('WEB LEGACY CLOSE SESSION'),
  'by former name': () => catalogue.commandByName('web close session'),
  'by French name with accents': () => catalogue.commandByName('WEB DÉMARRER SERVEUR'),
  'by token': () => catalogue.constantByToken(73, 1),
  'search wlcs': () => catalogue.searchCommands('wlcs', 20),
  'search web cl': () => catalogue.searchCommands('web cl', 20),
  'search close ses': () => catalogue.searchCommands('close ses', 20),
  'search a': () => catalogue.searchCommands('a', 20),
  'search constants on': () => catalogue.searchConstants('on', 20),
};
for (const [what, work] of Object.entries(lookups)) {
  for (let i = 0; i < 2000; i++) work();
  const times = 20_000;
  const begun = processorTime();
  for (let i = 0; i < times; i++) work();
  row(what, `${(((processorTime() - begun) * 1000) / times).toFixed(2)} µs`);
}
