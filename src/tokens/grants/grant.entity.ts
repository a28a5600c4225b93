import { Entity, Index } from 'typeorm';
import { Flag, Id, Instant, Json, LongText, Ref, References, Text } from '#platform/database/index.js';
import type { GrantEnds } from './granted-ends.js';

/** One authorization as a row: who allowed which client what, until when; the parent of its codes and tokens. */
@Entity('authorization_grant')
@Index('IX_authorization_grant_user_id_client_id', ['userId', 'clientId'])
@Index('IX_authorization_grant_client_id', ['clientId'])
@Index('IX_authorization_grant_session_id', ['sessionId'])
@Index('IX_authorization_grant_expires_at', ['expiresAt'])
export class GrantEntity {
  @Id()
  id!: string;

  @References('UserEntity', { onDelete: 'CASCADE' })
  @Ref()
  userId!: string;

  @References('ClientEntity', { onDelete: 'CASCADE' })
  @Ref({ length: 255 })
  clientId!: string;

  @Ref({ nullable: true })
  sessionId!: string | null;

  /** Granted scope, names separated by single spaces (RFC 6749 §3.3). */
  @LongText()
  scope!: string;

  /** Identifiers of the resources that access tokens may be asked for (RFC 8707 §2). */
  @Json()
  resources!: string[];

  /** What was granted claim by claim; null when nothing was (OIDC Core §5.5). */
  @Json({ nullable: true })
  claims!: object | null;

  /** Until when parts of it may be used; null when none ends before the grant. */
  @Json({ nullable: true })
  ends!: GrantEnds | null;

  @Instant()
  authTime!: Date;

  @Text(32)
  acr!: string;

  @Json()
  amr!: string[];

  /** True when the grant outlives the session (OIDC Core §11). */
  @Flag()
  offline!: boolean;

  @Instant()
  createdAt!: Date;

  @Instant()
  expiresAt!: Date;

  @Instant({ nullable: true })
  revokedAt!: Date | null;
}

/** The columns of such a row as plain data. */
export type GrantRow = Pick<GrantEntity, keyof GrantEntity>;
