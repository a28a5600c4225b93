import { Injectable } from '@nestjs/common';
import { parseForm } from '#platform/http/index.js';
import { ClientAuthenticationMethod } from '#standards/oauth.js';
import { InvalidClient } from '../../errors/oauth-error.js';
import { ClientSecretMethod } from '../client-secret-method.js';
import type { AuthenticationAttempt, PresentedCredentials } from '../presented-credentials.js';

const BASIC = /^basic +([A-Za-z0-9+/]+={0,2}) *$/i;

/** RFC 6749 §2.3.1: HTTP Basic, both halves form-encoded before they are joined. */
@Injectable()
export class ClientSecretBasic extends ClientSecretMethod {
  readonly name = ClientAuthenticationMethod.ClientSecretBasic;

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
}

/** RFC 6749 App. B: `+` is a space and %XX is UTF-8; anything else is not what the client meant. */
function formDecoded(text: string): string | undefined {
  const parsed = parseForm(`value=${text.replaceAll('&', '%26')}`);
  return parsed.ok ? parsed.entries[0]?.[1] : undefined;
}
