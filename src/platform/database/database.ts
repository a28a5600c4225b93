import { AsyncLocalStorage } from 'node:async_hooks';
import { executePrepared } from './prepared-statements.js';
import type { Bound, Executed } from './statement.js';
import type { DataSource, EntityManager, EntityTarget, ObjectLiteral, Repository } from 'typeorm';

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

/** The open connection; statements go through the transaction they are called in, if any. */
export class Database {
  readonly #current = new AsyncLocalStorage<UnitOfWork>();

  constructor(readonly dataSource: DataSource) {}

  /** The transaction in progress here, if there is one. */
  get unitOfWork(): UnitOfWork | undefined {
    return this.#current.getStore();
  }

  get manager(): EntityManager {
    return this.unitOfWork?.manager ?? this.dataSource.manager;
  }

  rows<T extends ObjectLiteral>(entity: EntityTarget<T>): Rows<T> {
    return this.manager.getRepository(entity);
  }

  /** Runs a statement of a hot path, prepared, with `?` for each parameter. */
  execute(sql: string, parameters: readonly Bound[]): Promise<Executed> {
    return executePrepared(this.dataSource, this.unitOfWork?.manager.queryRunner, sql, parameters);
  }

  /** Lets everything that `work` calls find the transaction. */
  within<T>(unit: UnitOfWork, work: () => Promise<T>): Promise<T> {
    return this.#current.run(unit, work);
  }

  /** Does something once what is written here is committed, and never if it is not; at once outside any transaction. */
  afterCommit(work: () => void): void {
    const unit = this.unitOfWork;
    if (unit === undefined) work();
    else unit.afterCommit.push(work);
  }

  /** Does what belongs to no transaction although it was started in one, such as filling a cache for everybody. */
  outside<T>(work: () => Promise<T>): Promise<T> {
    return this.#current.exit(work);
  }

  /** Fails when the database does not answer. */
  async ping(): Promise<void> {
    await this.dataSource.query('SELECT 1');
  }
}
