import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock, Random } from '#platform/crypto/index.js';
import type { Database, Rows } from './database.js';
import { DatabaseUnavailable, isUniqueViolation } from './database-errors.js';
import { LeaseEntity } from './lease.entity.js';
import { LessThanOrEqual } from 'typeorm';

const POLL_MS = 100;

/** Lets one process at a time do something; a process that dies loses its lease by the clock. */
export class Leases {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #holder: string;

  constructor(database: Database, clock: Clock, random: Random) {
    this.#database = database;
    this.#clock = clock;
    this.#holder = random.id();
  }

  /** Takes the lease when it is free or has run out; one conditional statement, so two never both succeed. */
  acquire(name: string, seconds: number): Promise<boolean> {
    if (this.#database.unitOfWork)
      throw new Error('a lease that may outlive a transaction is taken outside a transaction');
    return this.#take(name, seconds);
  }

  async #take(name: string, seconds: number): Promise<boolean> {
    const expiresAt = this.#inSeconds(seconds);
    const row = { holder: this.#holder, expiresAt };
    const taken = await this.#rows.update({ name, expiresAt: LessThanOrEqual(this.#clock.now()) }, row);
    return taken.affected === 1 || (await this.#create({ name, ...row }));
  }

  /** Keeps a lease of ours for so many seconds from now; false when it has become another's. */
  async renew(name: string, seconds: number): Promise<boolean> {
    const kept = await this.#rows.update({ name, holder: this.#holder }, { expiresAt: this.#inSeconds(seconds) });
    return kept.affected === 1;
  }

  /** Gives a lease of ours back at once. */
  async release(name: string): Promise<void> {
    await this.#rows.update({ name, holder: this.#holder }, { expiresAt: this.#clock.now() });
  }

  /**
   * Waits for the lease, does the work and gives it back. In a transaction the row of the lease is its own until the
   * transaction ends, whoever else wants it waits for that, and a lease that somebody holds now is not waited for.
   */
  async holding<T>(
    name: string,
    options: { seconds: number; waitSeconds: number },
    work: () => Promise<T>,
  ): Promise<T> {
    const inTransaction = this.#database.unitOfWork !== undefined;
    // Whoever waited for a row that another transaction added finds it at the second look.
    let attempts = inTransaction ? 1 : Math.ceil((options.waitSeconds * 1000) / POLL_MS);
    while (!(await this.#take(name, options.seconds))) {
      if (attempts-- <= 0) throw new DatabaseUnavailable(`another process holds the lease "${name}" for too long`);
      if (!inTransaction) await sleep(POLL_MS);
    }
    try {
      return await work();
    } finally {
      await this.release(name);
    }
  }

  async #create(row: { name: string; holder: string; expiresAt: Date }): Promise<boolean> {
    if (await this.#rows.existsBy({ name: row.name })) return false;
    try {
      await this.#rows.insert(row);
      return true;
    } catch (error) {
      if (isUniqueViolation(error)) return false;
      throw error;
    }
  }

  get #rows(): Rows<LeaseEntity> {
    return this.#database.rows(LeaseEntity);
  }

  #inSeconds(seconds: number): Date {
    return new Date(this.#clock.now().getTime() + seconds * 1000);
  }
}
