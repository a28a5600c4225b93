import { Entity, Index } from 'typeorm';
import { Ref, References } from '#platform/database/index.js';

/** That a user is in a group, as a row. */
@Entity('membership')
@Index('IX_membership_user_id', ['userId'])
export class MembershipEntity {
  @References('GroupEntity', { onDelete: 'CASCADE' })
  @Ref({ primary: true })
  groupId!: string;

  @References('UserEntity', { onDelete: 'CASCADE' })
  @Ref({ primary: true })
  userId!: string;
}
