import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memoryFileSystem } from '#syntaxes/project/memoryFileSystem.js';
import { openProject } from '#syntaxes/project/project.js';
import { Client } from './client.js';
import { Refusal } from './handlers.js';
import { openConfiguration, readLaunch } from './launch.js';
import { Sources } from './sources.js';

const refused = (args: unknown): { en: string; es: string } => {
  try {
    readLaunch(args);
  } catch (error) {
    assert.ok(error instanceof Refusal, String(error));
    return error.text;
  }
  return assert.fail(`not refused: ${JSON.stringify(args)}`);
};

test('what is left out has its default: a project is served, requests and methods end the run', () => {
  const served = readLaunch({ project: '/shop' });
  assert.equal(served.keepAlive, true);
  assert.equal(served.port, 0);
  assert.equal(served.sessionMode, undefined);
  const played = readLaunch({ project: '/shop', requests: [{ url: '/' }] });
  assert.equal(played.keepAlive, false);
  assert.deepEqual(played.requests, [{ client: 'browser', method: 'GET', url: '/', headers: {}, body: '' }]);
  assert.equal(readLaunch({ program: 'C:\\shop\\a.4dm' }).program, 'C:/shop/a.4dm');
  assert.equal(readLaunch({ program: '/a.4dm', keepAlive: true }).keepAlive, true);
});

test('what is wrong is named with what it should be, in both languages', () => {
  assert.match(refused({}).en, /neither “project”/);
  assert.match(refused(undefined).es, /ni «project»/);
  assert.match(refused({ project: 7 }).en, /“project” must be a text/);
  assert.match(refused({ project: '/p', port: 70_000 }).es, /«port» debe ser un puerto/);
  assert.match(refused({ project: '/p', sessionMode: 'modern' }).en, /“sessionMode” must be “project”, “legacy”/);
  assert.match(refused({ project: '/p', requests: {} }).en, /“requests” must be a list/);
  assert.match(refused({ project: '/p', requests: [{ url: '/' }, { url: 'logout' }] }).en, /“requests\[1\]\.url” must be a path/);
  assert.match(refused({ project: '/p', requests: [{ url: '/', headers: { a: 1 } }] }).en, /“requests\[0\]\.headers”/);
  assert.match(refused({ project: '/p', clock: { start: 'soon' } }).en, /“clock\.start” must be a date/);
  assert.match(refused({ project: '/p', clock: { speed: -1 } }).en, /“clock\.speed”/);
  assert.match(refused({ project: '/p', records: { Customer: [1] } }).en, /“records” must be the path/);
  assert.match(refused({ project: '/p', standIns: { ALERT: {} } }).en, /“standIns\.ALERT”/);
  assert.match(refused({ project: '/p', keepAlive: 'yes' }).es, /«keepAlive» debe ser true o false/);
});

const open = (args: object, files: Record<string, string>) => openConfiguration(readLaunch(args), memoryFileSystem(files));

test('the project is the folder that holds “Project”, also when a method in it is named', async () => {
  const files = { '/shop/Project/Shop.4DProject': '{}', '/shop/Project/Sources/Methods/Hello.4dm': 'ALERT("hi")' };
  assert.equal((await open({ project: '/shop' }, files)).root, '/shop');
  assert.equal((await open({ project: '/shop/Project' }, files)).root, '/shop');
  const opened = await open({ program: '/shop/Project/Sources/Methods/Hello.4dm' }, files);
  assert.equal(opened.root, '/shop');
  assert.equal(opened.program, 'Project/Sources/Methods/Hello.4dm');
  await assert.rejects(open({ project: '/elsewhere' }, files), Refusal);
  await assert.rejects(open({ program: '/shop/Project/Sources/Methods/Bye.4dm' }, files), Refusal);
  await assert.rejects(open({ program: '/shop/Project/Shop.4DProject' }, files), Refusal);
});

test('a method outside of any project runs with the other methods of its folder', async () => {
  const opened = await open({ program: '/notes/A.4dm' }, { '/notes/A.4dm': 'B', '/notes/B.4dm': 'ALERT("b")', '/notes/c.txt': '' });
  const project = await openProject(opened.files, opened.root);
  assert.deepEqual(project.files.map(({ name, kind }) => [name, kind]).sort(), [
    ['A', 'method'],
    ['B', 'method'],
  ]);
  assert.equal(await opened.files.readText(`${opened.root}/${project.methodByName('B')!.path}`), 'ALERT("b")');
  const sources = new Sources(opened.sources, new Client(() => undefined), false);
  assert.equal(sources.toClient(opened.program!).path, '/notes/A.4dm');
  assert.equal(sources.fromClient({ path: '/notes/B.4dm' }), 'Project/Sources/Methods/B.4dm');
});
