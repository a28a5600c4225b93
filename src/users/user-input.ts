import type { AttributeChanges } from './attributes/attribute.js';
import type { StandardClaims } from './standard-claims.js';
import type { AcceptedTerms, AdminRole, RequiredAction, User } from './user.js';

/** What is given when a user is made; whatever is missing gets its default. */
export interface UserInput {
  readonly username: string;
  readonly status?: User['status'] | undefined;
  readonly claims?: StandardClaims | undefined;
  readonly groups?: readonly string[] | undefined;
  readonly requiredActions?: readonly RequiredAction[] | undefined;
  readonly acceptedTerms?: AcceptedTerms | undefined;
  readonly adminRole?: AdminRole | null | undefined;
  /** Values of declared attributes by name. */
  readonly attributes?: AttributeChanges | undefined;
}

/** Changes to a user: what is there replaces, a claim that is null goes, what is missing stays. */
export interface UserChanges {
  readonly username?: string;
  readonly status?: User['status'];
  readonly claims?: { readonly [Claim in keyof StandardClaims]?: StandardClaims[Claim] | null };
  readonly groups?: readonly string[];
  readonly requiredActions?: readonly RequiredAction[];
  readonly acceptedTerms?: AcceptedTerms;
  /** Null takes the role away. */
  readonly adminRole?: AdminRole | null;
  /** Values of declared attributes by name; those that are null go. */
  readonly attributes?: AttributeChanges;
}
