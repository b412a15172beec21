import type { Bilingual, Language } from '../text/bilingual.js';
import { say } from '../text/bilingual.js';
import type { SyntaxError as Mistake } from '../tree/tree.js';

/** Every mistake the parser can report: what is wrong, why, and what to do. `{0}`, `{1}` … are filled from the error's arguments. */
export const syntaxErrors = {
  'syntax-unclosed-text': {
    en: 'This text has no closing quote. A text ends on its own line: add `"`, or join shorter texts with `+`.',
    es: 'A este texto le faltan las comillas finales. Un texto termina en su propia línea: añada `"` o junte textos más cortos con `+`.',
  },
  'syntax-unclosed-date': {
    en: 'This date has no closing `!`. Write it as `!2024-02-29!`.',
    es: 'A esta fecha le falta el `!` final. Escríbala así: `!2024-02-29!`.',
  },
  'syntax-unclosed-time': {
    en: 'This time has no closing `?`. Write it as `?08:30:00?`.',
    es: 'A esta hora le falta el `?` final. Escríbala así: `?08:30:00?`.',
  },
  'syntax-unclosed-comment': {
    en: 'Nothing closes this comment, so the rest of the method is a comment too. Add `*/` where it ends.',
    es: 'Nada cierra este comentario, así que el resto del método también es comentario. Añada `*/` donde termine.',
  },
  'syntax-unknown-sign': {
    en: '`{0}` has no meaning in 4D code here. Remove it or put it inside a text.',
    es: '`{0}` no significa nada aquí en código 4D. Quítelo o póngalo dentro de un texto.',
  },
  'syntax-operator-missing': {
    en: 'Something is missing before `{0}`: two values stand side by side. Put an operator, a `;` or an opening parenthesis between them.',
    es: 'Falta algo antes de `{0}`: hay dos valores seguidos. Ponga entre ellos un operador, un `;` o un paréntesis de apertura.',
  },
  'syntax-operand-missing': {
    en: 'A value is missing after `{0}`. Write it, or remove `{0}`.',
    es: 'Falta un valor después de `{0}`. Escríbalo o quite `{0}`.',
  },
  'syntax-value-missing': {
    en: 'The value to assign is missing after `{0}`. Write it, or remove the line.',
    es: 'Falta el valor que se asigna después de `{0}`. Escríbalo o quite la línea.',
  },
  'syntax-argument-missing': {
    en: 'An argument is missing here. Arguments cannot be left out in the middle: write one, or remove the `;`.',
    es: 'Aquí falta un argumento. No se pueden omitir argumentos intermedios: escriba uno o quite el `;`.',
  },
  'syntax-spare-separator': {
    en: 'Nothing follows this `;`. Remove it, or write what should. Projects at work have such lines: 4D seems to pass over it.',
    es: 'Después de este `;` no viene nada. Quítelo o escriba lo que falta. Hay proyectos en uso con líneas así: parece que 4D lo pasa por alto.',
  },
  'syntax-member-missing': {
    en: 'The name of a property or function is missing after the dot. Write it, or remove the dot.',
    es: 'Falta el nombre de una propiedad o función después del punto. Escríbalo o quite el punto.',
  },
  'syntax-keyword-in-expression': {
    en: '`{0}` cannot stand inside an expression: it belongs at the start of a line. Put it on a line of its own.',
    es: '`{0}` no puede estar dentro de una expresión: va al principio de una línea. Póngalo en su propia línea.',
  },
  'syntax-closing-missing': {
    en: '`{0}` is missing for the `{1}` of this line. A bracket must close before its line ends.',
    es: 'Falta `{0}` para el `{1}` de esta línea. Todo lo que se abre debe cerrarse antes de que acabe su línea.',
  },
  'syntax-stray-closing': {
    en: 'This `{0}` closes nothing. Add the `{1}` that is missing before it, or remove it.',
    es: 'Este `{0}` no cierra nada. Añada el `{1}` que falta antes o quítelo.',
  },
  'syntax-second-assignment': {
    en: 'A line assigns once, so `{0}` cannot stand here. Use `=` to compare, or write two lines.',
    es: 'Una línea asigna una sola vez, así que `{0}` no puede estar aquí. Use `=` para comparar o escriba dos líneas.',
  },
  'syntax-unexpected': {
    en: '`{0}` cannot stand here: the statement is complete before it. Remove it, or start a new line.',
    es: '`{0}` no puede estar aquí: la instrucción ya está completa antes. Quítelo o empiece una línea nueva.',
  },
  'syntax-ternary-colon': {
    en: 'The ` : ` and the value for the other case are missing after this `?`. Write `condition ? value : other value`.',
    es: 'Faltan los ` : ` y el valor del otro caso después de este `?`. Escriba `condición ? valor : otro valor`.',
  },
  'syntax-pair-colon': {
    en: 'The `:` and the value of this property are missing. Write `name: value`, with `;` between properties.',
    es: 'Faltan los `:` y el valor de esta propiedad. Escriba `nombre: valor`, con `;` entre propiedades.',
  },
  'syntax-key-missing': {
    en: 'The name of a property is missing here. Write `name: value`, or remove the `;`.',
    es: 'Aquí falta el nombre de una propiedad. Escriba `nombre: valor` o quite el `;`.',
  },
  'syntax-name-missing': {
    en: 'A name is missing here. Declare variables and parameters by their names, as in `$total`.',
    es: 'Aquí falta un nombre. Declare las variables y los parámetros por su nombre, como `$total`.',
  },
  'syntax-type-missing': {
    en: 'The type is missing after `:`. Write one, as in `: Text` or `: cs.Shop`, or remove the `:`.',
    es: 'Falta el tipo después de `:`. Escriba uno, como `: Text` o `: cs.Shop`, o quite los `:`.',
  },
  'syntax-condition-missing': {
    en: 'The condition of `{0}` is missing. Write it in parentheses on the same line.',
    es: 'Falta la condición de `{0}`. Escríbala entre paréntesis en la misma línea.',
  },
  'syntax-condition-parenthesis': {
    en: 'What follows `{0}` stands in parentheses. Add the `(` here and the `)` at its end.',
    es: 'Lo que sigue a `{0}` va entre paréntesis. Añada `(` aquí y `)` al final.',
  },
  'syntax-loop-parts': {
    en: '`{0}` needs another number of parts in its parentheses ({1}), with `;` between them.',
    es: '`{0}` necesita otro número de partes entre sus paréntesis ({1}), separadas por `;`.',
  },
  'syntax-end-missing': {
    en: '`{0}` is missing for the `{1}` of line {2}. Add it behind the last line of the block.',
    es: 'Falta `{0}` para el `{1}` de la línea {2}. Añádalo después de la última línea del bloque.',
  },
  'syntax-opening-missing': {
    en: '`{0}` is missing for the `{1}` of line {2}. Add it before the first line of the block, or remove `{1}`.',
    es: 'Falta `{0}` para el `{1}` de la línea {2}. Añádalo antes de la primera línea del bloque o quite `{1}`.',
  },
  'syntax-behind-else': {
    en: '`{0}` cannot follow the last part of the `{1}` of line {2}. Move it before, or open a new `{1}`.',
    es: '`{0}` no puede ir detrás de la última parte del `{1}` de la línea {2}. Póngalo antes o abra un `{1}` nuevo.',
  },
  'syntax-too-deep': {
    en: 'Too many levels inside each other: 4D code is read up to {0} of them. Split this into several lines or methods.',
    es: 'Demasiados niveles unos dentro de otros: el código 4D se lee hasta {0}. Divida esto en varias líneas o métodos.',
  },
  'syntax-too-long': {
    en: 'This expression has too many operators in a row: it is read up to {0}. Split it into several lines.',
    es: 'Esta expresión tiene demasiados operadores seguidos: se lee hasta {0}. Divídala en varias líneas.',
  },
} as const satisfies Record<string, Bilingual>;

export type SyntaxCode = keyof typeof syntaxErrors;

/** The message of a syntax error in a language. */
export function syntaxErrorText(error: Mistake, language: Language): string {
  const text: Bilingual | undefined = syntaxErrors[error.code as SyntaxCode];
  return text ? say(text, language, ...error.args) : error.code;
}
