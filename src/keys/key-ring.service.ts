import type { KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { Clock } from '#platform/crypto/index.js';
import { KeyCache } from './key-cache.service.js';
import { KeyChanges } from './key-changes.service.js';
import type { RotationChoices } from './key-changes.service.js';
import { activeKey, isPublished, rotationDue, statusAt } from './key-lifecycle.js';
import type { KeyStatus } from './key-lifecycle.js';
import type { LoadedKey } from './loaded-key.js';
import type { PublicJwk } from './public-jwk.js';
import { SIGNING_ALGORITHMS } from './signing-algorithm.js';
import type { SigningAlgorithm } from './signing-algorithm.js';

/** A key as administrators see it. */
export interface SigningKeyView {
  readonly kid: string;
  readonly algorithm: SigningAlgorithm;
  readonly status: KeyStatus;
  readonly created_at: Date;
  readonly activates_at: Date;
  readonly retires_at: Date | null;
}

/** What signs now. */
export interface ActiveKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
}

/** What something that we signed is checked with. */
export interface CheckingKey {
  readonly algorithm: SigningAlgorithm;
  readonly publicKey: KeyObject;
}

/** The issuer's own keys: next, active and retired, a ring for each algorithm. */
@Injectable()
export class KeyRing implements OnModuleInit {
  constructor(
    private readonly cache: KeyCache,
    private readonly changes: KeyChanges,
    private readonly clock: Clock,
  ) {}

  /** Makes the keys of a first start, and fails at once when the active ones cannot be opened. */
  async onModuleInit(): Promise<void> {
    await this.cache.fresh();
    if (!this.ready) {
      await this.changes.makeMissing();
      await this.cache.reload();
    }
    for (const algorithm of SIGNING_ALGORITHMS) await this.activeKey(algorithm);
  }

  /** Whether there is an active key for every algorithm. */
  get ready(): boolean {
    return SIGNING_ALGORITHMS.every((algorithm) => this.#active(this.cache.known, algorithm) !== undefined);
  }

  /** The JWKS document: what signs, what will sign soon, and what signed tokens that are still valid. */
  async jwks(): Promise<{ keys: PublicJwk[] }> {
    const now = this.clock.now();
    const keys = await this.cache.fresh();
    return { keys: keys.filter(({ row }) => isPublished(row, now)).map(({ row }) => row.publicJwk) };
  }

  /** The published keys and where each is in its life. */
  async list(): Promise<SigningKeyView[]> {
    return this.#published(await this.cache.fresh());
  }

  /** Publishes new keys that begin to sign when every cache of our JWKS knows them, or at once. */
  async rotate(choices: RotationChoices): Promise<SigningKeyView[]> {
    await this.changes.rotate(choices);
    return this.#published(await this.cache.afterChange());
  }

  /** Follows up every key that has grown old; called by the job. */
  async rotateDue(): Promise<void> {
    const now = this.clock.now();
    const keys = await this.cache.fresh();
    for (const algorithm of SIGNING_ALGORITHMS) {
      const ring = keys.filter(({ row }) => row.algorithm === algorithm).map(({ row }) => row);
      if (rotationDue(ring, now)) await this.rotate({ algorithm });
    }
  }

  /** The key that signs now. */
  async activeKey(algorithm: SigningAlgorithm): Promise<ActiveKey> {
    const key = this.#active(await this.cache.fresh(), algorithm);
    if (!key) throw new Error(`there is no active signing key for ${algorithm}`);
    return { kid: key.row.kid, privateKey: key.privateKey };
  }

  /**
   * The key of that name, as long as it is published; with `withdrawn` also one that only expired ID tokens still
   * need. A name that is not known may be that of a key which another process has just made.
   */
  async checkingKey(kid: string, choices: { withdrawn: boolean }): Promise<CheckingKey | undefined> {
    const key = this.#named(await this.cache.fresh(), kid) ?? (await this.#namedAfterReload(kid));
    const now = this.clock.now();
    if (!key || (key.row.expiresAt !== null && key.row.expiresAt <= now)) return undefined;
    if (!choices.withdrawn && !isPublished(key.row, now)) return undefined;
    return { algorithm: key.row.algorithm, publicKey: key.publicKey };
  }

  #published(keys: readonly LoadedKey[]): SigningKeyView[] {
    const now = this.clock.now();
    return keys.filter(({ row }) => isPublished(row, now)).map((key) => view(key, now));
  }

  async #namedAfterReload(kid: string): Promise<LoadedKey | undefined> {
    if (!/^[A-Za-z0-9_-]{43}$/.test(kid)) return undefined;
    await this.cache.reload();
    return this.#named(this.cache.known, kid);
  }

  #named(keys: readonly LoadedKey[], kid: string): LoadedKey | undefined {
    return keys.find(({ row }) => row.kid === kid);
  }

  #active(keys: readonly LoadedKey[], algorithm: SigningAlgorithm): LoadedKey | undefined {
    const ring = keys.filter(({ row }) => row.algorithm === algorithm);
    const active = activeKey(
      ring.map(({ row }) => row),
      this.clock.now(),
    );
    return active && this.#named(ring, active.kid);
  }
}

function view({ row }: LoadedKey, now: Date): SigningKeyView {
  return {
    kid: row.kid,
    algorithm: row.algorithm,
    status: statusAt(row, now),
    created_at: row.createdAt,
    activates_at: row.activatesAt,
    retires_at: row.retiresAt,
  };
}
