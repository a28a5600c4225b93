import { Injectable } from '@nestjs/common';
import { ClientSecretsService, isMacAlgorithm, type Client } from '#clients/index.js';
import { JwtSigner, secretOctets, signWithSecret } from '#keys/index.js';
import type { MacAlgorithm } from '#standards/jose.js';
import { ServerError } from '../errors/oauth-error.js';

/** What a client may have its tokens signed with. */
export type ClientTokenAlgorithm = Client['idTokenSignedResponseAlg'];

/** Signs what is for one client by the algorithm that it registered: with a key of ours, or with its own secret (OIDC Core §10.1). */
@Injectable()
export class ClientTokenSigner {
  constructor(
    private readonly signer: JwtSigner,
    private readonly secrets: ClientSecretsService,
  ) {}

  /** Signs claims like an ID token of the client, unless another of its algorithms is given. */
  async sign(
    client: Client,
    claims: Readonly<Record<string, unknown>>,
    typ: string | undefined,
    algorithm: ClientTokenAlgorithm = client.idTokenSignedResponseAlg,
  ): Promise<string> {
    if (!isMacAlgorithm(algorithm)) return this.signer.sign({ ...claims }, { algorithm, typ });
    return signWithSecret(claims, { secret: await this.secret(client, algorithm), algorithm, typ });
  }

  /** Throws when nothing can be signed for the client by this algorithm. */
  async check(client: Client, algorithm: ClientTokenAlgorithm): Promise<void> {
    if (isMacAlgorithm(algorithm)) await this.secret(client, algorithm);
  }

  /** The newest secret that is long enough (RFC 7518 §3.2). */
  private async secret({ clientId }: Client, algorithm: MacAlgorithm): Promise<string> {
    const octets = secretOctets(algorithm);
    const signing = await this.secrets.signing(clientId);
    const secret = signing.find(({ value }) => Buffer.byteLength(value) >= octets)?.value;
    if (secret !== undefined) return secret;
    throw new ServerError(
      `client ${clientId} has no readable secret of ${octets} bytes for ${algorithm}: make a new one`,
      {
        description: `The client has no secret that ${algorithm} can be used with; it needs a new one.`,
      },
    );
  }
}
