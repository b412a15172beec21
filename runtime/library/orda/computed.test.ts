import assert from 'node:assert/strict';
import test from 'node:test';
import { run, SmallMachine, value } from '../../test/smallMachine.js';

const sources = {
  'CustomerEntity.class': [
    'Class extends Entity',
    '',
    'Function get label($event : Object)->$result : Text',
    '\tIf (This.City="Vigo")',
    '\t\t$event.result:=Null',
    '\tElse',
    '\t\t$result:=This.Name+" ("+This.City+")"',
    '\tEnd if',
    '',
    'Function set label($value : Text; $event : Object)',
    '\tThis.Name:=$value',
    '\tThis.City:=$event.attributeName+$event.kind+$event.value',
    '',
    'Function get rank() : Integer',
    '\treturn This.Credit>100 ? 2 : 1',
    '',
    'Function query rank($event : Object) : Object',
    '\ttrail:=trail+$event.dataClassName+" "+$event.attributeName+" "+$event.kind+" "+$event.operator+" "+String($event.value)+"; "',
    '\tCase of',
    '\t\t: ($event.operator="==")',
    '\t\t\treturn {query: $event.value=2 ? "Credit > :1" : "Credit <= :1"; parameters: [100]}',
    '\t\t: ($event.operator="!=")',
    '\t\t\t$event.result:=Null',
    '\t\t: ($event.operator=">")',
    '\t\t\t$event.result:="Credit > 500"',
    '\t\t\treturn {query: "Credit < 0"; parameters: []}',
    '\t\tElse',
    '\t\t\treturn {query: "Name = \'A@\' order by Name"}',
    '\tEnd case',
    '',
    'Function orderBy rank($event : Object)->$result : Text',
    '\ttrail:=trail+$event.operator+String($event.descending)+"; "',
    '\t$result:=$event.descending ? "Name desc" : "Name"',
    '',
    'Function get top() : cs.OrderEntity',
    '\treturn This.orders.orderBy("Total desc").first()',
    '',
    'Function get big() : cs.OrderSelection',
    '\treturn This.orders.query("Total > 10")',
    '',
    'Function get info() : Object',
    '\treturn {tags: ["x"; This.Name]; size: Length(This.Name)}',
    '',
    'exposed Function get shout : Text',
    '\treturn Uppercase(This.label || "none")',
  ].join('\n'),
  'OrderEntity.class': 'Class extends Entity\n\nAlias who customer.label\n\nFunction get half() : Real\n\treturn This.Total/2',
};
const log = 'trail:=""\n';

test('a computed attribute is read and set like any other, and gets its event', () => {
  assert.equal(value('ds.Customer.get(1).label', sources), 'Ángela (León)');
  assert.equal(value('ds.Customer.get(2).label', sources), null);
  assert.equal(value('ds.Customer.get(2)["shout"]', sources), 'NONE');
  assert.equal(run('$e:=ds.Customer.new()\n$e.label:="Eva"\n$0:=$e.Name+" "+$e.City', sources), 'Eva labelsetEva');
  assert.match(String(run('$e:=ds.Customer.new()\n$e.rank:=3', sources)), /rank/);
});

test('columns, sums and objects know computed attributes', () => {
  const all = (rest: string) => value(`ds.Customer.all()${rest}`, sources);
  assert.deepEqual(all('.extract("label")'), ['Ángela (León)', 'Carla (Leon)', 'Ana (Soria)']);
  assert.deepEqual(all('.extract("label"; ck keep null)'), ['Ángela (León)', null, 'Carla (Leon)', 'Ana (Soria)']);
  assert.deepEqual(all('.slice(0; 1).extract("Name"; "n"; "label"; "l"; "Nope"; "x")'), [{ n: 'Ángela', l: 'Ángela (León)' }]);
  assert.deepEqual(all('.extract("Nope")'), []);
  assert.deepEqual(
    all('.rank'),
    [1, 1, 2, 1].map((_, i) => value(`ds.Customer.get(${i + 1}).rank`, sources) as number),
  );
  assert.equal(all('.sum("rank")'), 6);
  assert.equal(all('.max("rank")'), 2);
  assert.equal(all('.average("rank")'), 1.5);
  assert.deepEqual(all('.distinct("rank")'), [1, 2]);
  assert.equal(all('.count("label")'), 3);
  assert.deepEqual(value('ds.Order.all().extract("who")', sources), ['Ángela (León)', 'Ángela (León)', 'Carla (Leon)']);
  assert.deepEqual((all('.distinct("info.tags[]")') as unknown[]).slice(0, 2), ['Ana', 'Ángela']);
  assert.match(String(all('.sum("orders")')), /is a relation/);
  assert.deepEqual(value('ds.Customer.get(1).toObject("label, info.size, top.Number, big.Number, shout")', sources), {
    label: 'Ángela (León)',
    info: { size: 6 },
    top: { Number: value('ds.Customer.get(1).top.Number', sources) },
    big: value('ds.Customer.get(1).big.toCollection("Number")', sources),
    shout: 'ANGELA (LEON)',
  });
  assert.deepEqual(Object.keys(value('ds.Customer.all().toCollection()[0]', sources) as object), [
    'ID',
    'Name',
    'City',
    'Born',
    'Credit',
    'Active',
    'Data',
    'label',
    'rank',
    'top',
    'info',
    'shout',
  ]);
  assert.equal(run('$e:=ds.Customer.get(1)\n$e.City:="Lugo"\n$0:=$e.toObject("label").label', sources), 'Ángela (Lugo)');
});

