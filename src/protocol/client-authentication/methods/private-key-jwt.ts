import { Injectable } from '@nestjs/common';
import type { Client } from '#clients/index.js';
import { ClientTokenVerifier, type ForeignTokenVerification } from '#keys/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import { Clock } from '#platform/crypto/index.js';
import { CLIENT_SIGNING_ALGORITHMS } from '#standards/jose.js';
import { ClientAuthenticationMethod } from '#standards/oauth.js';
import { ReplayGuard } from '#tokens/index.js';
import { ClientAssertionMethod, type AssertionRules } from '../client-assertion-method.js';

/** OIDC Core §9: an assertion that the client signed with its own key, of which this service knows the public part. */
@Injectable()
export class PrivateKeyJwt extends ClientAssertionMethod {
  readonly name = ClientAuthenticationMethod.PrivateKeyJwt;
  override readonly algorithms = CLIENT_SIGNING_ALGORITHMS;

  constructor(
    private readonly verifier: ClientTokenVerifier,
    replays: ReplayGuard,
    issuer: IssuerSettings,
    clock: Clock,
  ) {
    super(replays, issuer, clock);
  }

  protected verified(proof: string, client: Client, rules: AssertionRules): Promise<ForeignTokenVerification> {
    return this.verifier.verify(proof, client, rules);
  }
}
