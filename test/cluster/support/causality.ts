import { createConnection, type Connection, type ResultSetHeader, type RowDataPacket } from 'mysql2/promise';
import type { GaleraCluster } from './galera-cluster.js';

const ROUNDS = 150;

/** How reads at one node follow writes at another under a setting of `wsrep_sync_wait`, and what a statement costs. */
export interface Causality {
  readonly staleReads: number;
  readonly lostUpdates: number;
  readonly refusedChildren: number;
  /** Updates of what was no longer so, which the cluster took back. */
  readonly conflicts: number;
  readonly readMs: string;
  readonly updateMs: string;
}

/** Writes at the first node and goes on at the second, over connections with that setting. */
export async function causality(cluster: GaleraCluster, syncWait: number): Promise<Causality> {
  const schema = `causality_${syncWait}`;
  const first = await connect(cluster, 0, syncWait);
  await first.query(`CREATE DATABASE ${schema}`);
  await first.query(`CREATE TABLE ${schema}.parent (id INT PRIMARY KEY, taken INT NOT NULL)`);
  await first.query(
    `CREATE TABLE ${schema}.child (id INT PRIMARY KEY, FOREIGN KEY (id) REFERENCES ${schema}.parent (id))`,
  );
  const second = await connect(cluster, 1, syncWait);
  const counts = { staleReads: 0, lostUpdates: 0, refusedChildren: 0, conflicts: 0 };
  const times = { read: [] as number[], update: [] as number[] };
  for (let id = 0; id < 3 * ROUNDS; id += 3) {
    for (const each of [id, id + 1, id + 2]) await first.execute(`INSERT INTO ${schema}.parent VALUES (?, 0)`, [each]);
    const child = second.execute(`INSERT INTO ${schema}.child VALUES (?)`, [id + 2]);
    counts.refusedChildren += await child.then(
      () => 0,
      () => 1,
    );
    await first.execute(`UPDATE ${schema}.parent SET taken = 1 WHERE id = ?`, [id]);
    const [rows] = await timed(times.read, () =>
      second.execute<RowDataPacket[]>(`SELECT taken FROM ${schema}.parent WHERE id = ? AND taken = 1`, [id]),
    );
    if (rows.length === 0) counts.staleReads += 1;
    await first.execute(`UPDATE ${schema}.parent SET taken = 1 WHERE id = ?`, [id + 1]);
    await timed(times.update, async () => {
      const update = `UPDATE ${schema}.parent SET taken = 2 WHERE id = ? AND taken = 1`;
      const [{ affectedRows }] = await second.execute<ResultSetHeader>(update, [id + 1]);
      if (affectedRows === 0) counts.lostUpdates += 1;
    }).catch(() => (counts.conflicts += 1));
  }
  await first.query(`DROP DATABASE ${schema}`);
  first.destroy();
  second.destroy();
  return { ...counts, readMs: median(times.read), updateMs: median(times.update) };
}

async function connect(cluster: GaleraCluster, at: number, syncWait: number): Promise<Connection> {
  const connection = await createConnection({ host: '127.0.0.1', port: cluster.node(at).port, user: 'root' });
  await connection.query(`SET SESSION wsrep_sync_wait = ${syncWait}`);
  return connection;
}

async function timed<T>(times: number[], work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const result = await work();
  times.push(performance.now() - started);
  return result;
}

function median(times: readonly number[]): string {
  return (times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0).toFixed(2);
}
