/**
 * Whether the `hits`th time counts: `5` and `= 5` only the fifth, `>= 5`, `> 5`, `< 5`, `<= 5`, `# 5` (4D's “not equal”) and
 * `% 5` for every fifth. Undefined when the text is none of these.
 */
export function hitCondition(text: string): ((hits: number) => boolean) | undefined {
  const match = /^\s*(>=|<=|==?|>|<|#|!=|%)?\s*(\d+)\s*$/.exec(text);
  if (!match) return undefined;
  const number = Number(match[2]);
  switch (match[1]) {
    case '>':
      return (hits) => hits > number;
    case '>=':
      return (hits) => hits >= number;
    case '<':
      return (hits) => hits < number;
    case '<=':
      return (hits) => hits <= number;
    case '#':
    case '!=':
      return (hits) => hits !== number;
    case '%':
      return number > 0 ? (hits) => hits % number === 0 : undefined;
    default:
      return (hits) => hits === number;
  }
}

/** Text and expressions of a log message: `total is {$total}` → `['total is ', '$total', '']`; `{{` is a brace. */
export function logParts(message: string): { readonly text: string; readonly expression?: string }[] {
  const parts: { text: string; expression?: string }[] = [];
  let text = '';
  for (let i = 0; i < message.length; i++) {
    if (message.startsWith('{{', i) || message.startsWith('}}', i)) text += message[i++];
    else if (message[i] === '{') {
      const end = closingBrace(message, i);
      if (end < 0) return [...parts, { text: text + message.slice(i) }];
      parts.push({ text, expression: message.slice(i + 1, end) });
      text = '';
      i = end;
    } else text += message[i];
  }
  return [...parts, { text }];
}

/** Where the brace that opens at `start` closes; array elements (`aName{1}`) have braces of their own. */
function closingBrace(message: string, start: number): number {
  let depth = 0;
  let quoted = false;
  for (let i = start; i < message.length; i++) {
    if (message[i] === '"' && message[i - 1] !== '\\') quoted = !quoted;
    else if (!quoted && message[i] === '{') depth++;
    else if (!quoted && message[i] === '}' && --depth === 0) return i;
  }
  return -1;
}
