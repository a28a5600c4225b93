import type { Client } from '#clients/index.js';
import type { GrantType } from '#standards/oauth.js';
import type { Issuance } from '../../issuance/issuance.js';
import type { OAuthParameters } from '../../parameters/oauth-parameters.js';

/** One grant type: judges a token request and decides what may be issued (RFC 6749 §4, §6). */
export abstract class GrantTypeHandler {
  abstract readonly grantType: GrantType;

  abstract decide(client: Client, parameters: OAuthParameters): Promise<Issuance>;
}
