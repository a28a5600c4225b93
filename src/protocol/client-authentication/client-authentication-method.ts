import type { Client } from '#clients/index.js';
import type { Decision } from '#explanations/index.js';
import type { ClientAuthenticationMethod } from '#standards/oauth.js';
import type { AuthenticationAttempt, PresentedCredentials } from './presented-credentials.js';

/** What a client has proven itself with. */
export interface ClientProof {
  /** The secret of the client that it was, if it was one. */
  readonly secretId?: string | undefined;
}

/** One way for a client to prove who it is (RFC 6749 §2.3, RFC 7523 §2.2). */
export abstract class AuthenticationMethod {
  abstract readonly name: ClientAuthenticationMethod;
  /** What its proofs may be signed with; nothing where they are not signed. */
  readonly algorithms: readonly string[] = [];

  /** Whether the request carries a credential of this method, well-formed or not. */
  abstract isPresent(attempt: AuthenticationAttempt): boolean;

  /** Reads the credential; throws `InvalidClient` when it is malformed. */
  abstract read(attempt: AuthenticationAttempt): PresentedCredentials;

  /** Judges the proof for the client that it names, undefined when it is none; an unknown client costs the same work. */
  abstract verify(client: Client | undefined, credentials: PresentedCredentials): Promise<ClientProof | undefined>;

  /** What can be said of a refused proof; an unknown client costs the same work. */
  shortcoming(_client: Client | undefined, _credentials: PresentedCredentials): Promise<Decision['facts']> {
    return Promise.resolve({});
  }
}
