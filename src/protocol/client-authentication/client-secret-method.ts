import { Injectable } from '@nestjs/common';
import { ClientSecretsService, type Client } from '#clients/index.js';
import type { Decision } from '#explanations/index.js';
import { AuthenticationMethod, type ClientProof } from './client-authentication-method.js';
import type { PresentedCredentials } from './presented-credentials.js';

/** What proves a client by the secret itself, wherever in the request it stands (RFC 6749 §2.3.1). */
@Injectable()
export abstract class ClientSecretMethod extends AuthenticationMethod {
  constructor(private readonly secrets: ClientSecretsService) {
    super();
  }

  async verify(client: Client | undefined, credentials: PresentedCredentials): Promise<ClientProof | undefined> {
    const secretId = await this.secrets.verify(client?.clientId ?? credentials.clientId, credentials.proof);
    return secretId === undefined ? undefined : { secretId };
  }

  /** Whether a refused secret is one that was the client's and has run out. */
  override async shortcoming(
    client: Client | undefined,
    { clientId, proof }: PresentedCredentials,
  ): Promise<Decision['facts']> {
    const expiredAt = await this.secrets.expiryOf(client?.clientId ?? clientId, proof);
    return expiredAt === undefined ? {} : { expired_at: expiredAt.toISOString() };
  }
}
