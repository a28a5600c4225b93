import { Entity, Index } from 'typeorm';
import { Id, Instant, Json, Text } from '#platform/database/index.js';
import type { StandardClaims } from './standard-claims.js';
import type { AdminRole, RequiredAction, User } from './user.js';

/** A person as a row. */
@Entity('user')
@Index('UQ_user_username_key', ['usernameKey'], { unique: true })
@Index('UQ_user_email_key', ['emailKey'], { unique: true })
@Index('IX_user_created_at', ['createdAt'])
@Index('IX_user_admin_role', ['adminRole'])
export class UserEntity {
  @Id()
  id!: string;

  @Text(255)
  username!: string;

  /** The canonical form of the user name, under which it is unique and found. */
  @Text(255)
  usernameKey!: string;

  /** The canonical form of the e-mail address, under which it is unique and found. */
  @Text(255, { nullable: true })
  emailKey!: string | null;

  /** The plain form of the claim `name`, in which it is searched. */
  @Text(255, { nullable: true })
  nameKey!: string | null;

  @Text(16)
  status!: User['status'];

  @Json()
  claims!: StandardClaims;

  @Json({ nullable: true })
  requiredActions!: readonly RequiredAction[] | null;

  @Json({ nullable: true })
  acceptedTerms!: { readonly version: string; readonly acceptedAt: string } | null;

  @Text(32, { nullable: true })
  adminRole!: AdminRole | null;

  @Instant({ nullable: true })
  tokensRevokedBefore!: Date | null;

  @Instant()
  createdAt!: Date;

  @Instant()
  updatedAt!: Date;
}

/** The columns of such a row as plain data. */
export type UserRow = Pick<UserEntity, keyof UserEntity>;
