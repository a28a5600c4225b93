import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { sha256 } from '#platform/crypto/index.js';
import { Database, EntityRepository } from '#platform/database/index.js';
import { canonicalName } from '../username.js';
import type { Attribute, AttributeValue } from './attribute.js';
import { AttributeValueEntity } from './attribute-value.entity.js';

/** The rows of `user_attribute_value`. */
@Injectable()
export class AttributeValuesRepository extends EntityRepository<AttributeValueEntity> {
  constructor(database: Database) {
    super(database, AttributeValueEntity);
  }

  findByUsers(userIds: readonly string[]): Promise<AttributeValueEntity[]> {
    return this.rows.findBy({ userId: In(userIds) });
  }

  /** Whether somebody else has a value that only one user may have. */
  async isTaken({ id }: Attribute, value: AttributeValue, userId: string): Promise<boolean> {
    const row = await this.rows.findOneBy({ attributeId: id, uniqueKey: keyOf(value) });
    return row !== null && row.userId !== userId;
  }

  async set(userId: string, { id, unique }: Attribute, value: AttributeValue): Promise<void> {
    const columns = { value, uniqueKey: unique ? keyOf(value) : null };
    const { affected } = await this.rows.update({ userId, attributeId: id }, columns);
    if (affected === 0) await this.rows.insert({ userId, attributeId: id, ...columns });
  }

  async remove(userId: string, { id }: Attribute): Promise<void> {
    await this.rows.delete({ userId, attributeId: id });
  }
}

function keyOf(value: AttributeValue): string {
  return sha256(canonicalName(String(value)));
}
