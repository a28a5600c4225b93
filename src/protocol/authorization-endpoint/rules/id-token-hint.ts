import type { Client } from '#clients/index.js';
import { hintDecision } from '../../errors/hint-decision.js';
import { InvalidRequest } from '../../errors/oauth-error.js';
import type { IssuedIdTokens } from '../../issuance/issued-id-tokens.js';
import type { OAuthParameters } from '../../parameters/oauth-parameters.js';

/** OIDC Core §3.1.2.1: the subject of an ID token that we once issued to this client; it may have expired. */
export async function hintedSubject(
  parameters: OAuthParameters,
  client: Client,
  issued: IssuedIdTokens,
): Promise<string | undefined> {
  const hint = parameters.get('id_token_hint');
  if (hint === undefined) return undefined;
  const claims = await issued.recognise(hint);
  const audience = [claims?.['aud']].flat();
  const subject = claims?.['sub'];
  if (typeof subject !== 'string' || !audience.includes(client.clientId)) {
    throw new InvalidRequest('id_token_hint is not an ID token for this client', {
      description: 'The id_token_hint is not valid.',
      decision: hintDecision('OIDC Core §3.1.2.1', claims, client),
    });
  }
  return subject;
}
