import assert from 'node:assert/strict';
import test from 'node:test';
import { memoryFileSystem } from '#syntaxes/project/memoryFileSystem.js';
import { fillRecords } from '../simulator/recordsFile.js';
import { shopStructure } from '../test/shop.js';
import { csvRows, readCsv } from './csv.js';
import { createRecords, visibleRecords, visibleRow } from './records.js';

const empty = () => createRecords(shopStructure, { trace: () => {}, uuid: () => '0'.repeat(32) });

test('cells, quotes, separators and line ends', () => {
  assert.deepEqual(readCsv('a,b\n1,"x, ""y""\nz"\r\n\r\n,2'), [
    ['a', 'b'],
    ['1', 'x, "y"\nz'],
    ['', '2'],
  ]);
  assert.deepEqual(readCsv('\uFEFFa;b\r1;2,5'), [
    ['a', 'b'],
    ['1', '2,5'],
  ]);
  assert.deepEqual(readCsv(''), []);
});

test('cells become what the fields take', () => {
  const rows = csvRows(empty(), 'customer', 'Name,Credit,Active,Born,Data,Nope\nAna,2.5,yes,2024-02-29,"{""a"":1}",x\n,abc,,,,');
  assert.deepEqual(rows, [
    { Name: 'Ana', Credit: 2.5, Active: true, Born: '2024-02-29', Data: { a: 1 }, Nope: 'x' },
    { Credit: 'abc', Nope: '' },
  ]);
});

test('decimal commas, and what is wrong with a file as a whole', () => {
  assert.deepEqual(csvRows(empty(), 'Customer', 'Name;Credit\r\nAna;2,5'), [{ Name: 'Ana', Credit: 2.5 }]);
  const told = (text: string) => {
    const found: string[] = [];
    csvRows(empty(), 'Customer', text, ({ en }) => found.push(en.slice(0, 34)));
    return found;
  };
  assert.deepEqual(told(''), ['The file is empty: its first line ']);
  assert.deepEqual(told('Name,Name\na,b'), ['The first line has the name «Name»']);
  assert.deepEqual(told('Name,City\nAna,León, Spain\nBo,Vigo'), ['Row 2 has 3 cells and the first li']);
  assert.deepEqual(told('Name,City\nAna'), []);
});

test('JSON files: a mark at the start, nothing in it, mistakes with their place, another encoding', async () => {
  const fill = async (text: string) => {
    const records = empty();
    const files = memoryFileSystem({ '/p/r.json': text });
    try {
      const { problems } = await fillRecords(records, files, '/p', 'r.json');
      return { count: visibleRecords(records, 1, 1).length, problems };
    } catch (error) {
      return { text: (error as { text: { en: string; es: string } }).text };
    }
  };
  assert.equal((await fill('\uFEFF{"Customer": [{"Name": "Ana"}]}\r\n')).count, 1);
  assert.match((await fill('')).text?.en ?? '', /is no JSON \(it is empty\)/);
  assert.match((await fill('{"Customer": [\r\n  {"Name": Ana}]}')).text?.es ?? '', /no es JSON \(línea 2, columna 12\)/);
  assert.match((await fill('{"Customer": [{"Name": "\uFFFDngela"}]}')).problems?.[0].en ?? '', /not UTF-8/);
});

test('a folder of CSV files fills the tables of their names, and tells what is wrong', async () => {
  const records = empty();
  const files = memoryFileSystem({
    '/p/fixtures/Customer.csv': 'Name,Credit\nAna,1\nBruno,much',
    '/p/fixtures/Nothing.csv': 'a\n1',
    '/p/fixtures/notes.txt': 'not read',
  });
  const { problems } = await fillRecords(records, files, '/p', 'fixtures');
  assert.equal(visibleRecords(records, 1, 1).length, 2);
  assert.equal(visibleRow(records, 1, 1, 0)?.[2], 'Ana');
  assert.deepEqual(
    problems.map(({ en }) => en.slice(0, 40)),
    ['fixtures: Customer[1].Credit: "much" is ', 'fixtures: Nothing: The structure has no '],
  );
  const one = empty();
  await fillRecords(one, files, '/p', 'fixtures/Customer.csv');
  assert.equal(visibleRecords(one, 1, 1).length, 2);
});
