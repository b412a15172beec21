import { syntaxErrorText } from '#syntaxes/parser/syntaxErrors.js';
import type { Rule } from './rule.js';

/** What the parser could not read. Each kind of error has its own code, all beginning with `syntax-`. */
export const syntax: Rule = {
  code: 'syntax',
  severity: 'error',
  aboutSessions: false,
  *check({ tree, lines }) {
    for (const error of tree.errors) {
      const message = { en: syntaxErrorText(error, 'en'), es: syntaxErrorText(error, 'es') };
      yield {
        start: error.start,
        end: error.end,
        code: error.code.startsWith('syntax-') ? error.code : `syntax-${error.code}`,
        message,
        related: error.related && [
          {
            span: lines.span(error.related.start, error.related.end),
            message: { en: 'This is what it belongs to.', es: 'A esto pertenece.' },
          },
        ],
      };
    }
  },
};
