import { CompactSign } from 'jose';

const UTF8 = new TextEncoder();

/** What a token is signed with where no key pair of ours signs it (OIDC Core §10.1). */
export interface SharedSecretSigning {
  /** The secret; its octets are the key. */
  readonly secret: string;
  readonly algorithm: string;
  readonly typ?: string | undefined;
}

/** The octets that a secret must have at least to sign with one of HS256, HS384 and HS512 (RFC 7518 §3.2). */
export function secretOctets(algorithm: string): number {
  return Number(algorithm.slice(2)) / 8;
}

/** Signs claims with a secret that the reader has too (OIDC Core §10.1); the caller sees to it that it is long enough. */
export function signWithSecret(
  claims: Readonly<Record<string, unknown>>,
  { secret, algorithm, typ }: SharedSecretSigning,
): Promise<string> {
  return new CompactSign(UTF8.encode(JSON.stringify(claims)))
    .setProtectedHeader({ alg: algorithm, ...(typ === undefined ? {} : { typ }) })
    .sign(UTF8.encode(secret));
}
