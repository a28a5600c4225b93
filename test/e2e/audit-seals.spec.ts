import { expect, it } from 'vitest';
import { AuditVerifier, type AuditVerification } from '#audit/index.js';
import { KeyRing } from '#keys/index.js';
import { Database } from '#platform/database/index.js';
import { JobsService } from '#platform/jobs/index.js';
import { AdminApi, type Json } from '../support/admin-api.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aUser, uniqueName } from '../support/given.js';

interface SealedRow {
  readonly id: string;
  readonly sequence: number;
  readonly content_hash: string;
  readonly chain_hash: string;
}

onEveryDatabase('the seals of the audit log', (running) => {
  const run = (job: string): Promise<void> => running.service.app.get(JobsService, { strict: false }).runNow(job);
  const verify = (): Promise<AuditVerification> => running.service.app.get(AuditVerifier, { strict: false }).verify();

  function query<T>(sql: string, parameters: readonly unknown[] = []): Promise<T[]> {
    return running.service.app.get(Database, { strict: false }).dataSource.query<T[]>(sql, [...parameters]);
  }

  /** Lets so much happen that there is something between the first and the last row. */
  async function sealedRows(): Promise<SealedRow[]> {
    for (let count = 0; count < 4; count += 1) await aUser(running.service);
    await run('seal-audit');
    return query<SealedRow>('SELECT id, sequence, content_hash, chain_hash FROM audit_event ORDER BY sequence');
  }

  /** What is found after a change that is taken back again. */
  async function after(change: () => Promise<unknown>, back: () => Promise<unknown>): Promise<AuditVerification> {
    await change();
    const found = await verify();
    await back();
    expect(await verify()).toMatchObject({ intact: true });
    return found;
  }

  it('gives each row its place and binds it to the one before; until then it is told as the tail', async () => {
    const api = await AdminApi.of(running.service, ['audit-events:read']);
    const alice = await aUser(running.service);
    const registered = async () =>
      (await api.all('/audit-events', { user_id: alice.id, name: 'user.registered' }))[0] as Json;
    expect(await registered()).not.toHaveProperty('sequence');
    expect((await verify()).unsealed).toBeGreaterThan(0);
    await run('seal-audit');
    expect(await registered()).toMatchObject({ sequence: expect.any(Number) as number });
    const found = await verify();
    expect(found).toMatchObject({ intact: true, unsealed: 0, findings: [] });
    expect(found.rows).toBe(Number((await query<{ n: number }>('SELECT COUNT(*) AS n FROM audit_event'))[0]?.n));
  });

  it('names a row that was edited, and no other', async () => {
    const [, row] = await sealedRows();
    const [stored] = await query<{ details: string }>('SELECT details FROM audit_event WHERE id = ?', [row?.id]);
    const set = (details: string | undefined) =>
      query('UPDATE audit_event SET details = ? WHERE id = ?', [details, row?.id]);
    const found = await after(
      () => set('{"nothing":"happened"}'),
      () => set(stored?.details),
    );
    expect(found.findings).toEqual([{ kind: 'edited', sequence: Number(row?.sequence), id: row?.id }]);
  });

  it('names a row that was deleted, between others and at the end', async () => {
    const rows = await sealedRows();
    for (const row of [rows[2], rows.at(-1)]) {
      const [stored] = await query<Json>('SELECT * FROM audit_event WHERE id = ?', [row?.id]);
      const names = Object.keys(stored ?? {});
      const found = await after(
        () => query('DELETE FROM audit_event WHERE id = ?', [row?.id]),
        () =>
          query(
            `INSERT INTO audit_event (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
            Object.values(stored ?? {}),
          ),
      );
      const place = Number(row?.sequence);
      expect(found.findings).toEqual([{ kind: 'deleted', from: place, to: place }]);
    }
  });

  it('names rows that were put in each other’s place, and where they belong', async () => {
    const rows = await sealedRows();
    const [one, other] = [rows[1], rows[4]];
    const place = (id: string | undefined, sequence: unknown) =>
      query('UPDATE audit_event SET sequence = ? WHERE id = ?', [sequence, id]);
    const swap = async (a: unknown, b: unknown): Promise<void> => {
      await place(one?.id, null);
      await place(other?.id, b);
      await place(one?.id, a);
    };
    const found = await after(
      () => swap(other?.sequence, one?.sequence),
      () => swap(one?.sequence, other?.sequence),
    );
    const [first, second] = [Number(one?.sequence), Number(other?.sequence)];
    expect(found.findings).toEqual([
      { kind: 'misplaced', sequence: first, id: other?.id, belongs: second },
      { kind: 'misplaced', sequence: second, id: one?.id, belongs: first },
    ]);
  });

  it('is not fooled by whoever makes the digests of a row anew, nor by all digests to the end', async () => {
    const rows = await sealedRows();
    const row = rows[3];
    const set = (content: string | undefined, chain: string | undefined) =>
      query('UPDATE audit_event SET content_hash = ?, chain_hash = ? WHERE id = ?', [content, chain, row?.id]);
    const forged = 'A'.repeat(43);
    const found = await after(
      () => set(forged, forged),
      () => set(row?.content_hash, row?.chain_hash),
    );
    expect(found.findings).toContainEqual({ kind: 'edited', sequence: Number(row?.sequence), id: row?.id });
    const [segment] = await query<Json>('SELECT * FROM audit_segment ORDER BY id DESC LIMIT 1');
    const last = rows.at(-1);
    const end = async (hash: unknown): Promise<void> => {
      await query('UPDATE audit_event SET chain_hash = ? WHERE id = ?', [hash, last?.id]);
      await query('UPDATE audit_segment SET last_hash = ? WHERE id = ?', [hash, segment?.['id']]);
    };
    const signed = await after(
      () => end(forged),
      () => end(last?.chain_hash),
    );
    expect(signed.findings).toContainEqual({
      kind: 'checkpoint',
      segment: String(segment?.['id']),
      because: 'signature',
    });
  });

  it('stays good when the keys of the service are followed up', async () => {
    await sealedRows();
    await running.service.app.get(KeyRing, { strict: false }).rotate({ now: true, revoke: true });
    await run('purge-audit');
    expect(await verify()).toMatchObject({ intact: true });
  });

  it('lets whole days go, and keeps their checkpoints; a day that went early is told', async () => {
    await sealedRows();
    running.service.clock.advance('2d');
    await sealedRows();
    const before = await verify();
    running.service.clock.advance('399d');
    await run('purge-audit');
    const between = await verify();
    expect(between).toMatchObject({ intact: true, segments: before.segments, dropped: before.segments - 1 });
    expect(between.rows).toBeGreaterThan(0);
    expect(between.rows).toBeLessThan(before.rows);
    const young = 'id = (SELECT id FROM (SELECT MAX(id) AS id FROM audit_segment) AS newest)';
    const found = await after(
      () => query(`UPDATE audit_segment SET dropped_at = 1 WHERE ${young}`),
      () => query(`UPDATE audit_segment SET dropped_at = NULL WHERE ${young}`),
    );
    expect(found.findings).toContainEqual(expect.objectContaining({ kind: 'checkpoint', because: 'dropped' }));
    running.service.clock.advance('3d');
    await run('purge-audit');
    const later = await verify();
    expect(later).toMatchObject({ intact: true, rows: 0, dropped: later.segments });
    await sealedRows();
    expect(await verify()).toMatchObject({ intact: true, segments: later.segments + 1, dropped: later.dropped });
  });

  it('is written to a file of lines of JSON, as the list has it', async () => {
    const api = await AdminApi.of(running.service, ['audit-events:read']);
    const alice = await aUser(running.service, { username: uniqueName('exported') });
    const token = await api.token();
    const url = running.service.url(`/api/v1/audit-event-exports?user_id=${alice.id}`);
    const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
    expect(response.headers.get('content-type')).toBe('application/x-ndjson');
    const lines = (await response.text()).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as Json)).toEqual(
      await api.all('/audit-events', { user_id: alice.id }),
    );
    expect((await api.get('/audit-event-exports', { since: 'yesterday' })).status).toBe(422);
    const other = await AdminApi.of(running.service, ['users:read']);
    expect((await other.get('/audit-event-exports')).status).toBe(403);
  });
});
