/** Rows in which somebody else takes part: a simulator that runs already, the language server. */
import { inlineValuesOf } from './languageServer.js';
import { at, lines, main, type Row, shopMethod, step, toTheEnd, twice } from './row.js';

export const companyRows: readonly Row[] = [
  {
    name: 'attach',
    serves: true,
    async talk(on, _root, served) {
      const { url, port } = served!;
      const path = shopMethod('Web_articles');
      const status = async (address: string): Promise<number> => (await fetch(`${url}${address}`)).status;
      await on.start({ request: 'attach', configuration: { port }, configure: at(on, path, 3) });
      await on.output(/Joined/);
      const answer = status('4DACTION/Web_articles');
      const { threadId, frameId } = await on.stopped();
      await on.ask('threads');
      await on.ask('evaluate', { expression: 'WEB Get current session ID', frameId, context: 'watch' });
      await step(on, threadId, 'next');
      await on.ask('attach', { port });
      await on.ask('launch', { project: '/nowhere' });
      await on.ask('restart');
      await on.leave();
      on.says(`the request is answered: ${await answer}; the server goes on: ${await status('index.html')}`);
    },
  },
  {
    name: 'inline values',
    methods: {
      Main: lines(
        'var $i; $sum : Integer',
        'vList:=New collection(4; 5)',
        'For ($i; 1; 2)',
        '\t$sum:=$sum+Twice($i)',
        '\tvList.push($sum)',
        'End for',
        '$later:=1',
      ),
      Twice: twice,
    },
    async talk(on, root) {
      const { program } = main(root);
      await on.start({ configuration: { program }, configure: at(on, program, { line: 5, condition: '$i=2' }) });
      const { threadId, frameId } = await on.stopped();
      for (const { range, variableName: expression } of await inlineValuesOf(root, program, 5, frameId)) {
        on.says(`beside line ${range.start.line + 1}: ${expression}`);
        await on.ask('evaluate', { expression, frameId, context: 'watch' });
      }
      await toTheEnd(on, threadId);
    },
  },
];
