import { Entity, Index } from 'typeorm';
import { Digest, Instant } from '#platform/database/index.js';

/** One login name that failed from one address, or with one password, within a window; all as keyed digests. */
@Entity('spray_mark')
@Index('IX_spray_mark_group_digest', ['groupDigest'])
@Index('IX_spray_mark_expires_at', ['expiresAt'])
export class SprayMarkEntity {
  /** Of the group and the login name together. */
  @Digest({ primary: true })
  digest!: string;

  /** Of the window, and of the address or the password. */
  @Digest()
  groupDigest!: string;

  @Instant()
  expiresAt!: Date;
}

/** The plain data of such a row. */
export type SprayMarkRow = Pick<SprayMarkEntity, keyof SprayMarkEntity>;
