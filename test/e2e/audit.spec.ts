import { expect, it } from 'vitest';
import { AuditService } from '#audit/index.js';
import { JobsService } from '#platform/jobs/index.js';
import { AdminApi, pointersOf } from '../support/admin-api.js';
import { BareClient } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aMachine, aSignInReadyToHappen, aUser, uniqueName } from '../support/given.js';
import {
  expectCursorsChecked,
  expectLimits,
  expectStablePages,
  expectUnknownParametersRefused,
} from '../support/keyset-pages.js';
import { signIn } from '../support/signing-in.js';
import { StatementCount } from '../support/statement-count.js';

onEveryDatabase('the record of what happened', (running) => {
  const auditors = () => AdminApi.of(running.service, ['audit-events:read']);

  async function attempt(username: string, password: string): Promise<void> {
    const browser = aBrowser(running.service, { 'user-agent': 'Mozilla/5.0 Test' });
    const page = await browser.visit('/sign-in');
    await browser.submit(page, '#sign-in', { username, password });
  }

  it('says who did what from where, and under which request the log tells more', async () => {
    const [api, alice] = [await auditors(), await aUser(running.service)];
    await attempt(alice.username, alice.password);
    const [event] = await api.all('/audit-events', { user_id: alice.id, name: 'user.signed_in' });
    expect(event).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      name: 'user.signed_in',
      user_id: alice.id,
      actor: { kind: 'user', id: alice.id },
      address: '127.0.0.1',
      user_agent: 'Mozilla/5.0 Test',
      request_id: expect.stringMatching(/^[a-z0-9]{10}$/) as string,
      details: { session_id: expect.any(String) as string, amr: ['pwd'], known_browser: false },
      created_at: running.service.clock.now().toISOString(),
    });
    expect((await api.get(`/audit-events/${String(event?.['id'])}`)).body).toEqual(event);
    const requests = running.service.logs.entries.filter((entry) => entry['requestId'] === event?.['request_id']);
    expect(requests).not.toEqual([]);
  });

  it('knows users, clients and the service itself as those who did it', async () => {
    const [api, admin] = [await auditors(), await AdminApi.of(running.service)];
    const { id } = await admin.made('/users', { username: uniqueName('made') });
    const alice = await aUser(running.service);
    const actor = async (userId: unknown) =>
      (await api.all('/audit-events', { user_id: String(userId), name: 'user.registered' }))[0]?.['actor'];
    expect(await actor(id)).toEqual({ kind: 'client', id: admin.machine.client.clientId });
    expect(await actor(alice.id)).toEqual({ kind: 'system' });
    const { client, browser } = await aSignInReadyToHappen(running.service);
    await new BareClient(running.service, client).signIn(browser, alice, { scope: 'openid email' });
    const [given] = await api.all('/audit-events', { client_id: client.clientId, name: 'consent.given' });
    expect(given).toMatchObject({ user_id: alice.id, actor: { kind: 'user', id: alice.id } });
  });

  it('outlives whom it is about', async () => {
    const [api, admin, alice] = [await auditors(), await AdminApi.of(running.service), await aUser(running.service)];
    await attempt(alice.username, alice.password);
    await admin.delete(`/users/${alice.id}`);
    const names = (await api.all('/audit-events', { user_id: alice.id })).map(({ name }) => name);
    expect(new Set(names)).toEqual(
      new Set([
        'user.registered',
        'user.password_changed',
        'user.signed_in',
        'session.ended',
        'user.deleted',
        'admin.acted',
      ]),
    );
  });

  it('has nothing of tokens that are asked for, renewed, looked at or given back, nor of single sign-on', async () => {
    const api = await auditors();
    const { client, alice, browser } = await aSignInReadyToHappen(running.service);
    const bare = new BareClient(running.service, client);
    await bare.signIn(browser, alice, { scope: 'openid offline_access' });
    const machine = new BareClient(running.service, await aMachine(running.service, []));
    const before = (await api.all('/audit-events')).length;
    const tokens = await bare.signIn(browser, alice, { scope: 'openid offline_access' });
    await bare.refresh(tokens.refreshToken);
    await bare.introspect(tokens.accessToken);
    await bare.userinfo(tokens.accessToken);
    await bare.revoke(tokens.refreshToken);
    await machine.ownToken();
    expect(await api.all('/audit-events')).toHaveLength(before);
  });

  it('asks the same of the database for a name that nobody has, as for a wrong password', async () => {
    const [alice, nobody] = [(await aUser(running.service)).username, uniqueName('nobody')];
    const count = new StatementCount(running.service);
    const shapes = async (username: string): Promise<string[]> => {
      const browser = aBrowser(running.service);
      const page = await browser.visit('/sign-in');
      await count.of(() => browser.submit(page, '#sign-in', { username, password: 'wrong' }));
      return count.asked.map((sql) => sql.split(/\bWHERE\b|\bVALUES\b/)[0] ?? '');
    };
    for (let failures = 1; failures <= 11; failures++) {
      const [known, unknown] = [await shapes(alice), await shapes(nobody)];
      // The memberships of a user who is there are read, as before; everything that is written is the same.
      const writes = (asked: string[]) => asked.filter((sql) => !sql.startsWith('SELECT'));
      expect(writes(unknown), `failure ${failures}`).toEqual(writes(known));
    }
  });

  it('is listed page by page, the newest first, by user, client, name and time', async () => {
    const api = await auditors();
    const alice = await aUser(running.service);
    const make = async (): Promise<string> => {
      await attempt(alice.username, alice.password);
      const { items } = await running.service.app.get(AuditService, { strict: false }).ofUser(alice.id, { limit: 5 });
      return items.find(({ name }) => name === 'user.signed_in')?.id ?? '';
    };
    const listing = { path: '/audit-events', key: 'id', make };
    await expectLimits(api, listing);
    await expectCursorsChecked(api, listing);
    await expectUnknownParametersRefused(api, listing);
    const since = running.service.clock.now().toISOString();
    const first = await make();
    running.service.clock.advance('1s');
    const until = running.service.clock.now().toISOString();
    const second = await make();
    const ids = async (query: Record<string, string>) =>
      (await api.all('/audit-events', { user_id: alice.id, name: 'user.signed_in', ...query })).map(({ id }) => id);
    expect(await ids({})).toEqual([second, first]);
    expect(await ids({ until })).toEqual([first]);
    expect(await ids({ since: until })).toEqual([second]);
    expect(await ids({ since, until })).toEqual([first]);
    expect(await ids({ name: 'nothing' })).toEqual([]);
    const wrong = await api.get('/audit-events', { since: 'yesterday', until: '2026-02-30T00:00:00Z' });
    expect([wrong.status, pointersOf(wrong)]).toEqual([422, ['#/since', '#/until']]);
  });

  it('is read by whoever may, and changed by nobody', async () => {
    const other = await AdminApi.of(running.service, ['users:read']);
    expect((await other.get('/audit-events')).status).toBe(403);
    const api = await auditors();
    expect((await api.post('/audit-events', {})).status).toBe(405);
    const [event] = await api.all('/audit-events');
    for (const method of ['PATCH', 'DELETE']) {
      expect((await api.send(method, `/audit-events/${String(event?.['id'])}`)).status).toBe(405);
    }
    expect((await api.get('/audit-events/nothing')).status).toBe(404);
  });

  it('ends with the day in which the time that the operator set is over', async () => {
    const api = await auditors();
    const alice = await aUser(running.service);
    await attempt(alice.username, 'wrong');
    const purge = () => running.service.app.get(JobsService, { strict: false }).runNow('purge-audit');
    running.service.clock.advance('399d');
    await purge();
    expect(await api.all('/audit-events', { user_id: alice.id })).not.toEqual([]);
    running.service.clock.advance('2d');
    await purge();
    expect(await api.all('/audit-events', { user_id: alice.id })).toEqual([]);
  });

  it('is written with what happened, or not at all: a rehearsal leaves nothing', async () => {
    const [api, admin] = [await auditors(), await AdminApi.of(running.service)];
    const { id } = await aUser(running.service);
    const before = (await api.all('/audit-events', { user_id: id })).length;
    expect((await admin.delete(`/users/${id}?dry_run=true`)).status).toBe(200);
    expect(await api.all('/audit-events', { user_id: id })).toHaveLength(before);
  });

  it('has a page of sign-ins in order', async () => {
    const api = await auditors();
    const make = async (): Promise<string> => {
      running.service.clock.advance('1s');
      const alice = await aUser(running.service);
      const browser = aBrowser(running.service);
      await signIn(browser, await browser.visit('/sign-in'), alice);
      return String((await api.all('/audit-events', { user_id: alice.id }))[0]?.['id']);
    };
    await expectStablePages(api, { path: '/audit-events', key: 'id', make });
  });
});
