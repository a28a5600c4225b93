import { Entity, Index } from 'typeorm';
import { Id, Instant, Json, Text } from '#platform/database/index.js';
import type { SecondFactorChoice } from '#settings/index.js';

/** A named set of users as a row. */
@Entity('user_group')
@Index('UQ_user_group_name_key', ['nameKey'], { unique: true })
@Index('IX_user_group_created_at', ['createdAt'])
export class GroupEntity {
  @Id()
  id!: string;

  @Text(128)
  name!: string;

  /** The canonical form of the name, so that no two groups look alike. */
  @Text(255)
  nameKey!: string;

  @Text(1000, { nullable: true })
  description!: string | null;

  /** Whether its members prove a second factor; null where it says nothing of that. */
  @Text(32, { nullable: true })
  secondFactor!: SecondFactorChoice['secondFactor'] | null;

  /** Which kinds will do. */
  @Json({ nullable: true })
  secondFactorKinds!: SecondFactorChoice['secondFactorKinds'] | null;

  @Instant()
  createdAt!: Date;

  @Instant()
  updatedAt!: Date;
}

/** The columns of such a row as plain data. */
export type GroupRow = Pick<GroupEntity, keyof GroupEntity>;
