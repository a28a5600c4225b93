import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Clients and users are found by a part of their name, so its plain form stands in a column. */
export class PlainNames1767225601661 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await addPlainName(queryRunner, {
      table: 'client',
      key: 'client_id',
      column: 'client_name_key',
      from: 'client_name',
    });
    await addPlainName(queryRunner, { table: 'user', key: 'id', column: 'name_key', from: 'claims' });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const escape = (name: string): string => queryRunner.dataSource.driver.escape(name);
    await queryRunner.query(`ALTER TABLE ${escape('user')} DROP COLUMN ${escape('name_key')}`);
    await queryRunner.query(`ALTER TABLE ${escape('client')} DROP COLUMN ${escape('client_name_key')}`);
  }
}

interface PlainName {
  readonly table: string;
  readonly key: string;
  readonly column: string;
  readonly from: string;
}

// By a statement: TypeORM would make the table of an embedded database anew, and lose what refers to its rows.
async function addPlainName(queryRunner: QueryRunner, { table, key, column: added, from }: PlainName): Promise<void> {
  const escape = (name: string): string => queryRunner.dataSource.driver.escape(name);
  await queryRunner.query(`ALTER TABLE ${escape(table)} ADD COLUMN ${escape(added)} varchar(255) NULL`);
  const sql = `SELECT ${escape(key)} AS id, ${escape(from)} AS source FROM ${escape(table)}`;
  const rows = (await queryRunner.query(sql)) as { id: string; source: string | null }[];
  for (const { id, source } of rows) {
    const name = from === 'claims' ? nameIn(source) : source;
    if (name === null) continue;
    await queryRunner.query(`UPDATE ${escape(table)} SET ${escape(added)} = ? WHERE ${escape(key)} = ?`, [
      plain(name),
      id,
    ]);
  }
}

function nameIn(claims: string | null): string | null {
  const { name } = JSON.parse(claims ?? '{}') as { name?: string };
  return name ?? null;
}

function plain(name: string): string {
  const form = name.normalize('NFKC').toLowerCase().normalize('NFKC');
  return form.slice(0, 255).replace(/[\ud800-\udbff]$/, '');
}
