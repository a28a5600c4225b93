import type { Client } from '#clients/index.js';
import { InvalidRequest } from '../../errors/oauth-error.js';
import type { OAuthParameters } from '../../parameters/oauth-parameters.js';

/** OIDC Core §3.1.2.1: the oldest sign-in that will do, in seconds; the client's `default_max_age` when not sent. */
export function maxAge(parameters: OAuthParameters, client: Client): number | undefined {
  const sent = parameters.get('max_age');
  if (sent === undefined) return client.defaultMaxAge;
  if (!/^\d{1,10}$/.test(sent)) {
    throw new InvalidRequest('max_age is not a non-negative integer', {
      description: 'max_age must be a non-negative integer.',
      decision: { rule: 'max_age.malformed', clause: 'OIDC Core §3.1.2.1', facts: { presented: sent.slice(0, 32) } },
    });
  }
  return Number(sent);
}
