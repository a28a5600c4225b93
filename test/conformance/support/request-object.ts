import { randomUUID } from 'node:crypto';
import { CompactEncrypt, importJWK, SignJWT } from 'jose';
import { encoded, type Parameters } from '../../support/bare-client.js';
import type { ModuleRun, Sent } from './module-run.js';
import { suiteKey } from './suite-client.js';

/** How a request object is encrypted to the provider (RFC 7516 §4.1). */
export interface Encryption {
  readonly alg: string;
  readonly enc: string;
}

/** A request object with these parameters, signed with the client's key (OIDC Core §6.1, RFC 9101 §4). */
export async function signedObject(run: ModuleRun, parameters: Parameters, algorithm = 'RS256'): Promise<string> {
  const now = run.op.service.clock.epochSeconds();
  const { jwk, privateKey } = await suiteKey(algorithm);
  const present = Object.entries(parameters).filter(([, value]) => value !== undefined);
  const claims = {
    iss: run.client.clientId,
    aud: run.op.issuer,
    iat: now,
    nbf: now,
    exp: now + 300,
    jti: randomUUID(),
  };
  return new SignJWT({ ...Object.fromEntries(present), ...claims })
    .setProtectedHeader({ alg: algorithm, kid: jwk.kid, typ: 'oauth-authz-req+jwt' })
    .sign(privateKey);
}

/** A signed object that only the provider can read (OIDC Core §6.1). */
export async function encryptedObject(run: ModuleRun, signed: string, { alg, enc }: Encryption): Promise<string> {
  const key = (await run.op.keys()).keys.find((one) => one.use === 'enc' && one.alg === alg);
  if (key === undefined) throw new Error(`no ${alg} key for encryption is published`);
  return new CompactEncrypt(new TextEncoder().encode(signed))
    .setProtectedHeader({ alg, enc, kid: key.kid ?? '', cty: 'oauth-authz-req+jwt' })
    .encrypt(await importJWK(key, alg));
}

/** A request whose parameters are in an object: what OAuth 2.0 demands is outside too (OIDC Core §6.1). */
export async function byObject(run: ModuleRun, sent: Sent, object: Parameters): Promise<Sent> {
  const { client_id, response_type } = sent.parameters;
  const outside = { client_id, response_type, scope: 'openid', ...object };
  return { ...sent, url: `${await run.op.endpoint('authorization_endpoint')}?${encoded(outside)}` };
}
