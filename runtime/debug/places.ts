import { fold } from '#syntaxes/text/fold.js';
import type { StatementLocation } from '../machine/machine.js';
import type { Debugged } from './debugged.js';

/**
 * The statement that a breakpoint at a line means: the one that begins there (at or after the column, when one is asked for), the one
 * that reaches over the line, or the next one below. Undefined when no statement follows.
 */
export function statementAt(locations: readonly StatementLocation[], line: number, column?: number): StatementLocation | undefined {
  return statementsOf(locations)(line, column);
}

/** The same for many lines of one file, whose statements come in order of place. */
export function statementsOf(locations: readonly StatementLocation[]): (line: number, column?: number) => StatementLocation | undefined {
  const byLine = new Map<number, StatementLocation[]>();
  for (const location of locations) {
    const here = byLine.get(location.line);
    if (here) here.push(location);
    else byLine.set(location.line, [location]);
  }
  const lines = [...byLine.keys()];
  /** Statements of several lines that hold no others: in a block, a line is one of its statements. */
  const long = lines.flatMap((line, i) => byLine.get(line)!.filter(({ endLine }) => endLine > line && !(lines[i + 1] <= endLine)));
  return (line, column) => {
    const here = byLine.get(line);
    if (here) return here.find((location) => column === undefined || location.column >= column) ?? here[here.length - 1];
    const over = long.findLast((location) => location.line < line && location.endLine >= line);
    return over ?? byLine.get(lines.find((each) => each > line) ?? -1)?.[0];
  };
}

/** What the name of a function breakpoint means. */
export type NamedPlace =
  | { readonly kind: 'code'; readonly file: string; readonly statement: StatementLocation }
  | { readonly kind: 'command'; readonly number: number; readonly name: string }
  /** A method without a statement. */
  | { readonly kind: 'empty'; readonly file: string };

/**
 * A project method, a database method by its name or file, a function of a class (`Shop.total`, `cs.Shop.total`), or a command by any of its
 * names or its token (`WEB CLOSE SESSION`, `:C1208`). Undefined for anything else.
 */
export function namedPlace({ machine, catalogue, project }: Debugged, text: string): NamedPlace | undefined {
  const name = text.trim();
  const token = /:C(\d+)$/i.exec(name);
  const command = token ? catalogue.commandByNumber(Number(token[1])) : undefined;
  if (command?.number !== undefined) return { kind: 'command', number: command.number, name: command.name };
  const known = catalogue.databaseMethodByName(name)?.file.replace(/\.4dm$/i, '');
  const file = project.methodByName(name) ?? project.databaseMethod(known ?? name);
  if (file) {
    const [statement] = machine.locations(file.path);
    return statement ? { kind: 'code', file: file.path, statement } : { kind: 'empty', file: file.path };
  }
  const member = /^(?:cs\.)?([^.]+)\.(.+)$/i.exec(name);
  const classFile = member && project.classByName(member[1]);
  if (classFile) {
    // A computed property's function may be named with the word before it.
    const wanted = fold(member[2].replace(/^(?:class|get|set|query|orderBy)\s+/i, ''));
    const statement = machine.locations(classFile.path).find(({ code }) => fold(code.slice(code.search(/[.:][^.:]*$/) + 1)) === wanted);
    return statement ? { kind: 'code', file: classFile.path, statement } : { kind: 'empty', file: classFile.path };
  }
  const named = catalogue.commandByName(name)?.command;
  return named?.number === undefined ? undefined : { kind: 'command', number: named.number, name: named.name };
}
