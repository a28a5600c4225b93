import type { Client } from '../client.js';

/** What of a user decides which clients are for them. */
export interface AccessSubject {
  readonly status: 'active' | 'disabled';
  /** The names of the groups the user is in, by themselves or through another group. */
  readonly effectiveGroups: readonly string[];
}

/** What of a client decides who may use it. */
export type AccessTarget = Pick<Client, 'status' | 'allowedGroups'>;

/** One thing that must hold for a user to use a client, and whether it does. */
export interface AccessRule {
  readonly rule: 'client_active' | 'user_active' | 'group';
  readonly holds: boolean;
  /** The groups through which a rule about groups holds; empty when the client is for everybody. */
  readonly via?: readonly string[];
}

/** Everything that must hold for a user to use a client at all: everybody may, the members of some groups, or nobody. */
export function accessRules({ status, allowedGroups }: AccessTarget, user: AccessSubject): readonly AccessRule[] {
  const via = allowedGroups?.filter((group) => user.effectiveGroups.includes(group)) ?? [];
  return [
    { rule: 'client_active', holds: status === 'active' },
    { rule: 'user_active', holds: user.status === 'active' },
    { rule: 'group', holds: allowedGroups === undefined || via.length > 0, via },
  ];
}

/** Whether a user may use a client at all; the one answer for sign-in, tokens, previews and lists. */
export function mayUse(client: AccessTarget, user: AccessSubject): boolean {
  return accessRules(client, user).every(({ holds }) => holds);
}
