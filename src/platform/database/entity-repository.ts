import type { EntityTarget, ObjectLiteral } from 'typeorm';
import type { Database, Rows } from './database.js';
import { PreparedRows } from './prepared-rows.js';
import { fetchPage } from './paging.js';
import type { Page, PageRequest, Paging } from './paging.js';

/** Base of every repository: its table, seen through the transaction in progress. */
export abstract class EntityRepository<T extends ObjectLiteral> {
  readonly #database: Database;
  readonly #entity: EntityTarget<T>;
  #prepared: PreparedRows<T> | undefined;

  protected constructor(database: Database, entity: EntityTarget<T>) {
    this.#database = database;
    this.#entity = entity;
  }

  protected get rows(): Rows<T> {
    return this.#database.rows(this.#entity);
  }

  /** The same table for what happens with each request. */
  protected get prepared(): PreparedRows<T> {
    this.#prepared ??= new PreparedRows(this.#database, this.#entity);
    return this.#prepared;
  }

  /** One page of the table in the order of creation, filtered by what `paging.where` adds to the query. */
  protected page(request: PageRequest, paging: Paging<T> = {}): Promise<Page<T>> {
    return fetchPage(this.rows.createQueryBuilder('row'), request, paging);
  }
}
