import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/crypto/index.js';
import { Database, EntityRepository, isUniqueViolation } from '#platform/database/index.js';
import { SubjectKeyEntity } from './subject-key.entity.js';

/** There is one such key for ever, so that two first starts cannot both make one. */
const ONLY = 'pairwise';

/** The one row of `subject_key`. */
@Injectable()
export class SubjectKeyRepository extends EntityRepository<SubjectKeyEntity> {
  constructor(
    database: Database,
    private readonly clock: Clock,
  ) {
    super(database, SubjectKeyEntity);
  }

  async sealed(): Promise<string | undefined> {
    return (await this.rows.findOneBy({ id: ONLY }))?.sealed;
  }

  /** Keeps the key, unless another process was faster. */
  async keep(sealed: string): Promise<void> {
    try {
      await this.rows.insert({ id: ONLY, sealed, createdAt: this.clock.now() });
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
    }
  }

  /** Puts the same key sealed anew in the place of what was read. */
  async replace(read: string, sealed: string): Promise<void> {
    await this.rows.update({ id: ONLY, sealed: read }, { sealed });
  }
}
