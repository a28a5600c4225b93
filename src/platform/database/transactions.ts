import { setTimeout as sleep } from 'node:timers/promises';
import type { Database, UnitOfWork } from './database.js';
import { DatabaseUnavailable, isPassing } from './database-errors.js';

const RETRIES = 3;
const FIRST_PAUSE_MS = 20;

/** Makes several writes one: all of them are kept, or none. */
export class Transactions {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Runs the work in a transaction, or in the one that it is called in. Work that met a deadlock or a lock is run
   * again from its start, at most three times, so it must do nothing but reads and writes of this database.
   */
  run<T>(work: () => Promise<T>): Promise<T> {
    const outer = this.#database.unitOfWork;
    return outer ? join(outer, work) : this.#retrying(work);
  }

  async #retrying<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await this.#once(work);
      } catch (error) {
        if (!isPassing(error)) throw error;
        if (attempt === RETRIES) throw new DatabaseUnavailable('the database is contended', { cause: error });
        await sleep(pauseBefore(attempt));
      }
    }
  }

  async #once<T>(work: () => Promise<T>): Promise<T> {
    const afterCommit: (() => void)[] = [];
    const kept = await this.#database.dataSource.transaction(async (manager) => {
      const unit: UnitOfWork = { manager, afterCommit };
      const result = await this.#database.within(unit, work);
      if (unit.failure !== undefined) throw swallowed(unit.failure);
      return result;
    });
    for (const act of afterCommit) act();
    return kept;
  }
}

async function join<T>(outer: UnitOfWork, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    outer.failure ??= error;
    throw error;
  }
}

/** What a passing error interrupted is run again; anything else is a mistake of the code around the inner unit. */
function swallowed(failure: unknown): unknown {
  if (isPassing(failure)) return failure;
  return new Error('a unit of work inside this one failed, and what it half did cannot be kept', { cause: failure });
}

/** Twice as long each time, and half of it by chance, so that those who met do not meet again. */
function pauseBefore(attempt: number): number {
  const longest = FIRST_PAUSE_MS * 2 ** attempt;
  return longest / 2 + (Math.random() * longest) / 2;
}
