import { Injectable } from '@nestjs/common';
import { IsNull, MoreThan } from 'typeorm';
import { Database, EntityRepository } from '#platform/database/index.js';
import { UpstreamFlowEntity, type UpstreamFlowRow } from './upstream-flow.entity.js';

/** The rows of `upstream_flow`. */
@Injectable()
export class UpstreamFlowsRepository extends EntityRepository<UpstreamFlowEntity> {
  constructor(database: Database) {
    super(database, UpstreamFlowEntity);
  }

  async add(row: UpstreamFlowRow): Promise<void> {
    await this.rows.insert(row);
  }

  /** Uses up what a browser was sent away with: the row for exactly one caller, in that browser, for that provider, in time. */
  async take(which: Pick<UpstreamFlowRow, 'stateDigest' | 'browserDigest' | 'providerId'>, now: Date) {
    const { affected } = await this.rows.update(
      { ...which, usedAt: IsNull(), expiresAt: MoreThan(now) },
      { usedAt: now },
    );
    return affected === 1 ? this.rows.findOneBy({ stateDigest: which.stateDigest }) : null;
  }
}
