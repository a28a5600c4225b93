import { ATTAINABLE_ACR_VALUES, isAttainable, type AcrRequest } from '#authentication/index.js';
import type { Client } from '#clients/index.js';
import type { ClaimsRequest } from '../../claims/claims-request.js';
import { UnmetAuthenticationRequirements } from '../../errors/oauth-error.js';
import { spaceDelimited, type OAuthParameters } from '../../parameters/oauth-parameters.js';

/**
 * The authentication contexts to reach for: those of the `acr` claim (OIDC Core §5.5.1.1), else `acr_values` (§3.1.2.1),
 * else the client's own (OIDC Registration §2). What no sign-in here can be is ignored where it is a wish, and refused
 * before anybody is asked for a password where it is a demand.
 */
export function requestedAcr(
  parameters: OAuthParameters,
  client: Client,
  { idToken }: ClaimsRequest,
): AcrRequest | undefined {
  const asked = claimedAcr(idToken) ?? { values: wished(parameters, client), essential: false };
  if (isAttainable(asked, ATTAINABLE_ACR_VALUES)) return asked;
  if (asked.essential) {
    const facts = { wanted: asked.values.slice(0, 20), attainable: ATTAINABLE_ACR_VALUES };
    const decision = { rule: 'acr.unattainable', clause: 'RFC 9470 §5', clientId: client.clientId, facts };
    throw new UnmetAuthenticationRequirements('no sign-in here has an essential acr', { decision });
  }
  return undefined;
}

function claimedAcr(claims: ClaimsRequest['idToken']): AcrRequest | undefined {
  const claim = claims.find(({ name }) => name === 'acr');
  if (claim?.values === undefined) return undefined;
  return { values: claim.values.filter((value) => typeof value === 'string'), essential: claim.essential };
}

function wished(parameters: OAuthParameters, { defaultAcrValues }: Client): readonly string[] {
  const sent = spaceDelimited(parameters.get('acr_values'));
  return sent.length === 0 ? defaultAcrValues : sent;
}
