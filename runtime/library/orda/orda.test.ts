import assert from 'node:assert/strict';
import test from 'node:test';
import { run, value } from '../../test/smallMachine.js';

test('dataclasses are found by their exact name, entities by their key', () => {
  assert.equal(value('ds.Customer.get(1).Name'), 'Ángela');
  assert.equal(value('ds.Customer.get("2").Name'), 'Bruno');
  assert.equal(value('ds.Customer.get(99)'), null);
  assert.equal(value('ds.customer'), undefined);
  assert.equal(value('ds.Line'), undefined);
  assert.equal(value('ds.Customer.getCount()'), 4);
  assert.deepEqual(value('ds.Customer.getInfo()'), { name: 'Customer', primaryKey: 'ID', tableNumber: 1 });
  assert.equal(run('For each ($n; ds)\n\t$0:=$0+$n+" "\nEnd for each'), 'Customer Order ');
  assert.equal(value('OB Keys(ds).join(" ")'), 'Customer Order');
  assert.equal(value('OB Entries(ds.Customer).extract("key"; "name").query("name = :1"; "Born").length'), 1);
  assert.equal(value('OB Keys(ds.Customer.all().first()).length'), 0);
  assert.equal(value('ds["Customer"].all().length'), 4);
  assert.equal(value('ds.Customer.Born.type'), 'date');
  assert.equal(value('ds.Customer.orders.relatedDataClass'), 'Order');
});

test('queries with criteria, placeholders, relations, objects and sorts', () => {
  const names = (query: string) => value(`ds.Customer.query(${query}).Name.join(",")`);
  assert.equal(names('"City = :1"; "le@"'), 'Ángela,Carla');
  assert.equal(names('"Credit > 10 and Active = true order by Name desc"'), 'Carla,Ángela,Ana');
  assert.equal(names('"orders.Total > 100"'), 'Carla');
  assert.equal(names('"Name in :1"; New collection("Ana"; "bruno")'), 'Bruno,Ana');
  assert.equal(names('"Data.tags[] = :1"; "vip"'), 'Ángela');
  assert.equal(names('"Data.address.zip = \'24001\'"'), 'Ángela');
  assert.equal(names('"City = :c"; New object("parameters"; New object("c"; "Vigo"))'), 'Bruno');
  assert.equal(value('ds.Order.query("customer.Name = :1"; "carla").length'), 1);
  assert.match(String(names('"Nome = 1"')), /no attribute «Nome»/);
  assert.match(String(names('"Name ="')), /wrong near/);
  assert.equal(run('$0:=ds.Customer.query(Formula(This.Credit>=100)).length'), 2);
  assert.equal(run('$0:=ds.Customer.query(Formula(This.Credit>=$1.min); New object("args"; New object("min"; 1000))).length'), 1);
});

test('entity selections: elements, parts, values, order', () => {
  const text = (expression: string) => value(`ds.Customer.all()${expression}`);
  assert.equal(text('.first().Name'), 'Ángela');
  assert.equal(text('.last().Name'), 'Ana');
  assert.equal(text('[1].Name'), 'Bruno');
  assert.equal(text('.at(-1).Name'), 'Ana');
  assert.equal(text('[9]'), null);
  assert.equal(text('.slice(1; 3).length'), 2);
  assert.equal(text('.sum("Credit")'), 2150.5);
  assert.equal(text('.max("Credit")'), 2000);
  assert.equal(text('.min("Name")'), 'Ana');
  assert.equal(text('.count("Name")'), 4);
  assert.deepEqual(text('.distinct("City")'), ['León', 'Soria', 'Vigo']);
  assert.equal(text('.orderBy("Credit desc").Name.join(",")'), 'Carla,Ángela,Ana,Bruno');
  assert.equal(text('.orderByFormula(Formula(Length(This.Name))).Name.join(",")'), 'Ana,Bruno,Carla,Ángela');
  assert.equal(text('.query("Active = false").first().Name'), 'Bruno');
  assert.deepEqual(text('.orders.extract("Number")'), [501, 502, 503]);
  assert.deepEqual(text('.slice(0; 2).extract("Name"; "n"; "City"; "c")'), [
    { n: 'Ángela', c: 'León' },
    { n: 'Bruno', c: 'Vigo' },
  ]);
  assert.equal(run('For each ($e; ds.Customer.all().orderBy("Name"))\n\t$0:=$0+$e.Name+" "\nEnd for each'), 'Ana Ángela Bruno Carla ');
  assert.equal(
    run(
      '$a:=ds.Customer.query("ID<3")\n$b:=ds.Customer.query("ID>1")\n$0:=$a.and($b).length*100+($a.or($b).length*10)+$a.minus($b).length',
    ),
    141,
  );
  assert.equal(run('$s:=ds.Customer.newSelection()\n$s.add(ds.Customer.get(2))\n$s.add(ds.Customer.all())\n$0:=$s.length'), 4);
  assert.match(String(run('$s:=ds.Customer.all()\n$s.add(ds.Customer.get(2))')), /cannot be changed/);
  assert.deepEqual(run('$0:=ds.Customer.all().selected(ds.Customer.query("ID # 2"))'), {
    ranges: [
      { start: 0, end: 0 },
      { start: 2, end: 3 },
    ],
  });
});

