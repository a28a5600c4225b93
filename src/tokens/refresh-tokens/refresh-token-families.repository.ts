import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { Database, EntityRepository } from '#platform/database/index.js';
import type { GrantRow } from '../grants/grant.entity.js';
import { GrantsRepository } from '../grants/grants.repository.js';
import { RefreshTokenFamilyEntity, type RefreshTokenFamilyRow } from './refresh-token-family.entity.js';

/** The rows of `refresh_token_family`. */
@Injectable()
export class RefreshTokenFamiliesRepository extends EntityRepository<RefreshTokenFamilyEntity> {
  constructor(
    database: Database,
    private readonly grants: GrantsRepository,
  ) {
    super(database, RefreshTokenFamilyEntity);
  }

  async add(row: RefreshTokenFamilyRow): Promise<void> {
    await this.prepared.insert(row);
  }

  find(id: string): Promise<RefreshTokenFamilyRow | null> {
    return this.prepared.findOneBy({ id });
  }

  /** A family and the grant that it belongs to: one statement for the two. */
  async findWithGrant(id: string): Promise<{ row: RefreshTokenFamilyRow; grant: GrantRow } | undefined> {
    const [raw] = await this.prepared.query(
      `SELECT ${this.prepared.columns('f')}, ${this.grants.columns} FROM refresh_token_family f ` +
        'JOIN authorization_grant g ON g.id = f.grant_id WHERE f.id = ?',
      [id],
    );
    return raw && { row: this.prepared.rowFrom(raw, 'f'), grant: this.grants.rowFrom(raw) };
  }

  /** RFC 9700 §4.14.2: one statement moves the family on; of any number of callers exactly one changes the row. */
  async rotate(id: string, from: number, rotated: { rotatedAt: Date; expiresAt: Date }): Promise<boolean> {
    const { affected } = await this.prepared.update({ id, generation: from }, { generation: from + 1, ...rotated });
    return affected === 1;
  }

  /** Puts off the idle end of a family whose token stays the same. */
  async touch(id: string, expiresAt: Date): Promise<void> {
    await this.prepared.update({ id, expiresAt: LessThan(expiresAt) }, { expiresAt });
  }
}
