import { Entity, Index } from 'typeorm';
import { Count, Instant, Text } from '#platform/database/index.js';

/** The failures counted for one account, address or browser; the key names the policy and holds a digest. */
@Entity('sign_in_throttle')
@Index('IX_sign_in_throttle_expires_at', ['expiresAt'])
export class SignInThrottleEntity {
  @Text(64, { primary: true })
  bucket!: string;

  /** Failures, and attempts whose outcome is not known yet. */
  @Count()
  failures!: number;

  /** Beyond the limit nothing is let through until then. */
  @Instant()
  blockedUntil!: Date;

  /** When it was said that the limit is reached, which is said once for each count. */
  @Instant({ nullable: true })
  announcedAt!: Date | null;

  /** The count starts anew from here. */
  @Instant()
  expiresAt!: Date;
}

/** The plain data of such a row. */
export type SignInThrottleRow = Pick<SignInThrottleEntity, keyof SignInThrottleEntity>;
