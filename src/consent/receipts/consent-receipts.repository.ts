import { Injectable } from '@nestjs/common';
import { IsNull, MoreThan } from 'typeorm';
import { Database, EntityRepository, type Page, type PageRequest } from '#platform/database/index.js';
import { ConsentReceiptEntity, type ConsentReceiptRow } from './consent-receipt.entity.js';

/** Which receipts a list is about. */
export interface ReceiptFilter {
  readonly userId?: string | undefined;
  readonly clientId?: string | undefined;
}

/** The rows of `consent_receipt`: added and read; only when they go is decided later. */
@Injectable()
export class ConsentReceiptsRepository extends EntityRepository<ConsentReceiptEntity> {
  constructor(database: Database) {
    super(database, ConsentReceiptEntity);
  }

  async add(row: ConsentReceiptRow): Promise<void> {
    await this.prepared.insert(row);
  }

  async find(id: string): Promise<ConsentReceiptRow | undefined> {
    const row = await this.rows.findOneBy({ id });
    return row?.id === id ? row : undefined;
  }

  /** The latest receipts of a user, the newest first. */
  findByUser(userId: string, most: number): Promise<ConsentReceiptRow[]> {
    return this.rows.find({ where: { userId }, order: { createdAt: 'DESC', id: 'DESC' }, take: most });
  }

  list({ userId, clientId }: ReceiptFilter, request: PageRequest): Promise<Page<ConsentReceiptRow>> {
    return this.page(request, {
      order: 'newest-first',
      where: (query) => {
        if (userId !== undefined) query.andWhere('row.userId = :userId', { userId });
        if (clientId !== undefined) query.andWhere('row.clientId = :clientId', { clientId });
      },
    });
  }

  /** Those of a user's decisions about a client that have no end yet. */
  findEndless(userId: string, clientId: string): Promise<ConsentReceiptRow[]> {
    return this.prepared.findBy({ userId, clientId, expiresAt: IsNull() });
  }

  async endOne(id: string, expiresAt: Date): Promise<void> {
    await this.prepared.update({ id }, { expiresAt });
  }

  /** Lets what a decision allowed end now: nothing of it is kept for longer than that demands. */
  async end(filter: ReceiptFilter, expiresAt: Date): Promise<void> {
    const whose = {
      ...(filter.userId === undefined ? {} : { userId: filter.userId }),
      ...(filter.clientId === undefined ? {} : { clientId: filter.clientId }),
    };
    await this.rows.update({ ...whose, expiresAt: IsNull() }, { expiresAt });
    await this.rows.update({ ...whose, expiresAt: MoreThan(expiresAt) }, { expiresAt });
  }
}
