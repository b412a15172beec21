import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client } from './client.js';
import { Sources } from './sources.js';

const client = (uris = false): Client => {
  const one = new Client(() => undefined);
  one.pathsAreUris = uris;
  return one;
};
const file = 'Project/Sources/Methods/a%2Fb.4dm';

test('paths of a disk: Windows separators and drive letters, names that symbolic links lead to', () => {
  const sources = new Sources({ folder: 'C:/work/shop', prefix: '', alsoKnownAs: ['D:/real'] }, client(), true);
  assert.deepEqual(sources.toClient(file), { name: 'a/b.4dm', path: `C:/work/shop/${file}` });
  assert.equal(sources.fromClient({ path: 'c:\\Work\\shop\\Project\\Sources\\Methods\\a%2Fb.4dm' }), file);
  assert.equal(sources.fromClient({ path: `d:/real/${file}` }), file);
  assert.equal(sources.fromClient({ path: 'C:/work/shopping/x.4dm' }), undefined);
  assert.equal(sources.fromClient({ name: 'x' }), undefined);
});

test('clients that speak in URIs, and projects that have no disk', () => {
  const onDisk = new Sources({ folder: '/work/my shop', prefix: '' }, client(true), false);
  assert.equal(onDisk.toClient(file).path, 'file:///work/my%20shop/Project/Sources/Methods/a%252Fb.4dm');
  assert.equal(onDisk.fromClient({ path: 'file:///work/my%20shop/Project/Sources/Methods/a%252Fb.4dm' }), file);
  const virtual = new Sources({ folder: 'vscode-vfs://github/owner/my shop', prefix: '' }, client(), false);
  assert.equal(virtual.fromClient({ path: 'vscode-vfs://github/owner/my%20shop/Project/x.4dm' }), 'Project/x.4dm');
  const nowhere = new Sources({ folder: 'memory:///shop', prefix: '' }, client(), false);
  for (const path of ['memory:/shop/Project/x.4dm', 'memory:///shop/Project/x.4dm'])
    assert.equal(nowhere.fromClient({ path }), 'Project/x.4dm');
  assert.equal(virtual.toClient('Project/x y.4dm').path, 'vscode-vfs://github/owner/my shop/Project/x%20y.4dm');
});

test('case counts where the file system says so', () => {
  const root = { folder: '/Shop', prefix: '' };
  assert.equal(new Sources(root, client(), false).fromClient({ path: '/shop/a.4dm' }), undefined);
  assert.equal(new Sources(root, client(), true).fromClient({ path: '/shop/a.4dm' }), 'a.4dm');
});
