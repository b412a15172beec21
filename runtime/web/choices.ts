/** Documented switches for what 4D's documentation leaves open (facts: web-sessions §19). */
export interface SimulatorChoices {
  /** Release of 4D that is simulated, for cookie names, `/4DCGI` and recycled processes. Default 21. */
  readonly release: number;
  /** A session that closes itself: its context is freed at the `end` of the request, or `at-once`. */
  readonly ownClose: 'end' | 'at-once';
  /** Runs On Web Legacy Close Session for each session when the web server stops. Default false. */
  readonly closeOnStop: boolean;
  /** HTTP status when On Web Authentication refuses. Default 401. */
  readonly refusedStatus: number;
  /** Static files open sessions too. Default false: only 4D code does. */
  readonly staticFilesOpenSessions: boolean;
}

export const defaultChoices: SimulatorChoices = {
  release: 21,
  ownClose: 'end',
  closeOnStop: false,
  refusedStatus: 401,
  staticFilesOpenSessions: false,
};