test('computed attributes that are entities and selections go on as paths', () => {
  const best = value('ds.Customer.get(1).orders.max("Total")', sources);
  assert.equal(value(`ds.Customer.query("top.Total = ${best}").first().Name`, sources), 'Ángela');
  assert.equal(value('ds.Customer.all().top.length', sources), 2);
  assert.deepEqual(value('ds.Customer.all().big.Number', sources), value('ds.Order.query("Total > 10").Number', sources));
  assert.equal(value('ds.Customer.query("top = :1"; ds.Customer.get(1).top).first().Name', sources), 'Ángela');
});

test('queries: without Function query the values of all entities are computed', () => {
  assert.deepEqual(value('ds.Customer.query("label = :1"; "@león@").Name', sources), ['Ángela', 'Carla']);
  assert.deepEqual(value('ds.Customer.query("label = null").Name', sources), ['Bruno']);
  assert.deepEqual(value("ds.Customer.query(\"City = 'León' and shout = 'CARLA@'\").Name", sources), ['Carla']);
  assert.deepEqual(value('ds.Order.query("half > 50").length', sources), value('ds.Order.query("Total > 100").length'));
  assert.deepEqual(value('ds.Customer.query("orders.half > 50").Name', sources), ['Carla']);
  assert.deepEqual(value('ds.Order.query("who = \'Car@\'").length', sources), 1);
});

test('queries: Function query gives a query in the place of the criterion', () => {
  const find = (query: string) => run(`${log}$0:=[ds.Customer.query(${query}).Name.join(","); trail]`, sources);
  assert.deepEqual(find('"rank = 2"'), ['Ángela,Carla', 'Customer rank query == 2; ']);
  assert.deepEqual(find('"not(rank = :1)"; 2'), ['Bruno,Ana', 'Customer rank query == 2; ']);
  assert.deepEqual(find('"rank = 2 and Name = \'C@\'"'), ['Carla', 'Customer rank query == 2; ']);
  assert.deepEqual(find('"rank != 2"'), ['Bruno,Ana', 'Customer rank query != 2; ']);
  assert.deepEqual(find('"rank > 1"'), ['Carla', 'Customer rank query > 1; ']);
  assert.match(String(run(`${log}$0:=ds.Customer.query("rank < 2")`, sources)), /cannot have an order by/);
  assert.deepEqual(run(`${log}$0:=[ds.Order.query("customer.rank = 2").length; trail]`, sources), [3, 'Customer rank query == 2; ']);
  const wrong = {
    'CustomerEntity.class':
      'Class extends Entity\n\nFunction get a() : Text\n\treturn ""\n\nFunction query a($e : Object)\n\t$e.result:=$e.value',
  };
  assert.match(String(run('$0:=ds.Customer.query("a = 1")', wrong)), /must give a query as text/);
  const round = {
    'CustomerEntity.class':
      'Class extends Entity\n\nFunction get a() : Text\n\treturn ""\n\nFunction query a($e : Object) : Text\n\treturn "a = 1"',
  };
  assert.match(String(run('$0:=ds.Customer.query("a = 1")', round)), /lead to themselves/);
});

