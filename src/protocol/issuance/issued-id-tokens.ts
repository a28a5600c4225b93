import { Injectable } from '@nestjs/common';
import { ClientSecretsService, ClientsService, isMacAlgorithm } from '#clients/index.js';
import { decodedClaims, decodedHeader, OwnTokenVerifier, SharedSecretVerifier } from '#keys/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import { TokenType } from '#standards/jose.js';

/** Recognises ID tokens that this service issued, whatever they were signed with; they may have expired (OIDC Core §3.1.2.1). */
@Injectable()
export class IssuedIdTokens {
  constructor(
    private readonly verifier: OwnTokenVerifier,
    private readonly sharedSecrets: SharedSecretVerifier,
    private readonly clients: ClientsService,
    private readonly secrets: ClientSecretsService,
    private readonly issuer: IssuerSettings,
  ) {}

  /** The claims of an `id_token_hint`, or undefined: not ours, not an ID token, changed. One that is encrypted cannot be read here. */
  async recognise(hint: string): Promise<Readonly<Record<string, unknown>> | undefined> {
    const alg = decodedHeader(hint)?.['alg'];
    return typeof alg === 'string' && isMacAlgorithm(alg)
      ? this.signedWithSecret(hint, alg)
      : this.verifier.verify(hint, { typ: [TokenType.IdToken], allowExpired: true });
  }

  /** OIDC Core §10.1: by the client that the token is for, with the algorithm that this client registered (RFC 8725 §3.1). */
  private async signedWithSecret(hint: string, alg: string): Promise<Readonly<Record<string, unknown>> | undefined> {
    const audience = decodedClaims(hint)?.['aud'];
    const client = typeof audience === 'string' ? await this.clients.find(audience) : undefined;
    if (client?.idTokenSignedResponseAlg !== alg) return undefined;
    const secrets = (await this.secrets.signing(client.clientId)).map(({ value }) => value);
    const rules = { secrets, algorithms: [alg], typ: [TokenType.IdToken] };
    const verified = await this.sharedSecrets.verify(hint, rules);
    return verified.outcome === 'valid' && verified.claims['iss'] === this.issuer.issuer ? verified.claims : undefined;
  }
}
