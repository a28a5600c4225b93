import { isDeepStrictEqual } from 'node:util';
import { KEY_ALGORITHMS, type KeyAlgorithm, type KeyRing, type PublicJwk } from '#keys/index.js';
import type { IssuerSettings } from '#platform/config/index.js';
import { type Clock, SecretUnreadable } from '#platform/crypto/index.js';
import { type Check, green, type Judgement, red } from '../check.js';
import type { HttpProbe } from '../http-probe.js';

/** Where the doctor gets the key ring from, once the database is known to be usable. */
export type KeyRingSource = () => Promise<Pick<KeyRing, 'list' | 'jwks' | 'openActive'>>;

/** Whether there is an active key for each algorithm that tokens are signed with, or encrypted to this service. */
export class KeysCheck implements Check {
  readonly name = 'keys';
  readonly needs = ['schema'];

  constructor(private readonly ring: KeyRingSource) {}

  async examine(): Promise<Judgement> {
    const active = await activeAlgorithms(await this.ring());
    const missing = KEY_ALGORITHMS.filter((algorithm) => !active.includes(algorithm));
    if (missing.length === 0) return green(`an active key for each of ${KEY_ALGORITHMS.join(', ')}`);
    const remedy = `Make new ones: ${missing.map((alg) => `gatehouse key rotate --alg ${alg} --now`).join('; ')}.`;
    return red(`no active key for ${missing.join(', ')}`, remedy);
  }
}

/** Whether SECRET_KEYS opens the private keys. */
export class SecretKeysCheck implements Check {
  readonly name = 'secret-keys';
  readonly needs = ['schema'];

  constructor(private readonly ring: KeyRingSource) {}

  async examine(): Promise<Judgement> {
    const ring = await this.ring();
    try {
      await ring.openActive();
      return green('SECRET_KEYS opens the private keys');
    } catch (error) {
      if (!(error instanceof SecretUnreadable)) throw error;
      const remedy =
        'Put the key that sealed them back into SECRET_KEYS, behind the first. If it is lost: ' +
        '"gatehouse key rotate --revoke" makes new keys, and everything signed so far ends.';
      return red(error.message, remedy);
    }
  }
}

/** A replica may use what it read of the key ring for ten seconds. */
const SETTLED_MILLISECONDS = 15_000;

/** Whether the service publishes exactly the keys of the ring (OIDC Core §10.1.1). */
export class JwksCheck implements Check {
  readonly name = 'jwks';
  readonly needs = ['service', 'schema'];

  constructor(
    private readonly issuer: IssuerSettings,
    private readonly http: HttpProbe,
    private readonly ring: KeyRingSource,
    private readonly clock: Clock,
  ) {}

  async examine(): Promise<Judgement> {
    const { status, body } = await this.http.get(this.issuer.url('/oauth2/jwks'), { 'cache-control': 'no-cache' });
    const served = status === 200 ? keysOf(body) : undefined;
    const remedy =
      'Look whether the service uses this very database, and whether a proxy keeps the document longer than the five minutes it is good for.';
    if (served === undefined) return red(`the JWKS answers ${status}, or is no key set`, remedy);
    const ring = await this.ring();
    const { keys } = await ring.jwks();
    const settled = await this.settledKids(ring);
    const missing = keys.filter(({ kid }) => settled.has(kid) && !served.some((key) => key.kid === kid));
    const foreign = served.filter((key) => !keys.some((known) => isDeepStrictEqual({ ...known }, { ...key })));
    if (missing.length === 0 && foreign.length === 0) return green('the JWKS is the key ring');
    const faults = [named('lacks', missing), named('has what is not in the key ring:', foreign)];
    return red(`the JWKS ${faults.filter((fault) => fault !== '').join(' and ')}`, remedy);
  }

  private async settledKids(ring: Pick<KeyRing, 'list'>): Promise<ReadonlySet<string>> {
    const since = this.clock.now().getTime() - SETTLED_MILLISECONDS;
    const settled = (await ring.list()).filter(({ created_at: made }) => made.getTime() <= since);
    return new Set(settled.map(({ kid }) => kid));
  }
}

async function activeAlgorithms(ring: Pick<KeyRing, 'list'>): Promise<KeyAlgorithm[]> {
  const keys = await ring.list();
  return keys.filter(({ status }) => status === 'active').map(({ algorithm }) => algorithm);
}

function keysOf(body: string): readonly PublicJwk[] | undefined {
  try {
    const { keys } = JSON.parse(body) as { keys?: PublicJwk[] };
    return Array.isArray(keys) ? keys : undefined;
  } catch {
    return undefined;
  }
}

function named(fault: string, keys: readonly PublicJwk[]): string {
  return keys.length === 0 ? '' : `${fault} ${keys.map(({ kid, alg }) => `${alg} ${kid}`).join(', ')}`;
}
