/** Errors that the machine itself raises, in both languages. Codes are 4D's own where the facts give one. */
import { type Bilingual, say } from '#syntaxes/text/bilingual.js';
import { FourDError, type RuntimeError } from './types.js';

export const texts = {
  syntax: { en: 'This line cannot run: {0}', es: 'Esta línea no se puede ejecutar: {0}' },
  unknownName: {
    en: '{0} is neither a command nor a method of this project. If it belongs to a component or a plug-in, a stand-in can take its place.',
    es: '{0} no es ni un comando ni un método de este proyecto. Si pertenece a un componente o un plug-in, un sustituto puede ocupar su lugar.',
  },
  unknownValue: {
    en: '{0} is no command, constant, method or variable that the simulator knows. Constants of a project’s own are not read.',
    es: '{0} no es ningún comando, constante, método ni variable que el simulador conozca. Las constantes propias de un proyecto no se leen.',
  },
  command: {
    en: 'The command {0} is not simulated. A launch configuration can give a stand-in for it.',
    es: 'El comando {0} no se simula. Una configuración de inicio puede darle un sustituto.',
  },
  plugin: {
    en: 'The plug-in command {0} is not simulated. A launch configuration can give a stand-in for it.',
    es: 'El comando de plug-in {0} no se simula. Una configuración de inicio puede darle un sustituto.',
  },
  constant: { en: 'The value of the constant {0} is not known.', es: 'No se conoce el valor de la constante {0}.' },
  member: { en: '{0} of {1} is not simulated.', es: '{0} de {1} no se simula.' },
  noMember: { en: '{1} has no member named {0}.', es: '{1} no tiene ningún miembro llamado {0}.' },
  noFunction: { en: '{1} has no function named {0}.', es: '{1} no tiene ninguna función llamada {0}.' },
  sql: {
    en: 'SQL is not simulated. What the block does can be written with QUERY or ORDA, which are.',
    es: 'SQL no se simula. Lo que hace el bloque puede escribirse con QUERY u ORDA, que sí se simulan.',
  },
  table: { en: 'The structure has no table {0}.', es: 'La estructura no tiene ninguna tabla {0}.' },
  field: { en: 'The structure has no field {0}.', es: 'La estructura no tiene ningún campo {0}.' },
  notAssignable: { en: 'Nothing can be assigned to {0}.', es: 'No se puede asignar nada a {0}.' },
  noPlace: {
    en: '{0} is no variable, field or array, and one is needed here.',
    es: '{0} no es una variable, un campo ni un array, y aquí se necesita uno.',
  },
  types: {
    en: '{0} cannot become {1}. Convert it first.',
    es: '{0} no puede convertirse en {1}. Conviértalo antes.',
  },
  operands: { en: 'The operator {0} does not go with {1} and {2}.', es: 'El operador {0} no se puede usar con {1} y {2}.' },
  boolean: { en: 'A condition must be a Boolean; this one is {0}.', es: 'Una condición debe ser booleana; esta es {0}.' },
  argument: {
    en: '{0}: argument {1} must be {2}, and it is {3}.',
    es: '{0}: el argumento {1} debe ser {2}, y es {3}.',
  },
  argumentPlace: {
    en: '{0}: argument {1} must be a variable, a field or an array.',
    es: '{0}: el argumento {1} debe ser una variable, un campo o un array.',
  },
  argumentArray: { en: '{0}: argument {1} must be an array.', es: '{0}: el argumento {1} debe ser un array.' },
  noArray: { en: 'This is no array.', es: 'Esto no es un array.' },
  index: { en: 'The array has {0} elements, none with number {1}.', es: 'El array tiene {0} elementos, ninguno con el número {1}.' },
  itemIndex: { en: 'A collection has no item {0}.', es: 'Una colección no tiene ningún elemento {0}.' },
  nilPointer: { en: 'The pointer points to nothing.', es: 'El puntero no apunta a nada.' },
  noPointer: { en: 'This is no pointer.', es: 'Esto no es un puntero.' },
  deadLocal: {
    en: 'The pointer points to a local variable of a method that has ended.',
    es: 'El puntero apunta a una variable local de un método que ya terminó.',
  },
  nullReceiver: { en: '{0} is Null, so {1} cannot be called.', es: '{0} es Null, así que no se puede llamar a {1}.' },
  undefinedReceiver: {
    en: '{0} is undefined, so {1} cannot be called. Is the name right, with its case?',
    es: '{0} no está definido, así que no se puede llamar a {1}. ¿Es correcto el nombre, con sus mayúsculas?',
  },
  nullMember: { en: 'The property {0} of Null cannot be used.', es: 'No se puede usar la propiedad {0} de Null.' },
  noObject: { en: 'The property {0} belongs to an object, and this is {1}.', es: 'La propiedad {0} es de un objeto, y esto es {1}.' },
  readOnly: { en: '{0} of {1} cannot be changed.', es: '{0} de {1} no se puede cambiar.' },
  noFormula: { en: 'This cannot be called.', es: 'Esto no se puede llamar.' },
  noMethod: { en: 'The project has no method {0}.', es: 'El proyecto no tiene ningún método {0}.' },
  noFile: { en: 'The project has no file {0}.', es: 'El proyecto no tiene ningún archivo {0}.' },
  noClass: { en: 'The project has no class {0}.', es: 'El proyecto no tiene ninguna clase {0}.' },
  noClassBefore: {
    en: 'There is no class before new: neither this project nor what is read of its components has one of that name.',
    es: 'Antes de new no hay ninguna clase: ni este proyecto ni lo que se lee de sus componentes tiene una con ese nombre.',
  },
  deep: {
    en: 'Calls are nested more than {0} deep: a method probably calls itself without end.',
    es: 'Las llamadas se anidan a más de {0} niveles: un método probablemente se llama a sí mismo sin fin.',
  },
  noUse: {
    en: 'A shared object or collection can only be changed between Use and End use.',
    es: 'Un objeto o una colección compartidos solo se pueden cambiar entre Use y End use.',
  },
  notShared: { en: 'Use needs a shared object or collection.', es: 'Use necesita un objeto o una colección compartidos.' },
  sharedContent: {
    en: 'A shared object or collection can only hold scalar values and other shared objects or collections.',
    es: 'Un objeto o una colección compartidos solo pueden contener valores escalares y otros objetos o colecciones compartidos.',
  },
  super: { en: 'Super is only known in the functions of a class.', es: 'Super solo existe en las funciones de una clase.' },
  each: {
    en: 'For each goes over collections, objects and entity selections, and this is {0}.',
    es: 'For each recorre colecciones, objetos y selecciones de entidades, y esto es {0}.',
  },
  waits: { en: 'An evaluation cannot wait.', es: 'Una evaluación no puede esperar.' },
  limit: { en: 'The evaluation took more than {0} steps.', es: 'La evaluación necesitó más de {0} pasos.' },
  pure: { en: '{0} could change something, so it is not evaluated here.', es: '{0} podría cambiar algo, por eso no se evalúa aquí.' },
  evaluateEmpty: { en: 'There is nothing to evaluate.', es: 'No hay nada que evaluar.' },
  noProcess: { en: 'The process has no such call.', es: 'El proceso no tiene esa llamada.' },
  internal: { en: '{0} failed inside the simulator: {1}', es: '{0} falló dentro del simulador: {1}' },
  many: { en: 'A collection can have {0} items here at most.', es: 'Una colección puede tener aquí {0} elementos como máximo.' },
  memory: { en: '{0} needs more memory than there is.', es: '{0} necesita más memoria de la que hay.' },
  memoryFull: {
    en: 'The memory of the simulator is nearly used up, and this process has taken most of it.',
    es: 'La memoria del simulador está casi agotada, y este proceso ocupa la mayor parte.',
  },
  nested: {
    en: '{0} was given objects or collections that are nested too deep.',
    es: '{0} recibió objetos o colecciones anidados a demasiada profundidad.',
  },
  long: { en: 'The text would become too long.', es: 'El texto sería demasiado largo.' },
} satisfies Record<string, Bilingual>;

