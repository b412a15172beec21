import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { searchProjects } from './find.js';
import { memoryFileSystem } from './memoryFileSystem.js';
import { nodeFileSystem } from './node/fileSystem.js';
import { findProjects, openProject, projectRootOf } from './project.js';

const settings = (web: string, general = ''): string => `<preferences><com.4d>${general}<web>${web}</web></com.4d></preferences>`;
const configuration = (mode: number): string => `<standalone_server><configuration session_mode="${mode}"/></standalone_server>`;

test('the tutorial is read as it stands on the disk', async () => {
  const root = fileURLToPath(new URL('../../../docs/tutorial', import.meta.url));
  const project = await openProject(nodeFileSystem, root);
  assert.equal(project.name, 'Shop');
  assert.deepEqual(project.problems, []);
  assert.equal(project.tokenized, true);
  assert.equal(project.webFolder, 'WebFolder');
  assert.deepEqual(
    project.structure.tables.map((table) => table.name),
    ['Customer', 'Article', 'Basket line'],
  );
  assert.equal(project.structure.relations.length, 2);
  assert.equal(project.methodByName('web_LOGOUT')?.path, 'Project/Sources/Methods/Web_logOut.4dm');
  assert.equal(project.databaseMethod('onWebSessionSuspend')?.kind, 'databaseMethod');
  assert.equal(project.fileByPath('Project/Sources/Methods/COMPILER_WEB.4dm')?.name, 'COMPILER_WEB');
  const { value, confidence } = project.sessionMode('standalone_server');
  assert.deepEqual({ value, confidence }, { value: 'legacy', confidence: 'certain' });
  assert.deepEqual(await findProjects(nodeFileSystem, root), [root]);
});

test('its twin for scalable sessions differs in the mode alone', async () => {
  const root = fileURLToPath(new URL('../../../docs/tutorial', import.meta.url));
  const legacy = await nodeFileSystem.readText(`${root}/Project/Sources/settings.4DSettings`);
  const scalable = await nodeFileSystem.readText(`${root}/settings-scalable/settings.4DSettings`);
  assert.ok(legacy?.includes('session_mode="3"'));
  assert.equal(scalable, legacy?.replace('session_mode="3"', 'session_mode="1"'));
});

test('broken files are problems in both languages, and the rest of the project stands', async () => {
  const fs = memoryFileSystem({
    '/p/Project/App.4DProject': '{ "tokenizedText": false,',
    '/p/Project/Sources/settings.4DSettings': '<preferences><com.4d><web><standalone_server><configuration session_mode="3"',
    '/p/Project/Sources/catalog.4DCatalog': '<base><table name="T" id="1">',
    '/p/Project/Sources/Methods/Do.4dm': '',
  });
  const project = await openProject(fs, '/p');
  assert.equal(project.name, 'App');
  assert.equal(project.tokenized, true);
  assert.equal(project.sessionMode('standalone_server').value, 'legacy');
  assert.equal(project.structure.tables[0].name, 'T');
  assert.ok(project.methodByName('do'));
  const broken = new Set(project.problems.map((problem) => problem.path.split('/').pop()));
  assert.deepEqual([...broken].sort(), ['App.4DProject', 'catalog.4DCatalog', 'settings.4DSettings']);
  for (const { message } of project.problems) assert.ok(message.en && message.es && message.en !== message.es);
});

test('a folder that is no project opens as an empty one and says so', async () => {
  const project = await openProject(memoryFileSystem({ '/x/readme.md': '' }), '/x');
  assert.equal(project.name, 'x');
  assert.equal(project.files.length, 0);
  assert.equal(project.problems.length, 1);
});

test('project files with a byte order mark and options are read', async () => {
  const fs = memoryFileSystem({ '/p/Project/A.4DProject': '\uFEFF{"compatibilityVersion":1940,"tokenizedText":false}' });
  const project = await openProject(fs, '/p');
  assert.deepEqual(project.problems, []);
  assert.equal(project.compatibilityVersion, 1940);
  assert.equal(project.tokenized, false);
});

test('user settings count only where they are enabled', async () => {
  const files = (general: string) => ({
    '/p/Project/A.4DProject': '{}',
    '/p/Project/Sources/settings.4DSettings': settings(configuration(3), general),
    '/p/Settings/settings.4DSettings': settings(configuration(2)),
    '/p/Data/Settings/settings.4DSettings': settings(configuration(1)),
  });
  const off = await openProject(memoryFileSystem(files('')), '/p');
  assert.equal(off.sessionMode('standalone_server').value, 'legacy');
  const on = await openProject(memoryFileSystem(files('<general allow_user_settings="true"/>')), '/p');
  assert.deepEqual(
    on.settings.map((file) => file.level),
    ['structure', 'user', 'data'],
  );
  assert.equal(on.sessionMode('standalone_server').value, 'scalable');
});

