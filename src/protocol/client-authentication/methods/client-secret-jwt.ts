import { Injectable } from '@nestjs/common';
import { ClientSecretsService, type Client } from '#clients/index.js';
import { SharedSecretVerifier } from '#keys/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import { Clock } from '#platform/crypto/index.js';
import { CLIENT_MAC_ALGORITHMS } from '#standards/jose.js';
import { ClientAuthenticationMethod } from '#standards/oauth.js';
import { ReplayGuard } from '#tokens/index.js';
import { ClientAssertionMethod, type AssertionRules, type AssertionVerification } from '../client-assertion-method.js';

/** OIDC Core §9: an assertion that the client signed with its secret, which so never travels. */
@Injectable()
export class ClientSecretJwt extends ClientAssertionMethod {
  readonly name = ClientAuthenticationMethod.ClientSecretJwt;
  override readonly algorithms = CLIENT_MAC_ALGORITHMS;

  constructor(
    private readonly secrets: ClientSecretsService,
    private readonly verifier: SharedSecretVerifier,
    replays: ReplayGuard,
    issuer: IssuerSettings,
    clock: Clock,
  ) {
    super(replays, issuer, clock);
  }

  protected async verified(proof: string, { clientId }: Client, rules: AssertionRules): Promise<AssertionVerification> {
    const signing = await this.secrets.signing(clientId);
    const verified = await this.verifier.verify(proof, { ...rules, secrets: signing.map(({ value }) => value) });
    if (verified.outcome === 'invalid') return verified;
    const { index, ...rest } = verified;
    return { ...rest, secretId: signing[index]?.id };
  }
}
