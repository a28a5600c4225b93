import { Entity, Index } from 'typeorm';
import { Digest, Instant } from '#platform/database/index.js';

/** A `jti` that its sender has used; the row itself is the proof (RFC 7523 §3). */
@Entity('used_jti')
@Index('IX_used_jti_expires_at', ['expiresAt'])
export class UsedJtiEntity {
  @Digest({ primary: true })
  digest!: string;

  @Instant()
  expiresAt!: Date;
}