test('relation attributes lead to entities and selections', () => {
  assert.equal(value('ds.Order.all().first().customer.Name'), 'Ángela');
  assert.equal(value('ds.Customer.get(1).orders.sum("Total")'), 25);
  assert.equal(value('ds.Customer.get(2).orders.length'), 0);
  assert.equal(
    run('$o:=ds.Order.query("Number=503").first()\n$o.customer:=ds.Customer.get(2)\n$o.save()\n$0:=ds.Customer.get(2).orders.length'),
    1,
  );
  assert.equal(run('$o:=ds.Order.query("Number=503").first()\n$o.customer:=Null\n$0:=$o.CustomerID'), 0);
});

test('entities are made, changed, saved and dropped', () => {
  assert.deepEqual(
    run(
      '$e:=ds.Customer.new()\n$e.Name:="Eva"\n$0:=New collection($e.isNew(); $e.touched(); $e.save().success; $e.isNew(); $e.ID; ds.Customer.getCount())',
    ),
    [true, true, true, false, 5, 5],
  );
  assert.deepEqual(run('$e:=ds.Customer.get(1)\n$e.City:="Lugo"\n$0:=$e.touchedAttributes()'), ['City']);
  assert.equal(run('$e:=ds.Customer.get(1)\n$e.City:="Lugo"\n$e.reload()\n$0:=$e.City'), 'León');
  assert.deepEqual(run('$e:=ds.Customer.get(3)\n$r:=$e.drop()\n$0:=New collection($r.success; ds.Customer.get(3); $e.save().success)'), [
    true,
    null,
    true,
  ]);
  assert.match(String(run('$e:=ds.Customer.get(1)\n$e.Nope:=1')), /no such attribute/);
  assert.match(String(run('$e:=ds.Customer.get(1)\n$e.Credit:="many"')), /types differ/);
  assert.deepEqual(
    run('$e:=ds.Customer.new()\n$e.fromObject(New object("Name"; "Fe"; "x"; 1))\n$e.save()\n$0:=$e.toObject("Name, City")'),
    {
      Name: 'Fe',
      City: '',
    },
  );
  assert.equal(run('$s:=ds.Customer.query("ID>2").drop()\n$0:=String($s.length)+String(ds.Customer.getCount())'), '02');
  assert.deepEqual(run('$a:=ds.Customer.get(1)\n$b:=$a.clone()\n$b.Name:="Z"\n$0:=$a.diff($b)'), [
    { attributeName: 'Name', value: 'Ángela', otherValue: 'Z' },
  ]);
});

test('statuses tell why something was not saved', () => {
  const two = '$a:=ds.Customer.get(1)\n$b:=ds.Customer.get(1)\n$a.City:="A"\n$a.save()\n';
  assert.equal(run(`${two}$b.Name:="B"\n$0:=$b.save().status`), 2);
  assert.equal(
    run(`${two}$b.Name:="B"\n$r:=$b.save(1)\n$0:=String($r.autoMerged)+ds.Customer.get(1).City+ds.Customer.get(1).Name`),
    'TrueAB',
  );
  assert.equal(run(`${two}$b.City:="B"\n$0:=$b.save(1).status`), 6);
  assert.equal(run(`${two}$b.drop()\n$0:=ds.Customer.get(1)#Null`), true);
  assert.equal(run('$a:=ds.Customer.get(1)\n$b:=ds.Customer.get(1)\n$a.drop()\n$b.Name:="x"\n$0:=$b.save().status'), 5);
  assert.equal(run('$a:=ds.Order.new()\n$a.Number:=501\n$0:=$a.save().status'), 4);
  assert.equal(run('$0:=ds.Customer.get(1).getStamp()*10\n$a:=ds.Customer.get(1)\n$a.Name:="x"\n$a.save()\n$0:=$0+$a.getStamp()'), 12);
});

