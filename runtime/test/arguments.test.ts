/** Whatever a native is called with, it gives a value, waits, calls 4D code, or raises a 4D error: never an error of JavaScript. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { defaultCatalogue } from '#syntaxes/catalogue/catalogue.js';
import type { CatalogueParameter } from '#syntaxes/catalogue/types.js';
import { blobObject } from '../library/blobs.js';
import { fileObject, folderObject } from '../library/files/natives.js';
import { themes } from '../library/index.js';
import { dataClassValue, entityValue, selectionOf } from '../library/orda/model.js';
import { newEntity } from '../library/orda/saving.js';
import { webThemes } from '../library/web.js';
import type { Engine } from '../machine/engine.js';
import { Call } from '../machine/nativeCall.js';
import { type Argument, FourDError, type Native, type ProcessState } from '../machine/types.js';
import type { Simulator } from '../simulator.js';
import type { Value } from '../values/value.js';
import { simulate } from './simulate.js';

const structure = readFileSync(fileURLToPath(new URL('../../../docs/tutorial/Project/Sources/catalog.4DCatalog', import.meta.url)), 'utf8');

const object = (properties: Record<string, Value>): Value => ({ t: 'object', properties: new Map(Object.entries(properties)) });

/** Values of every kind, likely and unlikely ones. */
function values(simulator: Simulator): Value[] {
  const { records } = simulator;
  const [table] = records.structure.tables;
  const circle: Value = { t: 'object', properties: new Map() };
  circle.properties.set('me', circle);
  return [
    ...[undefined, null, true, false, 0, 1, 2, 3, 7, -1, -3, 0.5, 1e10, Number.NaN, Number.POSITIVE_INFINITY],
    ...['', 'a', 'Line', 'C:\\Test\\a.txt', 'C:\\Test\\', '/RESOURCES/x', '<a b="1">x</a>', '{"a":1}', '<!--#4DTEXT 1+1-->', 'ID = 1'],
    ...['[', '$x', 'x{2}', '[Shop]', '(', '@', '2024-02-29', '12:30', '\u0000', 'é\u0301😀', 'name desc', ':1', 'UTF-8'],
    { t: 'date', year: 2024, month: 2, day: 29 },
    { t: 'date', year: 0, month: 0, day: 0 },
    { t: 'time', seconds: 3661 },
    { t: 'time', seconds: -5 },
    { t: 'blob', bytes: Uint8Array.of(1, 0, 255) },
    { t: 'blob', bytes: new Uint8Array(0) },
    { t: 'picture', bytes: Uint8Array.of(1), mime: 'image/png' },
    { t: 'pointer', target: undefined },
    { t: 'pointer', target: { ref: 'process', name: 'p' } },
    { t: 'pointer', target: { ref: 'table', table: table.number } },
    { t: 'pointer', target: { ref: 'field', table: table.number, field: 1 } },
    { t: 'pointer', target: { ref: 'field', table: 99, field: 99 } },
    { t: 'pointer', target: { ref: 'local', process: 77, frame: 88, slot: 3 } },
    object({}),
    object({ a: 1, mode: 'write', cost: 4, propertyPath: 'a' }),
    circle,
    { t: 'collection', items: [] },
    { t: 'collection', items: [1, 'a', null, undefined, object({ a: 2 }), { t: 'collection', items: [1] }] },
    { t: 'formula', code: { kind: 'source', text: '1+1' }, source: '1+1' },
    { t: 'class', name: 'Shop', kind: 'project' },
    { t: 'class', name: '', kind: 'store' },
    fileObject('/RESOURCES/a.txt'),
    folderObject('/RESOURCES'),
    blobObject(Uint8Array.of(1)),
    dataClassValue(records, table.number),
    selectionOf(records, table.number, [0, 1, 99]),
    entityValue(records, newEntity({ host: { records } } as never, table.number)),
  ];
}

const places: Argument[] = [
  { ref: 'process', name: 'undeclared' },
  { ref: 'process', name: 'text' },
  { ref: 'process', name: 'blob' },
  { ref: 'process', name: 'object' },
  { ref: 'process', name: 'array' },
  { ref: 'process', name: 'array2' },
  { ref: 'interprocess', name: 'shared' },
  { ref: 'element', array: { ref: 'process', name: 'array' }, index: 1 },
  { ref: 'element', array: { ref: 'process', name: 'array' }, index: 99 },
  { ref: 'table', table: 1 },
  { ref: 'table', table: 99 },
  { ref: 'field', table: 1, field: 1 },
  { ref: 'field', table: 1, field: 99 },
  { a: 'operator', operator: '*' },
  { a: 'operator', operator: '>' },
  { a: 'missing' },
  { a: 'criterion', conjunction: '', field: { ref: 'field', table: 1, field: 1 }, path: '', comparator: '=', value: 'x' },
];

function freshProcess({ machine }: Simulator): ProcessState {
  const process = machine.start({ name: 'test', kind: 'user', stays: true });
  const declared = { text: 'text', blob: 'blob', object: 'object' } as const;
  for (const [name, type] of Object.entries(declared)) machine.declare(process, { ref: 'process', name }, type);
  const array = machine.arrayAt(process, { ref: 'process', name: 'array' }, 'text');
  array?.items.push('a', 'b');
  machine.arrayAt(process, { ref: 'process', name: 'array2' }, 'integer', 2);
  return process;
}

