import { Injectable, Logger } from '@nestjs/common';
import { Clock, SecretBox } from '#platform/crypto/index.js';
import { Database } from '#platform/database/index.js';
import { LoadedKey } from './loaded-key.js';
import { SigningKeysRepository } from './signing-keys.repository.js';

/** How long a key that another process revoked may still be used here. */
const FRESH_MS = 10_000;

/** The keys of the database in memory, never older than ten seconds when they are used. */
@Injectable()
export class KeyCache {
  readonly #logger = new Logger('keys');
  #keys: readonly LoadedKey[] = [];
  #loadedAt: number | undefined;
  #loading: Promise<void> | undefined;
  #started = 0;
  #applied = 0;

  constructor(
    private readonly repository: SigningKeysRepository,
    private readonly database: Database,
    private readonly box: SecretBox,
    private readonly clock: Clock,
  ) {}

  /** The keys as they were at the last look, which may be too long ago to use them. */
  get known(): readonly LoadedKey[] {
    return this.#keys;
  }

  /** The keys, read again when the last look is ten seconds ago. A database that does not answer changes nothing. */
  async fresh(): Promise<readonly LoadedKey[]> {
    if (this.#loadedAt === undefined) await this.reload();
    else if (Math.abs(this.clock.now().getTime() - this.#loadedAt) >= FRESH_MS) await this.#tryReload();
    return this.#keys;
  }

  /**
   * Reads the keys now. Callers share one query; inside a transaction each makes its own, because on the embedded
   * database the shared one would wait for that very transaction.
   */
  reload(): Promise<void> {
    if (this.database.unitOfWork) return this.#load();
    this.#loading ??= this.#load().finally(() => {
      this.#loading = undefined;
    });
    return this.#loading;
  }

  /**
   * The keys after a change of them. While the change is part of a transaction only the caller sees it: what is not
   * kept must never sign, so the others read again once it is.
   */
  async afterChange(): Promise<readonly LoadedKey[]> {
    if (this.database.unitOfWork === undefined) {
      await this.reload();
      return this.#keys;
    }
    this.database.afterCommit(() => {
      this.#loadedAt = 0;
    });
    return this.#read(this.clock.now());
  }

  async #tryReload(): Promise<void> {
    try {
      await this.reload();
    } catch (error) {
      this.#loadedAt = this.clock.now().getTime();
      this.#logger.warn(`the signing keys could not be read again: ${String(error)}`);
    }
  }

  async #load(): Promise<void> {
    this.#started += 1;
    const turn = this.#started;
    const now = this.clock.now();
    const keys = await this.#read(now);
    if (turn < this.#applied) return;
    this.#applied = turn;
    this.#keys = keys;
    this.#loadedAt = now.getTime();
  }

  async #read(now: Date): Promise<LoadedKey[]> {
    const rows = await this.repository.findUsable(now);
    const earlier = new Map(this.#keys.map((key) => [key.row.kid, key]));
    return rows.map((row) => new LoadedKey(row, this.box, earlier.get(row.kid)));
  }
}
