import type { Client } from '#clients/index.js';

/** The few facts about an authorization request that deciding what to ask needs; the validated request has them all. */
export interface AuthorizationFacts {
  readonly client: Client;
  readonly scope: readonly string[];
  readonly redirectUri: string;
  /** The values of `prompt` (OIDC Core §3.1.2.1). */
  readonly prompts: ReadonlySet<string>;
  /** `max_age`, or the client's `default_max_age`, in seconds (OIDC Core §3.1.2.1, OIDC Registration §2). */
  readonly maxAge?: number | undefined;
  /** The `sub` of the `id_token_hint` (OIDC Core §3.1.2.1). */
  readonly hintedSubject?: string | undefined;
  /** The `sub` by which the client knows a user (OIDC Core §8), to compare what the client says of its user. */
  readonly subjectOf: (userId: string) => string;
  readonly loginHint?: string | undefined;
  readonly uiLocales?: string | undefined;
}

/** What the pages of an interaction need to know of the request, kept on its row. */
export type DisplayFacts = Pick<AuthorizationFacts, 'scope' | 'redirectUri' | 'loginHint' | 'uiLocales'>;

/** Keeps of the facts what the pages need. */
export function displayFacts(facts: AuthorizationFacts): DisplayFacts {
  const { scope, redirectUri, loginHint, uiLocales } = facts;
  return {
    scope,
    redirectUri,
    ...(loginHint === undefined ? {} : { loginHint }),
    ...(uiLocales === undefined ? {} : { uiLocales }),
  };
}
