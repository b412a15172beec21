import assert from 'node:assert/strict';
import test from 'node:test';
import { putSet, recordSet } from '../../records/records.js';
import { Bench, plain, time } from '../../test/call.js';
import type { HostValue, Value } from '../../values/value.js';
import { createDisk, writtenFiles } from './disk.js';
import { fromPosix, fromSystem, relativeTo, toSystem } from './paths.js';

function shop(): Bench {
  const bench = new Bench();
  bench.files.write('/p/Resources/data.json', '{"a":1}');
  bench.files.write('/p/Resources/Sub/deep.txt', 'one\ntwo');
  bench.files.write('/p/Project/shop.4DProject', '{}');
  return bench;
}

const file = (bench: Bench, path: string): Value => bench.call(1566, path) as Value;
const folder = (bench: Bench, path: string): Value => bench.call(1567, path) as Value;
const names = async (value: Value) => (plain(value) as HostValue[]).map((item) => (item.data as { path: string }).path);

test('paths stay inside', () => {
  const { places } = createDisk(shop().files, '/p', 'my/shop', 'WebFolder', 0);
  assert.equal(places.project, 'C:/my_shop');
  const rows: [string, string][] = [
    ['/RESOURCES/a.txt', 'C:/my_shop/Resources/a.txt'],
    ['/resources/../../../x', 'C:/my_shop/Resources/x'],
    ['/PACKAGE/', 'C:/my_shop'],
    ['C:/x/../../y', 'C:/y'],
    ['/etc/passwd', 'C:/etc/passwd'],
    ['a/b', 'C:/my_shop/a/b'],
  ];
  for (const [given, path] of rows) assert.equal(fromPosix(given, places), path, given);
  assert.equal(fromSystem('C:\\my_shop\\a.txt', places), 'C:/my_shop/a.txt');
  assert.equal(fromSystem('a:b.txt', places), 'C:/my_shop/a/b.txt');
  assert.equal(toSystem('C:/a', true), 'C:\\a\\');
  assert.equal(relativeTo('C:/my_shop', 'c:\\MY_SHOP\\Pages\\a.html'), 'Pages/a.html');
  assert.equal(relativeTo('C:/my_shop', 'C:/my_shop/'), '');
  assert.equal(relativeTo('C:/my_shop', 'C:\\my_shop\\..\\other\\a.html'), undefined);
  assert.equal(relativeTo('C:/my_shop', 'C:/my_shop2/a.html'), undefined);
});

test('files of the project are read, written over in memory, and known afterwards', async () => {
  const bench = shop();
  const data = file(bench, '/RESOURCES/DATA.json');
  assert.equal(await bench.settleMember('4D.File.exists', data), true);
  assert.equal(await bench.settleMember('4D.File.getText', data), '{"a":1}');
  assert.equal(await bench.settleMember('4D.File.fullName', data), 'DATA.json');
  assert.equal(await bench.settleMember('4D.File.extension', data), '.json');
  assert.equal(await bench.settleMember('4D.File.platformPath', data), 'C:\\shop\\Resources\\DATA.json');
  assert.equal(await bench.settleMember('4D.File.exists', file(bench, '/RESOURCES/none')), false);
  await bench.settleMember('4D.File.setText', data, 'new\n');
  assert.equal(await bench.settleMember('4D.File.getText', data, 'UTF-8', 4), 'new\n');
  assert.equal(await bench.settleMember('4D.File.size', data), 5);
  assert.equal(await bench.files.readText('/p/Resources/data.json'), '{"a":1}');
  assert.deepEqual(
    writtenFiles(bench.disk).map(({ path, bytes }) => [path, new TextDecoder().decode(bytes)]),
    [['Resources/data.json', 'new\r\n']],
  );
  await assert.rejects(bench.settleMember('4D.File.getText', file(bench, '/RESOURCES/none')), /there is nothing at/);
});

test('folders list what is there, what was made and what was deleted', async () => {
  const bench = shop();
  const resources = folder(bench, '/RESOURCES');
  const sub = await bench.settleMember('4D.Folder.folder', resources, 'Sub');
  assert.deepEqual(await names(await bench.settleMember('4D.Folder.files', resources)), ['/RESOURCES/data.json']);
  assert.deepEqual(await names(await bench.settleMember('4D.Folder.files', resources, 1)), [
    '/RESOURCES/data.json',
    '/RESOURCES/Sub/deep.txt',
  ]);
  assert.deepEqual(await names(await bench.settleMember('4D.Folder.folders', resources)), ['/RESOURCES/Sub']);
  await assert.rejects(bench.settleMember('4D.Folder.delete', sub), /is not empty/);
  const copy = await bench.settleMember('4D.Folder.copyTo', sub, resources, 'Copy');
  assert.deepEqual(await names(await bench.settleMember('4D.Folder.files', copy)), ['/RESOURCES/Copy/deep.txt']);
  await assert.rejects(bench.settleMember('4D.Folder.copyTo', sub, resources, 'Copy'), /already there/);
  await bench.settleMember('4D.Folder.delete', sub, 1);
  assert.equal(await bench.settleMember('4D.File.exists', file(bench, '/RESOURCES/Sub/deep.txt')), false);
  assert.equal(await bench.settleMember('4D.Folder.exists', sub), false);
  assert.equal(await bench.settleMember('4D.Folder.create', sub), true);
  assert.deepEqual(await names(await bench.settleMember('4D.Folder.files', sub)), []);
  await assert.rejects(bench.settleMember('4D.Folder.file', resources, '../x'), /inside the folder/);
});

