import { Injectable } from '@nestjs/common';
import { Clock, SecretBox } from '#platform/crypto/index.js';
import { Leases, Transactions } from '#platform/database/index.js';
import { KEY_ALGORITHMS, useOf } from './key-algorithm.js';
import type { KeyAlgorithm } from './key-algorithm.js';
import { KeyGenerator } from './key-generator.js';
import { activeKey, planRotation } from './key-lifecycle.js';
import { publicJwk } from './public-jwk.js';
import { sealedFor } from './sealed-for.js';
import type { SigningKeyRow } from './signing-key.entity.js';
import { SigningKeysRepository } from './signing-keys.repository.js';

/** How a rotation is wanted. */
export interface RotationChoices {
  /** Only this algorithm; all of them when it is not said. */
  readonly algorithm?: KeyAlgorithm | undefined;
  /** The new key signs at once, though caches of our JWKS may not know it yet. */
  readonly now?: boolean | undefined;
  /** The old keys are withdrawn at once, and what they signed with them. */
  readonly revoke?: boolean | undefined;
}

type NewKey = Omit<SigningKeyRow, 'activatesAt'>;

const LEASE = 'signing keys';
const LEASE_OPTIONS = { seconds: 30, waitSeconds: 60 };

/** Makes and ends keys, in one process at a time. */
@Injectable()
export class KeyChanges {
  constructor(
    private readonly keys: SigningKeysRepository,
    private readonly generator: KeyGenerator,
    private readonly box: SecretBox,
    private readonly leases: Leases,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** Gives each of the algorithms that has no active key one that is active at once; two first starts agree on the same keys. */
  async makeMissing(algorithms: readonly KeyAlgorithm[]): Promise<void> {
    await this.leases.holding(LEASE, LEASE_OPTIONS, async () => {
      const present = await this.keys.findUsable(this.clock.now());
      const missing = algorithms.filter(
        (algorithm) =>
          !activeKey(
            present.filter((key) => key.algorithm === algorithm),
            this.clock.now(),
          ),
      );
      const made = await Promise.all(missing.map((algorithm) => this.#generate(algorithm)));
      await this.transactions.run(async () => {
        for (const key of made) await this.keys.add({ ...key, activatesAt: key.createdAt });
      });
    });
  }

  /** Adds a new key to each ring and says when the keys before it end (OIDC Core §10.1.1, §10.2.1). */
  async rotate(choices: RotationChoices): Promise<void> {
    const algorithms = choices.algorithm === undefined ? KEY_ALGORITHMS : [choices.algorithm];
    await this.leases.holding(LEASE, LEASE_OPTIONS, async () => {
      const made = await Promise.all(algorithms.map((algorithm) => this.#generate(algorithm)));
      await this.transactions.run(async () => {
        for (const key of made) await this.#succeed(key, choices);
      });
    });
  }

  /** Ends what a key signed until a moment. */
  revokeTokens(kid: string, before: Date): Promise<boolean> {
    return this.keys.revokeTokens(kid, before);
  }

  async #succeed(key: NewKey, { now = false, revoke = false }: RotationChoices): Promise<void> {
    const before = await this.keys.findUsableOf(key.algorithm, key.createdAt);
    const plan = planRotation(before, key.createdAt, { use: useOf(key.algorithm), now, revoke });
    for (const ending of plan.ending) await this.keys.end(ending);
    await this.keys.add({ ...key, activatesAt: plan.activatesAt });
  }

  async #generate(algorithm: KeyAlgorithm): Promise<NewKey> {
    const { publicKey, privateKey } = await this.generator.generate(algorithm);
    const jwk = await publicJwk(algorithm, publicKey);
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    return {
      kid: jwk.kid,
      algorithm,
      publicJwk: jwk,
      privateKey: this.box.seal(pem, sealedFor(jwk.kid)),
      createdAt: this.clock.now(),
      retiresAt: null,
      withdrawsAt: null,
      expiresAt: null,
      tokensRevokedBefore: null,
    };
  }
}
