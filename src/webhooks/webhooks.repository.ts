import { Injectable } from '@nestjs/common';
import { IsNull, LessThanOrEqual, Not } from 'typeorm';
import { Database, EntityRepository, type Page, type PageRequest } from '#platform/database/index.js';
import { WebhookEntity, type WebhookRow } from './webhook.entity.js';

/** The rows of `webhook`. */
@Injectable()
export class WebhooksRepository extends EntityRepository<WebhookEntity> {
  constructor(database: Database) {
    super(database, WebhookEntity);
  }

  async add(row: WebhookRow): Promise<void> {
    await this.rows.insert(row);
  }

  find(id: string): Promise<WebhookRow | null> {
    return this.rows.findOneBy({ id });
  }

  active(): Promise<WebhookRow[]> {
    return this.rows.find({ where: { status: 'active' }, order: { id: 'ASC' } });
  }

  list(request: PageRequest): Promise<Page<WebhookRow>> {
    return this.page(request);
  }

  /** Writes changes to a row that nobody changed since it was read. */
  async change(id: string, readAt: Date, changes: Partial<WebhookRow>): Promise<boolean> {
    const { affected } = await this.rows.update({ id, updatedAt: readAt }, changes);
    return affected === 1;
  }

  async remove(id: string): Promise<boolean> {
    const { affected } = await this.rows.delete({ id });
    return affected === 1;
  }

  /** Notes that it takes what it is told, which is a write only when it had not. */
  async works(id: string): Promise<void> {
    await this.rows.update({ id, failingSince: Not(IsNull()) }, { failingSince: null });
  }

  /** Notes since when it has taken nothing, which is a write only the first time. */
  async fails(id: string, now: Date): Promise<void> {
    await this.rows.update({ id, failingSince: IsNull() }, { failingSince: now });
  }

  /** Stops telling a webhook, if it is still told and, where that is asked, has failed since then; false when not. */
  async disable(
    id: string,
    { because, now, failingSince }: { because: string; now: Date; failingSince?: Date },
  ): Promise<boolean> {
    const failing = failingSince === undefined ? {} : { failingSince: LessThanOrEqual(failingSince) };
    const { affected } = await this.rows.update(
      { id, status: 'active', ...failing },
      { status: 'disabled', disabledBecause: because, updatedAt: now },
    );
    return affected === 1;
  }
}
