/** Patterns of paths: `*` within a name, `**` across folders, `?` one letter; case counts as it does in most file systems: not at all. */
export function matches(pattern: string, path: string): boolean {
  return expression(pattern).test(path);
}

const known = new Map<string, RegExp>();

function expression(pattern: string): RegExp {
  let found = known.get(pattern);
  if (!found) {
    const text = pattern.replace(/^\.?\//, '').replace(/\/$/, '/**');
    // without a folder it counts in all of them
    const anywhere = !text.includes('/') || /^[^/]+\/\*\*$/.test(text);
    const source = text
      .split(/(\*\*\/|\/\*\*$|\*\*|\*|\?)/)
      .map((part) => {
        if (part === '**/') return '(?:.*/)?';
        if (part === '/**') return '/.*';
        if (part === '**') return '.*';
        if (part === '*') return '[^/]*';
        if (part === '?') return '[^/]';
        return part.replace(/[.+^${}()|[\]\\]/g, '\\$&');
      })
      .join('');
    found = new RegExp(`^${anywhere ? '(?:.*/)?' : ''}${source}$`, 'iu');
    known.set(pattern, found);
  }
  return found;
}

/** The patterns of an ignore file, as a question about paths: the last one that matches counts, `!` takes a file back in. */
export function ignoring(text: string): (path: string) => boolean {
  const lines = text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  return (path) => {
    let ignored = false;
    for (const line of lines) {
      const back = line.startsWith('!');
      if (matches(back ? line.slice(1) : line, path)) ignored = !back;
    }
    return ignored;
  };
}
