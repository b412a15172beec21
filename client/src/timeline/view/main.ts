/** The timeline's page: rows with a line for each session, filters, keyboard. It knows no simulator, only the rows it is sent. */
import type { FromPage, ToPage, Words } from '../messages.js';
import type { LanePart, TimelineRow } from '../model.js';

declare function acquireVsCodeApi(): { postMessage(message: FromPage): void; getState(): unknown; setState(state: unknown): void };

const vscode = acquireVsCodeApi();
const element = <E extends HTMLElement>(id: string): E => document.getElementById(id) as E;
const words: Words = JSON.parse(document.body.dataset.words!);
const list = element<HTMLOListElement>('rows');
const filters = element<HTMLFormElement>('filters');
const boxes = [...filters.querySelectorAll<HTMLInputElement>('input[name=group]')];

/** Rows in the page; older ones make room. */
const LIMIT = 2000;
const LANE = 14;
const HEIGHT = 24;

let chosen: HTMLElement | undefined;
let count = 0;
let lanes = 1;

const draw = <K extends keyof SVGElementTagNameMap>(name: K, attributes: Record<string, string | number>): SVGElementTagNameMap[K] => {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
};

/** Colours repeat after six lanes; what an event is does not depend on them, it has a shape. */
const colour = (lane: number): string => `lane lane${lane % 6}`;
const middle = (lane: number): number => lane * LANE + LANE / 2 + 2;

function line({ lane, shape }: LanePart): SVGElement {
  const [from, to] = [shape === 'start' ? HEIGHT / 2 : 0, shape === 'end' ? HEIGHT / 2 : '100%'];
  return draw('line', { x1: middle(lane), x2: middle(lane), y1: from, y2: to, class: colour(lane) });
}

/** The sign of an event: opened ○, request ●, answer ▸, cookie ◆, closes ◐, gone ✕, code ▪; anything else a small dot. */
function sign({ kind, lane }: TimelineRow): SVGElement {
  const [x, y] = [middle(lane!), HEIGHT / 2];
  const name = colour(lane!);
  switch (kind) {
    case 'session-opened':
      return draw('circle', { cx: x, cy: y, r: 5, class: `${name} hollow` });
    case 'request':
      return draw('circle', { cx: x, cy: y, r: 4.5, class: `${name} filled` });
    case 'response':
      return draw('path', { d: `M${x - 4},${y - 5} L${x + 5},${y} L${x - 4},${y + 5} Z`, class: `${name} filled` });
    case 'cookie':
      return draw('path', { d: `M${x},${y - 6} L${x + 5},${y} L${x},${y + 6} L${x - 5},${y} Z`, class: `${name} filled` });
    case 'session-closing':
      return draw('path', {
        d: `M${x - 5},${y} A5,5 0 0 1 ${x + 5},${y} Z M${x - 5},${y} A5,5 0 0 0 ${x + 5},${y}`,
        class: `${name} half`,
      });
    case 'session-closed':
      return draw('path', {
        d: `M${x - 4.5},${y - 4.5} L${x + 4.5},${y + 4.5} M${x + 4.5},${y - 4.5} L${x - 4.5},${y + 4.5}`,
        class: `${name} cross`,
      });
    case 'method':
      return draw('rect', { x: x - 4, y: y - 4, width: 8, height: 8, class: `${name} filled` });
    default:
      return draw('circle', { cx: x, cy: y, r: 2.5, class: `${name} filled` });
  }
}

/** The lines of a row's lanes, as high as the row, with its sign at the height of its first line of text. */
function picture(row: TimelineRow): Element {
  const svg = draw('svg', { 'aria-hidden': 'true', focusable: 'false' });
  svg.append(...row.lines.map(line));
  if (row.lane !== undefined) svg.append(sign(row));
  const holder = document.createElement('span');
  holder.className = 'lanes';
  holder.append(svg);
  return holder;
}

/** All rows leave room for as many lanes as there ever were side by side. */
function makeRoom(rows: readonly TimelineRow[]): void {
  lanes = Math.max(lanes, ...rows.flatMap(({ lines }) => lines.map(({ lane }) => lane + 1)));
  list.style.setProperty('--lanes', `${lanes * LANE + 4}px`);
}

function cell(name: string, text: string): HTMLElement {
  const made = document.createElement('span');
  made.className = name;
  made.textContent = text;
  return made;
}

