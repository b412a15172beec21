import assert from 'node:assert/strict';
import test from 'node:test';
import { simulate } from './simulate.js';

const field = (id: number, name: string, type: number, more = '') =>
  `<field name="${name}" uuid="F${id}" type="${type}" id="${id}" ${more}/>`;
const catalog = `<?xml version="1.0" encoding="UTF-8"?><base name="P" uuid="B"><table name="Thing" uuid="T1" id="1">
${field(1, 'ID', 4, 'unique="true"')}${field(2, 'Name', 10)}<primary_key field_name="ID" field_uuid="F1"/>
<table_extra trigger_insert="true" trigger_delete="true"/></table></base>`;

const trigger = [
  'APPEND TO ARRAY(<>seen; String(Trigger event)+" level "+String(Trigger level)+" "+[Thing]Name)',
  '$0:=0',
  'Case of',
  '\t: (Trigger event=On Saving New Record Event)',
  '\t\t[Thing]Name:=Uppercase([Thing]Name)',
  '\t: ([Thing]Name="KEEP")',
  '\t\t$0:=-15001',
  'End case',
].join('\n');

async function outcome(code: string) {
  const said: string[] = [];
  const { simulator } = await simulate(
    {
      methods: { main: `${code}` },
      database: { onStartup: 'ARRAY TEXT(<>seen; 0)' },
      files: { 'Project/Sources/catalog.4DCatalog': catalog, 'Project/Sources/Triggers/table_1.4dm': trigger },
    },
    { trace: (event) => void (event.kind === 'output' && said.push(event.text)) },
  );
  const result = await simulator.run('main');
  await simulator.stop();
  return { value: 'value' in result ? result.value : result.error, said };
}

const make = (name: string, id = 1) => `CREATE RECORD([Thing])\n[Thing]ID:=${id}\n[Thing]Name:="${name}"\n`;
const seen = '$0:=JSON Stringify(New collection(<>seen{1}; Size of array(<>seen); [Thing]Name; Trigger event; Records in table([Thing])))';

test('a trigger runs before a record is saved, in the process that saves it, and may change it', async () => {
  const { value, said } = await outcome(`${make('box')}SAVE RECORD([Thing])\n${seen}`);
  assert.equal(value, '["1 level 1 box",1,"BOX",0,1]');
  assert.deepEqual(said, []);
});

test('it runs for the events that the structure names: not for a change here', async () => {
  const { value } = await outcome(`${make('box')}SAVE RECORD([Thing])\n[Thing]Name:="bag"\nSAVE RECORD([Thing])\n${seen}`);
  assert.equal(value, '["1 level 1 box",1,"bag",0,1]');
});

test('a result that is not 0 refuses the operation with an error', async () => {
  const { value } = await outcome(
    `${make('keep')}SAVE RECORD([Thing])\nTry\n\tDELETE RECORD([Thing])\nCatch\n\t$error:=Last errors[0].errCode\nEnd try\n$0:=String($error)+" "+String(Records in table([Thing]))+" "+String(Trigger level)`,
  );
  assert.equal(value, '-15001 1 0');
  const { value: gone } = await outcome(`${make('toss')}SAVE RECORD([Thing])\nDELETE RECORD([Thing])\n$0:=Records in table([Thing])`);
  assert.equal(gone, 0);
});

test('what saves without running the trigger says so, once', async () => {
  const { value, said } = await outcome(
    `For ($i; 1; 2)\n\t$e:=ds.Thing.new()\n\t$e.ID:=$i\n\t$s:=$e.save()\nEnd for\n$0:=Size of array(<>seen)`,
  );
  assert.equal(value, 0);
  assert.equal(said.filter((line) => line.includes('trigger of [Thing] did not run')).length, 1);
});
