import { CompactEncrypt, importJWK, SignJWT, type JSONWebKeySet, type JWK } from 'jose';
import type { Parameters, Reachable } from './bare-client.js';
import type { GivenClient } from './given.js';

/** What is different about a request object; without a wish it is one that must be right. */
export interface ObjectWish {
  /** Members beside the parameters, or instead of them; an undefined one is left out. */
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly key?: CryptoKey | Uint8Array;
}

/** A request object as the client signs it: the parameters, who it is from and whom it is for (RFC 9101 §4). */
export function requestObject(
  service: Reachable,
  client: GivenClient,
  parameters: Parameters,
  { claims = {}, header = {}, key = client.privateKey }: ObjectWish = {},
): Promise<string> {
  if (key === undefined) throw new Error(`${client.clientId} has no key`);
  const now = service.clock.epochSeconds();
  const own = { iss: client.clientId, aud: service.issuer, iat: now, nbf: now, exp: now + 60 };
  const members: Readonly<Record<string, unknown>> = { ...own, ...parameters, ...claims };
  return new SignJWT(Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)))
    .setProtectedHeader({ alg: 'ES256', kid: 'first', typ: 'oauth-authz-req+jwt', ...header })
    .sign(key);
}

/** How something is encrypted, beside the algorithm that wraps the key. */
export interface EncryptionWish {
  readonly enc?: string;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly jwk?: JWK;
}

/** Encrypts a text to the key that the service publishes for the algorithm (RFC 9101 §6.1). */
export async function encryptedTo(
  service: Pick<Reachable, 'url'>,
  text: string,
  alg: string,
  { enc = 'A128CBC-HS256', header = {}, jwk }: EncryptionWish = {},
): Promise<string> {
  const { keys } = (await (await fetch(service.url('/oauth2/jwks'))).json()) as JSONWebKeySet;
  const chosen = jwk ?? keys.find((key) => key.use === 'enc' && key.alg === alg);
  if (chosen === undefined) throw new Error(`the service publishes no key for ${alg}`);
  return new CompactEncrypt(new TextEncoder().encode(text))
    .setProtectedHeader({ alg, enc, cty: 'JWT', ...(chosen.kid === undefined ? {} : { kid: chosen.kid }), ...header })
    .encrypt(await importJWK({ ...chosen, alg }, alg));
}
