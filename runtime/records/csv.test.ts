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
