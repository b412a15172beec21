import { parse } from '#syntaxes/parser/parse.js';
import type { TextEdit } from '../rules/rule.js';
import type { FileEdits, MigrationItem } from './types.js';

export interface Applied {
  /** New texts by path. */
  readonly files: ReadonlyMap<string, string>;
  readonly done: readonly MigrationItem[];
  /** Items with edits that overlap one done before, or that would leave code that does not parse: plan again to see them. */
  readonly left: readonly MigrationItem[];
}

/** The edits of an item that count: as scalable sessions want it, or as both modes do. */
export function editsOf(item: MigrationItem, bothModes: boolean): FileEdits | undefined {
  if (bothModes) return item.bothModes?.edits ?? (item.kind === 'automatic' && item.idiom === 'former-name' ? item.edits : undefined);
  return item.edits;
}

/**
 * Does the edits of the chosen items to the texts of their files. All edits of an item are done or none; a text is only changed when the
 * result parses as well as before.
 */
export function applyItems(
  items: readonly MigrationItem[],
  textOf: (path: string) => string | undefined,
  { bothModes = false }: { readonly bothModes?: boolean } = {},
): Applied {
  const taken = new Map<string, Taken>();
  let done: MigrationItem[] = [];
  const left: MigrationItem[] = [];
  for (const item of items) {
    const edits = Object.entries(editsOf(item, bothModes) ?? {});
    if (edits.length === 0) continue;
    const fits = edits.every(([path, list]) => textOf(path) !== undefined && list.every((edit) => !taken.get(path)?.overlaps(edit)));
    if (!fits) {
      left.push(item);
      continue;
    }
    for (const [path, list] of edits) {
      const already = taken.get(path) ?? new Taken();
      taken.set(path, already);
      for (const edit of list) already.add(edit);
    }
    done.push(item);
  }
  const files = new Map<string, string>();
  const broken = new Set<string>();
  for (const [path, { edits }] of taken) {
    const before = textOf(path)!;
    const after = edited(before, edits);
    if (/\.4dm$/i.test(path) && parse(after).errors.length > parse(before).errors.length) broken.add(path);
    else files.set(path, after);
  }
  if (broken.size > 0) {
    const touches = (item: MigrationItem): boolean => Object.keys(editsOf(item, bothModes) ?? {}).some((path) => broken.has(path));
    const rest = applyItems(
      done.filter((item) => !touches(item)),
      textOf,
      { bothModes },
    );
    left.push(...done.filter(touches));
    done = [...rest.done];
    return { files: rest.files, done, left };
  }
  return { files, done, left };
}

function overlap(a: TextEdit, b: TextEdit): boolean {
  if (a.start === a.end && b.start === b.end) return a.start === b.start;
  return a.start < b.end && b.start < a.end;
}

/** Edits of one text that do not overlap, in the order of their places. */
class Taken {
  readonly edits: TextEdit[] = [];

  /** Place of the first edit that begins at an offset or behind it. */
  #from(offset: number): number {
    let low = 0;
    for (let high = this.edits.length; low < high; ) {
      const middle = (low + high) >> 1;
      if (this.edits[middle].start < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  overlaps(edit: TextEdit): boolean {
    const from = this.#from(edit.start);
    // the one before may reach into it; of those that begin there, several may be empty
    if (from > 0 && overlap(edit, this.edits[from - 1])) return true;
    for (let i = from; i < this.edits.length && this.edits[i].start <= edit.end; i++) if (overlap(edit, this.edits[i])) return true;
    return false;
  }

  add(edit: TextEdit): void {
    let at = this.#from(edit.start);
    while (at < this.edits.length && this.edits[at].start === edit.start && this.edits[at].end <= edit.end) at++;
    this.edits.splice(at, 0, edit);
  }
}

/** A text with edits done. Two that meet at one offset are done in the order of their ends. */
export function edited(text: string, edits: readonly TextEdit[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    parts.push(text.slice(from, edit.start), edit.text);
    from = Math.max(from, edit.end);
  }
  return [...parts, text.slice(from)].join('');
}
