import { Entity, Index } from 'typeorm';
import { Ref, References } from '#platform/database/index.js';

/** That a group contains another, as a row: the members of the inner one count as members of the outer one. */
@Entity('group_nesting')
@Index('IX_group_nesting_member_group_id', ['memberGroupId'])
export class GroupNestingEntity {
  /** The outer group, which contains. */
  @References('GroupEntity', { onDelete: 'CASCADE' })
  @Ref({ primary: true })
  groupId!: string;

  /** The inner group, which is contained. */
  @References('GroupEntity', { onDelete: 'CASCADE' })
  @Ref({ primary: true })
  memberGroupId!: string;
}
