import type { AcrRequest } from '#authentication/index.js';
import type { Client } from '#clients/index.js';
import { claimApproval } from '#consent/index.js';

/** A claim that is asked for by its name, and whether the client cannot do without (OIDC Core §5.5.1). */
export interface NamedClaim {
  readonly name: string;
  readonly essential: boolean;
  /** The scopes that would release it too, where it is no standard claim. */
  readonly scopes?: readonly string[];
}

/** The few facts about an authorization request that deciding what to ask needs; the validated request has them all. */
export interface AuthorizationFacts {
  readonly client: Client;
  readonly scope: readonly string[];
  /** Claims about the user that are asked for by name and that no asked scope covers (OIDC Core §5.5). */
  readonly namedClaims?: readonly NamedClaim[] | undefined;
  readonly redirectUri: string;
  /** The values of `prompt` (OIDC Core §3.1.2.1). */
  readonly prompts: ReadonlySet<string>;
  /** `max_age`, or the client's `default_max_age`, in seconds (OIDC Core §3.1.2.1, OIDC Registration §2). */
  readonly maxAge?: number | undefined;
  /** Whose answer will do, by `sub`: from the `id_token_hint` or the `claims` parameter (OIDC Core §3.1.2.2). */
  readonly hintedSubjects?: readonly string[] | undefined;
  /** The `sub` by which the client knows a user (OIDC Core §8), to compare what the client says of its user. */
  readonly subjectOf: (userId: string) => string;
  /** The authentication contexts asked for, if a sign-in here can be one of them (OIDC Core §5.5.1.1). */
  readonly acr?: AcrRequest | undefined;
  readonly loginHint?: string | undefined;
  readonly uiLocales?: string | undefined;
}

/** What the pages of an interaction need to know of the request, kept on its row. */
export type DisplayFacts = Pick<
  AuthorizationFacts,
  'scope' | 'namedClaims' | 'redirectUri' | 'acr' | 'loginHint' | 'uiLocales'
>;

/** What needs the user's approval, under the names by which approvals are remembered. */
export function neededApprovals({ scope, namedClaims = [] }: Pick<DisplayFacts, 'scope' | 'namedClaims'>): string[] {
  return [...scope, ...namedClaims.map(({ name }) => claimApproval(name))];
}

/** Keeps of the facts what the pages need. */
export function displayFacts(facts: AuthorizationFacts): DisplayFacts {
  const { scope, namedClaims = [], redirectUri, acr, loginHint, uiLocales } = facts;
  return {
    scope,
    ...(namedClaims.length === 0 ? {} : { namedClaims }),
    redirectUri,
    ...(acr === undefined ? {} : { acr }),
    ...(loginHint === undefined ? {} : { loginHint }),
    ...(uiLocales === undefined ? {} : { uiLocales }),
  };
}
