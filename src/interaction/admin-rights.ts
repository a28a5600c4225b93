import { ADMIN_SCOPES } from '#resources/index.js';
import { ADMINISTRATORS_GROUP, type AdminRole, type User } from '#users/index.js';

/** What somebody is in the administration. */
export type AdminStanding = AdminRole | 'administrator';

const NONE: readonly string[] = [];

/** The scopes of the admin API that each can grant; rules of the API narrow what is done with some of them. */
const SCOPES: Readonly<Record<AdminStanding, readonly string[]>> = {
  owner: ADMIN_SCOPES,
  administrator: ADMIN_SCOPES,
  client_manager: ['clients:read', 'clients:write', 'groups:read', 'resources:read', 'scopes:read'],
  help_desk: ['users:read', 'users:write', 'groups:read', 'sessions:read', 'sessions:write'],
  auditor: ADMIN_SCOPES.filter((name) => name.endsWith(':read')),
};

/** What a user is in the administration, if anything: an owner first, then one of the administrators, then the role. */
export function adminStanding({ groups, adminRole }: Pick<User, 'groups' | 'adminRole'>): AdminStanding | undefined {
  if (adminRole !== 'owner' && groups.includes(ADMINISTRATORS_GROUP)) return 'administrator';
  return adminRole;
}

/** The scopes of the admin API that a user can grant now (RFC 9700 §2.3). */
export function adminScopesOf(user: Pick<User, 'groups' | 'adminRole'>): readonly string[] {
  const standing = adminStanding(user);
  return standing === undefined ? NONE : SCOPES[standing];
}
