import { codeAt, isWord } from './characters.js';

/** End of the operator that starts with the sign at `at`; behind a value `*+`, `*|` and `*=` are one, elsewhere a `*` stands for itself. */
export function signEnd(text: string, at: number, behindValue: boolean): number {
  const next = codeAt(text, at + 1);
  return at + (isDouble(text, at, next, behindValue) ? 2 : 1);
}

function isDouble(text: string, at: number, next: number, behindValue: boolean): boolean {
  const c = text.charCodeAt(at);
  switch (c) {
    case 45: // -
      return next === 62 || next === 61;
    case 62: // >
      return next === 61 || next === 62;
    case 60: // <
      // `a<<>b` compares `a` with `<>b`.
      return next === 61 || (next === 60 && !(codeAt(text, at + 2) === 62 && isWord(codeAt(text, at + 3))));
    case 42: // *
      return behindValue && (next === 43 || next === 124 || next === 61);
    case 47: // /
    case 43: // +
      return next === 61;
    case 38: // &
    case 124: // |
      return next === c;
    case 94: // ^
      return next === 124;
    default:
      return false;
  }
}

/** Whether the operator between two offsets assigns: `+=`, `-=`, `*=`, `/=`. */
export function assigns(text: string, start: number, end: number): boolean {
  if (end - start !== 2 || text.charCodeAt(start + 1) !== 61) return false;
  const c = text.charCodeAt(start);
  return c === 43 || c === 45 || c === 42 || c === 47;
}
