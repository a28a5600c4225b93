import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Database, EntityRepository } from '#platform/database/index.js';
import { MembershipEntity } from './membership.entity.js';

/** The rows of `membership`. */
@Injectable()
export class MembershipsRepository extends EntityRepository<MembershipEntity> {
  constructor(database: Database) {
    super(database, MembershipEntity);
  }

  findByUsers(userIds: readonly string[]): Promise<MembershipEntity[]> {
    return this.rows.findBy({ userId: In(userIds) });
  }

  hasMember(groupId: string): Promise<boolean> {
    return this.rows.existsBy({ groupId });
  }

  async add(groupId: string, userId: string): Promise<void> {
    if (await this.rows.existsBy({ groupId, userId })) return;
    await this.rows.insert({ groupId, userId });
  }

  async remove(groupId: string, userId: string): Promise<boolean> {
    const { affected } = await this.rows.delete({ groupId, userId });
    return affected === 1;
  }
}
