import { Injectable } from '@nestjs/common';
import { hostOf } from '#platform/http/index.js';
import {
  ForeignTokenVerifier,
  type ForeignTokenRules,
  type ForeignTokenVerification,
} from './foreign-token.verifier.js';
import { PublishedKeys } from './published-keys.service.js';

/** Whose signature is expected: a client, or a provider of sign-ins, and its keys, by value or by the place where it publishes them. */
export interface KeyHolder {
  readonly clientId: string;
  readonly jwks?: object;
  readonly jwksUri?: string;
}

/** Checks what clients and providers signed, with their keys of now: a key that is not known yet is looked for once (OIDC Core §10.1.1). */
@Injectable()
export class ClientTokenVerifier {
  constructor(
    private readonly verifier: ForeignTokenVerifier,
    private readonly published: PublishedKeys,
  ) {}

  async verify(
    token: string,
    { clientId, jwks, jwksUri }: KeyHolder,
    rules: Omit<ForeignTokenRules, 'jwks'>,
  ): Promise<ForeignTokenVerification> {
    if (jwks !== undefined) return this.verifier.verify(token, { ...rules, jwks });
    if (jwksUri === undefined) return { outcome: 'invalid', detail: `${clientId} has no keys`, cause: 'no-keys' };
    const place = { clientId, jwksUri };
    const set = await this.published.current(place);
    if (set.outcome === 'unavailable') {
      return {
        outcome: 'invalid',
        detail: `the keys of ${hostOf(jwksUri)} cannot be had: ${set.detail}`,
        cause: 'no-keys',
      };
    }
    const verified = await this.verifier.verify(token, { ...rules, jwks: set.jwks });
    if (verified.outcome === 'valid' || verified.keyMissing !== true) return verified;
    const newer = await this.published.newerThan(set.jwks, place);
    return newer === undefined ? verified : this.verifier.verify(token, { ...rules, jwks: newer });
  }
}
