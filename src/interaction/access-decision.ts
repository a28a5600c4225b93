import { accessRules, type AccessRule, type Client } from '#clients/index.js';
import { ADMIN_SCOPES } from '#resources/index.js';
import type { User } from '#users/index.js';
import { adminScopesOf } from './admin-rights.js';

/** One thing that must hold for a user to get something of what a client asks for. */
export type DecisionRule = AccessRule | { readonly rule: 'scope'; readonly holds: boolean };

/** Whether a user may use a client for a scope, rule by rule, and how much of the scope they may grant. */
export interface AccessDecision {
  readonly allowed: boolean;
  readonly rules: readonly DecisionRule[];
  readonly grantable: readonly string[];
}

/** Whether a user can grant a scope now: nobody hands out rights of the administration without having them (RFC 9700 §2.3). */
export function mayGrant(user: Pick<User, 'groups' | 'adminRole'>, scope: string): boolean {
  return !ADMIN_SCOPES.includes(scope) || adminScopesOf(user).includes(scope);
}

/** Decides who may use what; the authorization endpoint and the preview for administrators both ask here. */
export function accessDecision(
  client: Pick<Client, 'status' | 'allowedGroups'>,
  user: Pick<User, 'status' | 'groups' | 'adminRole' | 'effectiveGroups'>,
  scope: readonly string[],
): AccessDecision {
  const grantable = scope.filter((name) => mayGrant(user, name));
  const rules = [...accessRules(client, user), { rule: 'scope', holds: grantable.length > 0 } as const];
  return { allowed: rules.every(({ holds }) => holds), rules, grantable };
}
