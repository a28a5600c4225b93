import type { Client } from '#clients/index.js';
import type { Scope } from '#resources/index.js';
import type { ResponseType } from '#standards/oauth.js';
import type { PromptValue, ResponseMode } from '#standards/oidc.js';

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
  /** The `sub` of a valid `id_token_hint` (OIDC Core §3.1.2.1). */
  readonly hintedSubject: string | undefined;
  /** The `sub` by which the client knows a user (OIDC Core §8). */
  readonly subjectOf: (userId: string) => string;
  readonly loginHint: string | undefined;
  readonly uiLocales: string | undefined;
}

/** Where errors about a request may be sent: what is known once client and redirect URI are trusted. */
export type AnswerTarget = Pick<AuthorizationRequest, 'client' | 'redirectUri' | 'responseMode' | 'state'>;
