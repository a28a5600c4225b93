// What the soak asks of a database beside the service: many rows at once, and what the tables take.
import { statSync } from 'node:fs';
import { DatabaseSync } from '@photostructure/sqlite';
import { createConnection } from 'mysql2/promise';

const ROWS_A_STATEMENT = 250;
const LONGEST_WAIT_MS = 60_000;

/** Opens what the soak looks at a database with. */
export function openTables(kind, url) {
  return kind === 'sqlite' ? new EmbeddedTables(url.slice('sqlite:'.length)) : ServerTables.at(url);
}

/** What both kinds have in common. */
class Tables {
  /** The row of a table that was written last. */
  async sample(table) {
    const [row] = await this.all(`SELECT * FROM ${table} ORDER BY expires_at DESC LIMIT 1`);
    if (row === undefined) throw new Error(`the service wrote no row of ${table}`);
    return { ...row };
  }

  /** Whether what the service has to tell others has been told. */
  async isDelivered() {
    const rows = await this.all('SELECT status FROM outbox');
    return rows.length > 0 && rows.every(({ status }) => status === 'delivered');
  }

  async isEmpty(table) {
    return (await this.all(`SELECT 1 FROM ${table} LIMIT 1`)).length === 0;
  }

  /** For how many milliseconds the oldest expired row has been due. */
  async lag(table, now) {
    const [{ oldest }] = await this.all(`SELECT MIN(expires_at) AS oldest FROM ${table}`);
    return oldest === null ? 0 : Math.max(0, now - Number(oldest));
  }

  /** How the last purge of each table went. */
  async purges() {
    const rows = await this.all('SELECT table_name, started_at, deleted, milliseconds FROM purge_run');
    return rows.map((row) => ({
      table: row.table_name,
      from: Number(row.started_at),
      to: Number(row.started_at) + Number(row.milliseconds),
      deleted: Number(row.deleted),
    }));
  }

  /** Gives what runs out at one instant another. */
  expireAfter(table, from, to) {
    return this.all(`UPDATE ${table} SET expires_at = ${Math.floor(to)} WHERE expires_at = ${Math.floor(from)}`);
  }

  /** Waits until the database has put away what was deleted. */
  untilTidy() {
    return Promise.resolve();
  }

  /** Lets everything in a table run out now. */
  expire(table, now) {
    return this.all(`UPDATE ${table} SET expires_at = ${now} WHERE expires_at > ${now}`);
  }
}

class ServerTables extends Tables {
  static async at(url) {
    const { hostname: host, port, username: user, password, pathname } = new URL(url);
    const database = pathname.slice(1);
    return new ServerTables(
      await createConnection({ host, port: Number(port || 3306), user, password, database }),
      database,
    );
  }

  constructor(connection, name) {
    super();
    this.connection = connection;
    this.name = name;
  }

  async all(sql) {
    return (await this.connection.query(sql))[0];
  }

  /** Inserts rows of several tables in one transaction. */
  async insert(parts) {
    await this.connection.beginTransaction();
    for (const { table, names, rows } of parts) {
      const into = `INSERT INTO ${table} (${names.join(', ')}) VALUES ?`;
      for (const some of slices(rows)) await this.connection.query(into, [some]);
    }
    await this.connection.commit();
  }

  /**
   * DATA_LENGTH and INDEX_LENGTH are pages that the trees hold, as ANALYZE counts them; FILE_SIZE is what the table
   * takes of the disk, also for pages that are free again: InnoDB keeps those for the rows to come.
   */
  async sizes(tables) {
    await this.all(`ANALYZE TABLE ${tables.join(', ')}`);
    const rows = await this
      .all(`SELECT t.TABLE_NAME AS name, t.DATA_LENGTH AS data, t.INDEX_LENGTH AS indexes, s.FILE_SIZE AS file
      FROM information_schema.TABLES t JOIN information_schema.INNODB_SYS_TABLESPACES s ON s.NAME = CONCAT(t.TABLE_SCHEMA, '/', t.TABLE_NAME)
      WHERE t.TABLE_SCHEMA = '${this.name}' AND t.TABLE_NAME IN (${tables.map((table) => `'${table}'`).join(', ')})`);
    return new Map(
      rows.map(({ name, data, indexes, file }) => [
        name,
        { data: Number(data), indexes: Number(indexes), file: Number(file) },
      ]),
    );
  }

  /**
   * InnoDB takes deleted rows out of their pages afterwards, when no transaction can see them any more; what it counts
   * are transactions, each of them a batch of up to 500 rows.
   */
  async untilTidy() {
    const deadline = performance.now() + LONGEST_WAIT_MS;
    while (performance.now() < deadline) {
      const [{ Status: status }] = await this.all('SHOW ENGINE INNODB STATUS');
      if (Number(/History list length (\d+)/.exec(status)?.[1] ?? 0) <= 2) return;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }

  close() {
    return this.connection.end();
  }
}

class EmbeddedTables extends Tables {
  constructor(file) {
    super();
    this.file = file;
    this.connection = new DatabaseSync(file, { timeout: 5000 });
  }

  all(sql) {
    return Promise.resolve(this.connection.prepare(sql).all());
  }

  insert(parts) {
    this.connection.exec('BEGIN IMMEDIATE');
    for (const { table, names, rows } of parts) {
      const one = this.connection.prepare(
        `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
      );
      for (const row of rows) one.run(...row);
    }
    this.connection.exec('COMMIT');
    // The service has its turn.
    return new Promise((resolve) => setTimeout(resolve, 2));
  }

  /** The pages of a table and those of its indexes; the file keeps pages that are free again, for whatever comes. */
  sizes(tables) {
    const rows = this.connection
      .prepare(
        `SELECT s.tbl_name AS name, SUM(CASE s.type WHEN 'table' THEN d.pgsize ELSE 0 END) AS data,
        SUM(CASE s.type WHEN 'index' THEN d.pgsize ELSE 0 END) AS indexes
        FROM dbstat d JOIN sqlite_schema s ON s.name = d.name WHERE d.aggregate = TRUE GROUP BY s.tbl_name`,
      )
      .all();
    const sizes = new Map(rows.map(({ name, data, indexes }) => [name, { data, indexes }]));
    return Promise.resolve(
      new Map([
        ...tables.map((table) => [table, sizes.get(table)]),
        ['(whole file)', { file: statSync(this.file).size }],
      ]),
    );
  }

  close() {
    this.connection.close();
  }
}

function* slices(rows) {
  for (let from = 0; from < rows.length; from += ROWS_A_STATEMENT) yield rows.slice(from, from + ROWS_A_STATEMENT);
}
