import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readStructure } from './structure.js';

const field = (id: number, name: string, rest: string): string => `<field name="${name}" uuid="F${id}" ${rest} id="${id}"/>`;

const catalog = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE base SYSTEM "http://www.4d.com/dtd/2007/base.dtd" >
<base name="Test">
  <table name="Invoice line" uuid="T2" id="2">
    ${field(21, 'Invoice', 'type="10" store_as_UUID="true"')}
  </table>
  <table name="Rückgabe" uuid="T1" id="1">
    ${field(3, 'When', 'type="9"')}
    ${field(1, 'ID', 'type="10" store_as_UUID="true" autogenerate="true" unique="true"')}
    ${field(2, 'Title &amp; more', 'type="10" limiting_length="80"')}
    ${field(4, 'Big', 'type="5" autosequence="true"')}
    ${field(5, 'Odd', 'type="99"')}
    <field name="Gone" uuid="F6" type="4" id="6"><field_extra trashed="true"/></field>
    <primary_key field_name="ID" field_uuid="F1"/>
  </table>
  <table name="(Old)" uuid="T3" id="3">${field(31, 'ID', 'type="4"')}<table_extra trashed="true"/></table>
  <relation uuid="R1" name_Nto1="invoice" name_1toN="lines">
    <related_field kind="source"><field_ref uuid="F21" name="Invoice"><table_ref uuid="T2" name="Invoice line"/></field_ref></related_field>
    <related_field kind="destination"><field_ref uuid="F1" name="ID"><table_ref uuid="T1" name="Rückgabe"/></field_ref></related_field>
  </relation>
  <relation uuid="R2"><related_field kind="source"><field_ref uuid="F31"/></related_field></relation>
</base>`;

test('tables and fields by number, with their types and options; what is in the trash is left out', () => {
  const { structure, problems } = readStructure(catalog);
  assert.deepEqual(problems, []);
  assert.deepEqual(
    structure.tables.map((table) => [table.number, table.name]),
    [
      [1, 'Rückgabe'],
      [2, 'Invoice line'],
    ],
  );
  const [first] = structure.tables;
  assert.deepEqual(
    first.fields.map((one) => [one.number, one.name, one.type]),
    [
      [1, 'ID', 'uuid'],
      [2, 'Title & more', 'text'],
      [3, 'When', 'time'],
      [4, 'Big', 'integer64'],
      [5, 'Odd', 'text'],
    ],
  );
  assert.deepEqual(first.fields[0], {
    name: 'ID',
    number: 1,
    type: 'uuid',
    autoSequence: false,
    autoGenerate: true,
    primaryKey: true,
    unique: true,
  });
  assert.equal(first.fields[1].maxLength, 80);
  assert.equal(first.fields[3].autoSequence, true);
});

test('relations join fields by their identity; one with a side missing is left out', () => {
  assert.deepEqual(readStructure(catalog).structure.relations, [
    { many: { table: 2, field: 21 }, one: { table: 1, field: 1 }, manyToOneName: 'invoice', oneToManyName: 'lines' },
  ]);
});

test('a catalog that breaks off gives what stands before the break', () => {
  const { structure, problems } = readStructure(catalog.slice(0, catalog.indexOf('name="When"')));
  assert.deepEqual(
    structure.tables.map((table) => table.name),
    ['Rückgabe', 'Invoice line'],
  );
  assert.ok(problems.length > 0);
  assert.deepEqual(readStructure('').structure, { tables: [], relations: [] });
});
