/** What a client shows at `WEB LEGACY CLOSE SESSION` in the tutorial's log-out, scalable sessions on: one form, whichever editor was asked. */
export interface Answers {
  /** Markdown. */
  readonly hover: string;
  readonly definition: readonly string[];
  readonly references: readonly string[];
  readonly diagnostics: readonly { readonly code: string; readonly severity: number; readonly message: string; readonly place: string }[];
}

interface Position {
  readonly line: number;
  readonly character: number;
}

/** A stretch of a file as text; lines and characters from 0. */
export function placeText(uri: string, { start, end }: { readonly start: Position; readonly end: Position }): string {
  return `${uri} ${start.line}:${start.character}-${end.line}:${end.character}`;
}

/** The same answers wherever the project lies: its folder is written as PROJECT, places are sorted. */
export function inProject(answers: Answers, folder: string): Answers {
  const sorted = { ...answers, definition: [...answers.definition].sort(), references: [...answers.references].sort() };
  return JSON.parse(JSON.stringify(sorted).replaceAll(folder, 'PROJECT'));
}
