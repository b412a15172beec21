import type { DebugProtocol as P } from '@vscode/debugprotocol';
import { fold } from '#syntaxes/text/fold.js';
import type { ProcessState } from '../machine/types.js';
import type { Slot } from '../values/value.js';
import { memberText } from './children.js';
import type { Console } from './console.js';
import type { Control } from './control.js';
import { type Debugged, frameOf } from './debugged.js';
import type { Handlers } from './handlers.js';

type At = { readonly process: ProcessState; readonly frame: { readonly id: number } };

/** How many commands are offered at most. */
const mostCommands = 50;

/** Completion in the debug console: verbs, variables in sight, members of values, methods of the project, commands. */
export class Completions {
  constructor(
    private readonly on: Debugged,
    private readonly control: Control,
    private readonly console: Console,
  ) {}

  readonly handlers: Handlers = { completions: (args) => ({ targets: this.complete(args) }) };

  private complete({ text, column, line = 1, frameId }: P.CompletionsArguments): P.CompletionItem[] {
    const { client } = this.on;
    const before = (text.split(/\r\n?|\n/)[client.lineIn(line) - 1] ?? text).slice(0, client.columnIn(column) - 1);
    const at = frameId === undefined ? undefined : frameOf(this.on, frameId);
    const member = /(.*?)\.([\p{L}_][\p{L}\p{N}_]*)?$/u.exec(before);
    if (member && at) {
      const object = /[<>$\p{L}_][\p{L}\p{N}_.[\]{}()"-]*$/u.exec(member[1])?.[0];
      const found = object === undefined ? [] : this.members(object, at, before, member[2] ?? '');
      if (found.length) return found;
    }
    const typed = /(?:<>|\$)?[\p{L}_][\p{L}\p{N}_ ]*$|<>$|\$$/u.exec(before)?.[0] ?? '';
    if (typed === '') return [];
    const names = [...this.names(at)].filter(({ label }) => fold(label).startsWith(fold(typed)));
    const commands = this.on.catalogue
      .searchCommands(typed, mostCommands)
      .map(({ name }): P.CompletionItem => ({ label: name, type: 'function' }));
    const verbs = before.trim() === typed.trim() ? this.console.complete(typed) : [];
    const items = [...verbs.map((verb): P.CompletionItem => ({ ...verb, type: 'keyword' })), ...names, ...commands];
    return items.map((item) => this.replacing(item, before, typed));
  }

  private *names(at: At | undefined): Iterable<P.CompletionItem> {
    const { machine, project } = this.on;
    if (at) {
      for (const { variables } of machine.scopes(at.process, at.frame.id)) {
        for (const { name } of variables) yield { label: name, type: 'variable' };
      }
    }
    for (const { kind, name } of project.files) if (kind === 'method') yield { label: name, type: 'method' };
  }

  private members(object: string, at: At, before: string, typed: string): P.CompletionItem[] {
    const result = this.control.evaluate(at.process, at.frame.id, object);
    if (!result.ok) return [];
    return memberNames(result.value, this.on)
      .filter(({ label }) => label.startsWith(typed))
      .map((item) => this.replacing(item, before, typed));
  }

  /** An item that takes the place of what was typed. */
  private replacing(item: P.CompletionItem, before: string, typed: string): P.CompletionItem {
    return { ...item, start: before.length - typed.length, length: typed.length };
  }
}

function memberNames(value: Slot, { catalogue }: Debugged): P.CompletionItem[] {
  if (value === null || typeof value !== 'object') return [];
  const own = value.t === 'object' ? [...value.properties.keys()].filter((name) => memberText(name).startsWith('.')) : [];
  const className = value.t === 'collection' ? 'Collection' : value.t === 'host' ? value.className : undefined;
  const members = (className && catalogue.classByName(className)?.members) || [];
  return [
    ...own.map((label): P.CompletionItem => ({ label, type: 'property' })),
    ...members
      .filter(({ kind, placeholder }) => !placeholder && (kind === 'property' || kind === 'function'))
      .map(({ name, kind }): P.CompletionItem => ({ label: name, type: kind === 'function' ? 'method' : 'property' })),
  ];
}
