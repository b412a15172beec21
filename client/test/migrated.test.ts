/** The tutorial's project before and after its way to scalable sessions, both run by the simulator: who logs in stays so, who logs out is out. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Simulator } from '#runtime/simulator.js';
import { migrate } from '#server/migration/run.js';
import { defaultCatalogue } from '#syntaxes/catalogue/catalogue.js';
import type { FileSystem } from '#syntaxes/project/fileSystem.js';
import { nodeFileSystem } from '#syntaxes/project/node/fileSystem.js';

const root = 'docs/tutorial';

/** The disk with other texts for some files. */
function withTexts(texts: ReadonlyMap<string, string>): FileSystem {
  return {
    list: (folder) => nodeFileSystem.list(folder),
    readText: async (path) => texts.get(path) ?? nodeFileSystem.readText(path),
    readBytes: async (path) => {
      const text = texts.get(path);
      return text === undefined ? nodeFileSystem.readBytes(path) : new TextEncoder().encode(text);
    },
  };
}

/** One visitor: log in, basket, log out, basket again. Gives status, target and what the page says of the visitor. */
async function story(files: FileSystem): Promise<{ mode: string; answers: string[] }> {
  let mode = '';
  const simulator = await Simulator.create({
    files,
    root,
    clock: { start: '2026-01-15T08:30:00', speed: 0 },
    seed: 1,
    trace: (event) => {
      mode ||= /scalable|legacy/.exec(JSON.stringify(event))?.[0] ?? '';
    },
  });
  await simulator.start();
  let cookie = '';
  const visit = async (target: string, form?: string): Promise<string> => {
    const headers: [string, string][] = [['Host', '127.0.0.1']];
    if (cookie) headers.push(['Cookie', cookie]);
    if (form !== undefined) headers.push(['Content-Type', 'application/x-www-form-urlencoded']);
    const response = await simulator.handle({
      method: form === undefined ? 'GET' : 'POST',
      target,
      headers,
      body: new TextEncoder().encode(form ?? ''),
      remoteAddress: '127.0.0.1',
      localAddress: '127.0.0.1',
      secure: false,
    });
    const header = (name: string): string | undefined => response.headers.find(([each]) => each.toLowerCase() === name)?.[1];
    cookie = header('set-cookie')?.split(';')[0] ?? cookie;
    const who = /<footer>(.*?) · request (\d+)/.exec(new TextDecoder().decode(response.body));
    return [response.status, header('location'), who?.[1], who?.[2]].filter(Boolean).join(' ');
  };
  const answers = [
    await visit('/4DACTION/Web_logIn', 'login=ana&code=4711'),
    await visit('/4DACTION/Web_articles'),
    await visit('/4DACTION/Web_basket'),
    await visit('/4DACTION/Web_logOut'),
    await visit('/4DACTION/Web_basket'),
  ];
  await simulator.stop();
  return { mode, answers };
}

const expected = ['302 /4DACTION/Web_articles', '200 Ana Ruiz 2', '200 Ana Ruiz 3', '302 /goodbye.html', '302 /index.html'];

test('as it is: legacy sessions', async () => {
  assert.deepEqual(await story(nodeFileSystem), { mode: 'legacy', answers: expected });
});

test('after the migration: scalable sessions, and the same answers', async () => {
  const { changed } = await migrate(nodeFileSystem, root, defaultCatalogue(), { bothModes: false, wants: () => true });
  assert.ok(changed.length > 5);
  const texts = new Map(changed.map(({ path, after }) => [`${root}/${path}`, after]));
  assert.deepEqual(await story(withTexts(texts)), { mode: 'scalable', answers: expected });
});

test('without the migration of its code, scalable sessions forget who has logged in', async () => {
  const settings = await nodeFileSystem.readText(`${root}/settings-scalable/settings.4DSettings`);
  const { answers } = await story(withTexts(new Map([[`${root}/Project/Sources/settings.4DSettings`, settings!]])));
  assert.equal(answers[2], '302 /index.html');
});
