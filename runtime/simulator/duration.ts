const units: Readonly<Record<string, number>> = {
  d: 86_400_000,
  h: 3_600_000,
  min: 60_000,
  m: 60_000,
  s: 1_000,
  ms: 1,
};

/** `8h`, `1d 30min`, `1.5h`, or milliseconds as a number; undefined when it is no span of time. */
export function milliseconds(span: string | number): number | undefined {
  if (typeof span === 'number') return Number.isFinite(span) && span >= 0 ? span : undefined;
  const parts = span.trim().toLowerCase().split(/\s+/);
  let sum = 0;
  for (const part of parts) {
    const [, number, unit] = /^(\d+(?:\.\d+)?)(d|h|min|m|s|ms)$/.exec(part) ?? [];
    if (number === undefined) return undefined;
    sum += Number(number) * units[unit];
  }
  return Math.round(sum);
}
