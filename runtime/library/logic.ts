/** Themes Boolean and the simple ones of Tools (facts: 4D theme pages `Boolean`, `Tools`). */
import { kindOf } from '../values/compare.js';
import { nullDate } from '../values/dates.js';
import type { Value } from '../values/value.js';
import { Theme } from './theme.js';

export const logic = new Theme('Boolean');

logic.reader(34, 'Not', (call) => !call.boolean(0));
logic.reader(214, 'True', () => true);
logic.reader(215, 'False', () => false);

logic.reader(1537, 'Bool', (call) => {
  const value = call.value(0);
  if (typeof value === 'object' && value?.t === 'time') return value.seconds !== 0;
  return value === true || (typeof value === 'number' && value !== 0);
});

logic.reader(955, 'Choose', (call) => {
  const criterion = call.value(0);
  const at = typeof criterion === 'boolean' ? (criterion ? 1 : 2) : call.integer(0) + 1;
  return at >= 1 && at < call.count() ? call.value(at) : emptyLike(call.count() > 1 ? call.value(1) : undefined);
});

/** The empty value of the kind of another: 0, "", the null date … */
export function emptyLike(value: Value): Value {
  switch (kindOf(value)) {
    case 'number':
      return 0;
    case 'text':
      return '';
    case 'boolean':
      return false;
    case 'date':
      return nullDate;
    case 'time':
      return { t: 'time', seconds: 0 };
    default:
      return null;
  }
}
