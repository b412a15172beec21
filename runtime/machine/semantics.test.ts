/** What 4D's documentation says of operators and types, line by line: the pages `Concepts/number`, `string`, `date`, `time`, `null-undefined`, and those of the commands. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { run, value } from '../test/smallMachine.js';

function table(rows: readonly (readonly [code: string, expected: unknown])[]): void {
  for (const [code, expected] of rows) {
    const found = code.includes('$0') ? run(code) : value(code);
    if (expected instanceof RegExp) assert.match(String(found), expected, code);
    else assert.deepEqual(found, expected, code);
  }
}

test('reals are equal when they hardly differ, as far as the language was told', () => {
  table([
    ['0.1+0.2=0.3', true],
    ['0.1+0.2#0.3', false],
    ['0.00001=0.00002', false],
    ['0.000001=0.000002', true],
    ['0.000001=0.000003', false],
    ['If (0.1+0.2=0.3)\n\t$0:=1\nEnd if', 1],
    ['SET REAL COMPARISON LEVEL(0)\n$0:=0.1+0.2=0.3', false],
    ['SET REAL COMPARISON LEVEL(0.5)\n$0:=1=1.4', true],
    ['[0.3].indexOf(0.1+0.2)', 0],
    ['1=2', false],
    ['Log(-1)=Log(-1)', false],
  ]);
});

test('division, remainders, parts of numbers', () => {
  table([
    ['-7\\2', -4],
    ['7\\2', 3],
    ['5\\0', 0],
    ['10%3', 1],
    ['-7%3', -1],
    ['10.5%2', 0],
    ['Mod(3.5;2)', 0],
    ['Mod(-7;3)', -1],
    ['Dec(7.31)', 0.31],
    ['Dec(-2.3)', 0.3],
    ['Int(-2.3)', -3],
    ['Trunc(-216.897;1)', -216.9],
    ['Trunc(-216.897;-1)', -220],
    ['3+4*5', 35],
    ['2^3^2', 64],
    ['String(Arctan(1)*4)', '3.14159265359'],
    ['var $i : Integer\n$i:=2147483647\n$i:=$i+1\n$0:=$i', -2147483648],
    ['-8 >> 1', 2147483644],
    ['1 << 40', 0],
    ['?23:00:00?+?02:30:00?%?24:00:00?=?01:30:00?', true],
    ['?02:03:04?*2', 14768],
    ['?10:00:00?/?05:00:00?', 2],
    ['String(?23:00:00?+?02:30:00?)', '25:30:00'],
  ]);
});

test('dates: literals with two digits for the year, days that do not exist, the null date', () => {
  table([
    ['Year of(!12/25/92!)', 1992],
    ['Year of(!12/25/29!)', 2029],
    ['Year of(!12/25/1992!)', 1992],
    ['!2024-02-30!=!00-00-00!', true],
    ['!00-00-00!+1=!00-00-00!', true],
    ['!2017-01-20!-!2017-01-01!', 19],
    ['Add to date(!2024-01-31!;0;1;0)=!2024-02-29!', true],
    ['String(!00-00-00!; ISO date)', '0000-00-00T00:00:00'],
    ['String(!2024-02-29!; ISO date GMT; ?10:00:00?)', '2024-02-29T10:00:00Z'],
    ['Date("2024-02-29T10:00:00")=!2024-02-29!', true],
  ]);
});

test('texts: the wildcard, accents, letters that are two, order', () => {
  table([
    ['"abcdefghij"="@abcde@fghij@"', true],
    ['"abc@"="abcdefghij"', false],
    ['"abcdefghij"="abc@@fg"', false],
    ['"ab"*3', 'ababab'],
    ['Num(True)*"Yes"+(Num(False)*"No")', 'Yes'],
    ['"abcd"<="abc@"', true],
    ['"abcd"<"abc@"', false],
    ['"abd">"abc@"', true],
    ['"n"="Ñ"', true],
    ['"straße"="STRASSE"', true],
    ['"œuvre"="OEUVRE"', true],
    ['"é"<"f"', true],
    ['"Alpha,Bravo,Charlie"%"Alpha"', true],
    ['"Alpha Bravo Charlie"%"Alpha Bravo"', false],
    ['"Software and Computers"%"comput@"', true],
    ['Substring("abc";5)', ''],
    ['Substring("abc";2;-1)', ''],
    ['Substring("abc";0)', 'abc'],
  ]);
});

test('Null and Undefined in comparisons and sums', () => {
  table([
    ['Null=1', false],
    ['Null#1', true],
    ['$x=Null', true],
    ['$x=1', false],
    ['$x#1', true],
    ['$x>1', false],
    ['$x<="a"', false],
    ['Null>1', /operator > does not go with Null/],
    ['$x>=Null', /operator >= does not go/],
    ['$x<True', /operator < does not go/],
    ['$o:={a: 2}\n$o.a:=$o.b\n$0:=$o.a', 0],
    ['var $t : Text\n$t:=Null\n$0:=$t', /Null cannot become text/],
  ]);
});

test('a formula hands its This on to the methods that it names', () => {
  const sources = { M: '#DECLARE($n : Integer) : Integer\nreturn $n+This.a', Deep: 'return This=Null', Mid: 'return Deep' };
  assert.equal(run('$o:={a: 5}\n$o.f:=Formula(M($1)+0)\n$0:=$o.f(7)', sources), 12);
  assert.deepEqual(
    run('$0:=ds.Customer.query("eval(Starts($1.with))"; {args: {with: "A"}}).Name', {
      Starts: '#DECLARE($t : Text) : Boolean\nreturn This.Name=($t+"@")',
    }),
    ['Ángela', 'Ana'],
  );
  assert.equal(run('$o:={a: 5}\n$o.f:=Formula(Mid)\n$0:=$o.f()', sources), true);
});

test('an error names what a function was called on', () => {
  table([
    ['$0:=ds.Gone.all()', /^ds\.Gone is undefined, so all cannot be called/],
    ['$o:=Null\n$0:=$o.go(1)', /^\$o is Null, so go cannot be called/],
    ['$0:=$a.go()+$b.go()', /property go of Null/],
  ]);
});
