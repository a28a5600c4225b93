import { Injectable } from '@nestjs/common';
import { Changes } from '#platform/cache/index.js';
import { Clock } from '#platform/crypto/index.js';
import { Database, EntityRepository } from '#platform/database/index.js';
import { CompanySettingsEntity, type CompanySettingsRow } from './company-settings.entity.js';

const ONLY = 'company';

/** The row of `company_settings`, which the migration makes. */
@Injectable()
export class CompanySettingsRepository extends EntityRepository<CompanySettingsEntity> {
  constructor(
    database: Database,
    private readonly clock: Clock,
    private readonly changes: Changes,
  ) {
    super(database, CompanySettingsEntity);
  }

  async read(): Promise<CompanySettingsRow> {
    const row = await this.prepared.findOneBy({ id: ONLY });
    if (row === null) throw new Error('company_settings has lost its row');
    return row;
  }

  /** Writes what is chosen now, if nobody did since the row was read; false when somebody did. */
  async replace(read: CompanySettingsRow, chosen: CompanySettingsRow['chosen']): Promise<boolean> {
    const now = this.clock.now();
    // Strictly later, so that `updatedAt` also tells one version of the row from the next.
    const updatedAt = now > read.updatedAt ? now : new Date(read.updatedAt.getTime() + 1);
    const { affected } = await this.rows.update(
      { id: ONLY, updatedAt: read.updatedAt },
      {
        chosen,
        updatedAt,
      },
    );
    if (affected === 1) await this.changes.note('settings');
    return affected === 1;
  }
}
