import { Injectable } from '@nestjs/common';
import {
  Database,
  EntityRepository,
  isUniqueViolation,
  type Page,
  type PageRequest,
} from '#platform/database/index.js';
import { ClientReportEntity, type ClientReportRow } from './client-report.entity.js';

/** Which reports a list is about. */
export interface ReportFilter {
  readonly clientId?: string | undefined;
  readonly userId?: string | undefined;
}

/** The rows of `client_report`. */
@Injectable()
export class ClientReportsRepository extends EntityRepository<ClientReportEntity> {
  constructor(database: Database) {
    super(database, ClientReportEntity);
  }

  /** Adds a row; where the user has told of the client before, the new words stand in the place of the old. */
  async put(row: ClientReportRow): Promise<void> {
    const { clientId, userId, reason, words, createdAt, expiresAt } = row;
    const { affected } = await this.rows.update({ clientId, userId }, { reason, words, createdAt, expiresAt });
    if (affected === 1) return;
    try {
      await this.rows.insert(row);
    } catch (error) {
      // Sent twice at the same moment: one of both is there.
      if (!isUniqueViolation(error)) throw error;
    }
  }

  async find(id: string): Promise<ClientReportRow | undefined> {
    const row = await this.rows.findOneBy({ id });
    return row?.id === id ? row : undefined;
  }

  list({ clientId, userId }: ReportFilter, request: PageRequest): Promise<Page<ClientReportRow>> {
    return this.page(request, {
      order: 'newest-first',
      where: (query) => {
        if (clientId !== undefined) query.andWhere('row.clientId = :clientId', { clientId });
        if (userId !== undefined) query.andWhere('row.userId = :userId', { userId });
      },
    });
  }

  /** Takes a row away; false when there is none. */
  async remove(id: string): Promise<boolean> {
    const { affected } = await this.rows.delete({ id });
    return affected === 1;
  }
}
