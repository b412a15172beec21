/** Theme Users and Groups: a project without a password system has one user (facts: 4D theme page `Users and Groups`; page `commands/locked-by`). */
import { Theme } from './theme.js';

export const users = new Theme('Users and Groups');

/** 4D's name for the user where there are no passwords. */
export const CURRENT_USER = 'Designer';

users.reader(182, 'Current user', () => CURRENT_USER);
// Without a password system everybody belongs to every group.
users.reader(338, 'User in group', () => true);
users.reader(826, 'Get default user', () => 1);
