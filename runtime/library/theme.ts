import type { Continuation, Library, Native, NativeCall } from '../machine/types.js';
import type { LibraryHost } from './host.js';

/** A call of one of the library's natives. */
export type Call = NativeCall<LibraryHost>;

/**
 * A theme under construction: natives by number and name. That each number bears its name in the catalogue is checked by a test,
 * not while programs run.
 */
export class Theme<Host = LibraryHost> implements Library<Host> {
  readonly commands = new Map<number, Native<Host>>();
  readonly members = new Map<string, Native<Host>>();
  readonly continuations = new Map<string, Continuation<Host>>();
  readonly pure = new Set<number | string>();
  /** Name as registered, by number, for the test against the catalogue. */
  readonly names = new Map<number, string>();

  constructor(readonly title: string) {}

  /** A command that does something. */
  command(number: number, name: string, native: Native<Host>): void {
    if (this.commands.has(number)) throw new Error(`${name} (${number}) is registered twice in ${this.title}`);
    this.commands.set(number, native);
    this.names.set(number, name);
  }

  /** A command that only gives a value and changes nothing: the debugger may call it. */
  reader(number: number, name: string, native: Native<Host>): void {
    this.command(number, name, native);
    this.pure.add(number);
  }

  /** A function or property of a class: `Collection.push`, `4D.File.name`, `4D.File.creationDate=`. */
  member(key: string, native: Native<Host>): void {
    if (this.members.has(key)) throw new Error(`${key} is registered twice in ${this.title}`);
    this.members.set(key, native);
  }

  /** A member that changes nothing. */
  property(key: string, native: Native<Host>): void {
    this.member(key, native);
    this.pure.add(key);
  }

  /** What goes on after a wait or a call, under the name that the native gave as `then`. */
  continuation(name: string, go: Continuation<Host>): void {
    if (this.continuations.has(name)) throw new Error(`continuation ${name} is registered twice in ${this.title}`);
    this.continuations.set(name, go);
  }
}
