import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Database, EntityRepository } from '#platform/database/index.js';
import { FederatedIdentityEntity, type FederatedIdentityRow } from './federated-identity.entity.js';

/** The rows of `federated_identity`. */
@Injectable()
export class FederatedIdentitiesRepository extends EntityRepository<FederatedIdentityEntity> {
  constructor(database: Database) {
    super(database, FederatedIdentityEntity);
  }

  async add(row: FederatedIdentityRow): Promise<void> {
    await this.rows.insert(row);
  }

  findByKey(identityKey: string): Promise<FederatedIdentityRow | null> {
    return this.rows.findOneBy({ identityKey });
  }

  listByUser(userId: string): Promise<FederatedIdentityRow[]> {
    return this.rows.find({ where: { userId }, order: { createdAt: 'ASC', id: 'ASC' } });
  }

  /** Removes a link of the user: true for exactly one caller. */
  async remove(id: string, userId: string): Promise<boolean> {
    const { affected } = await this.rows.delete({ id, userId });
    return affected === 1;
  }

  /** Whether one of these users comes in through the provider. */
  leadsTo(providerId: string, userIds: readonly string[]): Promise<boolean> {
    return this.rows.existsBy({ providerId, userId: In([...userIds]) });
  }

  async used(id: string, lastUsedAt: Date): Promise<void> {
    await this.rows.update({ id }, { lastUsedAt });
  }
}
