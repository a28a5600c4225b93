import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Database, EntityRepository } from '#platform/database/index.js';
import { GroupNestingEntity } from './group-nesting.entity.js';

/** The rows of `group_nesting`. */
@Injectable()
export class GroupNestingsRepository extends EntityRepository<GroupNestingEntity> {
  constructor(database: Database) {
    super(database, GroupNestingEntity);
  }

  /** What the groups contain. */
  within(groupIds: readonly string[]): Promise<GroupNestingEntity[]> {
    return this.rows.findBy({ groupId: In(groupIds) });
  }

  /** What contains the groups. */
  around(groupIds: readonly string[]): Promise<GroupNestingEntity[]> {
    return this.rows.findBy({ memberGroupId: In(groupIds) });
  }

  async add(groupId: string, memberGroupId: string): Promise<void> {
    await this.rows.insert({ groupId, memberGroupId });
  }

  async remove(groupId: string, memberGroupId: string): Promise<void> {
    await this.rows.delete({ groupId, memberGroupId });
  }
}
