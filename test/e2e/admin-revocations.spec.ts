import { decodeProtectedHeader } from 'jose';
import { expect, it } from 'vitest';
import { Database } from '#platform/database/index.js';
import { JobsService } from '#platform/jobs/index.js';
import { AdminApi, pointersOf, type Json } from '../support/admin-api.js';
import { BareClient } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aClient, aMachine, anApi, aUser, type GivenUser } from '../support/given.js';

/** A token, and the client that may look whether it is active. */
interface Issued {
  readonly client: BareClient;
  readonly token: string;
}

onEveryDatabase('an end to what was issued, by selector', (running) => {
  const ready = () => AdminApi.of(running.service);
  const run = (): Promise<void> => running.service.app.get(JobsService, { strict: false }).runNow('bulk-jobs');

  async function aWebClient(): Promise<BareClient> {
    const wish = { scope: ['openid', 'offline_access'], firstParty: true, consent: 'skip' } as const;
    return new BareClient(running.service, await aClient(running.service, wish));
  }

  /** Somebody signed in, with an access token and a refresh token. */
  async function signedIn(client: BareClient, user: GivenUser): Promise<readonly Issued[]> {
    const tokens = await client.signIn(aBrowser(running.service), user, { scope: 'openid offline_access' });
    return [tokens.accessToken, tokens.refreshToken].map((token) => ({ client, token }));
  }

  async function ownToken(format: 'jwt' | 'opaque'): Promise<Issued> {
    const { identifier, scopes } = await anApi(running.service, { accessTokenFormat: format });
    const machine = await aMachine(running.service, scopes, { defaultResource: identifier });
    const client = new BareClient(running.service, machine);
    return { client, token: String((await client.ownToken()).body['access_token']) };
  }

  async function active(issued: readonly Issued[]): Promise<readonly boolean[]> {
    const answers = [];
    for (const { client, token } of issued) answers.push((await client.introspect(token)).body['active'] === true);
    return answers;
  }

  const none = (issued: readonly Issued[]) => issued.map(() => false);
  const all = (issued: readonly Issued[]) => issued.map(() => true);

  /** Revokes what is selected and waits for the work to be done. */
  async function revoke(selector: Json): Promise<Json> {
    const api = await ready();
    const begun = await api.post('/jobs/revocations', selector);
    expect(begun.status, begun.text).toBe(201);
    expect(begun.headers.get('location')).toBe(`${running.service.issuer}/api/v1/jobs/${String(begun.body['id'])}`);
    await run();
    // A key that is revoked has signed the administrator's token too.
    if ('key' in selector) running.service.clock.advance('2s');
    const done = (await (await ready()).get(`/jobs/${String(begun.body['id'])}`)).body;
    expect(done).toMatchObject({ kind: 'revocation', state: 'done', errors: [] });
    expect(done['done']).toBe(done['total']);
    return done;
  }

  it('counts first and then ends all of a user, and nothing of others', async () => {
    const [client, api] = [await aWebClient(), await ready()];
    const [alice, bob] = [await aUser(running.service), await aUser(running.service)];
    const theirs = [...(await signedIn(client, alice)), ...(await signedIn(client, alice))];
    const others = [...(await signedIn(client, bob)), await ownToken('jwt'), await ownToken('opaque')];
    const rehearsed = await api.post('/jobs/revocations?dry_run=true', { user_id: alice.id });
    expect(rehearsed.body['result']).toMatchObject({
      result: { counted: { sessions: 2, grants: 2, opaque_tokens: 0 } },
    });
    expect(await active(theirs)).toEqual(all(theirs));
    const done = await revoke({ user_id: alice.id });
    expect(done['result']).toEqual({
      counted: { sessions: 2, grants: 2, opaque_tokens: 0 },
      all_issued_before: { user: running.service.clock.now().toISOString() },
    });
    expect(await active(theirs)).toEqual(none(theirs));
    expect(await active(others)).toEqual(all(others));
    expect(await api.all('/sessions', { user_id: alice.id })).toEqual([]);
    running.service.clock.advance('2s');
    const anew = await signedIn(client, alice);
    expect(await active(anew)).toEqual(all(anew));
  });

  it('ends all of a client, its own tokens without rows by a mark, and no session', async () => {
    const [client, other, machine, opaque] = [
      await aWebClient(),
      await aWebClient(),
      await ownToken('jwt'),
      await ownToken('opaque'),
    ];
    const alice = await aUser(running.service);
    const [theirs, others] = [await signedIn(client, alice), [...(await signedIn(other, alice)), opaque]];
    await revoke({ client_id: client.client.clientId });
    expect(await active([...theirs, machine])).toEqual([...none(theirs), true]);
    const done = await revoke({ client_id: machine.client.client.clientId });
    expect(done['result']).toMatchObject({ all_issued_before: { client: expect.any(String) as string } });
    expect(await active([machine, ...others])).toEqual([false, ...all(others)]);
    expect(await revoke({ client_id: opaque.client.client.clientId })).toMatchObject({ total: 1 });
    expect(await active([opaque])).toEqual([false]);
    expect((await (await ready()).all('/sessions', { user_id: alice.id })).length).toBe(2);
  });

  it('ends what was issued in a session, with what would outlive it, or for one client of a user', async () => {
    const [client, other, alice, api] = [
      await aWebClient(),
      await aWebClient(),
      await aUser(running.service),
      await ready(),
    ];
    const first = await signedIn(client, alice);
    const [session] = await api.all('/sessions', { user_id: alice.id });
    const second = await signedIn(client, alice);
    const third = await signedIn(other, alice);
    await revoke({ session_id: String(session?.['id']) });
    expect(await active([...first, ...second, ...third])).toEqual([...none(first), ...all(second), ...all(third)]);
    await revoke({ user_id: alice.id, client_id: client.client.clientId });
    expect(await active([...second, ...third])).toEqual([...none(second), ...all(third)]);
  });

  it('ends what hangs on sessions from a network, which is what has rows', async () => {
    const [client, alice, bob] = [await aWebClient(), await aUser(running.service), await aUser(running.service)];
    const [theirs, others] = [await signedIn(client, alice), await signedIn(client, bob)];
    const database = running.service.app.get(Database, { strict: false });
    await database.dataSource.query("UPDATE session SET address = '198.51.100.7' WHERE user_id = ?", [alice.id]);
    const done = await revoke({ address: '198.51.100.0/24' });
    expect(done['result']).toEqual({ counted: { sessions: 1, grants: 1, opaque_tokens: 0 } });
    expect(await active([...theirs, ...others])).toEqual([...none(theirs), ...all(others)]);
  });

  it('ends what was issued within a time', async () => {
    const [client, alice] = [await aWebClient(), await aUser(running.service)];
    const steps: (readonly Issued[])[] = [];
    const times: string[] = [];
    for (let step = 0; step < 3; step += 1) {
      times.push(running.service.clock.now().toISOString());
      steps.push([...(await signedIn(client, alice)), await ownToken('opaque')]);
      running.service.clock.advance('10s');
    }
    await revoke({ since: times[1], until: new Date(Date.parse(times[2] ?? '') - 1).toISOString() });
    const [before = [], within = [], after = []] = steps;
    expect(await active([...before, ...within, ...after])).toEqual([...all(before), ...none(within), ...all(after)]);
  });

  it('ends what a key signed, by a mark, while the key goes on to sign', async () => {
    const [client, alice, opaque] = [await aWebClient(), await aUser(running.service), await ownToken('opaque')];
    const [access, refresh] = await signedIn(client, alice);
    const { kid } = decodeProtectedHeader(String(access?.token));
    const done = await revoke({ key: String(kid) });
    expect(done).toMatchObject({ total: 0, result: { all_issued_before: { key: expect.any(String) as string } } });
    expect(await active([access, refresh, opaque].filter((one) => one !== undefined))).toEqual([false, true, true]);
    const [anew] = await signedIn(client, alice);
    expect(decodeProtectedHeader(String(anew?.token)).kid).toBe(kid);
    expect(await active([anew].filter((one) => one !== undefined))).toEqual([true]);
  });

  it('goes on where it was when a process died', async () => {
    const [client, api, alice] = [await aWebClient(), await ready(), await aUser(running.service)];
    const theirs: Issued[] = [];
    for (let count = 0; count < 3; count += 1) theirs.push(...(await signedIn(client, alice)));
    const { id } = await api.made('/jobs/revocations', { user_id: alice.id });
    expect((await api.get(`/jobs/${String(id)}`)).body).toMatchObject({ state: 'pending', done: 0, total: 6 });
    const database = running.service.app.get(Database, { strict: false });
    const position = () => database.dataSource.query<Json[]>('SELECT position, done FROM bulk_job WHERE id = ?', [id]);
    await database.dataSource.query('UPDATE bulk_job SET position = ?, done = 3 WHERE id = ?', ['grants', id]);
    expect(await position()).toEqual([{ position: 'grants', done: 3 }]);
    await run();
    expect((await api.get(`/jobs/${String(id)}`)).body).toMatchObject({ state: 'done', done: 6 });
    expect(await active(theirs)).toEqual(none(theirs));
    const states = (await api.all('/jobs', { state: 'done' })).map((job) => job['id']);
    expect(states).toContain(id);
  });

  it('refuses a selector that selects nothing or cannot be', async () => {
    const api = await ready();
    const pointers = async (body: Json) => pointersOf(await api.post('/jobs/revocations', body));
    expect(await pointers({})).toEqual(['#']);
    expect(await pointers({ user_id: '', client_id: 'c' })).toEqual(['#/user_id']);
    expect(await pointers({ address: '300.1.1.1' })).toEqual(['#/address']);
    expect(await pointers({ key: 'x', user_id: 'y' })).toEqual(['#/key']);
    expect(await pointers({ since: '2026-02-01T00:00:00Z', until: '2026-01-01T00:00:00Z' })).toEqual(['#/until']);
    const weak = await AdminApi.of(running.service, ['jobs:read', 'sessions:write']);
    expect((await weak.post('/jobs/revocations', { user_id: 'x' })).status).toBe(403);
  });
});
