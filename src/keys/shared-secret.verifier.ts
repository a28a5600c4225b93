import { Injectable } from '@nestjs/common';
import { compactVerify } from 'jose';
import type { ForeignTokenVerification } from './foreign-token.verifier.js';
import { parseJws } from './jws-input.js';
import { secretOctets } from './shared-secret.js';

/** What a place accepts from those who share a secret with this service. */
export interface SharedSecretRules {
  readonly secrets: readonly string[];
  readonly algorithms: readonly string[];
  readonly typ: readonly (string | undefined)[];
}

/** What became of checking it; also the place of the secret among those given. */
export type SharedSecretVerification =
  | (Extract<ForeignTokenVerification, { outcome: 'valid' }> & { readonly index: number })
  | Extract<ForeignTokenVerification, { outcome: 'invalid' }>;

/** Checks what clients signed with their secret (OIDC Core §10.1); never with a public key (RFC 8725 §2.1). */
@Injectable()
export class SharedSecretVerifier {
  async verify(token: string, { secrets, algorithms, typ }: SharedSecretRules): Promise<SharedSecretVerification> {
    const parsed = parseJws(token, { algorithms, typ, symmetric: true });
    if (!parsed.ok) return { outcome: 'invalid', detail: parsed.detail, cause: 'form' };
    const { alg, claims } = parsed.input;
    const keys = secrets
      .map((secret, index) => ({ index, key: new TextEncoder().encode(secret) }))
      .filter(({ key }) => key.length >= secretOctets(alg));
    if (keys.length === 0) {
      return { outcome: 'invalid', detail: `no secret is known that is long enough for ${alg}`, cause: 'no-keys' };
    }
    for (const { index, key } of keys) {
      if (await isSignedWith(token, key, alg)) return { outcome: 'valid', claims, index };
    }
    return { outcome: 'invalid', detail: 'the signature is not of a secret of the client', cause: 'signature' };
  }
}

async function isSignedWith(token: string, key: Uint8Array, alg: string): Promise<boolean> {
  try {
    await compactVerify(token, key, { algorithms: [alg] });
    return true;
  } catch {
    return false;
  }
}
