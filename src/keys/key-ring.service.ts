import type { KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { Clock } from '#platform/crypto/index.js';
import { KEY_ENCRYPTION_ALGORITHMS } from '#standards/jose.js';
import type { KeyEncryptionAlgorithm } from '#standards/jose.js';
import { isSigningAlgorithm, KEY_ALGORITHMS, useOf } from './key-algorithm.js';
import type { KeyAlgorithm, KeyUse } from './key-algorithm.js';
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
export interface IssuerKeyView {
  readonly kid: string;
  readonly use: KeyUse;
  readonly algorithm: KeyAlgorithm;
  readonly status: KeyStatus;
  readonly created_at: Date;
  readonly activates_at: Date;
  readonly retires_at: Date | null;
}

/** The JWKS document (RFC 7517 §5). */
export interface JwkSet {
  readonly keys: PublicJwk[];
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
  /** What it signed until then is not taken any more. */
  readonly tokensRevokedBefore: Date | null;
}

/** A key that may have been encrypted to. */
export interface DecryptionKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
}

/** The issuer's own keys: next, active and retired, a ring for each algorithm. */
@Injectable()
export class KeyRing implements OnModuleInit {
  #completing: Promise<void> | undefined;
  #shown: { readonly kids: string; readonly jwks: JwkSet } | undefined;

  constructor(
    private readonly cache: KeyCache,
    private readonly changes: KeyChanges,
    private readonly clock: Clock,
  ) {}

  /** Makes the signing keys of a first start, and fails at once when the active ones cannot be opened. */
  async onModuleInit(): Promise<void> {
    await this.cache.fresh();
    if (!this.ready) {
      await this.changes.makeMissing(SIGNING_ALGORITHMS);
      await this.cache.reload();
    }
    await this.openActive();
  }

  /** Whether there is an active key for every algorithm that signs. */
  get ready(): boolean {
    return SIGNING_ALGORITHMS.every((algorithm) => this.#active(this.cache.known, algorithm) !== undefined);
  }

  /**
   * The JWKS document: what signs, what will sign soon, and what signed tokens that are still valid; and what to encrypt
   * to. It is the same object until something of that changes.
   */
  async jwks(): Promise<JwkSet> {
    const published = this.#published(await this.#complete());
    const kids = published.map(({ row }) => row.kid).join();
    if (this.#shown?.kids !== kids) this.#shown = { kids, jwks: { keys: published.map(({ row }) => row.publicJwk) } };
    return this.#shown.jwks;
  }

  /** The published keys and where each is in its life. */
  async list(): Promise<IssuerKeyView[]> {
    return this.#views(await this.#complete());
  }

  /** Publishes new keys that begin to sign when every cache of our JWKS knows them, or at once. */
  async rotate(choices: RotationChoices): Promise<IssuerKeyView[]> {
    await this.changes.rotate(choices);
    const keys = await this.cache.afterChange();
    // What others encrypt to is made when it is first shown, but not as a part of somebody's transaction.
    return this.#views(this.cache.inTransaction ? keys : await this.#complete());
  }

  /** Ends every token that a key signed until a moment, while the key itself stays; false when there is nothing to end. */
  async revokeTokens(kid: string, before: Date): Promise<boolean> {
    const revoked = await this.changes.revokeTokens(kid, before);
    if (revoked) await this.cache.afterChange();
    return revoked;
  }

  /** Follows up every key that has grown old; called by the job. */
  async rotateDue(): Promise<void> {
    const now = this.clock.now();
    const keys = await this.cache.fresh();
    for (const algorithm of KEY_ALGORITHMS) {
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
    const { algorithm } = key.row;
    if (!isSigningAlgorithm(algorithm) || (!choices.withdrawn && !isPublished(key.row, now))) return undefined;
    return { algorithm, publicKey: key.publicKey, tokensRevokedBefore: key.row.tokensRevokedBefore };
  }

  /**
   * The keys to which something may have been encrypted (OIDC Core §10.2.1): the one that is named, or all of the
   * algorithm when none is; also those that are no longer published, for a while.
   */
  async decryptionKeys(algorithm: KeyEncryptionAlgorithm, kid: string | undefined): Promise<readonly DecryptionKey[]> {
    let keys = await this.cache.fresh();
    if (kid !== undefined && !this.#named(keys, kid) && (await this.#namedAfterReload(kid))) keys = this.cache.known;
    const now = this.clock.now();
    return keys
      .filter(({ row }) => row.algorithm === algorithm && (kid === undefined || row.kid === kid))
      .filter(({ row }) => row.expiresAt === null || row.expiresAt > now)
      .map((key) => ({ kid: key.row.kid, privateKey: key.privateKey }));
  }

  /** Fails when the private half of an active key cannot be opened. */
  async openActive(): Promise<void> {
    const keys = await this.cache.fresh();
    for (const algorithm of KEY_ALGORITHMS) this.#active(keys, algorithm)?.open();
  }

  /** Makes the keys to encrypt to when somebody first looks for them: no start has to wait for another prime. */
  async #complete(): Promise<readonly LoadedKey[]> {
    const keys = await this.cache.fresh();
    if (KEY_ENCRYPTION_ALGORITHMS.every((algorithm) => this.#active(keys, algorithm) !== undefined)) return keys;
    this.#completing ??= this.changes
      .makeMissing(KEY_ENCRYPTION_ALGORITHMS)
      .then(() => this.cache.reload())
      .finally(() => {
        this.#completing = undefined;
      });
    await this.#completing;
    return this.cache.known;
  }

  #views(keys: readonly LoadedKey[]): IssuerKeyView[] {
    const now = this.clock.now();
    return this.#published(keys).map((key) => view(key, now));
  }

  #published(keys: readonly LoadedKey[]): readonly LoadedKey[] {
    const now = this.clock.now();
    return keys.filter(({ row }) => isPublished(row, now));
  }

  async #namedAfterReload(kid: string): Promise<LoadedKey | undefined> {
    if (!/^[A-Za-z0-9_-]{43}$/.test(kid)) return undefined;
    await this.cache.reload();
    return this.#named(this.cache.known, kid);
  }

  #named(keys: readonly LoadedKey[], kid: string): LoadedKey | undefined {
    return keys.find(({ row }) => row.kid === kid);
  }

  #active(keys: readonly LoadedKey[], algorithm: KeyAlgorithm): LoadedKey | undefined {
    const ring = keys.filter(({ row }) => row.algorithm === algorithm);
    const active = activeKey(
      ring.map(({ row }) => row),
      this.clock.now(),
    );
    return active && this.#named(ring, active.kid);
  }
}

function view({ row }: LoadedKey, now: Date): IssuerKeyView {
  return {
    kid: row.kid,
    use: useOf(row.algorithm),
    algorithm: row.algorithm,
    status: statusAt(row, now),
    created_at: row.createdAt,
    activates_at: row.activatesAt,
    retires_at: row.retiresAt,
  };
}
