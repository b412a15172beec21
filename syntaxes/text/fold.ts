/**
 * A name without case and diacritics, blanks reduced to one: the key under which 4D names are compared
 * (facts: `keywords.json`, caseSensitivity; names compare without case, commands and constants too).
 */
export function fold(name: string): string {
  // The same name is asked for in one table after the other.
  if (name !== lastName) {
    lastFolded = folded(name);
    lastName = name;
  }
  return lastFolded;
}

let lastName = '';
let lastFolded = '';

function folded(name: string): string {
  let plain = true;
  for (let i = 0; i < name.length; i++) {
    const c = name.charCodeAt(i);
    if (c > 127 || c === 9) {
      plain = false;
      break;
    }
  }
  const lower = (plain ? name : name.normalize('NFD').replace(/\p{M}+/gu, '')).toLowerCase();
  return lower.includes('  ') || !plain ? lower.replace(/\s+/g, ' ').trim() : lower.trim();
}
