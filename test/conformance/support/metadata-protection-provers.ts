import { compactDecrypt, createLocalJWKSet, decodeProtectedHeader, exportJWK, generateKeyPair, jwtVerify } from 'jose';
import { expect } from 'vitest';
import type { Claims } from './every-response.js';
import { ModuleRun } from './module-run.js';
import type { Op } from './op.js';
import { withClient, type Prover } from './prover.js';
import { USER } from './seed.js';
import type { Metadata } from './suite-client.js';

const keys = new Map<string, ReturnType<typeof generateKeyPair>>();

/** The key that tokens are encrypted to, one for each kind (RFC 7518 §4.1). */
function encryptionKey(alg: string) {
  const kind = alg.startsWith('RSA') ? alg : 'ECDH-ES';
  const pair = keys.get(kind) ?? generateKeyPair(kind, { extractable: true });
  keys.set(kind, pair);
  return pair;
}

/** What a client is registered with and how it opens what it gets. */
async function encryptingTo(alg: string) {
  const { publicKey, privateKey } = await encryptionKey(alg);
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: `enc-${alg}`, use: 'enc', alg }] };
  const decrypted = async (token: string): Promise<string> => {
    expect(token.split('.')).toHaveLength(5);
    expect(decodeProtectedHeader(token).alg).toBe(alg);
    return new TextDecoder().decode((await compactDecrypt(token, privateKey)).plaintext);
  };
  return { jwks, decrypted };
}

async function encryptsIdToken(op: Op, alg: string, enc: string): Promise<void> {
  const { jwks, decrypted } = await encryptingTo(alg);
  const opens = async ({ client, variant }: ModuleRun): Promise<void> => {
    const { rawIdToken } = await new ModuleRun(op, variant, { ...client, decrypted }).pass(op.browser());
    expect(decodeProtectedHeader(rawIdToken)).toMatchObject({ alg, enc });
  };
  await withClient(op, opens, {
    jwks,
    id_token_encrypted_response_alg: alg,
    id_token_encrypted_response_enc: enc,
  });
}

/** The claims of a userinfo answer that is a JWT (OIDC Core §5.3.2). */
async function userinfoJwt(run: ModuleRun, open = (token: string) => Promise.resolve(token)) {
  const { accessToken, idToken } = await run.pass(run.op.browser(), { scope: 'openid email' });
  const { status, headers, text } = await run.askUserinfo(accessToken);
  expect([status, headers.get('content-type')]).toEqual([200, expect.stringMatching(/^application\/jwt/)]);
  return { idToken, outer: decodeProtectedHeader(text), inner: await open(text) };
}

function checkClaims(claims: Claims, idToken: Claims): void {
  expect(claims).toMatchObject({ sub: idToken.sub, email: USER.claims.email });
}

async function signsUserinfo(op: Op, alg: string): Promise<void> {
  const reads = async (run: ModuleRun): Promise<void> => {
    const { idToken, inner } = await userinfoJwt(run);
    const { clientId: audience, clientSecret } = run.client;
    const rules = { issuer: op.issuer, audience, currentDate: op.service.clock.now(), algorithms: [alg] };
    const { payload } = alg.startsWith('HS')
      ? await jwtVerify(inner, new TextEncoder().encode(clientSecret), rules)
      : await jwtVerify(inner, createLocalJWKSet(await op.keys()), rules);
    checkClaims(payload, idToken);
  };
  await withClient(op, reads, { userinfo_signed_response_alg: alg });
}

async function encryptsUserinfo(op: Op, alg: string, enc: string): Promise<void> {
  const { jwks, decrypted } = await encryptingTo(alg);
  const reads = async (run: ModuleRun): Promise<void> => {
    const { idToken, outer, inner } = await userinfoJwt(run, decrypted);
    expect(outer).toMatchObject({ alg, enc });
    checkClaims(JSON.parse(inner) as Claims, idToken); // not signed unless that is registered too
  };
  const metadata: Metadata = { jwks, userinfo_encrypted_response_alg: alg, userinfo_encrypted_response_enc: enc };
  await withClient(op, reads, metadata);
}

/** Proofs of how what the client learns of a user is protected on the way (OIDC Registration §2). */
export const PROTECTION_PROVERS: Readonly<Record<string, Prover>> = {
  id_token_encryption_alg_values_supported: (op, alg) => encryptsIdToken(op, alg, 'A256GCM'),
  id_token_encryption_enc_values_supported: (op, enc) => encryptsIdToken(op, 'ECDH-ES', enc),
  userinfo_signing_alg_values_supported: signsUserinfo,
  userinfo_encryption_alg_values_supported: (op, alg) => encryptsUserinfo(op, alg, 'A256GCM'),
  userinfo_encryption_enc_values_supported: (op, enc) => encryptsUserinfo(op, 'ECDH-ES', enc),
};
