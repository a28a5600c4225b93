import { Entity, Index } from 'typeorm';
import { Id, Instant, Json, Ref, Text } from '#platform/database/index.js';

/** An invitation to make an account, as a row. */
@Entity('invitation')
@Index('IX_invitation_email_key', ['emailKey'])
@Index('IX_invitation_created_at', ['createdAt'])
@Index('IX_invitation_expires_at', ['expiresAt'])
export class InvitationEntity {
  @Id()
  id!: string;

  @Text(255)
  email!: string;

  /** The canonical form of the address, under which it is found. */
  @Text(255)
  emailKey!: string;

  @Json()
  gives!: InvitationGifts;

  /** Until when it can be accepted. */
  @Instant()
  validUntil!: Date;

  /** Set by the one acceptance. */
  @Instant({ nullable: true })
  acceptedAt!: Date | null;

  /** The account that was made by it, which may be gone. */
  @Ref({ nullable: true })
  userId!: string | null;

  @Instant()
  createdAt!: Date;

  @Instant()
  updatedAt!: Date;

  /** When the row goes: some time after it could be accepted. */
  @Instant()
  expiresAt!: Date;
}

/** What the account will have that is made by an invitation. */
export interface InvitationGifts {
  readonly name?: string | undefined;
  readonly username?: string | undefined;
  readonly locale?: string | undefined;
  readonly groups: readonly string[];
}

/** The plain data of such a row. */
export type InvitationRow = Pick<InvitationEntity, keyof InvitationEntity>;
