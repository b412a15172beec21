import type { Value } from '../values/value.js';

/** A 4D error while code runs. `code` is 4D's own number where the facts give one. */
export interface RuntimeError {
  readonly code: number;
  readonly message: { readonly en: string; readonly es: string };
  /** True when it tells that the simulator does not model something, so that it is never taken for 4D's own error. */
  readonly notModelled?: boolean;
  /** What `throw` was given besides; `Last errors` hands it back. */
  readonly componentSignature?: string;
  readonly details?: ReadonlyMap<string, Value>;
  /** Errors that are raised together with it. */
  readonly others?: readonly RuntimeError[];
}

/** Thrown by natives to raise a 4D error at the line that called them. Nothing else is thrown on purpose. */
export class FourDError extends Error {
  constructor(readonly error: RuntimeError) {
    super(error.message.en);
  }
}
