// Speed of the 4D machine beside other interpreters written in JavaScript: the same algorithm in 4D and in Lua (fengari), in the same run.
// The machine is bundled as the product is, so that what is measured is what ships. Each case runs in processes of its own, since where a
// compiler puts the code changes its speed by half.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const fengari = createRequire(import.meta.url)('fengari');

const cases = [
  {
    // 3,000,000 turns; the sum stays below 2^31, where Lua's integers would begin again.
    name: 'loop',
    times: 50,
    main: '#DECLARE($n : Integer)->$r : Real\nvar $i; $j; $sum : Integer\nFor ($j; 1; $n)\n\t$sum:=0\n\tFor ($i; 1; 60000)\n\t\t$sum:=$sum+$i\n\tEnd for\nEnd for\n$r:=$sum',
    lua: 'local n = ... local sum = 0 for j = 1, n do sum = 0 for i = 1, 60000 do sum = sum + i end end return sum',
  },
  {
    name: 'reals',
    times: 2_000_000,
    main: '#DECLARE($n : Integer)->$r : Real\nvar $i : Integer\nvar $sum : Real\nFor ($i; 1; $n)\n\t$sum:=$sum+($i*0.25)\nEnd for\n$r:=$sum',
    lua: 'local n = ... local sum = 0.0 for i = 1, n do sum = sum + i * 0.25 end return sum',
  },
  {
    name: 'while',
    times: 2_000_000,
    main: '#DECLARE($n : Integer)->$r : Real\nvar $i; $sum : Real\nWhile ($i<$n)\n\t$i:=$i+1\n\tIf (($i%3)=0)\n\t\t$sum:=$sum+1\n\tEnd if\nEnd while\n$r:=$sum',
    lua: 'local n = ... local i, sum = 0, 0 while i < n do i = i + 1 if i % 3 == 0 then sum = sum + 1 end end return sum',
  },
  {
    name: 'calls',
    times: 27,
    main: '#DECLARE($n : Integer)->$r : Real\n$r:=fib($n)',
    more: { fib: '#DECLARE($n : Integer)->$r : Real\nIf ($n<2)\n\t$r:=$n\nElse\n\t$r:=fib($n-1)+fib($n-2)\nEnd if' },
    lua: 'local n = ... local function fib(k) if k < 2 then return k end return fib(k - 1) + fib(k - 2) end return fib(n)',
  },
  {
    name: 'text',
    times: 300_000,
    main: '#DECLARE($n : Integer)->$r : Integer\nvar $i : Integer\nvar $t : Text\nFor ($i; 1; $n)\n\t$t:=$t+"<td>"+String($i)+"</td>"\nEnd for\n$r:=Length($t)',
    // Lua copies at each step, so its text begins again at times, as people write it there.
    lua: 'local n = ... local t, size = "", 0 for i = 1, n do t = t .. "<td>" .. tostring(i) .. "</td>" if #t > 2000 then size = size + #t t = "" end end return size + #t',
  },
  {
    name: 'array',
    times: 300_000,
    main: '#DECLARE($n : Integer)->$r : Real\nvar $i; $k : Integer\nARRAY REAL($a; 1000)\nFor ($i; 1; $n)\n\t$k:=($i%1000)+1\n\t$a{$k}:=$a{$k}+$i\nEnd for\n$r:=$a{1}',
    lua: 'local n = ... local a = {} for i = 1, 1000 do a[i] = 0 end for i = 1, n do local k = i % 1000 + 1 a[k] = a[k] + i end return a[1]',
  },
  {
    name: 'object',
    times: 500_000,
    main: '#DECLARE($n : Integer)->$r : Real\nvar $i : Integer\nvar $o : Object\n$o:={count: 0; part: {sum: 0}}\nFor ($i; 1; $n)\n\t$o.count:=$o.count+1\n\t$o.part.sum:=$o.part.sum+2\nEnd for\n$r:=$o.part.sum',
    lua: 'local n = ... local o = {count = 0, part = {sum = 0}} for i = 1, n do o.count = o.count + 1 o.part.sum = o.part.sum + 2 end return o.part.sum',
  },
  {
    name: 'sort',
    times: 600,
    main: '#DECLARE($n : Integer)->$r : Real\nvar $i; $j; $t : Integer\nARRAY LONGINT($a; $n)\nFor ($i; 1; $n)\n\t$a{$i}:=($i*7919)%10007\nEnd for\nFor ($i; 1; $n-1)\n\tFor ($j; 1; $n-$i)\n\t\tIf ($a{$j}>$a{$j+1})\n\t\t\t$t:=$a{$j}\n\t\t\t$a{$j}:=$a{$j+1}\n\t\t\t$a{$j+1}:=$t\n\t\tEnd if\n\tEnd for\nEnd for\n$r:=$a{1}',
    lua: 'local n = ... local a = {} for i = 1, n do a[i] = i * 7919 % 10007 end for i = 1, n - 1 do for j = 1, n - i do if a[j] > a[j + 1] then local t = a[j] a[j] = a[j + 1] a[j + 1] = t end end end return a[1]',
  },
  {
    name: 'each',
    times: 3000,
    main: '#DECLARE($n : Integer)->$r : Real\nvar $i : Integer\nvar $x : Real\nvar $c : Collection\n$c:=[]\nFor ($i; 1; 300)\n\t$c.push($i)\nEnd for\nFor ($i; 1; $n)\n\tFor each ($x; $c)\n\t\t$r:=$r+$x\n\tEnd for each\nEnd for',
    lua: 'local n = ... local c, r = {}, 0.0 for i = 1, 300 do c[#c + 1] = i end for i = 1, n do for _, x in ipairs(c) do r = r + x end end return r',
  },
  {
    name: 'items',
    times: 2000,
    main: '#DECLARE($n : Integer)->$r : Real\nvar $i; $j : Integer\nvar $c : Collection\n$c:=[]\nFor ($i; 1; 300)\n\t$c.push($i)\nEnd for\nFor ($i; 1; $n)\n\tFor ($j; 0; $c.length-1)\n\t\t$c[$j]:=$c[$j]+1\n\tEnd for\nEnd for\n$r:=$c[299]',
    lua: 'local n = ... local c = {} for i = 1, 300 do c[#c + 1] = i end for i = 1, n do for j = 1, #c do c[j] = c[j] + 1 end end return c[300]',
  },
  {
    // 4D compares without case, Lua does not.
    name: 'compare',
    times: 1_000_000,
    main: '#DECLARE($n : Integer)->$r : Real\nvar $i : Integer\nvar $s; $t : Text\n$s:="apple"\nFor ($i; 1; $n)\n\tIf (($i%2)=0)\n\t\t$t:="apple"\n\tElse\n\t\t$t:="pear"\n\tEnd if\n\tIf ($s=$t)\n\t\t$r:=$r+1\n\tEnd if\nEnd for',
    lua: 'local n = ... local s, t, r = "apple", "", 0 for i = 1, n do if i % 2 == 0 then t = "apple" else t = "pear" end if s == t then r = r + 1 end end return r',
  },
  {
    name: 'characters',
    times: 8000,
    main: '#DECLARE($n : Integer)->$r : Real\nvar $i; $j : Integer\nvar $t : Text\n$t:="The quick brown fox jumps over the lazy dog, and over the next one."\nFor ($j; 1; $n)\n\tFor ($i; 1; Length($t))\n\t\tIf ($t[[$i]]="o")\n\t\t\t$r:=$r+1\n\t\tEnd if\n\tEnd for\nEnd for',
    lua: 'local n = ... local t, r = "The quick brown fox jumps over the lazy dog, and over the next one.", 0 for j = 1, n do for i = 1, #t do if t:sub(i, i) == "o" then r = r + 1 end end end return r',
  },
  {
    name: 'class',
    times: 300_000,
    main: '#DECLARE($n : Integer)->$r : Real\nvar $i : Integer\nvar $o : cs.Counter\n$o:=cs.Counter.new()\nFor ($i; 1; $n)\n\t$o.add($i)\nEnd for\n$r:=$o.total',
    more: { 'Counter.class': 'Class constructor\n\tThis.total:=0\n\nFunction add($x : Integer)\n\tThis.total:=This.total+$x' },
    lua: 'local n = ... local Counter = {} Counter.__index = Counter function Counter.new() return setmetatable({total = 0.0}, Counter) end function Counter:add(x) self.total = self.total + x end local o = Counter.new() for i = 1, n do o:add(i) end return o.total',
  },
  {
    name: 'process',
    times: 1_000_000,
    main: '#DECLARE($n : Integer)->$r : Real\nvar $i : Integer\nC_LONGINT(vCount)\nC_REAL(vSum)\nFor ($i; 1; $n)\n\tvCount:=vCount+1\n\tvSum:=vSum+0.5\nEnd for\n$r:=vSum+vCount\nvSum:=0\nvCount:=0',
    lua: 'local n = ... vCount, vSum = 0, 0.0 for i = 1, n do vCount = vCount + 1 vSum = vSum + 0.5 end return vSum + vCount',
  },
  {
    name: 'case',
    times: 1_000_000,
    main: '#DECLARE($n : Integer)->$r : Real\nvar $i; $k; $x : Integer\nFor ($i; 1; $n)\n\t$k:=$i%5\n\tCase of\n\t\t: ($k=0)\n\t\t\t$x:=$x+1\n\t\t: ($k=1)\n\t\t\t$x:=$x+2\n\t\t: ($k=2)\n\t\t\t$x:=$x+3\n\t\tElse\n\t\t\t$x:=$x-1\n\tEnd case\nEnd for\n$r:=$x',
    lua: 'local n = ... local x = 0 for i = 1, n do local k = i % 5 if k == 0 then x = x + 1 elseif k == 1 then x = x + 2 elseif k == 2 then x = x + 3 else x = x - 1 end end return x',
  },
];

