/** The few assertions the suites use: Node's own are not there when the extension host is a web worker. */

export function ok(value: unknown, message = `${value} is not truthy`): asserts value {
  if (!value) throw new Error(message);
}

export function equal(actual: unknown, expected: unknown, message = ''): void {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== b) throw new Error(`${a} is not ${b} ${message}`);
}

export function match(text: string, pattern: RegExp): void {
  if (!pattern.test(text)) throw new Error(`${pattern} is not in: ${text}`);
}

export function doesNotMatch(text: string, pattern: RegExp): void {
  if (pattern.test(text)) throw new Error(`${pattern} is in: ${text}`);
}
