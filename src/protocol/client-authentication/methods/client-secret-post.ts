import { Injectable } from '@nestjs/common';
import { ClientSecretsService, type Client } from '#clients/index.js';
import type { Decision } from '#explanations/index.js';
import { ClientAuthenticationMethod } from '#standards/oauth.js';
import { InvalidClient } from '../../errors/oauth-error.js';
import { AuthenticationMethod, type ClientProof } from '../client-authentication-method.js';
import { secretShortcoming } from '../secret-shortcoming.js';
import type { AuthenticationAttempt, PresentedCredentials } from '../presented-credentials.js';

/** RFC 6749 §2.3.1: the secret in the body, never in the URL. */
@Injectable()
export class ClientSecretPost extends AuthenticationMethod {
  readonly name = ClientAuthenticationMethod.ClientSecretPost;

  constructor(private readonly secrets: ClientSecretsService) {
    super();
  }

  isPresent({ parameters }: AuthenticationAttempt): boolean {
    return parameters.get('client_secret') !== undefined;
  }

  read({ parameters }: AuthenticationAttempt): PresentedCredentials {
    const clientId = parameters.get('client_id');
    const proof = parameters.get('client_secret');
    if (clientId === undefined || proof === undefined) throw new InvalidClient('client_secret without client_id');
    return { clientId, proof };
  }

  async verify(
    client: Client | undefined,
    { clientId, proof }: PresentedCredentials,
  ): Promise<ClientProof | undefined> {
    const secretId = await this.secrets.verify(client?.clientId ?? clientId, proof);
    return secretId === undefined ? undefined : { secretId };
  }

  override shortcoming(
    client: Client | undefined,
    { clientId, proof }: PresentedCredentials,
  ): Promise<Decision['facts']> {
    return secretShortcoming(this.secrets, client?.clientId ?? clientId, proof);
  }
}
