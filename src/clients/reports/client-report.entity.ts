import { Entity, Index } from 'typeorm';
import { Id, Instant, Ref, References, Text } from '#platform/database/index.js';
import { MOST_WORDS, type ReportReason } from './client-report.js';

/** What a user told of a client, as a row; a user has one for each client, the latest. */
@Entity('client_report')
@Index('UQ_client_report_client_id_user_id', ['clientId', 'userId'], { unique: true })
@Index('IX_client_report_user_id', ['userId'])
@Index('IX_client_report_created_at', ['createdAt', 'id'])
@Index('IX_client_report_expires_at', ['expiresAt'])
export class ClientReportEntity {
  @Id()
  id!: string;

  @References('ClientEntity', { onDelete: 'CASCADE' })
  @Ref({ length: 255 })
  clientId!: string;

  @References('UserEntity', { onDelete: 'CASCADE' })
  @Ref()
  userId!: string;

  @Text(16)
  reason!: ReportReason;

  /** What else the user had to say. */
  @Text(MOST_WORDS, { nullable: true })
  words!: string | null;

  @Instant()
  createdAt!: Date;

  @Instant()
  expiresAt!: Date;
}

/** The columns of such a row as plain data. */
export type ClientReportRow = Pick<ClientReportEntity, keyof ClientReportEntity>;
