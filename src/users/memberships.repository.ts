import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Database, EntityRepository } from '#platform/database/index.js';
import type { MembershipNames } from './group-names.js';
import { GroupNestingEntity } from './group-nesting.entity.js';
import { GroupEntity } from './group.entity.js';
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

  /** The groups that users were put into, each beside those that contain it, by their names and in one statement. */
  async namesByUsers(userIds: readonly string[]): Promise<(MembershipNames & { readonly userId: string })[]> {
    const query = this.rows
      .createQueryBuilder('membership')
      .innerJoin(GroupEntity, 'inner', 'inner.id = membership.groupId')
      .leftJoin(GroupNestingEntity, 'nesting', 'nesting.memberGroupId = membership.groupId')
      .leftJoin(GroupEntity, 'outer', 'outer.id = nesting.groupId')
      .select('membership.userId', 'userId')
      .addSelect('inner.name', 'group')
      .addSelect('outer.name', 'outer')
      .where('membership.userId IN (:...userIds)', { userIds });
    return query.getRawMany();
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
