import { Entity, Index } from 'typeorm';
import { Id, Instant, Json, LongText, Text } from '#platform/database/index.js';

/** The longest description of a webhook. */
export const DESCRIPTION_LENGTH = 255;

/** A place outside that is told of events, as a row. */
@Entity('webhook')
@Index('IX_webhook_created_at', ['createdAt', 'id'])
export class WebhookEntity {
  @Id()
  id!: string;

  @LongText()
  url!: string;

  /** The names of events; `*` stands for every one. */
  @Json()
  events!: readonly string[];

  @Text(DESCRIPTION_LENGTH, { nullable: true })
  description!: string | null;

  @Text(16)
  status!: string;

  /** Why the service stopped telling it; nothing when an administrator did. */
  @Text(16, { nullable: true })
  disabledBecause!: string | null;

  /** Since when it has taken nothing; nothing while it takes what it is told. */
  @Instant({ nullable: true })
  failingSince!: Date | null;

  @Instant()
  createdAt!: Date;

  @Instant()
  updatedAt!: Date;
}

/** The columns of such a row as plain data. */
export type WebhookRow = Pick<WebhookEntity, keyof WebhookEntity>;
