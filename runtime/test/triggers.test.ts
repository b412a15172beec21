import assert from 'node:assert/strict';
import test from 'node:test';
import { simulate } from './simulate.js';

const field = (id: number, name: string, type: number, more = '') =>
  `<field name="${name}" uuid="F${id}" type="${type}" id="${id}" ${more}/>`;
const catalog = (events: string) => `<?xml version="1.0" encoding="UTF-8"?><base name="P" uuid="B"><table name="Thing" uuid="T1" id="1">
${field(1, 'ID', 4, 'unique="true"')}${field(2, 'Name', 10)}<primary_key field_name="ID" field_uuid="F1"/>
<table_extra ${events}/></table></base>`;

const trigger = [
  'APPEND TO ARRAY(<>seen; String(Trigger event)+" level "+String(Trigger level)+" "+[Thing]Name)',
  '$0:=0',
  'If ([Thing]Name="break")',
  '\t$0:=1+"x"',
  'End if',
  'Case of',
  '\t: (Trigger event=On Saving New Record Event)',
  '\t\t[Thing]Name:=Uppercase([Thing]Name)',
  '\t: ([Thing]Name="KEEP")',
  '\t\t$0:=-15001',
  'End case',
].join('\n');

async function outcome(code: string, events = 'trigger_insert="true" trigger_delete="true"') {
  const said: string[] = [];
  const { simulator } = await simulate(
    {
      methods: { main: `${code}` },
      database: { onStartup: 'ARRAY TEXT(<>seen; 0)' },
      files: { 'Project/Sources/catalog.4DCatalog': catalog(events), 'Project/Sources/Triggers/table_1.4dm': trigger },
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

test('an error in the trigger is one of the command, taken where errors are taken; the simulator goes on', async () => {
  const { value: code } = await outcome(`${make('break')}SAVE RECORD([Thing])\n$0:=1`);
  assert.match(String(code), /SAVE RECORD: the trigger of the table refused it with error 54/);
  const { value: caught } = await outcome(`${make('break')}Try\n\tSAVE RECORD([Thing])\nCatch\n\t$0:=Last errors[0].errCode\nEnd try`);
  assert.equal(caught, 54);
  const { value: went } = await outcome(
    `ON ERR CALL("none")\n${make('break')}SAVE RECORD([Thing])\n$0:=String(Records in table([Thing]))+" "+String(Trigger level)`,
  );
  assert.match(String(went), /refused it with error 54/);
});

const each =
  '$0:=JSON Stringify(New collection(Size of array(<>seen); Records in table([Thing]); ds.Thing.all().orderBy("ID").extract("Name")))';

test('what saves many records at once runs the trigger for each of them', async () => {
  const arrays =
    'ARRAY LONGINT($id; 2)\nARRAY TEXT($name; 2)\n$id{1}:=1\n$id{2}:=2\n$name{1}:="a"\n$name{2}:="b"\nARRAY TO SELECTION($id; [Thing]ID; $name; [Thing]Name)\n';
  assert.equal((await outcome(`REDUCE SELECTION([Thing]; 0)\n${arrays}${each}`)).value, '[2,2,["A","B"]]');
  const json = 'JSON TO SELECTION([Thing]; "[{\\"ID\\":1,\\"Name\\":\\"a\\"},{\\"ID\\":2,\\"Name\\":\\"b\\"}]")\n';
  assert.equal((await outcome(`REDUCE SELECTION([Thing]; 0)\n${json}${each}`)).value, '[2,2,["A","B"]]');
  const objects = '$s:=ds.Thing.fromCollection(New collection(New object("ID"; 1; "Name"; "a"); New object("ID"; 2; "Name"; "b")))\n';
  assert.equal((await outcome(`${objects}${each}`)).value, '[2,2,["A","B"]]');
});

const three = `${make('a')}SAVE RECORD([Thing])\n${make('keep', 2)}SAVE RECORD([Thing])\n${make('c', 3)}SAVE RECORD([Thing])\nUNLOAD RECORD([Thing])\nARRAY TEXT(<>seen; 0)\n`;

test('what deletes many records at once runs it too, and a refusal stops it with the error', async () => {
  const { value } = await outcome(
    `${three}QUERY([Thing]; [Thing]ID#2)\nDELETE SELECTION([Thing])\n$0:=JSON Stringify(New collection(<>seen{1}; <>seen{2}; Records in table([Thing]); Records in selection([Thing])))`,
  );
  assert.equal(value, '["3 level 1 A","3 level 1 C",1,0]');
  const { value: refused } = await outcome(
    `${three}ALL RECORDS([Thing])\nTry\n\tDELETE SELECTION([Thing])\nCatch\n\t$error:=Last errors[0].errCode\nEnd try\n$0:=String($error)+" "+String(Records in table([Thing]))`,
  );
  assert.equal(refused, '-15001 2');
});

test('entities: the trigger sees what is saved as the current record and may change it; the process keeps its own current record', async () => {
  const { value, said } = await outcome(
    `${make('mine', 9)}$e:=ds.Thing.new()\n$e.ID:=1\n$e.Name:="box"\n$s:=$e.save()\n$0:=JSON Stringify(New collection($s.success; $e.Name; $e.isNew(); [Thing]Name; Record number([Thing]); <>seen{1}))`,
  );
  assert.equal(value, '[true,"BOX",false,"mine",-3,"1 level 1 box"]');
  assert.deepEqual(said, []);
});

test('entities: a refusal is status 4 with the number, nothing is deleted; an error in the trigger is one too', async () => {
  const { value } = await outcome(
    `${three}$s:=ds.Thing.get(2).drop()\n$0:=JSON Stringify(New collection($s.status; $s.errors[0].errCode; ds.Thing.getCount(); ds.Thing.all().drop().length; ds.Thing.getCount()))`,
  );
  assert.equal(value, '[4,-15001,3,1,1]');
});

test('a formula that is applied to records runs it for those that it changed', async () => {
  const { value } = await outcome(
    `${three}ALL RECORDS([Thing])\nAPPLY TO SELECTION([Thing]; [Thing]Name:=Choose([Thing]ID=2; [Thing]Name; [Thing]Name+"!"))\n$0:=JSON Stringify(New collection(<>seen{1}; <>seen{2}; Size of array(<>seen)))`,
    'trigger_update="true"',
  );
  assert.equal(value, '["2 level 1 a!","2 level 1 c!",2]');
});
