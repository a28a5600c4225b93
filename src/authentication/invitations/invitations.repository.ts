import { Injectable } from '@nestjs/common';
import { IsNull, MoreThan } from 'typeorm';
import { Database, EntityRepository, type Page, type PageRequest } from '#platform/database/index.js';
import { InvitationEntity, type InvitationRow } from './invitation.entity.js';

/** The rows of `invitation`. */
@Injectable()
export class InvitationsRepository extends EntityRepository<InvitationEntity> {
  constructor(database: Database) {
    super(database, InvitationEntity);
  }

  async add(row: InvitationRow): Promise<void> {
    await this.rows.insert(row);
  }

  find(id: string): Promise<InvitationRow | null> {
    return this.rows.findOneBy({ id });
  }

  list(request: PageRequest): Promise<Page<InvitationRow>> {
    return this.page(request, {});
  }

  /** The invitation that an address could accept now; the newest, if there are several. */
  findOpen(emailKey: string, now: Date): Promise<InvitationRow | null> {
    return this.rows.findOne({
      where: { emailKey, acceptedAt: IsNull(), validUntil: MoreThan(now) },
      order: { createdAt: 'DESC', id: 'DESC' },
    });
  }

  /** Accepts it: true for exactly one caller. */
  async accept(id: string, userId: string, now: Date): Promise<boolean> {
    const { affected } = await this.rows.update(
      { id, acceptedAt: IsNull(), validUntil: MoreThan(now) },
      { acceptedAt: now, userId, updatedAt: now },
    );
    return affected === 1;
  }

  /** Makes it valid until another moment, unless it was accepted. */
  async extend(
    id: string,
    { validUntil, expiresAt, updatedAt }: Pick<InvitationRow, 'validUntil' | 'expiresAt' | 'updatedAt'>,
  ): Promise<boolean> {
    const { affected } = await this.rows.update({ id, acceptedAt: IsNull() }, { validUntil, expiresAt, updatedAt });
    return affected === 1;
  }

  async remove(id: string): Promise<boolean> {
    const { affected } = await this.rows.delete({ id });
    return affected === 1;
  }
}