/** Milliseconds of processor time: other programs on the machine do not count. */
function cpu() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function machineTime({ main, more, times }, armed) {
  const small = new SmallMachine({ main, ...more, other: '$x:=1' });
  if (armed) {
    small.machine.debug = { onStatement: () => 'stop', onError: () => 'go' };
    small.machine.setBreakpoints('Project/Sources/Methods/other.4dm', small.machine.locations('Project/Sources/Methods/other.4dm'));
  }
  small.start('main', Math.max(2, times >> 4));
  small.settle(1e12);
  small.start('main', times);
  const start = cpu();
  while (small.machine.run(20_000).ready);
  const time = cpu() - start;
  const outcome = small.outcome('main');
  if (!('value' in outcome)) throw new Error(outcome.error.message.en);
  return { time, value: outcome.value };
}

function luaTime({ lua, times }) {
  const { lauxlib, lualib, lua: api, to_luastring } = fengari;
  const state = lauxlib.luaL_newstate();
  lualib.luaL_openlibs(state);
  const call = (n) => {
    if (lauxlib.luaL_loadstring(state, to_luastring(lua)) !== 0) throw new Error(api.lua_tojsstring(state, -1));
    api.lua_pushinteger(state, n);
    if (api.lua_pcall(state, 1, 1, 0) !== 0) throw new Error(api.lua_tojsstring(state, -1));
    const value = api.lua_tonumber(state, -1);
    api.lua_pop(state, 1);
    return value;
  };
  call(Math.max(2, times >> 4));
  const start = cpu();
  const value = call(times);
  return { time: cpu() - start, value };
}

