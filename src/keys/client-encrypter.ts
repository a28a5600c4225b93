import { Injectable } from '@nestjs/common';
import { CompactEncrypt } from 'jose';
import type { CryptoKey } from 'jose';
import { BoundedWork, WorkQueues } from '#platform/crypto/index.js';
import { hostOf } from '#platform/http/index.js';
import type { KeyHolder } from './client-token.verifier.js';
import { encryptionKeys } from './encryption-keys.js';
import { importPublicKey } from './import-public-key.js';
import { PublishedKeys } from './published-keys.service.js';

/** How something is encrypted to a client (OIDC Core §10.2). */
export interface EncryptionOptions {
  readonly alg: string;
  readonly enc: string;
  /** Set for what was signed before, so that it is a nested JWT (RFC 7519 §5.2). */
  readonly cty?: 'JWT';
}

/** What became of encrypting: the compact JWE, or what an operator should know of the client's keys. */
export type Encryption =
  { readonly outcome: 'encrypted'; readonly token: string } | { readonly outcome: 'no-key'; readonly detail: string };

interface PublicKey {
  readonly kid: string | undefined;
  readonly key: CryptoKey;
}

type Search = { readonly found: PublicKey } | { readonly problem: string };

const UTF8 = new TextEncoder();

/** Encrypts what only a client may read, to the key that it publishes for that; never RSA1_5, never compressed (RFC 8725 §3.2, §3.6). */
@Injectable()
export class ClientEncrypter {
  readonly #work: BoundedWork;

  constructor(
    private readonly published: PublishedKeys,
    queues: WorkQueues,
  ) {
    this.#work = queues.open('encryption', { what: 'encryption', parallel: 4, waiting: 400, retryAfterSeconds: 1 });
  }

  /** Why nothing can be encrypted to the client; undefined when it can. */
  async problem(holder: KeyHolder, algorithm: string): Promise<string | undefined> {
    const search = await this.#find(holder, algorithm);
    return 'problem' in search ? search.problem : undefined;
  }

  async encrypt(text: string, holder: KeyHolder, { alg, enc, cty }: EncryptionOptions): Promise<Encryption> {
    const search = await this.#find(holder, alg);
    if ('problem' in search) return { outcome: 'no-key', detail: search.problem };
    const { kid, key } = search.found;
    const header = { alg, enc, ...(cty === undefined ? {} : { cty }), ...(kid === undefined ? {} : { kid }) };
    const jwe = new CompactEncrypt(UTF8.encode(text)).setProtectedHeader(header);
    return this.#work.run(() =>
      jwe.encrypt(key).then(
        (token) => ({ outcome: 'encrypted', token }),
        // RFC 7748 §6.1: a point of small order looks like any other until it is used
        () => ({ outcome: 'no-key', detail: `the key of client ${holder.clientId} for ${alg} does not work` }),
      ),
    );
  }

  /** The key of now; where none of the set fits, the client may have published one meanwhile (OIDC Core §10.2.1). */
  async #find({ clientId, jwks, jwksUri }: KeyHolder, algorithm: string): Promise<Search> {
    const missing = { problem: `no key of client ${clientId} fits ${algorithm}` };
    if (jwks !== undefined) return (await choose(jwks, algorithm)) ?? missing;
    if (jwksUri === undefined) return { problem: `client ${clientId} has no keys` };
    const place = { clientId, jwksUri };
    const set = await this.published.current(place);
    if (set.outcome === 'unavailable')
      return { problem: `the keys of ${hostOf(jwksUri)} cannot be had: ${set.detail}` };
    const found = await choose(set.jwks, algorithm);
    if (found !== undefined) return found;
    const newer = await this.published.newerThan(set.jwks, place);
    return (newer && (await choose(newer, algorithm))) ?? missing;
  }
}

async function choose(jwks: object, algorithm: string): Promise<{ found: PublicKey } | undefined> {
  for (const jwk of encryptionKeys(jwks, algorithm)) {
    const key = await importPublicKey(jwk, algorithm);
    if (key) return { found: { key, kid: typeof jwk.kid === 'string' ? jwk.kid : undefined } };
  }
  return undefined;
}
