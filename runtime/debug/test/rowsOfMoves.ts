/** Steps forward and back, threads, and the end. */
import { methodPath } from './adapter.js';
import { at, lines, logIn, logOut, main, type Row, shop, shopMethod, step, toTheEnd, twice } from './row.js';

export const moveRows: readonly Row[] = [
  {
    name: 'step in, over, out',
    methods: { Main: lines('vA:=Twice(1)+Twice(2)', 'vB:=vA', 'vC:=vB'), Twice: twice },
    async talk(on, root) {
      await on.start({ configuration: { ...main(root), stopOnEntry: true } });
      const { threadId } = await on.stopped();
      await step(on, threadId, 'stepIn', 'next', 'stepOut', 'next');
      await toTheEnd(on, threadId);
    },
  },
  {
    name: 'step-in targets',
    methods: {
      Main: lines('vA:=Thing(Twice(1))+Twice(2)+Twice(3)', 'vB:=Twice(vA)'),
      Twice: twice,
      Thing: lines('#DECLARE($n : Integer)->$r : Integer', '$r:=Twice($n)+1'),
    },
    async talk(on, root) {
      await on.start({ configuration: { ...main(root), stopOnEntry: true } });
      const { threadId, frameId } = await on.stopped();
      const { targets } = await on.ask('stepInTargets', { frameId });
      await on.ask('stepIn', { threadId, targetId: targets.at(-1).id });
      const { frameId: inside } = await on.stopped();
      await on.ask('evaluate', { expression: '$n', frameId: inside, context: 'watch' });
      await toTheEnd(on, threadId);
    },
  },
  {
    name: 'step back and reverse continue',
    async talk(on) {
      const path = shopMethod('Web_logOut');
      await on.start({ configuration: { ...shop, requests: [logIn, logOut] }, configure: at(on, path, 8) });
      let { threadId, frameId } = await on.stopped();
      const sessions = async () => on.ask('evaluate', { expression: 'sessions', frameId, context: 'repl' });
      await sessions();
      frameId = await step(on, threadId, 'stepBack');
      await sessions();
      await on.ask('evaluate', { expression: 'locks', context: 'repl' });
      frameId = await step(on, threadId, 'next');
      await sessions();
      frameId = await step(on, threadId, 'reverseContinue');
      await on.ask('stepBack', { threadId });
      await on.ask('continue', { threadId });
      ({ threadId } = await on.stopped());
      await toTheEnd(on, threadId);
    },
  },
  {
    name: 'step back over a changed record',
    methods: {
      'Project/Sources/catalog.4DCatalog':
        '<base><table name="Item" id="1"><field name="ID" id="1" type="4"/><field name="Name" id="2" type="10" limiting_length="40"/><primary_key field_name="ID"/></table></base>',
      Main: lines(
        'CREATE RECORD([Item])',
        '[Item]ID:=1',
        '[Item]Name:="before"',
        'SAVE RECORD([Item])',
        '[Item]Name:="after"',
        'SAVE RECORD([Item])',
        'DELETE RECORD([Item])',
        'vEnd:=1',
      ),
    },
    async talk(on, root) {
      await on.start({ configuration: main(root), configure: at(on, main(root).program, 8) });
      let { threadId, frameId } = await on.stopped();
      const record = async () => {
        await on.ask('evaluate', { expression: 'Records in table([Item])', frameId, context: 'watch' });
        await on.ask('evaluate', { expression: '[Item]Name', frameId, context: 'watch' });
      };
      await record();
      frameId = await step(on, threadId, 'stepBack');
      await record();
      frameId = await step(on, threadId, 'stepBack', 'stepBack');
      await record();
      await on.ask('continue', { threadId });
      ({ threadId, frameId } = await on.stopped());
      await record();
      await toTheEnd(on, threadId);
    },
  },
  {
    name: 'step back, then forward on another way',
    methods: { Main: lines('vChoice:=1', 'If (vChoice=1)', '\tvWay:="one"', 'Else', '\tvWay:="two"', 'End if', 'vEnd:=vWay') },
    async talk(on, root) {
      await on.start({ configuration: main(root), configure: at(on, main(root).program, 7) });
      const { threadId } = await on.stopped();
      let frameId = await step(on, threadId, 'stepBack', 'stepBack');
      await on.ask('evaluate', { expression: 'vChoice:=2', frameId, context: 'repl' });
      frameId = await step(on, threadId, 'next', 'stepBack');
      await on.ask('evaluate', { expression: 'vChoice', frameId, context: 'watch' });
      frameId = await step(on, threadId, 'continue');
      await on.ask('evaluate', { expression: 'vWay', frameId, context: 'watch' });
      await step(on, threadId, 'reverseContinue');
      frameId = await step(on, threadId, 'continue');
      await on.ask('evaluate', { expression: 'vWay', frameId, context: 'watch' });
      await toTheEnd(on, threadId);
    },
  },
  {
    name: 'restart',
    methods: { Main: '//%attributes = {"publishedWeb":true}\nvA:=1\nvB:=2' },
    async talk(on, root) {
      const { program } = main(root);
      const configure = async () => {
        await at(on, program, 2)();
        const { dataId } = await on.ask('dataBreakpointInfo', { name: 'session opened' });
        await on.ask('setDataBreakpoints', { breakpoints: [{ dataId }] });
      };
      await on.start({ configuration: { program, keepAlive: true }, configure });
      await on.stopped();
      await on.ask('restart', { arguments: { program, sessionMode: 'legacy', keepAlive: true } });
      const { threadId } = await on.stopped();
      await on.ask('continue', { threadId });
      void on.quietly('4d/send', { client: 'ana', url: '/4DACTION/Main' });
      await on.stopped();
      await on.ask('terminate');
      await on.event('terminated');
    },
  },
  {
    name: 'restart frame',
    methods: { Main: 'vA:=Twice(21)\nvB:=vA', Twice: twice },
    async talk(on, root) {
      await on.start({ configuration: main(root), configure: at(on, methodPath(root, 'Twice'), 3) });
      const { threadId, frameId } = await on.stopped();
      await on.ask('evaluate', { expression: '$n:=99', frameId, context: 'repl' });
      await on.ask('restartFrame', { frameId });
      const { frameId: again } = await on.stopped();
      await on.ask('evaluate', { expression: '$n', frameId: again, context: 'watch' });
      await on.ask('continue', { threadId });
      await on.stopped();
      await toTheEnd(on, threadId);
    },
  },
  {
    name: 'goto',
    methods: {
      Main: lines('vA:=1', 'If (vA=2)', '\tvB:=1', 'End if', 'For each ($x; [1])', '\tvC:=1', 'End for each', 'vEnd:=1'),
      Twice: twice,
    },
    async talk(on, root) {
      const { program } = main(root);
      await on.start({ configuration: { program, stopOnEntry: true } });
      const { threadId } = await on.stopped();
      const to = async (path: string, line: number): Promise<void> => {
        const { targets } = await on.ask('gotoTargets', { source: { path }, line });
        await on.ask('goto', { threadId, targetId: targets[0].id });
      };
      await to(program, 3);
      await on.stopped();
      await to(program, 6);
      await to(methodPath(root, 'Twice'), 2);
      await on.ask('goto', { threadId, targetId: 4711 });
      await toTheEnd(on, threadId);
    },
  },
  {
    name: 'threads and stepping one of them alone',
    async talk(on) {
      const path = shopMethod('Web_articles');
      const ask = (client: string) => ({ client, url: '/4DACTION/Web_articles' });
      await on.start({ configuration: { ...shop, requests: [ask('ana')], keepAlive: true }, configure: at(on, path, 3) });
      const first = await on.stopped();
      void on.quietly('4d/send', ask('luis'));
      const second = await on.stopped();
      await on.ask('threads');
      await on.ask('next', { threadId: second.threadId, singleThread: true });
      await on.stopped();
      await on.ask('stackTrace', { threadId: first.threadId });
      await on.ask('continue', { threadId: first.threadId });
      await on.ask('next', { threadId: first.threadId });
      await on.ask('terminateThreads', { threadIds: [second.threadId] });
      await on.ask('pause', { threadId: 4711 });
      await on.ask('terminate');
      await on.event('terminated');
    },
  },
  {
    name: 'long call stacks in parts',
    methods: { Main: 'Down(30)', Down: lines('#DECLARE($n : Integer)', 'If ($n>0)', '\tDown($n-1)', 'Else', '\tvEnd:=1', 'End if') },
    async talk(on, root) {
      await on.start({ configuration: main(root), configure: at(on, methodPath(root, 'Down'), 5) });
      const { threadId } = await on.event('stopped');
      await on.ask('stackTrace', { threadId, startFrame: 0, levels: 1 });
      await on.ask('stackTrace', { threadId, startFrame: 30, levels: 20 });
      await toTheEnd(on, threadId);
    },
  },
  {
    name: 'terminate where a process stands still and another never ends',
    methods: {
      Main: '//%attributes = {"publishedWeb":true}\nvA:=1\nvB:=2',
      Endless: '//%attributes = {"publishedWeb":true}\nRepeat\n\tvTurns:=0\nUntil (False)',
      'Project/Sources/DatabaseMethods/onExit.4dm': 'LOG EVENT(Into 4D debug message; "On Exit has run")',
    },
    async talk(on, root) {
      const requests = [{ client: 'ana', url: '/4DACTION/Main' }];
      await on.start({ configuration: { project: root, sessionMode: 'legacy', requests }, configure: at(on, methodPath(root, 'Main'), 3) });
      await on.stopped();
      void on.quietly('4d/send', { client: 'luis', url: '/4DACTION/Endless' });
      await on.ask('terminate');
      await on.output(/On Exit has run/);
      await on.event('exited');
      await on.event('terminated');
    },
  },
];
