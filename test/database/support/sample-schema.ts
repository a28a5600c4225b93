import { Entity, Index } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  column,
  Count,
  createLeaseTable,
  createTable,
  Digest,
  Flag,
  Id,
  index,
  Instant,
  Json,
  LeaseEntity,
  LongText,
  Ref,
  References,
  Text,
  unique,
} from '#platform/database/index.js';

/** A table with a column of every kind. */
@Entity('sample')
@Index('UQ_sample_name', ['name'], { unique: true })
@Index('IX_sample_created_at', ['createdAt', 'id'])
@Index('IX_sample_expires_at', ['expiresAt'])
export class SampleEntity {
  @Id()
  id!: string;

  @Text(100)
  name!: string;

  @LongText({ nullable: true })
  note!: string | null;

  @Digest()
  digest!: string;

  @Flag()
  flag!: boolean;

  @Count()
  count!: number;

  @Json()
  data!: { list: string[] };

  @Instant()
  createdAt!: Date;

  @Instant({ nullable: true })
  expiresAt!: Date | null;
}

/** A table with a key of two columns that points at the other. */
@Entity('sample_part')
@Index('IX_sample_part_expires_at', ['expiresAt'])
export class SamplePartEntity {
  @Ref({ primary: true })
  @References('SampleEntity', { onDelete: 'CASCADE' })
  sampleId!: string;

  @Count({ primary: true })
  position!: number;

  @Instant()
  expiresAt!: Date;
}

class Sample1767225609001 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createLeaseTable(queryRunner);
    await createTable(queryRunner, {
      name: 'sample',
      columns: [
        column.id('id'),
        column.text('name', 100),
        column.longText('note', { nullable: true }),
        column.digest('digest'),
        column.flag('flag'),
        column.count('count'),
        column.json('data'),
        column.instant('created_at'),
        column.instant('expires_at', { nullable: true }),
      ],
      indexes: [
        unique('UQ_sample_name', 'name'),
        index('IX_sample_created_at', 'created_at', 'id'),
        index('IX_sample_expires_at', 'expires_at'),
      ],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('sample');
    await queryRunner.dropTable('lease');
  }
}

class SamplePart1767225609002 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'sample_part',
      columns: [
        column.ref('sample_id', { primary: true }),
        column.count('position', { primary: true }),
        column.instant('expires_at'),
      ],
      indexes: [index('IX_sample_part_expires_at', 'expires_at')],
      references: [{ column: 'sample_id', table: 'sample', onDelete: 'CASCADE' }],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('sample_part');
  }
}

/** Tables that belong to no module, to test what every module relies on. */
export const SAMPLE_SCHEMA = {
  entities: [LeaseEntity, SampleEntity, SamplePartEntity],
  migrations: [Sample1767225609001, SamplePart1767225609002],
};

/** The values of a row. */
export type SampleRow = Pick<SampleEntity, keyof SampleEntity>;

/** A row with something in every column. */
export function sample(values: Partial<SampleRow> & { id: string }): SampleRow {
  return {
    name: values.id,
    note: null,
    digest: 'd'.repeat(43),
    flag: true,
    count: 1,
    data: { list: ['a'] },
    createdAt: new Date(1_767_225_600_000),
    expiresAt: null,
    ...values,
  };
}
