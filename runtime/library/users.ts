/** Theme Users and Groups: a project without a password system has Designer and Administrator, and all code runs as Designer (facts: 4D theme page `Users and Groups`; page `commands/locked-by`). */
import { nullDate } from '../values/dates.js';
import { raise } from './errors.js';
import { Theme } from './theme.js';

export const users = new Theme('Users and Groups');

/** 4D's name for the user where there are no passwords. */
export const CURRENT_USER = 'Designer';

users.reader(182, 'Current user', () => CURRENT_USER);
// Without a password system everybody belongs to every group.
users.reader(338, 'User in group', () => true);
users.reader(826, 'Get default user', () => 1);

const knownUsers: readonly (readonly [id: number, name: string])[] = [
  [1, 'Designer'],
  [2, 'Administrator'],
];

users.command(609, 'GET USER LIST', (call) => {
  call.array(0, 'text').items = ['', ...knownUsers.map(([, name]) => name)];
  call.array(1, 'integer').items = [0, ...knownUsers.map(([id]) => id)];
  return undefined;
});
users.command(611, 'GET USER PROPERTIES', (call) => {
  const found = knownUsers.find(([id]) => id === call.integer(0));
  const values = [found?.[1] ?? '', '', '', 0, nullDate];
  for (const [i, value] of values.entries()) if (call.has(i + 1)) call.set(i + 1, value);
  return undefined;
});
users.reader(616, 'Is user deleted', (call) => !knownUsers.some(([id]) => id === call.integer(0)));
users.command(610, 'GET GROUP LIST', (call) => {
  call.array(0, 'text').items = [''];
  call.array(1, 'integer').items = [0];
  return undefined;
});
/** Both users have no password. */
users.reader(638, 'Validate password', (call) => {
  const who = call.value(0);
  return knownUsers.some(([id, name]) => id === who || name === who) && call.text(1) === '';
});

/** Nobody can become somebody else without a password system; the known users are accepted (facts: 4D page `commands/change-current-user`, errors -9979 and -9978). */
users.command(289, 'CHANGE CURRENT USER', (call) => {
  const who = call.value(0);
  if (!call.has(0)) {
    call.setSystem('OK', 0);
    return undefined;
  }
  if (!knownUsers.some(([id, name]) => id === who || name === who))
    raise(-9979, { en: '{0}: there is no user {1}.', es: '{0}: no existe el usuario {1}.' }, call.command, String(who));
  if (call.text(1) !== '') raise(-9978, { en: '{0}: wrong password.', es: '{0}: contraseña incorrecta.' }, call.command);
  call.setSystem('OK', 1);
  return undefined;
});
