import { Injectable } from '@nestjs/common';
import {
  Database,
  EntityRepository,
  isReferenceViolation,
  isUniqueViolation,
  type Page,
  type PageRequest,
} from '#platform/database/index.js';
import { ClaimDisclosureEntity, type ClaimDisclosureRow } from './claim-disclosure.entity.js';

/** Which disclosures a list is about. */
export interface DisclosureFilter {
  readonly userId?: string | undefined;
  readonly clientId?: string | undefined;
}

type Way = Pick<ClaimDisclosureRow, 'userId' | 'clientId' | 'place'>;

/** The rows of `claim_disclosure`. */
@Injectable()
export class ClaimDisclosuresRepository extends EntityRepository<ClaimDisclosureEntity> {
  constructor(database: Database) {
    super(database, ClaimDisclosureEntity);
  }

  async find(id: string): Promise<ClaimDisclosureRow | undefined> {
    const row = await this.rows.findOneBy({ id });
    return row?.id === id ? row : undefined;
  }

  async findFor({ userId, clientId, place }: Way): Promise<ClaimDisclosureRow | undefined> {
    const row = await this.rows.findOneBy({ userId, clientId, place });
    return row?.clientId === clientId ? row : undefined;
  }

  findByUser(userId: string, most: number): Promise<ClaimDisclosureRow[]> {
    return this.rows.find({ where: { userId }, order: { createdAt: 'DESC', id: 'DESC' }, take: most });
  }

  list({ userId, clientId }: DisclosureFilter, request: PageRequest): Promise<Page<ClaimDisclosureRow>> {
    return this.page(request, {
      where: (query) => {
        if (userId !== undefined) query.andWhere('row.userId = :userId', { userId });
        if (clientId !== undefined) query.andWhere('row.clientId = :clientId', { clientId });
      },
    });
  }

  /** Adds a row, unless the user or the client has gone meanwhile; false when another process has just added one. */
  async add(row: ClaimDisclosureRow): Promise<boolean> {
    try {
      await this.rows.insert(row);
      return true;
    } catch (error) {
      if (isUniqueViolation(error)) return false;
      if (isReferenceViolation(error)) return true;
      throw error;
    }
  }

  /** Writes what is known now if the row is still as it was read; tells whether it was. */
  async replace({ id, version, claims, expiresAt }: ClaimDisclosureRow): Promise<boolean> {
    const { affected } = await this.rows.update({ id, version }, { claims, expiresAt, version: version + 1 });
    return affected === 1;
  }
}
