import { Injectable } from '@nestjs/common';
import { In, IsNull, MoreThan } from 'typeorm';
import { Database, EntityRepository } from '#platform/database/index.js';
import { WebhookSecretEntity, type WebhookSecretRow } from './webhook-secret.entity.js';

/** The rows of `webhook_secret`. */
@Injectable()
export class WebhookSecretsRepository extends EntityRepository<WebhookSecretEntity> {
  constructor(database: Database) {
    super(database, WebhookSecretEntity);
  }

  async add(row: WebhookSecretRow): Promise<void> {
    await this.rows.insert(row);
  }

  /** The secrets that sign now, the newest first. */
  async live(webhookId: string, now: Date): Promise<WebhookSecretRow[]> {
    const rows = await this.rows.find({
      where: [
        { webhookId, expiresAt: IsNull() },
        { webhookId, expiresAt: MoreThan(now) },
      ],
      order: { createdAt: 'DESC', id: 'DESC' },
    });
    // The one that has no successor is the newest, also of two that were made in one millisecond.
    return [...rows.filter((row) => row.expiresAt === null), ...rows.filter((row) => row.expiresAt !== null)];
  }

  /** Lets nothing sign for longer than until then. */
  async endBy(webhookId: string, expiresAt: Date): Promise<void> {
    await this.rows.update({ webhookId, expiresAt: IsNull() }, { expiresAt });
    await this.rows.update({ webhookId, expiresAt: MoreThan(expiresAt) }, { expiresAt });
  }

  async reseal(id: string, sealed: string): Promise<void> {
    await this.rows.update({ id }, { sealed });
  }

  async remove(ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await this.rows.delete({ id: In([...ids]) });
  }
}
