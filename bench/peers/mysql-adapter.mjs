// Where oidc-provider keeps what it must: one row for each model and id, by prepared statements over a pool.

const TABLE = `CREATE TABLE oidc_payload (
  model VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  payload TEXT NOT NULL,
  grant_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
  uid VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
  consumed_at BIGINT NULL,
  expires_at BIGINT NULL,
  PRIMARY KEY (model, id),
  KEY ix_grant (grant_id),
  KEY ix_uid (uid),
  KEY ix_expires (expires_at)
) CHARACTER SET utf8mb4`;

/** Makes the table, and answers the class of adapters that oidc-provider wants. */
export async function mysqlAdapter(pool) {
  await pool.query(TABLE);
  return class MysqlAdapter {
    constructor(model) {
      this.model = model;
    }

    async upsert(id, payload, expiresIn) {
      const expiresAt = expiresIn === undefined ? null : Date.now() + expiresIn * 1000;
      await pool.execute(
        `INSERT INTO oidc_payload (model, id, payload, grant_id, uid, expires_at) VALUES (?, ?, ?, ?, ?, ?)
         ON DUPLICATE KEY UPDATE payload = VALUES(payload), grant_id = VALUES(grant_id), uid = VALUES(uid),
           expires_at = VALUES(expires_at)`,
        [this.model, id, JSON.stringify(payload), payload.grantId ?? null, payload.uid ?? null, expiresAt],
      );
    }

    async find(id) {
      const [rows] = await pool.execute(
        'SELECT payload, consumed_at, expires_at FROM oidc_payload WHERE model = ? AND id = ?',
        [this.model, id],
      );
      return read(rows[0]);
    }

    async findByUid(uid) {
      const [rows] = await pool.execute(
        'SELECT payload, consumed_at, expires_at FROM oidc_payload WHERE uid = ? AND model = ?',
        [uid, this.model],
      );
      return read(rows[0]);
    }

    async consume(id) {
      const now = Math.floor(Date.now() / 1000);
      await pool.execute('UPDATE oidc_payload SET consumed_at = ? WHERE model = ? AND id = ?', [now, this.model, id]);
    }

    async destroy(id) {
      await pool.execute('DELETE FROM oidc_payload WHERE model = ? AND id = ?', [this.model, id]);
    }

    async revokeByGrantId(grantId) {
      await pool.execute('DELETE FROM oidc_payload WHERE grant_id = ? AND model = ?', [grantId, this.model]);
    }
  };
}

function read(row) {
  if (row === undefined || (row.expires_at !== null && row.expires_at <= Date.now())) return undefined;
  return { ...JSON.parse(row.payload), ...(row.consumed_at === null ? {} : { consumed: row.consumed_at }) };
}
