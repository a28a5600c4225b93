import { Injectable } from '@nestjs/common';
import { Between, In, IsNull, LessThanOrEqual, MoreThan, type FindOptionsWhere } from 'typeorm';
import { Database, EntityRepository, isUniqueViolation } from '#platform/database/index.js';
import type { IssuedSelection } from '../grants/issued-selection.js';
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

  /** How many tokens of clients' own fit; those of grants go with them. */
  countOwn(selection: IssuedSelection, now: Date): Promise<number> {
    const own = ownTokens(selection, now);
    return own === undefined ? Promise.resolve(0) : this.rows.countBy(own);
  }

  /** Removes some tokens of clients' own that fit; how many. */
  async removeOwn(selection: IssuedSelection, now: Date, most: number): Promise<number> {
    const own = ownTokens(selection, now);
    if (own === undefined) return 0;
    const rows = await this.rows.find({ where: own, order: { digest: 'ASC' }, take: most });
    if (rows.length === 0) return 0;
    await this.rows.delete({ digest: In(rows.map(({ digest }) => digest)) });
    return rows.length;
  }
}

/** Tokens of a client's own have no user and no session. */
function ownTokens(
  { userId, clientId, sessionId, since, until }: IssuedSelection,
  now: Date,
): FindOptionsWhere<OpaqueAccessTokenEntity> | undefined {
  if (userId !== undefined || sessionId !== undefined) return undefined;
  const issuedAt = since === undefined ? LessThanOrEqual(until) : Between(since, until);
  return { grantId: IsNull(), issuedAt, expiresAt: MoreThan(now), ...(clientId !== undefined && { clientId }) };
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
