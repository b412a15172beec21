import { type Bilingual, say } from '#syntaxes/text/bilingual.js';
import { FourDError } from '../machine/types.js';

/** Raises a 4D error at the calling line; `{0}` … in the texts are filled. Codes are 4D's own (facts: 4D page `Error codes`, syntax errors 1 to 81). */
export function raise(code: number, text: Bilingual, ...values: readonly (string | number)[]): never {
  throw new FourDError({ code, message: { en: say(text, 'en', ...values), es: say(text, 'es', ...values) } });
}

/** Raises the error of something that the simulator does not model; never to be taken for an error of 4D itself. */
export function notModelled(text: Bilingual, ...values: readonly (string | number)[]): never {
  throw new FourDError({ code: -1, message: { en: say(text, 'en', ...values), es: say(text, 'es', ...values) }, notModelled: true });
}

export const INDEX_OUT_OF_RANGE = 53;
export const TYPES_DIFFER = 54;
export const BAD_PARAMETER = 77;