test('objects of entities and selections', () => {
  assert.deepEqual(value('ds.Order.query("Number=502").first().toObject("Number, customer, customer.Name")'), {
    Number: 502,
    customer: { Name: 'Ángela' },
  });
  assert.deepEqual(value('ds.Order.query("Number=502").first().toObject("customer")'), { customer: { __KEY: 1 } });
  assert.deepEqual(value('ds.Customer.get(1).toObject("orders.Number, Data.address"; 1)'), {
    __KEY: 1,
    orders: [{ Number: 501 }, { Number: 502 }],
    Data: { address: { zip: '24001' } },
  });
  assert.deepEqual(value('ds.Customer.all().toCollection("Name"; 0; 1; 2)'), [{ Name: 'Bruno' }, { Name: 'Carla' }]);
  assert.equal(
    run(
      '$c:=New collection(New object("__KEY"; 1; "City"; "X"); New object("Name"; "Neu"))\n$s:=ds.Customer.fromCollection($c)\n$0:=$s.City.join(",")+$s.Name.join(",")',
    ),
    'X,Ángela,Neu',
  );
});

test('functions, computed attributes and aliases of the project’s data classes', () => {
  const sources = {
    'Customer.class': 'Class extends DataClass\n\nFunction byCity($c : Text) : cs.CustomerSelection\n\treturn This.query("City = :1"; $c)',
    'CustomerEntity.class':
      'Class extends Entity\n\nAlias birthday Born\n\nFunction get label() : Text\n\treturn This.Name+"!"\n\nFunction rename($n : Text)\n\tThis.Name:=$n\n\tThis.save()',
    'CustomerSelection.class': 'Class extends EntitySelection\n\nFunction total() : Real\n\treturn This.sum("Credit")',
  };
  assert.equal(value('ds.Customer.byCity("Vigo").first().label', sources), 'Bruno!');
  assert.equal(value('ds.Customer.all().total()', sources), 2150.5);
  assert.equal(run('ds.Customer.get(2).rename("Bo")\n$0:=ds.Customer.get(2).Name', sources), 'Bo');
  assert.equal(value('String(ds.Customer.get(1).birthday; 8)', sources), '1980-02-29T00:00:00');
});

test('an alias stands for its path in queries, sorts, columns and objects', () => {
  const sources = {
    'OrderEntity.class': 'Class extends Entity\n\nAlias buyer customer.Name\nAlias who buyer\nAlias self self\nAlias round customer.round',
  };
  assert.equal(
    value('ds.Order.query("buyer = :1"; "Ángela").length', sources),
    value('ds.Order.query("customer.Name = :1"; "Ángela").length'),
  );
  assert.equal(
    value('ds.Order.all().orderBy("buyer desc, Number").first().Number', sources),
    value('ds.Order.all().orderBy("customer.Name desc, Number").first().Number'),
  );
  assert.deepEqual(value('ds.Order.all().distinct("who")', sources), value('ds.Order.all().distinct("customer.Name")'));
  assert.deepEqual(value('ds.Order.query("Number=502").extract("buyer")', sources), ['Ángela']);
  assert.deepEqual(value('ds.Order.query("Number=502").buyer', sources), ['Ángela']);
  assert.deepEqual(value('ds.Order.query("Number=502").first().toObject("buyer, Number")', sources), { buyer: 'Ángela', Number: 502 });
  assert.equal(value('ds.Order.buyer.path', sources), 'customer.Name');
  const round = { ...sources, 'CustomerEntity.class': 'Class extends Entity\n\nAlias round first.round' };
  assert.equal(value('ds.Order.query("self = 1").length', sources), 0);
  assert.deepEqual(value('ds.Order.query("Number=502").extract("round")', round), []);
});

test('the constructor of an entity class runs for each new entity, and not for records', () => {
  const sources = { 'CustomerEntity.class': 'Class extends Entity\n\nClass constructor()\n\tThis.City:="Lugo"\n\tThis.Name:="?"' };
  assert.deepEqual(run('$e:=ds.Customer.new()\n$0:=[$e.City; $e.touchedAttributes(); $e.isNew()]', sources), [
    'Lugo',
    ['City', 'Name'],
    true,
  ]);
  assert.deepEqual(
    run('$0:=ds.Customer.fromCollection([{Name: "Eva"}; {__KEY: 1; Credit: 3}; {City: "Ronda"}]).toCollection("Name, City")', sources),
    [
      { Name: 'Eva', City: 'Lugo' },
      { Name: 'Ángela', City: 'León' },
      { Name: '?', City: 'Ronda' },
    ],
  );
  assert.equal(
    run('$0:=ds.Customer.new().clone().City', {
      'CustomerEntity.class': 'Class extends Entity\n\nClass constructor()\n\tThis.City:=This.City+"x"',
    }),
    'x',
  );
});

