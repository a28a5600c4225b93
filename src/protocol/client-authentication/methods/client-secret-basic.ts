import { Injectable } from '@nestjs/common';
import { ClientSecretsService, type Client } from '#clients/index.js';
import { parseForm } from '#platform/http/index.js';
import type { Decision } from '#explanations/index.js';
import { ClientAuthenticationMethod } from '#standards/oauth.js';
import { InvalidClient } from '../../errors/oauth-error.js';
import { AuthenticationMethod, type ClientProof } from '../client-authentication-method.js';
import { secretShortcoming } from '../secret-shortcoming.js';
import type { AuthenticationAttempt, PresentedCredentials } from '../presented-credentials.js';

const BASIC = /^basic +([A-Za-z0-9+/]+={0,2}) *$/i;

/** RFC 6749 §2.3.1: HTTP Basic, both halves form-encoded before they are joined. */
@Injectable()
export class ClientSecretBasic extends AuthenticationMethod {
  readonly name = ClientAuthenticationMethod.ClientSecretBasic;

  constructor(private readonly secrets: ClientSecretsService) {
    super();
  }

  isPresent({ authorization }: AuthenticationAttempt): boolean {
    return authorization !== undefined;
  }

  read({ authorization }: AuthenticationAttempt): PresentedCredentials {
    const encoded = BASIC.exec(authorization ?? '')?.[1];
    const pair = encoded === undefined ? '' : Buffer.from(encoded, 'base64').toString('latin1');
    const colon = pair.indexOf(':'); // the first one: a form-encoded client_id has none
    const clientId = colon < 1 ? undefined : formDecoded(pair.slice(0, colon));
    const proof = formDecoded(pair.slice(colon + 1));
    if (clientId === undefined || proof === undefined)
      throw new InvalidClient('Authorization is not form-encoded Basic', {
        decision: { rule: 'client.basic_malformed', clause: 'RFC 6749 §2.3.1', facts: {} },
      });
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

/** RFC 6749 App. B: `+` is a space and %XX is UTF-8; anything else is not what the client meant. */
function formDecoded(text: string): string | undefined {
  const parsed = parseForm(`value=${text.replaceAll('&', '%26')}`);
  return parsed.ok ? parsed.entries[0]?.[1] : undefined;
}