export type TextKey = keyof typeof texts;

const codes: Partial<Record<TextKey, number>> = {
  types: 54,
  operands: 54,
  index: 53,
  many: -108,
  memory: -108,
  memoryFull: -108,
  long: -108,
  noPlace: 77,
  argument: 54,
  argumentPlace: 77,
  argumentArray: 75,
  noArray: 75,
  table: 17,
  field: 2,
  noUse: -10719,
  sharedContent: -10720,
};
const absent = new Set<TextKey>(['command', 'plugin', 'constant', 'member', 'sql', 'unknownName', 'unknownValue']);

/** An error of the machine as plain data. */
export function errorOf(key: TextKey, ...values: readonly (string | number)[]): RuntimeError {
  const text = texts[key];
  const message = { en: say(text, 'en', ...values), es: say(text, 'es', ...values) };
  return { code: codes[key] ?? -1, message, ...(absent.has(key) ? { notModelled: true } : {}) };
}

/** What a command threw as an error: a 4D error on purpose, the host's own limits, or a mistake of the simulator, told as such. */
export function errorFrom(error: unknown, command: string): RuntimeError {
  if (error instanceof FourDError) return error.error;
  // Texts and arrays beyond what the host can hold; natives nested too deep in what they are given.
  if (error instanceof RangeError) return errorOf(/stack/i.test(error.message) ? 'nested' : 'memory', command);
  return { ...errorOf('internal', command, error instanceof Error ? error.message : String(error)), notModelled: true };
}

/** Raises an error of the machine at the line that runs. */
export function fail(key: TextKey, ...values: readonly (string | number)[]): never {
  throw new FourDError(errorOf(key, ...values));
}
