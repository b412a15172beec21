/** Languages of the product. Command names and other 4D terms are code: never translated. */
export type Language = 'en' | 'es';

/** One text of the product in both languages; `{0}`, `{1}` … are places for values. */
export interface Bilingual {
  readonly en: string;
  readonly es: string;
}

/** The text in one language with its places filled. Translate at the moment of use, never at import. */
export function say(text: Bilingual, language: Language, ...values: readonly (string | number)[]): string {
  return text[language].replace(/\{(\d+)\}/g, (place, index) => (Number(index) < values.length ? String(values[Number(index)]) : place));
}

/** `es-MX`, `es_ES.UTF-8` → `es`; everything that is not Spanish → `en`. */
export function languageOf(locale: string | undefined): Language {
  return /^es(?![a-z])/i.test(locale ?? '') ? 'es' : 'en';
}