/**
 * One process: rounds of the machine, the machine with a breakpoint elsewhere, and Lua, in turn; the best of each. Short cases get more rounds, since
 * the host takes its time to translate what they are run by.
 */
function measure(one) {
  const rounds = [];
  for (let spent = 0; rounds.length < 4 || (rounds.length < 12 && spent < 1_000); spent += rounds.at(-1)[0].time) {
    rounds.push([machineTime(one, false), machineTime(one, true), luaTime(one)]);
  }
  const [[own, , lua]] = rounds;
  // Texts are built in other pieces there.
  if (lua.value !== own.value && one.name !== 'text') throw new Error(`${one.name}: ${own.value} here, ${lua.value} there`);
  return [0, 1, 2].map((which) => Math.min(...rounds.map((round) => round[which].time)));
}

/** Bundles the machine into a file. */
async function bundle(outfile) {
  const root = resolve(import.meta.dirname, '../..');
  await build({
    entryPoints: [join(root, 'runtime/test/smallMachine.ts')],
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    external: ['crypto'],
    mainFields: ['module', 'main'],
    target: 'es2022',
    conditions: ['source'],
    outfile,
    minify: true,
    logLevel: 'warning',
  });
}

function compare(outfile, wanted) {
  const median = (list) => list.sort((a, b) => a - b)[list.length >> 1];
  const ms = (value) => `${value.toFixed(0)} ms`;
  console.log('| case | machine | with breakpoints elsewhere | fengari | times as fast | with breakpoints | cost of a debugger |');
  console.log('| --- | --: | --: | --: | --: | --: | --: |');
  for (const { name } of cases.filter((one) => wanted.length === 0 || wanted.includes(one.name))) {
    const runs = Array.from({ length: 7 }, () => {
      const { stdout, status } = spawnSync(process.execPath, [import.meta.filename, '--one', outfile, name], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      if (status !== 0) throw new Error(`${name} ended with ${status}`);
      return JSON.parse(stdout);
    });
    const of = (pick) => median(runs.map(pick));
    const [own, armed, lua] = [0, 1, 2].map((which) => of((run) => run[which]));
    const times = [of(([a, , c]) => c / a), of(([, b, c]) => c / b)].map((value) => value.toFixed(1));
    const cost = of(([a, b]) => b / a - 1) * 100;
    console.log(`| ${name} | ${ms(own)} | ${ms(armed)} | ${ms(lua)} | ${times.join(' | ')} | ${cost.toFixed(0)} % |`);
  }
}

const [first, given, name] = process.argv.slice(2);
let SmallMachine;
if (first === '--one') {
  ({ SmallMachine } = await import(pathToFileURL(given)));
  console.log(JSON.stringify(measure(cases.find((one) => one.name === name))));
} else {
  const folder = mkdtempSync(join(tmpdir(), 'bench-machine-'));
  try {
    const outfile = join(folder, 'machine.mjs');
    await bundle(outfile);
    compare(outfile, process.argv.slice(2));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
