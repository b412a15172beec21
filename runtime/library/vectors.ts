/** Class 4D.Vector: numbers that do not change (facts: 4D page `API/VectorClass`). */
import type { HostValue, Value } from '../values/value.js';
import { BAD_PARAMETER, INDEX_OUT_OF_RANGE, raise } from './errors.js';
import { type Call, Theme } from './theme.js';

export const vectors = new Theme('Vectors');

const VECTOR = '4D.Vector';

const numbersOf = (value: Value): readonly number[] => (value as HostValue).data as readonly number[];

vectors.member(`${VECTOR}.new`, (call) => {
  const data = call.collection(0).items.map((item) => (typeof item === 'number' ? item : wrong(call)));
  return data.length > 0 ? { t: 'host', className: VECTOR, data } : wrong(call);
});

function wrong(call: Call): never {
  return raise(BAD_PARAMETER, { en: '{0} needs a collection of numbers.', es: '{0} necesita una colección de números.' }, call.command);
}

/** Both vectors of a call; they must have the same size. */
function both(call: Call): readonly [readonly number[], readonly number[]] {
  const other = call.value(0);
  const own = numbersOf(call.self);
  if (typeof other === 'object' && other?.t === 'host' && other.className === VECTOR && numbersOf(other).length === own.length)
    return [own, numbersOf(other)];
  return raise(
    BAD_PARAMETER,
    { en: '{0} needs a 4D.Vector with {1} components.', es: '{0} necesita un 4D.Vector con {1} componentes.' },
    call.command,
    own.length,
  );
}

const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, value, i) => sum + value * b[i], 0);

vectors.property(`${VECTOR}.cosineSimilarity`, (call) => {
  const [a, b] = both(call);
  const length = Math.sqrt(dot(a, a) * dot(b, b));
  return length === 0 ? 0 : dot(a, b) / length;
});
vectors.property(`${VECTOR}.dotSimilarity`, (call) => dot(...both(call)));
vectors.property(`${VECTOR}.euclideanDistance`, (call) => {
  const [a, b] = both(call);
  return Math.sqrt(a.reduce((sum, value, i) => sum + (value - b[i]) ** 2, 0));
});
vectors.property(`${VECTOR}.length`, (call) => numbersOf(call.self).length);
vectors.property(`${VECTOR}.toCollection`, (call) => ({ t: 'collection', items: [...numbersOf(call.self)] }));
vectors.property(`${VECTOR}.[]`, (call) => {
  const found = numbersOf(call.self)[call.integer(0)];
  if (found !== undefined) return found;
  return raise(INDEX_OUT_OF_RANGE, { en: '{0}: there is no component {1}.', es: '{0}: no hay componente {1}.' }, VECTOR, call.integer(0));
});
