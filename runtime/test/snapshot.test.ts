import assert from 'node:assert/strict';
import { test } from 'node:test';
import { published, request, simulate, text } from './simulate.js';

const catalog = `<?xml version="1.0"?><base name="Test" uuid="0"><table name="Thing" uuid="1" id="1"><field name="ID" uuid="2" type="4" id="1"/></table></base>`;
const code = {
  methods: {
    COMPILER_WEB: 'C_LONGINT(vCount)',
    hello: `${published}vCount:=vCount+1\n<>total:=<>total+1\nWEB SEND TEXT(String(vCount)+" "+String(<>total)+" "+String(Records in table([Thing]))+" "+WEB Get current session ID)`,
    keep: `${published}CREATE RECORD([Thing])\n[Thing]ID:=1\nSAVE RECORD([Thing])\nWEB SEND TEXT("kept")`,
    bye: `${published}WEB LEGACY CLOSE SESSION(WEB Get current session ID)\nWEB SEND TEXT("bye")`,
    shared: `${published}Use (Session.storage)\n\tIf (Session.storage.list=Null)\n\t\tSession.storage.list:=New shared collection\n\tEnd if \nEnd use \nUse (Session.storage.list)\n\tSession.storage.list.push(1)\nEnd use \nWEB SEND TEXT(String(Session.storage.list.length))`,
    page: `${published}WEB SEND FILE("a.html")`,
  },
  database: { onStartup: 'C_LONGINT(<>total)' },
  files: { 'Project/Sources/catalog.4DCatalog': catalog, 'WebFolder/a.html': '<p>page' },
};

test('after a snapshot was put back the same requests have the same answers, as often as one likes', async () => {
  const { simulator, transcript, get } = await simulate(code, { mode: 'legacy' });
  const first = text(await get('/4DACTION/hello'));
  const cookie = (id: string) => ({ headers: [['Cookie', `4DSID_Test=${id}`]] as [string, string][] });
  const id = first.split(' ')[3];
  transcript.drain();
  const before = simulator.snapshot();
  const day = async (): Promise<unknown> => {
    const answers: string[] = [];
    for (const path of ['hello', 'keep', 'hello', 'page', 'bye', 'hello']) answers.push(text(await get(`/4DACTION/${path}`, cookie(id))));
    answers.push(text(await get('/4DACTION/hello')));
    await simulator.advance(9 * 3_600_000);
    return { answers, lines: transcript.drain(), sessions: simulator.sessions(), processes: simulator.processes(), now: simulator.now() };
  };
  const once = await day();
  assert.equal(simulator.sessions().length, 0);
  for (let i = 0; i < 2; i++) {
    simulator.restore(before);
    assert.deepEqual(
      simulator.sessions().map((session) => session.id),
      [id],
    );
    assert.deepEqual(await day(), once);
  }
  await simulator.stop();
});

test('what two rooms hold stays one thing: an object of a session and of a variable', async () => {
  const { simulator, get } = await simulate(code, { mode: 'scalable' });
  const answer = await get('/4DACTION/shared');
  const cookie = answer.headers.find(([name]) => name === 'Set-Cookie')![1].split(';')[0];
  const again = () => get('/4DACTION/shared', { headers: [['Cookie', cookie]] });
  assert.equal(text(await again()), '2');
  const before = simulator.snapshot();
  assert.equal(text(await again()), '3');
  simulator.restore(before);
  assert.equal(text(await again()), '3');
  await simulator.advance(61 * 60_000);
  assert.equal(simulator.sessions().length, 0);
  simulator.restore(before);
  assert.equal(simulator.sessions().length, 1);
  await simulator.advance(61 * 60_000);
  assert.equal(simulator.sessions().length, 0, 'timeouts count from the moment that was put back');
  await simulator.stop();
});

test('a request that came after the snapshot is answered with 503', async () => {
  const { simulator, get } = await simulate(
    { methods: { slow: `${published}DELAY PROCESS(Current process;600)\nWEB SEND TEXT("slow")` } },
    { mode: 'none' },
  );
  const before = simulator.snapshot();
  const waiting = simulator.handle(request('/4DACTION/slow'), false);
  await simulator.settled();
  assert.equal(simulator.processes().length, 1);
  simulator.restore(before);
  assert.equal((await waiting).status, 503);
  assert.equal(simulator.processes().length, 0);
  assert.equal(text(await get('/4DACTION/slow')), 'slow');
  await simulator.stop();
});
