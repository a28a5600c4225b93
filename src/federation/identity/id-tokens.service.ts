import { Injectable } from '@nestjs/common';
import { ClientTokenVerifier, decodedHeader } from '#keys/index.js';
import { Clock } from '#platform/crypto/index.js';
import type { ProviderConnection } from '../engine/provider-connections.service.js';
import type { UpstreamFlow } from '../flows/upstream-flow.js';
import type { UpstreamClaims } from '../presets/preset.js';
import { idTokenProblem } from './id-token-claims.js';

/** An ID token and what came with it. */
export interface ReceivedIdToken {
  readonly idToken: string;
  readonly accessToken: string;
  readonly code: string;
}

/** The claims of a token that is right in every way, or why it is not, for the operator's eyes alone. */
export type IdTokenCheck =
  | { readonly outcome: 'valid'; readonly claims: UpstreamClaims }
  | { readonly outcome: 'invalid'; readonly detail: string };

/** Checks ID tokens of providers: who signed them, and that they answer what was asked (OIDC Core §3.1.3.7). */
@Injectable()
export class IdTokens {
  constructor(
    private readonly verifier: ClientTokenVerifier,
    private readonly clock: Clock,
  ) {}

  async check(
    { idToken, accessToken, code }: ReceivedIdToken,
    { provider, endpoints }: ProviderConnection,
    flow: UpstreamFlow,
  ): Promise<IdTokenCheck> {
    const { issuer, jwksUri, algorithms } = endpoints;
    if (issuer === undefined || jwksUri === undefined) return invalid('the provider has no issuer or no keys');
    const holder = { clientId: `identity provider ${provider.id}`, jwksUri };
    const verified = await this.verifier.verify(idToken, holder, { algorithms, typ: ['JWT', undefined] });
    if (verified.outcome === 'invalid') return invalid(verified.detail);
    const problem = idTokenProblem(verified.claims, {
      issuer,
      clientId: provider.clientId,
      nonce: flow.nonce,
      accessToken,
      code,
      algorithm: String(decodedHeader(idToken)?.['alg']),
      now: this.clock.epochSeconds(),
      notBefore: flow.goal.afresh ? Math.floor(flow.startedAt.getTime() / 1000) : undefined,
    });
    return problem === undefined ? { outcome: 'valid', claims: verified.claims } : invalid(problem);
  }
}

function invalid(detail: string): IdTokenCheck {
  return { outcome: 'invalid', detail: `the ID token: ${detail}` };
}
