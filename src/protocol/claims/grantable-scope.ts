import type { Client } from '#clients/index.js';
import { ADMIN_SCOPES } from '#resources/index.js';
import { ADMINISTRATORS_GROUP, type User } from '#users/index.js';

/** Whether a user may use a client at all: everybody, or the members of the groups that its record names. */
export function mayUse(
  { allowedGroups }: Pick<Client, 'allowedGroups'>,
  { effectiveGroups }: Pick<User, 'effectiveGroups'>,
): boolean {
  return allowedGroups === undefined || allowedGroups.some((group) => effectiveGroups.includes(group));
}

/** Whether a user can grant a scope now: nobody outside the administrators hands out the rights of one. */
export function mayGrant({ groups }: Pick<User, 'groups'>, scope: string): boolean {
  return groups.includes(ADMINISTRATORS_GROUP) || !ADMIN_SCOPES.includes(scope);
}
