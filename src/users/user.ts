import type { SecondFactorChoice } from '#settings/index.js';
import type { StandardClaims } from './standard-claims.js';

/** What a user may be: able to sign in, or refused everywhere while the record is kept. */
export const USER_STATUSES = ['active', 'disabled'] as const;

/** What a user can be made to do at the next sign-in, before anything else. */
export const REQUIRED_ACTIONS = ['verify_email', 'change_password', 'enrol_factor'] as const;

/** One of the things that a user can be made to do. */
export type RequiredAction = (typeof REQUIRED_ACTIONS)[number];

/** The terms that a user has accepted last. */
export interface AcceptedTerms {
  readonly version: string;
  readonly acceptedAt: Date;
}

/** A person in our directory; `id` is also the public `sub` (OIDC Core §2). */
export interface User {
  readonly id: string;
  readonly username: string;
  readonly status: (typeof USER_STATUSES)[number];
  /** The standard claims under their wire names (OIDC Core §5.1); what is not known is absent. */
  readonly claims: StandardClaims;
  /** The names of the groups the user was put into, sorted; only these make an administrator. */
  readonly groups: readonly string[];
  /** These and the groups that contain them, sorted: what counts wherever groups count. */
  readonly effectiveGroups: readonly string[];
  /** What the user must do at the next sign-in. */
  readonly requiredActions: readonly RequiredAction[];
  readonly acceptedTerms?: AcceptedTerms;
  readonly adminRole?: AdminRole;
  readonly tokensRevokedBefore?: Date;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A named set of users. */
export interface Group extends SecondFactorChoice {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  /** The names of the groups that it contains, sorted: their members count as its own. */
  readonly memberGroups: readonly string[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What somebody does in the administration beside its group of administrators: an owner more than these, the others less. */
export const ADMIN_ROLES = ['owner', 'client_manager', 'help_desk', 'auditor'] as const;

/** One of them. */
export type AdminRole = (typeof ADMIN_ROLES)[number];

/** The group whose members may be granted the admin scopes; it always exists. */
export const ADMINISTRATORS_GROUP = 'administrators';
