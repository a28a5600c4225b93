import type { Client } from '#clients/index.js';
import type { Resource } from '#resources/index.js';
import type { Grant } from '#tokens/index.js';

/** What a grant type decided may be issued; only the token issuer makes tokens of it. */
export interface Issuance {
  readonly client: Client;
  /** Absent for a client's own token (RFC 6749 §4.4). */
  readonly grant: Grant | undefined;
  /** The scope of the access token. */
  readonly scope: readonly string[];
  /** The API that the access token is for; absent when it is for userinfo only. */
  readonly resource: Resource | undefined;
  readonly refreshToken: string | undefined;
  readonly idToken: { readonly nonce: string | undefined } | undefined;
}