test('methods and classes are found by name: methods without case and accents, classes exactly', async () => {
  const fs = memoryFileSystem({
    '/p/Project/A.4DProject': '{}',
    '/p/Project/Sources/Methods/Añadir %2F quitar.4dm': '',
    '/p/Project/Sources/Classes/shop.4dm': '',
    '/p/Project/Sources/Classes/Shop.4dm': '',
    '/p/Project/Trash/Methods/(Shop).4dm': '',
  });
  const project = await openProject(fs, '/p');
  assert.equal(project.files.length, 3);
  assert.equal(project.methodByName('AÑADIR / QUITAR')?.kind, 'method');
  assert.equal(project.classByName('Shop')?.path, 'Project/Sources/Classes/Shop.4dm');
  assert.equal(project.classByName('SHOP'), undefined);
});

test('several and nested projects are found, what holds none of its own is passed by', async () => {
  const projectAt = (root: string) => [`${root}/Project/A.4DProject`, '{}'] as const;
  const fs = memoryFileSystem(
    Object.fromEntries([
      projectAt('/w/one'),
      projectAt('/w/one/Components/inner.4dbase'),
      projectAt('/w/two'),
      projectAt('/w/node_modules/no'),
      projectAt('/w/.git/no'),
      projectAt('/w/Trash/no'),
      ['/w/three/Project/readme.md', ''],
    ]),
  );
  assert.deepEqual(await findProjects(fs, '/w/'), ['/w/one', '/w/one/Components/inner.4dbase', '/w/two']);
  assert.deepEqual(await findProjects(fs, '/w/two/Project'), ['/w/two']);
  assert.equal(await projectRootOf(fs, '/w/one/Project/Sources/Methods/x.4dm'), '/w/one');
  assert.equal(await projectRootOf(fs, '/w/three/Project'), undefined);
});

test('repositories that keep the inside of Project alone, with and without the project file, and sources without one', async () => {
  const fs = memoryFileSystem({
    '/w/em/EM.4DProject': '{}',
    '/w/em/Sources/catalog.4DCatalog': '<base><table name="Foyer" id="1"/></base>',
    '/w/em/Sources/settings.4DSettings': settings(configuration(3)),
    '/w/em/Sources/Methods/Start.4dm': '',
    '/w/school/Sources/DatabaseMethods/onStartup.4dm': '',
    '/w/school/Sources/TableForms/3/Input/method.4dm': '',
    '/w/shop/Project/Sources/Methods/Start.4dm': '',
    '/w/swift/Sources/Classes/Shop.swift': '',
  });
  assert.deepEqual(await findProjects(fs, '/w'), ['/w/em', '/w/school', '/w/shop']);
  assert.deepEqual(await findProjects(fs, '/w/school/Sources/TableForms'), ['/w/school']);
  const em = await openProject(fs, '/w/em');
  assert.equal(em.name, 'EM');
  assert.equal(em.sources, 'Sources');
  assert.equal(em.methodByName('start')?.path, 'Sources/Methods/Start.4dm');
  assert.equal(em.structure.tables[0].name, 'Foyer');
  assert.equal(em.sessionMode('standalone_server').value, 'legacy');
  const school = await openProject(fs, '/w/school');
  assert.equal(school.name, 'school');
  assert.ok(school.databaseMethod('onStartup'));
  assert.equal((await openProject(fs, '/w/shop')).sources, 'Project/Sources');
});

test('a search in too many folders is given up, and says so', async () => {
  const files = Object.fromEntries(Array.from({ length: 6000 }, (_, i) => [`/w/${i}/x`, '']));
  const { complete } = await searchProjects(memoryFileSystem(files), '/w');
  assert.equal(complete, false);
});

test('settings name another web folder only where it is plain', async () => {
  const host = (root: string): string =>
    settings(`<standalone_server><configuration><hosts><host html_root="${root}"/></hosts></configuration></standalone_server>`);
  const webFolder = async (root: string): Promise<string> =>
    (await openProject(memoryFileSystem({ '/p/Project/A.4DProject': '{}', '/p/Project/Sources/settings.4DSettings': host(root) }), '/p'))
      .webFolder;
  assert.equal(await webFolder('site\\pages/'), 'site/pages');
  assert.equal(await webFolder('C:\\www'), 'WebFolder');
  assert.equal(await webFolder('../www'), 'WebFolder');
  assert.equal(await webFolder(''), 'WebFolder');
});

test('a big project is opened in parts, and is the same as one opened at once', async () => {
  const tables = Array.from(
    { length: 400 },
    (_, i) => `<table name="Table ${i}" id="${i + 1}"><field name="Name" id="1" type="10"/></table>`,
  );
  const files: Record<string, string> = {
    '/p/Project/App.4DProject': '{}',
    '/p/Project/Sources/catalog.4DCatalog': `<base>${tables.join('')}${' '.repeat(200_000)}</base>`,
  };
  for (let i = 0; i < 3000; i++) files[`/p/Project/Sources/Methods/Method ${i}.4dm`] = '';
  const fs = memoryFileSystem(files);
  let turns = 0;
  const paced = await openProject(fs, '/p', async () => void turns++);
  const whole = await openProject(fs, '/p');
  // parts of the XML, tables, files listed, files to look up
  assert.ok(turns >= 6 + 400 + 11 + 11, `${turns} turns`);
  assert.deepEqual([paced.files, paced.structure, paced.problems], [whole.files, whole.structure, whole.problems]);
  assert.equal(
    paced.methodByName('method 2999'),
    paced.files.find((f) => f.name === 'Method 2999'),
  );
});
