import { Injectable } from '@nestjs/common';
import type { Client } from '#clients/index.js';
import { ClientEncrypter, type EncryptionOptions } from '#keys/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import { ServerError } from '../errors/oauth-error.js';
import { ClientTokenSigner } from './client-token-signer.js';

type Claims = Readonly<Record<string, unknown>>;

/** Protects what is for one client as it registered: signed, encrypted, or first one and then the other (OIDC Core §10). */
@Injectable()
export class ClientTokens {
  constructor(
    private readonly signer: ClientTokenSigner,
    private readonly encrypter: ClientEncrypter,
    private readonly issuer: IssuerSettings,
  ) {}

  /** An ID token, or another token that is signed and encrypted like one (OIDC Core §2, OIDC Back-Channel Logout §2.4). */
  async likeIdToken(client: Client, claims: Claims, typ: string): Promise<string> {
    const token = await this.signer.sign(client, claims, typ);
    const encryption = idTokenEncryption(client);
    // RFC 7519 §11.2: the signature is inside, where nobody can take it off
    return encryption === undefined ? token : this.encrypted(client, token, { ...encryption, cty: 'JWT' });
  }

  /** The claims of the userinfo endpoint as a JWT; undefined for a client that wants plain JSON (OIDC Core §5.3.2). */
  async userinfo(client: Client, claims: Claims): Promise<string | undefined> {
    const { userinfoSignedResponseAlg: algorithm } = client;
    const encryption = userinfoEncryption(client);
    if (algorithm === undefined) return encryption && this.encrypted(client, JSON.stringify(claims), encryption);
    const named = { ...claims, iss: this.issuer.issuer, aud: client.clientId };
    // RFC 8725 §3.11: without the type of an ID token it is never taken for one here
    const token = await this.signer.sign(client, named, undefined, algorithm);
    return encryption === undefined ? token : this.encrypted(client, token, { ...encryption, cty: 'JWT' });
  }

  /** Throws when no ID token can be made for the client, before anything is used up for one. */
  async checkIdToken(client: Client): Promise<void> {
    await this.signer.check(client, client.idTokenSignedResponseAlg);
    const encryption = idTokenEncryption(client);
    if (encryption === undefined) return;
    const problem = await this.encrypter.problem(client, encryption.alg);
    if (problem !== undefined) throw unreachable(problem, encryption);
  }

  private async encrypted(client: Client, text: string, options: EncryptionOptions): Promise<string> {
    const encryption = await this.encrypter.encrypt(text, client, options);
    if (encryption.outcome === 'encrypted') return encryption.token;
    throw unreachable(encryption.detail, options);
  }
}

function unreachable(detail: string, { alg }: Pick<EncryptionOptions, 'alg'>): ServerError {
  return new ServerError(detail, { description: `The client publishes no key that ${alg} can be used with.` });
}

function idTokenEncryption(client: Client): EncryptionOptions | undefined {
  return encryption(client.idTokenEncryptedResponseAlg, client.idTokenEncryptedResponseEnc);
}

function userinfoEncryption(client: Client): EncryptionOptions | undefined {
  return encryption(client.userinfoEncryptedResponseAlg, client.userinfoEncryptedResponseEnc);
}

function encryption(alg: string | undefined, enc: string | undefined): EncryptionOptions | undefined {
  return alg === undefined || enc === undefined ? undefined : { alg, enc };
}