test('sorts by computed attributes, with and without Function orderBy', () => {
  assert.deepEqual(value('ds.Customer.all().orderBy("shout desc").Name', sources), ['Bruno', 'Carla', 'Ángela', 'Ana']);
  assert.deepEqual(run(`${log}$0:=[ds.Customer.all().orderBy("rank").Name.join(","); trail]`, sources), [
    'Ana,Ángela,Bruno,Carla',
    'ascFalse; ',
  ]);
  assert.deepEqual(run(`${log}$0:=[ds.Customer.query("ID > 0 order by rank desc").Name.join(","); trail]`, sources), [
    'Carla,Bruno,Ángela,Ana',
    'descTrue; ',
  ]);
  assert.deepEqual(
    value('ds.Order.all().orderBy("customer.rank desc, Number").Number', {
      ...sources,
      'CustomerEntity.class': sources['CustomerEntity.class'].replace(/\ttrail:=.*\n/g, ''),
    }),
    [503, 501, 502],
  );
  assert.deepEqual(value('ds.Customer.all().orderByFormula(Formula(This.shout); dk descending).Name', sources), [
    'Bruno',
    'Carla',
    'Ángela',
    'Ana',
  ]);
});

test('the dataclass tells of its computed attributes', () => {
  assert.deepEqual(value('ds.Customer.label', sources), {
    name: 'label',
    kind: 'calculated',
    type: 'string',
    exposed: false,
    readOnly: false,
  });
  assert.deepEqual(value('ds.Customer.big', sources), {
    name: 'big',
    kind: 'calculated',
    type: 'OrderSelection',
    relatedDataClass: 'Order',
    exposed: false,
    readOnly: true,
  });
  assert.equal(value('ds.Customer.shout.exposed', sources), true);
  assert.equal(
    run('For each ($name; ds.Customer.get(1))\n\t$0:=$0+$name+" "\nEnd for each', sources),
    'ID Name City Born Credit Active Data orders label rank top big info shout ',
  );
});

test('formulas inside query texts', () => {
  assert.deepEqual(value('ds.Customer.query("eval(Length(This.Name)=5) and City = :1"; "León").Name', sources), ['Carla']);
  assert.deepEqual(value('ds.Customer.query(":1 or Name = \'Ana\'"; Formula(This.rank=2)).Name', sources), ['Ángela', 'Carla', 'Ana']);
  assert.deepEqual(run('$0:=ds.Customer.query("eval(This.Credit>$1.min)"; {args: {min: 1000}}).Name'), ['Carla']);
  assert.match(String(run('$0:=ds.Customer.query("eval(True)"; {allowFormulas: False})')), /do not allow formulas/);
});

test('values of queries are made fit for the attribute', () => {
  assert.equal(value('ds.Customer.query("ID = :1"; "2").first().Name'), 'Bruno');
  assert.equal(value('ds.Customer.query("ID in :1"; ["2"; "3"]).length'), 2);
  assert.equal(value('ds.Customer.query("ID = \'v2\'").first().Name'), 'Bruno');
  assert.equal(value('ds.Order.query("customer.ID = :1"; "1").length'), 2);
  assert.equal(value('ds.Customer.query("Born = :1"; "1980-02-29").first().Name'), 'Ángela');
  assert.equal(value('ds.Customer.query("Active = :1"; "false").first().Name'), 'Bruno');
});

test('code in a query can be stopped at, and an error in it ends the query', () => {
  const small = new SmallMachine({ ...sources, main: '$0:=ds.Order.query("half > 50").length' });
  const { machine } = small;
  const path = 'Project/Sources/Classes/OrderEntity.4dm';
  machine.debug = { onStatement: () => 'stop' };
  machine.setBreakpoints(path, machine.locations(path));
  const process = small.start('main');
  small.settle();
  assert.equal(process.status, 'stopped');
  const names = machine.frames(process).map(({ name }) => name);
  assert.deepEqual(names, ['OrderEntity.half', '4D.DataClass.query', 'main']);
  const [top, , main] = machine.frames(process);
  assert.deepEqual(machine.evaluate(process, top.id, 'This.Number', { pure: true }), { ok: true, value: 501 });
  const pure = machine.evaluate(process, main.id, 'ds.Order.all().extract("half")', { pure: true });
  assert.match(pure.ok ? '' : pure.error.message.en, /extract/);
  machine.setBreakpoints(path, []);
  machine.resume(process);
  small.settle();
  assert.deepEqual(small.outcome('main'), { value: 1 });
  const broken = { 'OrderEntity.class': 'Class extends Entity\n\nFunction get half() : Real\n\treturn 1+"x"' };
  assert.match(String(run('$0:=ds.Order.query("half > 50").length', broken)), /operator \+/);
  assert.equal(run('Try\n\t$0:=ds.Order.query("half > 50").length\nCatch\n\t$0:="caught"\nEnd try', broken), 'caught');
});
