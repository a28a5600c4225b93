import { Entity, Index } from 'typeorm';
import { Id, Instant, LongText, Ref, References } from '#platform/database/index.js';

/** A secret that signs what a webhook is told, sealed for its row alone. */
@Entity('webhook_secret')
@Index('IX_webhook_secret_webhook_id', ['webhookId'])
@Index('IX_webhook_secret_expires_at', ['expiresAt'])
export class WebhookSecretEntity {
  @Id()
  id!: string;

  @References('WebhookEntity', { onDelete: 'CASCADE' })
  @Ref()
  webhookId!: string;

  @LongText()
  sealed!: string;

  @Instant()
  createdAt!: Date;

  /** It signs until then; nothing for the one that has no successor. */
  @Instant({ nullable: true })
  expiresAt!: Date | null;
}

/** The columns of such a row as plain data. */
export type WebhookSecretRow = Pick<WebhookSecretEntity, keyof WebhookSecretEntity>;
