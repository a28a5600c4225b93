import type { AcrRequest } from '#authentication/index.js';
import type { Client } from '#clients/index.js';
import type { NamedClaim } from '#interaction/index.js';
import type { Scope } from '#resources/index.js';
import type { ResponseType } from '#standards/oauth.js';
import type { PromptValue, ResponseMode } from '#standards/oidc.js';
import type { ClaimsRequest, MappedScopes } from '../claims/claims-request.js';

/** A validated authorization request: frozen data that the rest of the journey reads (RFC 6749 §4.1.1). */
export interface AuthorizationRequest {
  readonly client: Client;
  readonly redirectUri: string;
  readonly responseType: ResponseType;
  readonly responseMode: ResponseMode;
  readonly state: string | undefined;
  /** What is asked and may be granted, in the order asked. */
  readonly scope: readonly string[];
  /** The same as `scope`, with the resource that each belongs to. */
  readonly scopes: readonly Scope[];
  /** Identifiers of the resources that access tokens may be asked for (RFC 8707 §2). */
  readonly resources: readonly string[];
  /** RFC 7636 §4.3, method S256. */
  readonly codeChallenge: string | undefined;
  readonly nonce: string | undefined;
  readonly prompts: ReadonlySet<PromptValue>;
  readonly maxAge: number | undefined;
  /** Whose answer will do, by `sub`: from a valid `id_token_hint` or the `claims` parameter (OIDC Core §3.1.2.2). */
  readonly hintedSubjects: readonly string[] | undefined;
  /** The `sub` by which the client knows a user (OIDC Core §8). */
  readonly subjectOf: (userId: string) => string;
  /** What is asked claim by claim (OIDC Core §5.5). */
  readonly claims: ClaimsRequest;
  /** What of it no asked scope covers. */
  readonly namedClaims: readonly NamedClaim[];
  /** The scopes that release each claim to the client beside the standard ones, where claims are asked for by name. */
  readonly mappedScopes: MappedScopes;
  /** The authentication contexts to reach for, if a sign-in here can be one of them (OIDC Core §5.5.1.1). */
  readonly acr: AcrRequest | undefined;
  readonly loginHint: string | undefined;
  readonly uiLocales: string | undefined;
}

/** Where errors about a request may be sent: what is known once client and redirect URI are trusted. */
export type AnswerTarget = Pick<AuthorizationRequest, 'client' | 'redirectUri' | 'responseMode' | 'state'>;
