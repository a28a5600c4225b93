import { Entity, Index } from 'typeorm';
import { Digest, Instant } from '#platform/database/index.js';

/** A spray that was noticed: attempts of its group wait until the window ends. */
@Entity('spray_alarm')
@Index('IX_spray_alarm_expires_at', ['expiresAt'])
export class SprayAlarmEntity {
  @Digest({ primary: true })
  groupDigest!: string;

  @Instant()
  expiresAt!: Date;
}

/** The plain data of such a row. */
export type SprayAlarmRow = Pick<SprayAlarmEntity, keyof SprayAlarmEntity>;
