import { Injectable } from '@nestjs/common';
import { isPublic, type Client } from '#clients/index.js';
import { ClientAuthenticationMethod } from '#standards/oauth.js';
import { InvalidClient } from '../../errors/oauth-error.js';
import { AuthenticationMethod, type ClientProof } from '../client-authentication-method.js';
import type { AuthenticationAttempt, PresentedCredentials } from '../presented-credentials.js';

/** RFC 6749 §3.2.1: a public client only says who it is. */
@Injectable()
export class NoAuthentication extends AuthenticationMethod {
  readonly name = ClientAuthenticationMethod.None;

  isPresent({ authorization, parameters }: AuthenticationAttempt): boolean {
    const proofs = ['client_secret', 'client_assertion', 'client_assertion_type'];
    return authorization === undefined && proofs.every((name) => parameters.get(name) === undefined);
  }

  read({ parameters }: AuthenticationAttempt): PresentedCredentials {
    const clientId = parameters.get('client_id');
    if (clientId === undefined) {
      const decision = { rule: 'client.no_method', clause: 'RFC 6749 §2.3', facts: {} };
      throw new InvalidClient('no client authentication and no client_id', { decision });
    }
    return { clientId, proof: '' };
  }

  verify(client: Client | undefined): Promise<ClientProof | undefined> {
    return Promise.resolve(client !== undefined && isPublic(client) ? {} : undefined);
  }
}
