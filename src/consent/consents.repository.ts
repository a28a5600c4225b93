import { Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';
import {
  Database,
  EntityRepository,
  isUniqueViolation,
  type Page,
  type PageRequest,
} from '#platform/database/index.js';
import { ConsentEntity, type ConsentRow } from './consent.entity.js';

/** Which consents a list is about. */
export interface ConsentFilter {
  readonly userId?: string | undefined;
  readonly clientId?: string | undefined;
  /** The name of an approved scope. */
  readonly scope?: string | undefined;
}

/** The rows of `consent`. */
@Injectable()
export class ConsentsRepository extends EntityRepository<ConsentEntity> {
  constructor(database: Database) {
    super(database, ConsentEntity);
  }

  async find(id: string): Promise<ConsentRow | undefined> {
    return (await this.rows.findOneBy({ id })) ?? undefined;
  }

  async findFor(userId: string, clientId: string): Promise<ConsentRow | undefined> {
    const row = await this.prepared.findOneBy({ userId, clientId });
    return row?.clientId === clientId ? row : undefined;
  }

  findByUser(userId: string): Promise<ConsentRow[]> {
    return this.rows.find({ where: { userId }, order: { createdAt: 'ASC', id: 'ASC' } });
  }

  list(filter: ConsentFilter, request: PageRequest): Promise<Page<ConsentRow>> {
    return this.page(request, { where: (query) => void narrowTo(query, filter) });
  }

  count(filter: ConsentFilter): Promise<number> {
    return narrowTo(this.rows.createQueryBuilder('row'), filter).getCount();
  }

  /** Adds a row; false when the user and client already have one. */
  async add(row: ConsentRow): Promise<boolean> {
    try {
      await this.prepared.insert(row);
      return true;
    } catch (error) {
      if (isUniqueViolation(error)) return false;
      throw error;
    }
  }

  /** Writes the changed row if it is still the version that was read; tells whether it was written. */
  async replace({ id, version, givenBy, scopes, updatedAt }: ConsentRow): Promise<boolean> {
    const changes = { givenBy, scopes, updatedAt, version: version + 1 };
    const { affected } = await this.prepared.update({ id, version }, changes);
    return affected === 1;
  }

  async remove(id: string): Promise<boolean> {
    const { affected } = await this.rows.delete({ id });
    return affected === 1;
  }

  /** Removes the row if it is still the version that was read; tells whether it was. */
  async removeAsRead({ id, version }: ConsentRow): Promise<boolean> {
    const { affected } = await this.rows.delete({ id, version });
    return affected === 1;
  }
}

function narrowTo(
  query: SelectQueryBuilder<ConsentEntity>,
  { userId, clientId, scope }: ConsentFilter,
): SelectQueryBuilder<ConsentEntity> {
  if (userId !== undefined) query.andWhere('row.userId = :userId', { userId });
  if (clientId !== undefined) query.andWhere('row.clientId = :clientId', { clientId });
  // the column is JSON that this service wrote; INSTR takes the text as it is, and compares alike on each database
  const part = `"scope":${JSON.stringify(scope)},`;
  if (scope !== undefined) query.andWhere('INSTR(row.scopes, :part) > 0', { part });
  return query;
}
