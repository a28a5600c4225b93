import { Injectable } from '@nestjs/common';
import { sha256 } from '#platform/crypto/index.js';
import { Database, EntityRepository } from '#platform/database/index.js';
import type { ExpiringSecret } from './expiring-secret.js';
import { ExpiryWarningEntity } from './expiry-warning.entity.js';

/** The rows of `expiry_warning`. */
@Injectable()
export class ExpiryWarningsRepository extends EntityRepository<ExpiryWarningEntity> {
  constructor(database: Database) {
    super(database, ExpiryWarningEntity);
  }

  /** Notes that a warning is given; false when it was given before. */
  async note({ kind, id, expiresAt }: ExpiringSecret, days: number): Promise<boolean> {
    const warning = { id: sha256(JSON.stringify([kind, id, expiresAt.getTime(), days])), expiresAt };
    if (await this.rows.existsBy({ id: warning.id })) return false;
    await this.rows.insert(warning);
    return true;
  }
}
