import { Entity, Index } from 'typeorm';
import {
  Digest,
  Flag,
  Id,
  Instant,
  Json,
  LargeCount,
  LongText,
  Ref,
  References,
  Text,
} from '#platform/database/index.js';

/** A passkey as a row: the credential record of WebAuthn §4. */
@Entity('passkey')
@Index('UQ_passkey_credential_digest', ['credentialDigest'], { unique: true })
@Index('IX_passkey_user_id', ['userId'])
export class PasskeyEntity {
  @Id()
  id!: string;

  @References('UserEntity', { onDelete: 'CASCADE' })
  @Ref()
  userId!: string;

  /** Credential ids may have 1023 bytes, so that they are looked up by their digest. */
  @Digest()
  credentialDigest!: string;

  @LongText()
  credentialId!: string;

  /** As a COSE key in base64url. */
  @LongText()
  publicKey!: string;

  /** How often the authenticator says it has signed; 0 for ever where it does not count. */
  @LargeCount()
  signCount!: number;

  @Json()
  transports!: readonly string[];

  /** Whether it can leave the device that made it (WebAuthn §6.1.3). */
  @Flag()
  backupEligible!: boolean;

  @Flag()
  backedUp!: boolean;

  /** Which make of authenticator holds it, as far as that tells. */
  @Text(36)
  aaguid!: string;

  @Text(100)
  name!: string;

  @Instant()
  createdAt!: Date;

  @Instant({ nullable: true })
  lastUsedAt!: Date | null;

  /** Since when it may be an intruder's, so that it is a second factor and no sign-in by itself. */
  @Instant({ nullable: true })
  doubtedAt!: Date | null;
}

/** The plain data of such a row. */
export type PasskeyRow = Pick<PasskeyEntity, keyof PasskeyEntity>;
