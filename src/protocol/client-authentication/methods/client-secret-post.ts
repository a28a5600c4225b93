import { Injectable } from '@nestjs/common';
import { ClientAuthenticationMethod } from '#standards/oauth.js';
import { InvalidClient } from '../../errors/oauth-error.js';
import { ClientSecretMethod } from '../client-secret-method.js';
import type { AuthenticationAttempt, PresentedCredentials } from '../presented-credentials.js';

/** RFC 6749 §2.3.1: the secret in the body, never in the URL. */
@Injectable()
export class ClientSecretPost extends ClientSecretMethod {
  readonly name = ClientAuthenticationMethod.ClientSecretPost;

  isPresent({ parameters }: AuthenticationAttempt): boolean {
    return parameters.get('client_secret') !== undefined;
  }

  read({ parameters }: AuthenticationAttempt): PresentedCredentials {
    const clientId = parameters.get('client_id');
    const proof = parameters.get('client_secret');
    if (clientId === undefined || proof === undefined) throw new InvalidClient('client_secret without client_id');
    return { clientId, proof };
  }
}
