import { createPrivateKey } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CompactSign } from 'jose';
import { KeyGenerator } from './key-generator.js';
import { publicJwk, type PublicJwk } from './public-jwk.js';

/** A key pair by which this service proves itself to one other server; the private half is a secret to be sealed. */
export interface ClientKeyPair {
  readonly publicJwk: PublicJwk;
  readonly privateKey: string;
}

/** What every server that takes client assertions can check (OIDC Core §15.1). */
const ALGORITHM = 'RS256';
const UTF8 = new TextEncoder();

/** Makes and uses the keys with which this service is itself a client of others (RFC 7523 §2.2, OIDC Core §9). */
@Injectable()
export class ClientKeys {
  constructor(private readonly generator: KeyGenerator) {}

  async make(): Promise<ClientKeyPair> {
    const pair = await this.generator.generate(ALGORITHM);
    const privateKey = pair.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
    return { publicJwk: await publicJwk(ALGORITHM, pair.publicKey), privateKey };
  }

  /** Signs an assertion, and names the key in its header. */
  sign(claims: Readonly<Record<string, unknown>>, { publicJwk: { kid }, privateKey }: ClientKeyPair): Promise<string> {
    return new CompactSign(UTF8.encode(JSON.stringify(claims)))
      .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT', kid })
      .sign(createPrivateKey(privateKey));
  }
}
