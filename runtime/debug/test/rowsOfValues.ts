/** Values, the console, sources, and what the client is told. */
import { at, child, lines, logIn, logOut, main, type Row, scope, shop, shopMethod, toTheEnd, twice } from './row.js';

const long = {
  Long: lines('var $i : Integer', 'For ($i; 1; 100000)', '\tvTurns:=$i', 'End for'),
  Endless: lines('Repeat', '\tvTurns:=0', 'Until (False)'),
};

export const valueRows: readonly Row[] = [
  {
    name: 'set variable and set expression',
    methods: { Main: lines('vO:=New object("a"; 1)', 'vC:=New collection(1; 2)', 'ARRAY TEXT(aT; 2)', 'vD:=!2026-01-31!', 'vEnd:=1') },
    async talk(on, root) {
      await on.start({ configuration: main(root), configure: at(on, main(root).program, 5) });
      const { threadId, frameId } = await on.stopped();
      const variablesReference = await scope(on, frameId, 'Process variables');
      await on.ask('setVariable', { variablesReference, name: 'vD', value: 'Add to date(vD; 0; 1; 0)' });
      await on.ask('setVariable', { variablesReference, name: 'aT', value: '1' });
      await on.ask('setVariable', { variablesReference, name: 'vD', value: '1+(' });
      const array = await child(on, variablesReference, 'aT');
      await on.ask('setVariable', { variablesReference: array.variablesReference, name: '{2}', value: '"two"' });
      await on.ask('setExpression', { expression: 'vO.a', value: 'vC.length+40', frameId });
      await on.ask('setExpression', { expression: 'vC[1]', value: 'vO', frameId });
      await on.ask('setExpression', { expression: '1+1', value: '3', frameId });
      await toTheEnd(on, threadId);
    },
  },
  {
    name: 'evaluate',
    methods: { Main: lines('vO:=New object("city"; "Lyon"; "list"; New collection(1; 2))', 'vEnd:=1'), Twice: twice },
    async talk(on, root) {
      await on.start({ configuration: main(root), configure: at(on, main(root).program, 2) });
      const { threadId, frameId } = await on.stopped();
      const asked: [string, string][] = [
        ['vO.city', 'hover'],
        ['vO.city:="Oslo"', 'hover'],
        ['Twice(2)', 'watch'],
        ['CLOSE', 'hover'],
        ['Uppercase(vO.city)', 'watch'],
        ['vO', 'clipboard'],
        ['vO.list.push(3)', 'repl'],
        ['Twice(vO.list.length)', 'repl'],
        ['1+(', 'repl'],
      ];
      for (const [expression, context] of asked) await on.ask('evaluate', { expression, frameId, context });
      await toTheEnd(on, threadId);
    },
  },
  {
    name: 'completions in the console',
    methods: {
      Main: lines('vObject:=New object("city"; "Lyon"; "odd name"; 1)', 'vList:=New collection(vObject)', 'vEnd:=1'),
      Make_it: '',
    },
    async talk(on, root) {
      await on.start({ configuration: main(root), configure: at(on, main(root).program, 3) });
      const { threadId, frameId } = await on.stopped();
      for (const text of ['vOb', 'vA:=Make', 'vObject.c', 'vList[0].', 'WEB LEGACY C', 'adv', '1+'])
        await on.ask('completions', { text, column: text.length + 1, frameId });
      await on.ask('completions', { text: 'sess', column: 5 });
      await toTheEnd(on, threadId);
    },
  },
  {
    name: 'loaded sources',
    methods: {
      Main: 'vA:=1',
      'Project/Sources/Classes/Thing.4dm': 'Class constructor()\n',
      'Project/Sources/DatabaseMethods/onStartup.4dm': 'vS:=1',
    },
    async talk(on, root) {
      await on.start({ configuration: { ...main(root), stopOnEntry: true } });
      const { threadId } = await on.stopped();
      const { sources } = await on.ask('loadedSources');
      await on.ask('source', { source: sources[0], sourceReference: 0 });
      await on.ask('source', { source: { path: '/elsewhere.4dm' }, sourceReference: 0 });
      await toTheEnd(on, threadId);
    },
  },
  {
    name: 'value formatting and the clipboard',
    methods: { Main: lines('vN:=255', 'vT:="say \\"hi\\""', 'vC:=New collection(16; -1; 2.5)', 'vEnd:=1') },
    async talk(on, root) {
      await on.start({ configuration: main(root), configure: at(on, main(root).program, 4) });
      const { threadId, frameId } = await on.stopped();
      const format = { hex: true };
      await on.ask('evaluate', { expression: 'vN', frameId, context: 'watch', format });
      const { variablesReference } = await on.ask('evaluate', { expression: 'vC', frameId, context: 'watch', format });
      await on.ask('variables', { variablesReference, format });
      for (const expression of ['vT', 'vC']) await on.ask('evaluate', { expression, frameId, context: 'clipboard' });
      await toTheEnd(on, threadId);
    },
  },
  {
    name: 'colours',
    can: { supportsANSIStyling: true },
    async talk(on) {
      await on.start({ configuration: { ...shop, requests: [logIn, logOut] } });
      for (const pattern of [/opened/, /closes:/, /is gone/]) await on.output(pattern);
      await on.event('terminated');
    },
  },
  {
    name: 'progress and what is no longer valid',
    can: { supportsProgressReporting: true, supportsInvalidatedEvent: true },
    methods: { Main: 'vA:=1\nvB:=2' },
    async talk(on, root) {
      await on.start({ configuration: main(root), configure: at(on, main(root).program, 2) });
      await on.event('progressStart');
      await on.event('progressEnd');
      const { threadId, frameId } = await on.stopped();
      await on.ask('evaluate', { expression: 'vA:=2', frameId, context: 'repl' });
      await on.event('progressStart');
      await on.event('invalidated');
      await on.event('progressEnd');
      await toTheEnd(on, threadId);
    },
  },
  {
    name: 'a long evaluation',
    methods: { Main: 'vA:=1\nvB:=2', ...long },
    async talk(on, root) {
      await on.start({ configuration: main(root), configure: at(on, main(root).program, 2) });
      const { threadId, frameId } = await on.stopped();
      await on.ask('evaluate', { expression: 'Long', frameId, context: 'repl' });
      await on.ask('evaluate', { expression: 'vTurns', frameId, context: 'watch' });
      const endless = on.ask('evaluate', { expression: 'Endless', frameId, context: 'repl' });
      void on.quietly('pause', { threadId });
      await endless;
      await on.ask('stackTrace', { threadId });
      await toTheEnd(on, threadId);
    },
  },
  {
    name: 'cancel',
    can: { supportsProgressReporting: true },
    methods: { Main: 'vA:=1\nvB:=2', ...long },
    async talk(on, root) {
      await on.start({ configuration: main(root), configure: at(on, main(root).program, 2) });
      for (const end of ['progressStart', 'progressEnd']) await on.event(end);
      const { threadId, frameId } = await on.stopped();
      const endless = async (frame?: number) => {
        const answer = on.ask('evaluate', { expression: 'Endless', ...(frame !== undefined && { frameId: frame }), context: 'repl' });
        return { answer, progressId: (await on.event('progressStart')).progressId };
      };
      const { answer, progressId } = await endless(frameId);
      void on.quietly('cancel', { progressId });
      await answer;
      const { answer: paused } = await endless();
      void on.quietly('pause', { threadId });
      await paused;
      await on.ask('cancel', { requestId: 4711 });
      await on.ask('cancel');
      void on.quietly('evaluate', { expression: 'Long', frameId, context: 'repl' });
      await on.ask('evaluate', { expression: 'vTurns', frameId, context: 'watch' });
      await toTheEnd(on, threadId);
    },
  },
  {
    name: 'large values in pages',
    methods: {
      Main: lines(
        'vC:=New collection',
        'vO:=New object',
        'ARRAY LONGINT(aN; 100000)',
        'For ($i; 1; 100000)',
        '\taN{$i}:=$i',
        '\tvC.push($i)',
        '\tvO["key "+String($i)]:=$i',
        'End for',
        'vEnd:=1',
      ),
    },
    async talk(on, root) {
      await on.start({ configuration: main(root), configure: at(on, main(root).program, 9) });
      const { threadId, frameId } = await on.stopped();
      for (const [expression, filter] of [
        ['vC', 'indexed'],
        ['aN', 'indexed'],
        ['vO', 'named'],
      ]) {
        const { variablesReference } = await on.ask('evaluate', { expression, frameId, context: 'watch' });
        await on.ask('variables', { variablesReference, filter, start: 99_998, count: 2 });
        await on.ask('variables', { variablesReference, filter: filter === 'named' ? 'indexed' : 'named', start: 0, count: 2 });
        await on.ask('variables', { variablesReference, start: 10, count: 1 });
      }
      await toTheEnd(on, threadId);
    },
  },
  {
    name: 'entities and their attributes',
    async talk(on) {
      await on.start({ configuration: { ...shop, requests: [logIn] }, configure: at(on, shopMethod('Web_logIn'), 3) });
      const { threadId, frameId } = await on.stopped();
      const { variablesReference } = await on.ask('evaluate', { expression: 'ds.Customer.all()', frameId, context: 'watch' });
      await on.ask('variables', { variablesReference, filter: 'indexed', start: 1, count: 1 });
      const { variablesReference: one } = await on.ask('evaluate', { expression: 'ds.Customer.all()[0]', frameId, context: 'watch' });
      await on.ask('variables', { variablesReference: one });
      await toTheEnd(on, threadId);
    },
  },
];
