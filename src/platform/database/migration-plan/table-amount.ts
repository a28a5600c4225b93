import type { QueryRunner } from 'typeorm';

/** Counted up to here; beyond it the statistics of the server will do. */
const COUNTED_ROWS = 1_000_000;

const OF_SERVER = `SELECT TABLE_ROWS AS estimate, DATA_LENGTH + INDEX_LENGTH AS bytes FROM information_schema.TABLES
WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ?`;

const OF_FILE = `SELECT SUM(d.pgsize) AS bytes FROM dbstat d JOIN sqlite_schema s ON s.name = d.name
WHERE d.aggregate = TRUE AND s.tbl_name = ?`;

/** How many rows and bytes a table has: counted, because the statistics of a table that has just grown are of before. */
export async function sizeOfTable(queryRunner: QueryRunner, table: string): Promise<{ rows: number; bytes: number }> {
  const { driver, options } = queryRunner.dataSource;
  const statistics = options.type === 'better-sqlite3' ? OF_FILE : OF_SERVER;
  const [measured] = (await queryRunner.query(statistics, [table])) as { estimate?: unknown; bytes: unknown }[];
  const counting = `SELECT COUNT(*) AS total FROM (SELECT 1 FROM ${driver.escape(table)} LIMIT ${COUNTED_ROWS}) counted`;
  const [counted] = (await queryRunner.query(counting)) as { total: unknown }[];
  const rows = Number(counted?.total ?? 0);
  const estimate = Number(measured?.estimate ?? 0);
  return { rows: rows < COUNTED_ROWS ? rows : Math.max(rows, estimate), bytes: Number(measured?.bytes ?? 0) };
}
