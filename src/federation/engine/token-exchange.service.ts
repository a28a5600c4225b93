import { Injectable } from '@nestjs/common';
import { ClientKeys, parseJsonObject } from '#keys/index.js';
import { Clock, Random } from '#platform/crypto/index.js';
import { OutboundHttp } from '#platform/http/index.js';
import { ProviderSecretsService, type ProviderCredentials } from '../providers/provider-secrets.service.js';
import { authenticationAt } from '../providers/upstream-provider.js';
import type { ProviderConnection } from './provider-connections.service.js';

/** What the token endpoint answered, or why nothing can be made of it, for the operator's eyes alone. */
export type TokenAnswer =
  | {
      readonly outcome: 'answered';
      readonly accessToken: string;
      readonly parameters: Readonly<Record<string, unknown>>;
    }
  | { readonly outcome: 'failed'; readonly detail: string };

interface Authenticated {
  readonly headers: Readonly<Record<string, string>>;
  readonly form: Readonly<Record<string, string>>;
}

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const ASSERTION_SECONDS = 60;

/** Redeems codes at providers, through the guarded door, proving who we are as each wants it (RFC 6749 §4.1.3, OIDC Core §9). */
@Injectable()
export class TokenExchange {
  constructor(
    private readonly http: OutboundHttp,
    private readonly secrets: ProviderSecretsService,
    private readonly keys: ClientKeys,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  async redeem(connection: ProviderConnection, request: Readonly<Record<string, string>>): Promise<TokenAnswer> {
    const { token } = connection.endpoints;
    const { headers, form } = await this.authenticated(connection);
    const answer = await this.http.exchange({
      url: token,
      mediaTypes: ['application/json'],
      headers,
      form: { ...request, ...form },
    });
    if (answer.outcome === 'failed') return { outcome: 'failed', detail: `the token endpoint: ${answer.detail}` };
    return tokenAnswer(answer.status, parseJsonObject(answer.body));
  }

  private async authenticated({ provider, endpoints }: ProviderConnection): Promise<Authenticated> {
    const credentials = await this.secrets.open(provider.id);
    const { clientId } = provider;
    switch (authenticationAt(provider)) {
      case 'basic':
        return { headers: { authorization: basic(clientId, credentials.clientSecret ?? '') }, form: {} };
      case 'post':
        return { headers: {}, form: { client_id: clientId, client_secret: credentials.clientSecret ?? '' } };
      case 'private_key_jwt': {
        const assertion = await this.assertion(clientId, endpoints.issuer ?? endpoints.token, credentials);
        const form = { client_id: clientId, client_assertion_type: ASSERTION_TYPE, client_assertion: assertion };
        return { headers: {}, form };
      }
    }
  }

  /** RFC 7523 §3: about ourselves, for this server alone, once and at once. */
  private assertion(clientId: string, audience: string, { keyPair }: ProviderCredentials): Promise<string> {
    if (keyPair === undefined) throw new Error('a provider that takes assertions has a key');
    const now = this.clock.epochSeconds();
    const times = { iat: now, exp: now + ASSERTION_SECONDS };
    return this.keys.sign({ iss: clientId, sub: clientId, aud: audience, jti: this.random.id(), ...times }, keyPair);
  }
}

/** RFC 6749 §2.3.1: both parts are encoded as in forms before they are put together. */
function basic(clientId: string, secret: string): string {
  const encoded = [clientId, secret].map((part) => new URLSearchParams({ p: part }).toString().slice(2)).join(':');
  return `Basic ${Buffer.from(encoded).toString('base64')}`;
}

function tokenAnswer(status: number, body: Readonly<Record<string, unknown>> | undefined): TokenAnswer {
  if (body === undefined) return { outcome: 'failed', detail: 'the token endpoint answered no JSON object' };
  const { access_token: accessToken, token_type: type, error } = body;
  // Some answer a refusal with 200.
  if (status !== 200 || error !== undefined) {
    const code = typeof error === 'string' && /^[\x20-\x7e]{1,100}$/.test(error) ? error : 'no code';
    return { outcome: 'failed', detail: `the token endpoint refused with ${status} and ${code}` };
  }
  if (typeof accessToken !== 'string' || accessToken === '') {
    return { outcome: 'failed', detail: 'the token endpoint answered no access token' };
  }
  // RFC 6749 §7.1: a token of a kind that one does not know is not used
  if (typeof type === 'string' && type.toLowerCase() !== 'bearer') {
    return { outcome: 'failed', detail: 'the token endpoint answered a token of an unknown type' };
  }
  return { outcome: 'answered', accessToken, parameters: body };
}
