import type { EntityManager } from 'typeorm';
import type { Database, UnitOfWork } from './database.js';
import { isPassing } from './database-errors.js';
import { retrying } from './retrying.js';

/** How a transaction is told from those beside it; `serializable`: what it read does not change until it ends. */
export interface TransactionChoices {
  readonly isolation?: 'SERIALIZABLE' | undefined;
}

/** Carries the result out of a transaction that is taken back. */
class Rehearsed {
  constructor(readonly result: unknown) {}
}

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
  run<T>(work: () => Promise<T>, choices: TransactionChoices = {}): Promise<T> {
    const outer = this.#database.unitOfWork;
    return outer ? join(outer, work) : retrying(() => this.#once(work, choices));
  }

  /** Runs the work as `run` does, to see what comes of it, and keeps nothing that it wrote. */
  async rehearse<T>(work: () => Promise<T>): Promise<T> {
    if (this.#database.unitOfWork) throw new Error('a rehearsal cannot be a part of what is kept');
    try {
      await this.run(async () => {
        const result = await work();
        const failure = this.#database.unitOfWork?.failure;
        throw failure === undefined ? new Rehearsed(result) : swallowed(failure);
      });
    } catch (error) {
      if (error instanceof Rehearsed) return error.result as T;
      throw error;
    }
    throw new Error('a rehearsal was kept');
  }

  async #once<T>(work: () => Promise<T>, { isolation }: TransactionChoices): Promise<T> {
    const afterCommit: (() => void)[] = [];
    const perform = async (manager: EntityManager): Promise<T> => {
      const unit: UnitOfWork = { manager, afterCommit };
      const result = await this.#database.within(unit, work);
      if (unit.failure !== undefined) throw swallowed(unit.failure);
      return result;
    };
    const { dataSource } = this.#database;
    const result = await (isolation === undefined
      ? dataSource.transaction(perform)
      : dataSource.transaction(isolation, perform));
    for (const act of afterCommit) act();
    return result;
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
