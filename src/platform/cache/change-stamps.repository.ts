import { Injectable } from '@nestjs/common';
import { Database, EntityRepository } from '#platform/database/index.js';
import { ChangeStampEntity } from './change-stamp.entity.js';

/** What processes keep in memory; the migration that adds a kind adds its row. */
export type ChangeKind =
  | 'attributes'
  | 'claims'
  | 'clients'
  | 'groups'
  | 'identity-providers'
  | 'resources'
  | 'revoked-times'
  | 'settings'
  | 'webhooks';

/** The rows of `change_stamp`. */
@Injectable()
export class ChangeStampsRepository extends EntityRepository<ChangeStampEntity> {
  constructor(database: Database) {
    super(database, ChangeStampEntity);
  }

  all(): Promise<ChangeStampEntity[]> {
    return this.rows.find();
  }

  /** Counts one change of a kind; it shows to others together with the change itself. */
  async count(kind: ChangeKind): Promise<void> {
    const { affected } = await this.rows.increment({ kind }, 'version', 1);
    if (affected !== 1) throw new Error(`change_stamp has no row for ${kind}`);
  }
}
