import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/crypto/index.js';
import { Database } from '#platform/database/index.js';
import { ChangeStampsRepository, type ChangeKind } from './change-stamps.repository.js';

/** How often what was asked for was in memory, and how often not. */
export interface Lookups {
  readonly hits: number;
  readonly misses: number;
}

/** How long a change made by another process may go unnoticed here. */
const LOOK_EVERY_MS = 500;

/** What changed without a note (an older release, a hand in the database) is noticed after this time. */
const TRUST_MS = 10_000;

/**
 * Tells what is kept in memory from what has changed since: each kind of rows has a generation, which moves when this
 * process commits a change and when the stamps of the database show that another one did.
 */
@Injectable()
export class Changes {
  readonly #generations = new Map<string, number>();
  readonly #versions = new Map<string, number>();
  readonly #lookups = new Map<ChangeKind, Lookups>();
  #lookedAt: number | undefined;
  #trustedSince = 0;
  #looking: Promise<void> | undefined;

  constructor(
    private readonly stamps: ChangeStampsRepository,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Whether the caller is in a transaction, which sees what nobody else does and so keeps nothing in memory. */
  get inTransaction(): boolean {
    return this.database.unitOfWork !== undefined;
  }

  /** Notes a change in the transaction that makes it; processes learn of it when, and only if, that is committed. */
  async note(kind: ChangeKind): Promise<void> {
    if (!this.inTransaction) throw new Error('a change is noted in the transaction that makes it');
    this.database.afterCommit(() => {
      this.#moveOn(kind);
    });
    await this.stamps.count(kind);
  }

  /** The generation that may be used now; looks at the stamps of the database when the last look is too long ago. */
  async generation(kind: ChangeKind): Promise<number> {
    const sinceLook = this.#lookedAt === undefined ? Infinity : Math.abs(this.#now() - this.#lookedAt);
    if (sinceLook >= LOOK_EVERY_MS) await this.#look();
    return this.known(kind);
  }

  /** The generation, if the last look at the stamps is not too long ago: for those who are in a transaction. */
  recent(kind: ChangeKind): number | undefined {
    const isRecent = this.#lookedAt !== undefined && Math.abs(this.#now() - this.#lookedAt) < LOOK_EVERY_MS;
    return isRecent ? this.known(kind) : undefined;
  }

  /** The generation as this process knows it, without a look. */
  known(kind: ChangeKind): number {
    return this.#generations.get(kind) ?? 0;
  }

  /** Counts what was found in memory and what was not. */
  lookedUp(kind: ChangeKind, hits: number, misses: number): void {
    const before = this.#lookups.get(kind) ?? { hits: 0, misses: 0 };
    this.#lookups.set(kind, { hits: before.hits + hits, misses: before.misses + misses });
  }

  /** What was found in memory since this process started, by kind. */
  get lookups(): ReadonlyMap<ChangeKind, Lookups> {
    return this.#lookups;
  }

  #look(): Promise<void> {
    this.#looking ??= this.#compare().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async #compare(): Promise<void> {
    const startedAt = this.#now();
    const trusted = Math.abs(startedAt - this.#trustedSince) < TRUST_MS;
    for (const { kind, version } of await this.database.promptly(() => this.stamps.all())) {
      if (!trusted || this.#versions.get(kind) !== version) this.#moveOn(kind);
      this.#versions.set(kind, version);
    }
    if (!trusted) this.#trustedSince = startedAt;
    this.#lookedAt = startedAt;
  }

  #moveOn(kind: string): void {
    this.#generations.set(kind, (this.#generations.get(kind) ?? 0) + 1);
  }

  #now(): number {
    return this.clock.now().getTime();
  }
}
