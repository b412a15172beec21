import { say } from '#syntaxes/text/bilingual.js';
import { FourDError } from '../machine/types.js';

/** Errors of the records, with 4D's numbers where they are known (facts: 4D pages `Concepts/error-handling`, error list). */
const errors = {
  duplicate: {
    code: -9998,
    en: 'Duplicate key: another record of [{0}] already has {1} = {2}. Give the field a value of its own before saving.',
    es: 'Clave duplicada: otro registro de [{0}] ya tiene {1} = {2}. Dé al campo un valor propio antes de guardar.',
  },
  field: {
    code: 2,
    en: 'The structure has no field {1} in table {0}. Check catalog.4DCatalog.',
    es: 'La estructura no tiene el campo {1} en la tabla {0}. Revise catalog.4DCatalog.',
  },
  type: {
    code: 54,
    en: 'The value does not fit the field {0}, whose type is {1}. Convert it first.',
    es: 'El valor no encaja en el campo {0}, de tipo {1}. Conviértalo antes.',
  },
  'no-table': {
    code: 5,
    en: 'No table was given and DEFAULT TABLE has not been called in this process. Pass the table.',
    es: 'No se ha indicado tabla y en este proceso no se ha llamado a DEFAULT TABLE. Indique la tabla.',
  },
  relation: {
    code: 16,
    en: 'No relation leads from [{0}] to [{1}]. Add it to the structure, or query the tables one after the other.',
    es: 'Ninguna relación lleva de [{0}] a [{1}]. Añádala a la estructura, o consulte las tablas una tras otra.',
  },
  comparator: {
    code: 49,
    en: 'A query cannot compare with «{0}». Use =, #, <, >, <=, >= or %.',
    es: 'Una búsqueda no puede comparar con «{0}». Use =, #, <, >, <=, >= o %.',
  },
} as const;

/** Raises one of the errors above. */
export function failWith(name: keyof typeof errors, ...values: string[]): never {
  const { code, ...text } = errors[name];
  throw new FourDError({ code, message: { en: say(text, 'en', ...values), es: say(text, 'es', ...values) } });
}
