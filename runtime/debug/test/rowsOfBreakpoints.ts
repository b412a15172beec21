/** Launching, and what stops a process. */
import { at, lines, logIn, logOut, main, type Row, scope, shop, toTheEnd, twice } from './row.js';

const loop = {
  Main: lines('var $i : Integer', 'For ($i; 1; 6)', '\tvSum:=vSum+$i', '\t// nothing here', 'End for', 'vEnd:=vSum'),
  Twice: twice,
};

export const breakpointRows: readonly Row[] = [
  {
    name: 'launch',
    methods: { Main: 'vA:=1\nvB:=2' },
    async talk(on, root) {
      await on.start({ configuration: { ...main(root), stopOnEntry: true } });
      const { threadId } = await on.stopped();
      await on.ask('threads');
      await toTheEnd(on, threadId);
    },
  },
  {
    name: 'launch refused',
    async talk(on) {
      await on.start({ configuration: { ...shop, keepAlive: true } });
      await on.ask('attach', {});
      await on.ask('attach', { port: 1 });
      await on.ask('launch', { project: '/nowhere' });
      await on.ask('terminate');
      await on.event('terminated');
    },
  },
  {
    name: 'conditional and hit count breakpoints',
    methods: loop,
    async talk(on, root) {
      const { program } = main(root);
      const configure = at(on, program, { line: 3, condition: '($i%2)=0', hitCondition: '>= 2' }, { line: 6, hitCondition: 'often' });
      await on.start({ configuration: { program }, configure });
      for (let turn = 0; turn < 3; turn++) {
        const { threadId, frameId } = await on.stopped();
        await on.ask('evaluate', { expression: '$i', frameId, context: 'watch' });
        await on.ask('continue', { threadId });
      }
      await on.event('terminated');
    },
  },
  {
    name: 'log points',
    methods: loop,
    async talk(on, root) {
      const { program } = main(root);
      await on.start({
        configuration: { program },
        configure: at(on, program, { line: 6, logMessage: 'sum {vSum}, half {vSum/2}, {{as it is}}' }),
      });
      await on.output(/^sum/);
      await on.event('terminated');
    },
  },
  {
    name: 'function breakpoints',
    async talk(on) {
      const names = ['WEB CLOSE SESSION', ':C1208', 'Customer_leave', 'On Web Legacy Close Session', 'session closed', 'no such thing'];
      const configure = () => on.ask('setFunctionBreakpoints', { breakpoints: names.map((name) => ({ name })) });
      await on.start({ configuration: { ...shop, requests: [logIn, logOut] }, configure });
      for (let stop = 0; stop < 3; stop++) {
        const { threadId } = await on.stopped();
        await on.ask('continue', { threadId });
      }
      await on.event('terminated');
    },
  },
  {
    name: 'data breakpoints on values',
    methods: { Main: lines('vA:=1', 'vB:=New object("n"; 1)', 'vC:=0', 'Change', 'vC:=2', 'vA:=3'), Change: 'vB.n:=5\nvC:=1' },
    async talk(on, root) {
      await on.start({ configuration: main(root), configure: at(on, main(root).program, 4) });
      let { threadId, frameId } = await on.stopped();
      const variablesReference = await scope(on, frameId, 'Process variables');
      const infos = [
        await on.ask('dataBreakpointInfo', { variablesReference, name: 'vC' }),
        await on.ask('dataBreakpointInfo', { name: 'vB.n', frameId }),
      ];
      await on.ask('dataBreakpointInfo', { name: '1+(', frameId });
      const conditions = ['vC=2', undefined];
      await on.ask('setDataBreakpoints', { breakpoints: infos.map(({ dataId }, i) => ({ dataId, condition: conditions[i] })) });
      for (let stop = 0; stop < 2; stop++) {
        await on.ask('continue', { threadId });
        ({ threadId, frameId } = await on.stopped());
      }
      await toTheEnd(on, threadId);
    },
  },
  {
    name: 'data breakpoints on the states of sessions',
    async talk(on) {
      const configure = async () => {
        const names = ['session closes', 'Session closed', 'lock released'];
        const infos = [];
        for (const name of names) infos.push(await on.ask('dataBreakpointInfo', { name }));
        const conditions = ['vCustomerID=1', undefined, '1=2'];
        await on.ask('setDataBreakpoints', { breakpoints: infos.map(({ dataId }, i) => ({ dataId, condition: conditions[i] })) });
      };
      await on.start({ configuration: { ...shop, requests: [logIn, logOut] }, configure });
      const { threadId } = await on.stopped();
      await toTheEnd(on, threadId);
    },
  },
  {
    name: 'exception filters and information',
    methods: {
      Main: lines('Try', '\tThrower', 'Catch', '\tvCaught:=True', 'End try', 'Thrower'),
      Thrower: lines('vA:=New object("n"; 1)', 'vA.n.m:=1'),
    },
    async talk(on, root) {
      const filterOptions = [{ filterId: 'all', condition: 'vA.n=1' }, { filterId: 'nonsense' }];
      await on.start({
        configuration: main(root),
        configure: () => on.ask('setExceptionBreakpoints', { filters: ['unhandled'], filterOptions }),
      });
      for (let stop = 0; stop < 2; stop++) {
        const { threadId } = await on.stopped();
        await on.ask('exceptionInfo', { threadId });
        await on.ask('continue', { threadId });
      }
      await on.event('exited');
      await on.event('terminated');
    },
  },
  {
    name: 'session close ignored',
    async talk(on) {
      const configure = () => on.ask('setExceptionBreakpoints', { filters: ['close-ignored'] });
      await on.start({ configuration: { ...shop, sessionMode: 'scalable', requests: [logOut] }, configure });
      const { threadId } = await on.stopped();
      await on.ask('exceptionInfo', { threadId });
      await toTheEnd(on, threadId);
    },
  },
  {
    name: 'breakpoint locations',
    methods: { Main: lines('// head', 'var $i : Integer', '', 'If (vA=1) | \\', '\t(vA=2)', '\tvB:=1', 'End if', '// tail') },
    async talk(on, root) {
      const { program } = main(root);
      await on.start({ configuration: { program, stopOnEntry: true } });
      const { threadId } = await on.stopped();
      await on.ask('breakpointLocations', { source: { path: program }, line: 1, endLine: 8 });
      await on.ask('breakpointLocations', { source: { path: program }, line: 6, column: 3 });
      await on.ask('breakpointLocations', { source: { path: '/elsewhere.4dm' }, line: 1 });
      await at(on, program, 1, 5, 8)();
      await on.ask('setBreakpoints', { source: { path: program }, breakpoints: [] });
      await toTheEnd(on, threadId);
    },
  },
];