test('the classic commands see the same disk', async () => {
  const bench = shop();
  assert.equal(await bench.settle(476, 'C:\\shop\\Resources\\data.json'), 1);
  assert.equal(await bench.settle(476, 'C:\\shop\\Resources\\'), 0);
  assert.equal(await bench.settle(476, 'C:\\elsewhere\\x'), -43);
  assert.equal(await bench.settle(485, 4), 'C:\\shop\\');
  await bench.settle(475, 'C:\\shop\\Out\\Day\\');
  assert.equal(bench.get('OK'), 1);
  await bench.settle(1237, 'C:\\shop\\Out\\Day\\a.txt', 'x\ry', 'UTF-8', 4);
  assert.equal(await bench.settle(1236, 'C:\\shop\\Out\\Day\\a.txt', 'UTF-8', 0), 'x\ny');
  await bench.settle(474, 'C:\\shop\\Out\\', bench.variable('list', undefined), 1);
  assert.deepEqual(bench.elements('list'), ['\\Day\\a.txt']);
  await bench.settle(540, 'C:\\shop\\Out\\Day\\a.txt', 'C:\\shop\\Out\\');
  assert.equal(await bench.settle(476, 'C:\\shop\\Out\\a.txt'), 1);
  assert.equal(await bench.settle(476, 'C:\\shop\\Out\\Day\\a.txt'), -43);
  await bench.settle(159, 'C:\\shop\\Out\\nothing');
  assert.deepEqual([bench.get('OK'), bench.get('Error')], [0, -43]);
  await assert.rejects(bench.settle(1237, 'C:\\none\\a.txt', 'x'), /there is nothing/);
});

test('sets are kept in documents', async () => {
  const bench = shop();
  putSet(bench.records, bench.process.number, 'mine', 1, [1, 3]);
  await bench.settle(184, 'mine', 'C:\\shop\\mine.set');
  assert.equal(bench.get('OK'), 1);
  await bench.settle(185, { ref: 'table', table: 1 }, 'yours', 'C:\\shop\\mine.set');
  assert.equal(bench.get('OK'), 1);
  assert.deepEqual([...(recordSet(bench.records, bench.process.number, 'yours')?.records ?? [])], [1, 3]);
  await bench.settle(185, { ref: 'table', table: 2 }, 'other', 'C:\\shop\\mine.set');
  assert.equal(bench.get('OK'), 0);
  await bench.settle(184, 'nothing', 'C:\\shop\\x.set');
  assert.equal(bench.get('OK'), 0);
});

test('packets are written and read one after the other', async () => {
  const bench = shop();
  const written = await bench.settle(266, 'C:\\Temp\\log.txt');
  await bench.settle(103, written, 'one\ttwo\n');
  await bench.settle(103, written, 'thr€e');
  await bench.settle(267, written);
  await assert.rejects(bench.settle(103, written, 'x'), /no document is open/);
  const read = await bench.settle(264, 'C:\\Temp\\log.txt', '', 2);
  const packet = bench.variable('packet', '');
  const got: Value[] = [];
  for (const wanted of ['\t', '\n', 4, 5]) {
    await bench.settle(104, read, packet, wanted);
    got.push(bench.get('packet') as Value, bench.get('OK') as Value);
  }
  assert.deepEqual(got, ['one', 1, 'two', 1, 'thr€', 1, 'e', 0]);
  await assert.rejects(bench.settle(103, read, 'x'), /opened to read/);
  assert.deepEqual(await bench.settle(264, 'C:\\shop\\none.txt'), time(0));
});

test('paths are taken apart and put together', () => {
  const bench = shop();
  const parts = bench.call(1547, 'C:\\shop\\a.b.txt') as Value;
  assert.deepEqual(plain(parts), { parentFolder: 'C:\\shop\\', name: 'a.b', extension: '.txt', isFolder: false });
  assert.equal(bench.call(1548, parts), 'C:\\shop\\a.b.txt');
  assert.equal(bench.call(1107, '/C:/x/'.slice(1)), 'C:\\x\\');
  assert.equal(bench.call(1106, 'C:\\x\\y'), 'C:/x/y');
});
