/** A conversation with the adapter as text that is the same every time. */
import type { Start, Talk } from './talk.js';

// biome-ignore lint/suspicious/noExplicitAny: bodies of answers and events are what the transcripts show.
type Body = any;

/** Passes everything on and notes what was asked, answered and waited for. Numbers of values, paths, ports and session ids become words. */
export class Transcript {
  private readonly lines: string[] = [];
  private readonly words = new Map<string, string>();

  constructor(
    private readonly talk: Talk,
    private readonly folders: Readonly<Record<string, string>>,
  ) {}

  async start(start: Start): Promise<void> {
    this.note('→', start.request ?? 'launch', start.configuration);
    await this.talk.start(start);
  }

  async ask(command: string, args: object = {}): Promise<Body> {
    const at = this.lines.push('') - 1;
    this.note('→', command, args, at);
    const body = await this.talk.ask(command, args);
    this.note('←', command, body);
    return body;
  }

  /** Leaves as each client does: a request, the end of the line, the end of the editor. */
  async leave(): Promise<void> {
    this.says('(the client leaves)');
    await this.talk.end();
  }

  /** Something that did not come from the adapter. */
  says(text: string): void {
    this.lines.push(`  ${text}`);
  }

  /** What is asked for its answer only, and not noted. */
  quietly = (command: string, args: object = {}): Promise<Body> => this.talk.ask(command, args);

  async event(name: string): Promise<Body> {
    const body = await this.within(name, this.talk.event(name));
    this.note('!', name, body);
    return body;
  }

  async stopped(): Promise<{ threadId: number; frameId: number }> {
    const { threadId } = await this.event('stopped');
    const { stackFrames } = await this.quietly('stackTrace', { threadId });
    this.lines.push(`  ${stackFrames.map(({ name, line }: { name: string; line: number }) => `${name}:${line}`).join(' < ')}`);
    return { threadId, frameId: stackFrames[0].id };
  }

  /** The first console line that matches. */
  async output(pattern: RegExp): Promise<void> {
    for (;;) {
      const body = await this.within('output', this.talk.event('output'));
      if (!pattern.test(body.output)) continue;
      this.note('!', 'output', { category: body.category, output: body.output, line: body.line });
      return;
    }
  }

  /** A conversation that goes nowhere says where it stands. */
  private async within<T>(name: string, wanted: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, fail) => {
      timer = setTimeout(() => fail(new Error(`no event “${name}” within half a minute, after\n${this.text}`)), 30_000);
    });
    return Promise.race([wanted, late]).finally(() => clearTimeout(timer));
  }

  get text(): string {
    return `${this.lines.join('\n')}\n`;
  }

  private note(mark: string, name: string, body: Body, at = this.lines.push('') - 1): void {
    const shown = body === undefined || body === null || Object.keys(body).length === 0 ? '' : ` ${this.shown(body)}`;
    this.lines[at] = `${mark} ${name}${shown}`;
  }

  /** JSON without what differs from run to run, and without nulls, which Lua does not tell from nothing; properties in the order of their names. */
  private shown(body: Body): string {
    const json = JSON.stringify(body, (key, value) => {
      if (key === 'variablesReference') return value > 0 ? '#' : 0;
      if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
      const parts = Object.entries(value).filter(([, part]) => part !== null);
      return Object.fromEntries(parts.sort(([a], [b]) => (a < b ? -1 : 1)));
    });
    let text = json.replace(/(127\.0\.0\.1:|"port":)\d{2,}/g, '$1<port>').replace(/("requestId":|"request )\d+/g, '$1<n>');
    for (const [word, folder] of Object.entries(this.folders)) text = text.replaceAll(JSON.stringify(folder).slice(1, -1), `<${word}>`);
    return text.replace(/\b([0-9A-F]{8})([0-9A-F]{24}\b|…|(?="))/g, (_, start) => {
      const word = this.words.get(start) ?? `<session ${this.words.size + 1}>`;
      this.words.set(start, word);
      return word;
    });
  }
}
