import { setTimeout as sleep } from 'node:timers/promises';
import type { EntityMetadata, EntityTarget } from 'typeorm';
import {
  FIRST_BATCH_SIZE,
  nextBatchSize,
  PACE_EMBEDDED,
  PACE_ON_SERVER,
  paceOf,
  type PurgePace,
} from './batch-size.js';
import type { Database } from './database.js';
import { ExpiredKeys, type Key } from './expired-keys.js';

/** How a purge measures time and lets it go by. */
export interface PurgeTime {
  /** Milliseconds from some beginning. */
  now(): number;
  rest(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** What may be asked of a purge. */
export interface PurgeChoices {
  /** How often it is done: it hurries as far as it must to be done before the next time. */
  readonly everySeconds?: number;
  /** When it began, as `performance.now()` says, if other tables came first; else now. */
  readonly begunAt?: number;
  /** Ends it after the batch that is under way. */
  readonly signal?: AbortSignal;
  /** Learns how long each batch took. */
  readonly onBatch?: (milliseconds: number) => void;
}

const TIME: PurgeTime = {
  now: () => performance.now(),
  rest: async (milliseconds, signal) => {
    // Whoever ends the rest looks at the signal next.
    await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
  },
};

/** Empties tables of what has run out, a little at a time, so that nobody waits for it. */
export class ExpiredRows {
  readonly #database: Database;
  readonly #time: PurgeTime;
  readonly #pace: PurgePace;
  readonly #sizes = new Map<EntityMetadata, number>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(database: Database, time: PurgeTime = TIME) {
    this.#database = database;
    this.#time = time;
    this.#pace = database.dataSource.options.type === 'better-sqlite3' ? PACE_EMBEDDED : PACE_ON_SERVER;
  }

  /**
   * Deletes the rows whose indexed `expiresAt` is not after `now` and says how many they were. Each batch is a
   * statement of its own that takes its rows in the order of the primary key, as every other statement does; how many
   * they are follows how long the last batch of the table took. After each, all purges of this process rest.
   */
  async deleteExpired<T extends { expiresAt: Date | null }>(
    entity: EntityTarget<T>,
    now: Date,
    choices: PurgeChoices = {},
  ): Promise<number> {
    const metadata = this.#database.dataSource.getMetadata(entity);
    const table = new ExpiredKeys(this.#database, metadata);
    const { signal, everySeconds = Infinity, begunAt = this.#time.now() } = choices;
    let deleted = 0;
    const batch = async (): Promise<boolean> => {
      const size = this.#sizes.get(metadata) ?? FIRST_BATCH_SIZE;
      const startedAt = this.#time.now();
      const pace = paceOf(this.#pace, { elapsedMs: startedAt - begunAt, everySeconds });
      const keys = await table.first(now, size);
      if (keys.length > 0) deleted += await this.#deleteTimed(table, keys, { now, size, metadata, choices, pace });
      if (keys.length < size) return false;
      await this.#time.rest((this.#time.now() - startedAt) * pace.rest, signal);
      return true;
    };
    while (signal?.aborted !== true && (await this.#inTurn(batch)));
    return deleted;
  }

  async #deleteTimed(
    table: ExpiredKeys,
    keys: readonly Key[],
    { now, size, metadata, choices, pace }: BatchFacts,
  ): Promise<number> {
    const startedAt = this.#time.now();
    const { affected } = await table.delete(keys, now);
    const milliseconds = this.#time.now() - startedAt;
    choices.onBatch?.(milliseconds);
    this.#sizes.set(metadata, nextBatchSize({ size, rows: keys.length, milliseconds }, pace));
    return affected;
  }

  /** One batch at a time, of whichever table. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}

interface BatchFacts {
  readonly now: Date;
  readonly size: number;
  readonly metadata: EntityMetadata;
  readonly choices: PurgeChoices;
  readonly pace: PurgePace;
}