test('the filter of a dataclass decides which entities code sees', () => {
  const filter =
    'Class extends DataClass\n\nFunction event restrict() : cs.CustomerSelection\n\t<>asked:=<>asked+1\n\treturn vMine=0 ? Null : This.query("ID <= :1"; vMine)';
  const sources = { 'Customer.class': filter };
  const seen = (mine: number, expression: string) => run(`<>asked:=0\nvMine:=${mine}\n$0:=${expression}`, sources);
  assert.equal(seen(2, 'ds.Customer.all().length'), 2);
  assert.equal(seen(0, 'ds.Customer.all().length'), 4);
  assert.deepEqual(seen(2, '[ds.Customer.query("Credit >= 0").Name.join(","); <>asked]'), ['Ángela,Bruno', 1]);
  assert.deepEqual(seen(2, '[ds.Customer.get(2).Name; ds.Customer.get(3)]'), ['Bruno', null]);
  assert.deepEqual(seen(1, '[ds.Order.query("Number=501").first().customer.Name; ds.Order.query("Number=503").first().customer]'), [
    'Ángela',
    null,
  ]);
  assert.deepEqual(seen(1, 'ds.Order.all().customer.Name'), ['Ángela']);
  assert.deepEqual(
    run(
      '<>asked:=0\nvMine:=1\nALL RECORDS([Customer])\n$0:=[Records in selection([Customer]); Create entity selection([Customer]).length]',
      sources,
    ),
    [4, 1],
  );
  assert.equal(run('<>asked:=0\nvMine:=0\n$all:=ds.Customer.all()\nvMine:=1\n$0:=$all.or(ds.Customer.newSelection()).length', sources), 1);
  const broken = { 'Customer.class': 'Class extends DataClass\n\nFunction event restrict() : cs.CustomerSelection\n\treturn 1+"x"' };
  assert.match(String(run('$0:=ds.Customer.all()', broken)), /operator \+/);
});

test('entity events are named where they would be called', () => {
  const sources = { 'CustomerEntity.class': 'Class extends Entity\n\nFunction event validateSave($e : Object) : Object\n' };
  assert.match(String(run('$0:=ds.Customer.get(1).drop()', sources)), /Function event validateSave/);
  assert.match(String(run('$e:=ds.Customer.new()\n$0:=$e.save()', sources)), /entity events are not simulated/);
});

test('what is assigned to an attribute is made fit for it where that is possible', () => {
  const set = (assignment: string) => run(`$e:=ds.Customer.get(1)\n$e.${assignment}\n$0:=[$e.Born; $e.Credit; $e.Active; $e.Name]`);
  assert.equal(run('$e:=ds.Customer.get(1)\n$e.Born:="2001-02-03"\n$0:=$e.Born=!2001-02-03!'), true);
  assert.equal(run('$e:=ds.Customer.get(1)\n$e.Born:="2001-02-03T10:00:00Z"\n$0:=String($e.Born; "yyyy")'), '2001');
  assert.match(String(set('Born:="some day"')), /types differ/);
  assert.equal(run('$e:=ds.Customer.get(1)\n$e.Credit:="12.5"\n$0:=$e.Credit'), 12.5);
  assert.equal(run('$e:=ds.Customer.get(1)\n$e.Active:="false"\n$0:=$e.Active'), false);
  assert.equal(run('$e:=ds.Customer.get(1)\n$e.Name:=12\n$0:=$e.Name'), '12');
  assert.equal(
    run('$e:=ds.Customer.new()\n$e.fromObject({Born: "2001-02-03"; Credit: "x"})\n$0:=String($e.Born; "yyyy")+String($e.Credit)'),
    '20010',
  );
});

test('current selections and entity selections', () => {
  assert.equal(
    run(
      'QUERY([Customer]; [Customer]City="Le@")\n$s:=Create entity selection([Customer])\nREDUCE SELECTION([Customer]; 0)\nUSE ENTITY SELECTION($s)\n$0:=Records in selection([Customer])',
    ),
    2,
  );
  assert.equal(
    run(
      'ds.startTransaction()\nds.Customer.get(1).drop()\n$n:=ds.Customer.getCount()\nds.cancelTransaction()\n$0:=$n*10+ds.Customer.getCount()',
    ),
    34,
  );
});

test('the class of an entity, a selection and a dataclass is the one of the project, file or not', () => {
  const names = '[OB Class(ds.Customer.new()).name; OB Class(ds.Customer.all()).name; OB Class(ds.Customer).name]';
  assert.deepEqual(run(`$0:=${names}`), ['CustomerEntity', 'CustomerSelection', 'Customer']);
});
