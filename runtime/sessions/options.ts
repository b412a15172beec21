import type { RunningMode, WebOptions } from './types.js';

/** Defaults of a web server (facts: web-sessions §5, §11). */
export function defaultWebOptions(mode: RunningMode = 'scalable'): WebOptions {
  return {
    keepSession: mode === 'legacy',
    scalableSession: mode === 'scalable',
    maxSessions: 100,
    inactiveSessionTimeout: 480,
    sessionCookieName: '',
    inactiveProcessTimeout: 480,
    sessionCookieDomain: '',
    sessionCookiePath: '/',
    sessionIPAddressValidation: true,
    sessionCookieSameSite: 'Strict',
    maxConcurrentProcesses: 100,
    maxRequestSize: 2_000_000,
    others: new Map(),
  };
}

/** The mode that a server starts with: both off is none; the settings file holds one mode, so both on cannot come from there (facts: web-sessions §5.1). */
export function modeOf(options: Pick<WebOptions, 'keepSession' | 'scalableSession'>): RunningMode {
  if (options.scalableSession) return 'scalable';
  return options.keepSession ? 'legacy' : 'none';
}

/** Session limit as it counts: never above the process limit (facts: web-sessions §5.1). */
export function effectiveMaxSessions(options: WebOptions): number {
  return Math.min(options.maxSessions, options.maxConcurrentProcesses);
}

/** Selectors whose value the session stores use, by number. */
export const sessionSelectors = {
  70: 'keepSession',
  71: 'maxSessions',
  72: 'inactiveSessionTimeout',
  73: 'sessionCookieName',
  78: 'inactiveProcessTimeout',
  81: 'sessionCookieDomain',
  82: 'sessionCookiePath',
  83: 'sessionIPAddressValidation',
  90: 'scalableSession',
  18: 'maxConcurrentProcesses',
  27: 'maxRequestSize',
} as const satisfies Record<number, keyof WebOptions>;

/** The other selectors: property of `4D.WebServer` and default (facts: web-sessions §5.2, §11). `flag`: 0 or 1 as an option, a Boolean as a property. */
export const otherSelectors: Readonly<
  Record<number, { readonly property: string; readonly value: number | string; readonly flag?: boolean }>
> = {
  15: { property: 'HTTPPort', value: 80 },
  16: { property: 'IPAddressToListen', value: '' },
  17: { property: 'characterSet', value: 106 },
  23: { property: 'clientIPAddressToListen', value: '' },
  29: { property: 'logRecording', value: 0 },
  39: { property: 'HTTPSPort', value: 443 },
  50: { property: 'HTTPCompressionLevel', value: 1 },
  51: { property: 'HTTPCompressionThreshold', value: 1024 },
  84: { property: 'debugLog', value: 0 },
  85: { property: 'HTTPTrace', value: 0, flag: true },
  86: { property: 'HSTSEnabled', value: 0, flag: true },
  87: { property: 'HSTSMaxAge', value: 63_072_000 },
  88: { property: 'HTTPEnabled', value: 1, flag: true },
  89: { property: 'HTTPSEnabled', value: 0, flag: true },
  92: { property: 'CORSEnabled', value: 0, flag: true },
};

/** Options that do nothing while a mode runs (facts: web-sessions §5.1, column «ignored in»). */
export function ignoredSelectors(mode: RunningMode): readonly number[] {
  if (mode === 'scalable') return [71, 72, 73, 78, 83, 18];
  return mode === 'none' ? [78] : [];
}