function item(row: TimelineRow): HTMLElement {
  const made = document.createElement('li');
  made.id = `row${row.index}`;
  made.role = 'option';
  made.dataset.group = row.group;
  made.dataset.index = String(row.index);
  made.className = `${row.kind}${row.leads ? ' leads' : ''}`;
  made.ariaSelected = 'false';
  const time = document.createElement('time');
  time.dateTime = row.moment.replace(' ', 'T');
  time.textContent = row.time;
  time.title = row.moment;
  const later = row.gap === undefined ? '' : words.later.replace('{0}', row.gap);
  const parts: Element[] = [time, picture(row), cell('who', row.who ?? ''), cell('text', row.text)];
  if (later) parts.unshift(cell('gap', later));
  if (row.leads) parts.push(cell('unseen', words.opens));
  // Blanks between the parts, which the layout does not show: a screen reader reads the row as one sentence.
  for (const part of parts) made.append(part, ' ');
  return made;
}

const shown = (): HTMLElement[] => [...list.children].filter((one): one is HTMLElement => !(one as HTMLElement).hidden);

function choose(one: HTMLElement | undefined): void {
  if (!one) return;
  if (chosen) chosen.ariaSelected = 'false';
  chosen = one;
  one.ariaSelected = 'true';
  list.setAttribute('aria-activedescendant', one.id);
  one.scrollIntoView({ block: 'nearest' });
}

function open(one: HTMLElement | undefined): void {
  if (one?.classList.contains('leads')) vscode.postMessage({ kind: 'open', index: Number(one.dataset.index) });
}

function filter(): void {
  const wanted = new Set(boxes.filter(({ checked }) => checked).map(({ value }) => value));
  for (const one of list.children) (one as HTMLElement).hidden = !wanted.has((one as HTMLElement).dataset.group!);
  vscode.setState([...wanted]);
  tally();
}

function tally(): void {
  element('empty').hidden = count > 0;
  list.hidden = count === 0;
  filters.hidden = count === 0;
  element('shown').textContent = words.shown.replace('{0}', String(shown().length)).replace('{1}', String(count));
}

function add(rows: readonly TimelineRow[]): void {
  const atEnd = document.documentElement.scrollHeight - window.scrollY - window.innerHeight < HEIGHT * 2;
  const wanted = new Set(boxes.filter(({ checked }) => checked).map(({ value }) => value));
  makeRoom(rows);
  for (const row of rows.slice(-LIMIT)) {
    const made = item(row);
    made.hidden = !wanted.has(row.group);
    list.append(made);
  }
  while (list.childElementCount > LIMIT) list.firstElementChild!.remove();
  count += rows.length;
  tally();
  if (atEnd && !chosen?.isConnected) window.scrollTo(0, document.documentElement.scrollHeight);
}

window.addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
  if (data.kind === 'rows') return add(data.rows);
  list.replaceChildren();
  list.removeAttribute('aria-activedescendant');
  chosen = undefined;
  count = 0;
  lanes = 1;
  element('title').textContent = data.title;
  tally();
});

list.addEventListener('keydown', (event) => {
  const all = shown();
  const at = chosen ? all.indexOf(chosen) : -1;
  const page = Math.max(1, Math.floor(window.innerHeight / HEIGHT) - 2);
  const moves: Record<string, number> = {
    ArrowDown: at + 1,
    ArrowUp: at < 0 ? all.length - 1 : at - 1,
    Home: 0,
    End: all.length - 1,
    PageDown: at + page,
    PageUp: at - page,
  };
  if (event.key === 'Enter' || event.key === ' ') open(chosen);
  else if (event.key in moves && !event.altKey && !event.ctrlKey && !event.metaKey)
    choose(all[Math.min(Math.max(moves[event.key], 0), all.length - 1)]);
  else return;
  event.preventDefault();
});
list.addEventListener('click', ({ target }) => {
  const one = (target as Element).closest<HTMLElement>('li');
  if (!one || window.getSelection()?.toString()) return;
  choose(one);
  open(one);
});
filters.addEventListener('change', filter);
filters.addEventListener('submit', (event) => event.preventDefault());
element('start').addEventListener('click', () => vscode.postMessage({ kind: 'start' }));

const kept = vscode.getState();
if (Array.isArray(kept)) for (const box of boxes) box.checked = kept.includes(box.value);
tally();
vscode.postMessage({ kind: 'ready' });
