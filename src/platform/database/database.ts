import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseUnavailable } from './database-errors.js';
import { executePrepared } from './prepared-statements.js';
import { retrying } from './retrying.js';
import type { Bound, Executed } from './statement.js';
import type { DataSource, EntityManager, EntityTarget, ObjectLiteral, Repository } from 'typeorm';

const PROMPTLY_MS = 2000;

/** Finders and plain statements; what hides a look-up and a transaction of its own is left out. */
export type Rows<T extends ObjectLiteral> = Omit<
  Repository<T>,
  'save' | 'remove' | 'softRemove' | 'recover' | 'preload' | 'manager' | 'extend' | 'clear'
>;

/** One transaction in progress, as everything called inside it finds it. */
export interface UnitOfWork {
  readonly manager: EntityManager;
  /** Set by a unit of work inside this one that failed: then the whole cannot be kept. */
  failure?: unknown;
  /** What is done once all of it is committed. */
  readonly afterCommit: (() => void)[];
}

// One for every database of the process: Node asks each storage at each promise, of closed databases as well.
const current = new AsyncLocalStorage<{ readonly database: Database; readonly unit: UnitOfWork }>();

/** The open connection; statements go through the transaction they are called in, if any. */
export class Database {
  constructor(readonly dataSource: DataSource) {}

  /** The transaction in progress here, if there is one. */
  get unitOfWork(): UnitOfWork | undefined {
    const here = current.getStore();
    return here?.database === this ? here.unit : undefined;
  }

  get manager(): EntityManager {
    return this.unitOfWork?.manager ?? this.dataSource.manager;
  }

  rows<T extends ObjectLiteral>(entity: EntityTarget<T>): Rows<T> {
    return this.manager.getRepository(entity);
  }

  /** Runs a statement of a hot path, prepared, with `?` for each parameter. */
  execute(sql: string, parameters: readonly Bound[]): Promise<Executed> {
    const { dataSource, unitOfWork } = this;
    if (unitOfWork === undefined) return retrying(() => executePrepared(dataSource, undefined, sql, parameters));
    return executePrepared(dataSource, unitOfWork.manager.queryRunner, sql, parameters);
  }

  /** Lets everything that `work` calls find the transaction. */
  within<T>(unit: UnitOfWork, work: () => Promise<T>): Promise<T> {
    return current.run({ database: this, unit }, work);
  }

  /** Does something once what is written here is committed, and never if it is not; at once outside any transaction. */
  afterCommit(work: () => void): void {
    const unit = this.unitOfWork;
    if (unit === undefined) work();
    else unit.afterCommit.push(work);
  }

  /** Does what belongs to no transaction although it was started in one, such as filling a cache for everybody. */
  outside<T>(work: () => Promise<T>): Promise<T> {
    return current.exit(work);
  }

  /** Waits two seconds at most for a small read that many wait for together, so that they are not kept with it. */
  async promptly<T>(read: () => Promise<T>): Promise<T> {
    const answered = new AbortController();
    const overdue = sleep(PROMPTLY_MS, undefined, { signal: answered.signal }).then(() => {
      throw new DatabaseUnavailable(`the database did not answer in ${PROMPTLY_MS} ms`);
    });
    try {
      return await Promise.race([read(), overdue]);
    } finally {
      answered.abort();
    }
  }

  /** Fails when the database does not answer, or not soon: whoever asks for it decides where requests go. */
  async ping(): Promise<void> {
    await this.promptly(() => this.dataSource.query('SELECT 1'));
  }
}
