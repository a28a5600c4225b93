import type { Client } from '#clients/index.js';
import { CODE_CHALLENGE_METHOD } from '#standards/oauth.js';
import type { Decision } from '#explanations/index.js';
import { InvalidRequest } from '../../errors/oauth-error.js';
import type { OAuthParameters } from '../../parameters/oauth-parameters.js';

const S256_CHALLENGE = /^[A-Za-z0-9_-]{43}$/;

/** RFC 7636 §4.3, §4.4.1: the challenge, S256 only; required unless the client record says otherwise (RFC 9700 §2.1.1). */
export function codeChallenge(parameters: OAuthParameters, client: Client): string | undefined {
  const challenge = parameters.get('code_challenge');
  const method = parameters.get('code_challenge_method');
  if (challenge === undefined) {
    checkNotRequired(method, client);
    return undefined;
  }
  // RFC 7636 §4.3: a missing method means plain, which RFC 9700 §2.1.1 rules out
  if (method !== CODE_CHALLENGE_METHOD) {
    throw new InvalidRequest(`code_challenge_method is ${method === undefined ? 'missing' : 'not S256'}`, {
      description: 'code_challenge_method must be S256.',
      decision: decided('code_challenge.method', 'RFC 9700 §2.1.1', client, {
        method: method?.slice(0, 32) ?? 'plain',
      }),
    });
  }
  if (!S256_CHALLENGE.test(challenge)) {
    throw new InvalidRequest('code_challenge is not 43 base64url characters', {
      description: 'code_challenge is malformed.',
      decision: decided('code_challenge.malformed', 'RFC 7636 §4.2', client, { length: challenge.length }),
    });
  }
  return challenge;
}

function checkNotRequired(method: string | undefined, client: Client): void {
  if (method !== undefined) {
    throw new InvalidRequest('code_challenge_method without code_challenge', {
      description: 'code_challenge is missing.',
      decision: decided('code_challenge.absent', 'RFC 7636 §4.3', client, { method: method.slice(0, 32) }),
    });
  }
  if (client.requirePkce || client.tokenEndpointAuthMethod === 'none') {
    throw new InvalidRequest('PKCE is required', {
      description: 'code_challenge is required (RFC 7636).',
      decision: decided('code_challenge.missing', 'RFC 9700 §2.1.1', client, {}),
    });
  }
}

function decided(rule: string, clause: string, { clientId }: Client, facts: Decision['facts']): Decision {
  return { rule, clause, clientId, facts };
}
