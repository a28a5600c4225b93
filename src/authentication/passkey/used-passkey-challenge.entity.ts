import { Entity, Index } from 'typeorm';
import { Digest, Instant } from '#platform/database/index.js';

/** A challenge that was answered; the row itself keeps it from being answered again (WebAuthn §13.4.3). */
@Entity('used_passkey_challenge')
@Index('IX_used_passkey_challenge_expires_at', ['expiresAt'])
export class UsedPasskeyChallengeEntity {
  @Digest({ primary: true })
  digest!: string;

  @Instant()
  expiresAt!: Date;
}