/** What `self` may be for members of a class: of that class, by the library's own makers. */
function selfFor(owner: string, all: readonly Value[]): Value[] {
  if (owner === 'Collection') return all.filter((value) => typeof value === 'object' && value?.t === 'collection');
  const own = all.filter((value) => typeof value === 'object' && value?.t === 'host' && value.className === owner);
  return own.length ? own : [{ t: 'host', className: owner, data: {} }];
}

test('no native throws an error of JavaScript, whatever its arguments', async () => {
  const { simulator } = await simulate({ files: { 'Project/Sources/catalog.4DCatalog': structure, 'Resources/a.txt': 'text' } });
  const engine = Reflect.get(simulator.machine, 'engine') as Engine;
  const all = values(simulator);
  const choices: Argument[] = [...all, ...places];
  const lists = fc.sample(fc.array(fc.integer({ min: 0, max: choices.length - 1 }), { maxLength: 6 }), { numRuns: 40, seed: 7 });
  const complaints = new Map<string, string>();
  let calls = 0;
  const attempt = (name: string, native: Native<unknown>, self: Value, args: readonly Argument[]): void => {
    const member = name.slice(name.lastIndexOf('.') + 1);
    calls++;
    try {
      native(new Call(engine, simulator.machine, process, undefined, args, name, self, member));
    } catch (error) {
      if (!(error instanceof FourDError))
        complaints.set(name, `${error} ${error instanceof Error ? (error.stack?.split('\n')[1] ?? '') : ''}`);
    }
  };
  let process = freshProcess(simulator);
  for (const theme of [...themes, ...webThemes]) {
    for (const [number, native] of theme.commands) {
      process = freshProcess(simulator);
      for (const list of lists)
        attempt(
          theme.names.get(number) ?? '',
          native as Native<unknown>,
          undefined,
          list.map((i) => choices[i]),
        );
    }
    for (const [key, native] of theme.members) {
      process = freshProcess(simulator);
      const owner = key.slice(0, key.lastIndexOf('.'));
      // Members of what only the machine makes (tags, sessions) need its state behind them.
      if (
        ![
          'Collection',
          '4D.File',
          '4D.Folder',
          '4D.Blob',
          '4D.DataClass',
          '4D.Entity',
          '4D.EntitySelection',
          '4D.DataStoreImplementation',
        ].includes(owner)
      )
        continue;
      for (const self of selfFor(owner, all))
        for (const list of lists)
          attempt(
            key,
            native as Native<unknown>,
            self,
            list.map((i) => choices[i]),
          );
    }
  }
  await simulator.stop();
  assert.deepEqual(
    [...complaints].map(([name, error]) => `${name}: ${error}`),
    [],
  );
  assert.ok(calls > 10_000);
});

/** An argument of the kind that a parameter is said to have; undefined where that cannot be made here. */
function fitting(parameter: CatalogueParameter): Argument | 'none' {
  if (parameter.direction !== 'in') {
    if (/array/i.test(parameter.type)) return { ref: 'process', name: `fresh ${parameter.type}` };
    return /Table|Field/.test(parameter.type) ? 'none' : { ref: 'process', name: 'undeclared' };
  }
  const kinds: [RegExp, Argument][] = [
    [/^Operator/, { a: 'operator', operator: '*' }],
    [/Variable/, { ref: 'process', name: 'text' }],
    [/\barray\b/i, { ref: 'process', name: 'array' }],
    [/^Table/, { ref: 'table', table: 1 }],
    [/^Field/, { ref: 'field', table: 1, field: 1 }],
    [/^Text/, 'text'],
    [/^(Integer|Real)/, 1],
    [/^Boolean/, true],
    [/^Date/, { t: 'date', year: 2024, month: 2, day: 29 }],
    [/^Time/, { t: 'time', seconds: 60 }],
    [/^Blob/, { t: 'blob', bytes: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8) }],
    [/^Object/, object({})],
    [/^Collection/, { t: 'collection', items: [] }],
    [/^(any|Expression)/i, 1],
    [/^Pointer/, { t: 'pointer', target: { ref: 'field', table: 1, field: 1 } }],
    [/^Picture/, { t: 'picture', bytes: Uint8Array.of(1), mime: '' }],
  ];
  return kinds.find(([type]) => type.test(parameter.type))?.[1] ?? 'none';
}

test('no command refuses arguments of the kinds that its signature in the catalogue gives', async () => {
  const { simulator } = await simulate({ files: { 'Project/Sources/catalog.4DCatalog': structure } });
  const engine = Reflect.get(simulator.machine, 'engine') as Engine;
  const catalogue = defaultCatalogue();
  const refused: string[] = [];
  let checked = 0;
  for (const theme of [...themes, ...webThemes]) {
    for (const [number, native] of theme.commands) {
      const command = catalogue.commandByNumber(number);
      for (const signature of command?.signatures ?? []) {
        for (const withOptional of [false, true]) {
          const args: (Argument | 'none')[] = [];
          for (const parameter of signature.parameters) if (withOptional || !parameter.optional) args.push(fitting(parameter));
          if (args.includes('none')) continue;
          checked++;
          const process = freshProcess(simulator);
          try {
            native(
              new Call(engine, simulator.machine, process, undefined, args as Argument[], command?.name ?? '', undefined, '') as never,
            );
          } catch (error) {
            const { message, code } = (error as FourDError).error;
            if (wrongKind.includes(code) && / must be |argument \d+ /.test(message.en)) refused.push(`${signature.text}: ${message.en}`);
          }
        }
      }
    }
  }
  await simulator.stop();
  assert.deepEqual(refused, []);
  assert.ok(checked > 500);
});

/** Codes of errors about the kind of an argument. */
const wrongKind = [54, 75, 77];
