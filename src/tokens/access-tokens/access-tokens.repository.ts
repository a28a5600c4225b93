import { Injectable } from '@nestjs/common';
import { Database, EntityRepository, isUniqueViolation } from '#platform/database/index.js';
import { OpaqueAccessTokenEntity, type OpaqueAccessTokenRow } from './opaque-access-token.entity.js';
import { RevokedAccessTokenEntity } from './revoked-access-token.entity.js';

/** The rows of `opaque_access_token`. */
@Injectable()
export class OpaqueAccessTokensRepository extends EntityRepository<OpaqueAccessTokenEntity> {
  constructor(database: Database) {
    super(database, OpaqueAccessTokenEntity);
  }

  async add(row: OpaqueAccessTokenRow): Promise<void> {
    await this.prepared.insert(row);
  }

  find(digest: string): Promise<OpaqueAccessTokenRow | null> {
    return this.prepared.findOneBy({ digest });
  }

  async remove(jti: string): Promise<void> {
    await this.prepared.delete({ jti });
  }
}

/** The rows of `revoked_access_token`. */
@Injectable()
export class RevokedAccessTokensRepository extends EntityRepository<RevokedAccessTokenEntity> {
  constructor(database: Database) {
    super(database, RevokedAccessTokenEntity);
  }

  /** Adds a revocation; adding it again changes nothing. */
  async add(jti: string, expiresAt: Date): Promise<void> {
    try {
      await this.prepared.insert({ jti, expiresAt });
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
    }
  }

  has(jti: string): Promise<boolean> {
    return this.prepared.existsBy({ jti });
  }
}
