/** Small commands that a simulated 4D answers simply, since what they ask about is not there: old character sets, query descriptions (facts: 4D pages of these names). */
import type { Value } from '../values/value.js';
import { Theme } from './theme.js';
import { decodeEntities } from './xml/tree.js';

export const compatibility = new Theme('Compatibility');

// Texts are Unicode everywhere: nothing is left to convert.
for (const [number, name] of [
  [463, '_O_Mac to Win'],
  [464, '_O_Win to Mac'],
  [519, '_O_Mac to ISO'],
  [520, '_O_ISO to Mac'],
] as const) {
  compatibility.reader(number, name, (call) => call.text(0));
}

/** Windows; the rest of it is of machines that are gone. */
compatibility.command(365, '_O_PLATFORM PROPERTIES', (call) => {
  for (const [i, value] of [3, 0, 0, 0].entries()) if (call.has(i)) call.set(i, value);
  return undefined;
});

// Queries are run, not described.
compatibility.command(1044, 'DESCRIBE QUERY EXECUTION', () => undefined);
compatibility.reader(1045, 'Last query path', () => '');
compatibility.reader(1046, 'Last query plan', () => '');

compatibility.reader(1576, 'Parse formula', (call) => call.text(0));

/** The texts of a styled text, without its tags. */
compatibility.reader(1092, 'ST Get plain text', (call) => {
  const value = call.isOperator(0) ? undefined : call.value(0);
  if (typeof value !== 'string') return '';
  return decodeEntities(value.replace(/<br\s*\/?>/gi, '\r').replace(/<\/?(span|a|b|i|u)\b[^>]*>/gi, ''));
});

/** The class of a value, as `4D.Class` (facts: 4D page `commands/ob-class`). */
compatibility.reader(1730, 'OB Class', (call) => {
  const value = call.value(0);
  if (typeof value !== 'object' || value === null) return null;
  if (value.t === 'object')
    return value.className === undefined ? native('4D.Object') : { t: 'class', name: value.className, kind: 'project' };
  // Entities and their selections are of the project's classes, also where it has no file for them (facts: 4D page `ORDA/ordaClasses`).
  if (value.t === 'host')
    return value.projectClass === undefined ? native(value.className) : { t: 'class', name: value.projectClass, kind: 'project' };
  return value.t === 'collection' ? native('4D.Collection') : value.t === 'formula' ? native('4D.Function') : null;
});
function native(name: string): Value {
  return { t: 'class', name, kind: 'native' };
}

/** The errors of the last line that failed, in three arrays. */
compatibility.command(1015, 'GET LAST ERROR STACK', (call) => {
  const { errors } = call.process;
  call.array(0, 'integer').items = [0, ...errors.map(({ code }) => code)];
  call.array(1, 'text').items = ['', ...errors.map(({ componentSignature }) => componentSignature ?? '4DRT')];
  call.array(2, 'text').items = ['', ...errors.map(({ message }) => message.en)];
  return undefined;
});
