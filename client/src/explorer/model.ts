/** What the session explorer shows of a simulator's state, as plain data: labels are put to it where they are shown. */
import type { ProcessView, SessionState, SimulatorState } from '#runtime/protocol.js';

export type Node =
  | { readonly kind: 'server'; readonly state: SimulatorState }
  | { readonly kind: 'session'; readonly state: SimulatorState; readonly session: SessionState }
  | { readonly kind: 'group'; readonly of: Group; readonly children: readonly Leaf[] }
  | Leaf;

export type Group = 'processes' | 'variables' | 'selections' | 'locks' | 'otherProcesses';

export type Leaf =
  | { readonly kind: 'process'; readonly process: ProcessView }
  | { readonly kind: 'variable'; readonly name: string; readonly value: string }
  | { readonly kind: 'selection'; readonly table: string; readonly records: number; readonly current?: number }
  | { readonly kind: 'lock'; readonly table: string; readonly record: number }
  | { readonly kind: 'detail'; readonly what: Detail; readonly value: string | number };

export type Detail = 'id' | 'opened' | 'lastRequest' | 'cookieExpires' | 'address' | 'userName' | 'privileges';

/** The first floor: the server, its sessions in the order they were opened, and the processes that belong to none. */
export function roots(state: SimulatorState): Node[] {
  const sessions = [...state.sessions].sort((a, b) => a.opened - b.opened || (a.id < b.id ? -1 : 1));
  return [
    { kind: 'server', state },
    ...sessions.map((session): Node => ({ kind: 'session', state, session })),
    ...group('otherProcesses', state.processes.map(processLeaf)),
  ];
}

/** What lies below a node. Groups without anything in them are left out: an empty one says nothing that its absence does not. */
export function children(node: Node): readonly Node[] {
  if (node.kind === 'group') return node.children;
  if (node.kind !== 'session') return [];
  const { session } = node;
  const details: Leaf[] = [
    { kind: 'detail', what: 'id', value: session.id },
    { kind: 'detail', what: 'opened', value: session.opened },
    { kind: 'detail', what: 'lastRequest', value: session.lastRequest },
    { kind: 'detail', what: 'cookieExpires', value: session.cookieExpires },
    { kind: 'detail', what: 'address', value: session.address },
  ];
  if (session.userName) details.push({ kind: 'detail', what: 'userName', value: session.userName });
  if (session.privileges?.length) details.push({ kind: 'detail', what: 'privileges', value: session.privileges.join(', ') });
  return [
    ...group(
      'variables',
      session.variables.map((one) => ({ kind: 'variable', ...one })),
    ),
    ...group(
      'locks',
      session.locks.map((one) => ({ kind: 'lock', ...one })),
    ),
    ...group(
      'selections',
      session.selections.map((one) => ({ kind: 'selection', ...one })),
    ),
    ...group('processes', session.processes.map(processLeaf)),
    ...details,
  ];
}

const processLeaf = (process: ProcessView): Leaf => ({ kind: 'process', process });

const group = (of: Group, leaves: readonly Leaf[]): Node[] => (leaves.length > 0 ? [{ kind: 'group', of, children: leaves }] : []);

/** Whose session it is, as people call it: the client's name, or the first digits of the ID. */
export const sessionName = ({ client, id }: Pick<SessionState, 'client' | 'id'>): string => client ?? id.slice(0, 8);

/** The same node has the same identity in two states, so that what is open stays open and what is chosen stays chosen. */
export function identity(node: Node, parent = ''): string {
  switch (node.kind) {
    case 'server':
      return 'server';
    case 'session':
      return `session:${node.session.id}`;
    case 'group':
      return `${parent}/${node.of}`;
    case 'process':
      return `${parent}/process:${node.process.number}`;
    case 'variable':
      return `${parent}/variable:${node.name}`;
    case 'selection':
      return `${parent}/selection:${node.table}`;
    case 'lock':
      return `${parent}/lock:${node.table}:${node.record}`;
    case 'detail':
      return `${parent}/detail:${node.what}`;
  }
}

/** `Cookie` header that makes a request one of the session's. */
export const cookieHeader = ({ cookieName }: SimulatorState, { id }: SessionState): string => `${cookieName}=${id}`;

/** A length of time in at most two units, as written in English and Spanish alike: `2 h 5 min`, `0 s`. */
export function duration(milliseconds: number): string {
  let rest = Math.max(0, Math.floor(milliseconds / 1000));
  const parts: string[] = [];
  const units = { d: 86400, h: 3600, min: 60, s: 1 };
  for (const [unit, size] of Object.entries(units)) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${unit}`);
  }
  return parts.slice(0, 2).join(' ') || '0 s';
}

/** How far the clock has to go until the next session ends by itself; undefined when none will. */
export function untilNextEnd({ now, sessions }: SimulatorState): number | undefined {
  const ends = sessions.map((one) => one.ends - now).filter((left) => Number.isFinite(left) && left > 0);
  return ends.length > 0 ? Math.min(...ends) : undefined;
}

/** `GET /a?b`, `/a` or `POST /a x=1` as a person types it; undefined when there is no path in it. */
export function parseRequest(text: string): { readonly method: string; readonly url: string; readonly body?: string } | undefined {
  const found = /^\s*(?:([A-Za-z]+)\s+)?(\/\S*)(?:\s+(\S[\s\S]*?))?\s*$/.exec(text);
  if (!found) return undefined;
  const [, method, url, body] = found;
  return { method: (method ?? (body === undefined ? 'GET' : 'POST')).toUpperCase(), url, ...(body !== undefined && { body }) };
}
