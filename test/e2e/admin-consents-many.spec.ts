import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { ConsentService } from '#consent/index.js';
import { JobsService } from '#platform/jobs/index.js';
import { AdminApi, pointersOf, type Json } from '../support/admin-api.js';
import { BareClient, type SignedIn } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aClient, anApi, aUser, type GivenUser } from '../support/given.js';

onEveryDatabase('many approvals at once, for administrators', (running) => {
  const run = () => running.service.app.get(JobsService, { strict: false }).runNow('bulk-jobs');
  const ready = () => AdminApi.of(running.service);

  async function aClientOf(scopes: readonly string[]): Promise<BareClient> {
    const scope = ['openid', 'email', 'offline_access', ...scopes];
    return new BareClient(running.service, await aClient(running.service, { scope }));
  }

  /** Somebody allows a client everything that it may ask for. */
  function allow(client: BareClient, user: GivenUser, scopes: readonly string[] = []): Promise<SignedIn> {
    const scope = ['openid', 'email', 'offline_access', ...scopes].join(' ');
    return client.signIn(aBrowser(running.service), user, { scope }, { consent: { duration: 'forever' } });
  }

  async function active(client: BareClient, ...tokens: readonly string[]): Promise<readonly unknown[]> {
    const answers = [];
    for (const token of tokens) answers.push((await client.introspect(token)).body['active']);
    return answers;
  }

  const listed = async (query: Readonly<Record<string, string>>) =>
    (await (await ready()).all('/consents', query)).map((consent) => consent['user_id']);

  /** Ends what is selected, and answers the finished job. */
  async function end(selector: Json): Promise<Json> {
    const begun = await (await ready()).post('/jobs/consent-endings', selector);
    expect(begun.status, begun.text).toBe(201);
    expect(begun.body).toMatchObject({ kind: 'consent-ending', state: 'pending', done: 0 });
    await run();
    return (await (await ready()).get(`/jobs/${String(begun.body['id'])}`)).body;
  }

  it('are counted in rehearsal, and end for a client at once in every token, and for no other', async () => {
    const [client, other] = [await aClientOf([]), await aClientOf([])];
    const people = [await aUser(running.service), await aUser(running.service), await aUser(running.service)];
    const tokens = [];
    for (const user of people) tokens.push(await allow(client, user));
    const [alice] = people;
    const kept = await allow(other, alice ?? (await aUser(running.service)));
    const selector = { client_id: client.client.clientId };
    const rehearsed = await (await ready()).post('/jobs/consent-endings?dry_run=true', selector);
    expect(rehearsed.body['result']).toMatchObject({ total: 3, result: { counted: { consents: 3 } } });
    await run();
    expect(await active(client, ...tokens.map(({ accessToken }) => accessToken))).toEqual([true, true, true]);
    expect(await end(selector)).toMatchObject({ state: 'done', total: 3, done: 3, errors: [] });
    for (const { accessToken, refreshToken } of tokens) {
      expect(await active(client, accessToken, refreshToken)).toEqual([false, false]);
    }
    expect(await listed(selector)).toEqual([]);
    expect(await active(other, kept.accessToken, kept.refreshToken)).toEqual([true, true]);
  });

  it('end for a user, whatever the client, and for nobody else', async () => {
    const [client, other] = [await aClientOf([]), await aClientOf([])];
    const [alice, bob] = [await aUser(running.service), await aUser(running.service)];
    const [first, second] = [await allow(client, alice), await allow(other, alice)];
    const others = await allow(client, bob);
    expect(await end({ user_id: alice.id })).toMatchObject({ state: 'done', total: 2, done: 2 });
    expect(await active(client, first.accessToken, others.accessToken)).toEqual([false, true]);
    expect(await active(other, second.accessToken)).toEqual([false]);
    expect(await listed({ user_id: bob.id })).toEqual([bob.id]);
  });

  it('lose one scope, at once in tokens as well, and keep the rest', async () => {
    const { scopes, identifier } = await anApi(running.service);
    const [read = '', write = ''] = scopes;
    const client = await aClientOf(scopes);
    const [alice, bob] = [await aUser(running.service), await aUser(running.service)];
    const both = await allow(client, alice, [read, write]);
    const none = await allow(client, bob);
    expect(await end({ client_id: client.client.clientId, scope: write })).toMatchObject({ total: 1, done: 1 });
    expect(await listed({ scope: write })).toEqual([]);
    expect(await listed({ scope: read })).toEqual([alice.id]);
    const { body } = await client.refresh(both.refreshToken, { resource: identifier });
    expect(String(body['scope']).split(' ')).toContain(read);
    expect(String(body['scope']).split(' ')).not.toContain(write);
    expect(await active(client, none.accessToken)).toEqual([true]);
  });

  it('stay where they were allowed anew after the end was ordered', async () => {
    const [client, alice] = [await aClientOf([]), await aUser(running.service)];
    await allow(client, alice);
    const api = await ready();
    const { id } = await api.made('/jobs/consent-endings', { user_id: alice.id });
    running.service.clock.advance('2s');
    const [consent] = await api.all('/consents', { user_id: alice.id });
    await api.delete(`/consents/${String(consent?.['id'])}`);
    const anew = await allow(client, alice);
    await run();
    expect((await (await ready()).get(`/jobs/${String(id)}`)).body).toMatchObject({ state: 'done', total: 1, done: 0 });
    expect(await active(client, anew.accessToken)).toEqual([true]);
  });

  it('end in more than one step, each noted', async () => {
    const client = await aClientOf([]);
    const consents = running.service.app.get(ConsentService, { strict: false });
    const { clientId } = client.client;
    for (let count = 0; count < 120; count += 1) {
      const { id: userId } = await aUser(running.service);
      await consents.give({ userId, clientId, scopes: ['openid'], givenBy: 'user' });
    }
    expect(await end({ client_id: clientId })).toMatchObject({ state: 'done', total: 120, done: 120 });
  });

  it('are written to a file by the same filters, as lines of JSON or as a table', async () => {
    const { scopes } = await anApi(running.service);
    const [client, other] = [await aClientOf(scopes), await aClientOf([])];
    const [alice, bob] = [await aUser(running.service), await aUser(running.service)];
    await allow(client, alice, scopes);
    await allow(client, bob);
    await allow(other, alice);
    const api = await ready();
    const { clientId } = client.client;
    const lines = await api.get('/consent-exports', { client_id: clientId });
    expect(lines.headers.get('content-type')).toContain('application/x-ndjson');
    expect(lines.headers.get('content-disposition')).toBe('attachment; filename="consents.jsonl"');
    const written = lines.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Json);
    expect(written).toEqual(await api.all('/consents', { client_id: clientId }));
    const table = await api.get('/consent-exports', { client_id: clientId, format: 'csv' });
    expect(table.headers.get('content-type')).toContain('text/csv');
    const rows: Json[] = parse(table.text, { columns: true });
    expect(rows.filter((row) => row['user_id'] === alice.id).map((row) => row['scope'])).toEqual(
      expect.arrayContaining([...scopes, 'openid']),
    );
    expect(rows.every((row) => row['client_id'] === clientId && row['given_by'] === 'user')).toBe(true);
    const byScope = await api.get('/consent-exports', { scope: scopes[0] ?? '', format: 'csv' });
    expect(new Set(parse<Json>(byScope.text, { columns: true }).map((row) => row['user_id']))).toEqual(
      new Set([alice.id]),
    );
    const byUser = await api.get('/consent-exports', { user_id: bob.id });
    expect(byUser.text.trimEnd().split('\n')).toHaveLength(1);
  });

  it('are for those who may see them, and end by those who may order it', async () => {
    const reader = await AdminApi.of(running.service, ['consents:read', 'jobs:read']);
    expect((await reader.get('/consent-exports')).status).toBe(200);
    expect(pointersOf(await reader.get('/consent-exports', { format: 'xml' }))).toEqual(['#/format']);
    expect((await reader.post('/jobs/consent-endings', { user_id: 'x' })).status).toBe(403);
    const blind = await AdminApi.of(running.service, ['users:read']);
    expect((await blind.get('/consent-exports')).status).toBe(403);
    expect(pointersOf(await (await ready()).post('/jobs/consent-endings', {}))).toEqual(['#']);
    for (const client_id of ['', 'x'.repeat(256), 7]) {
      expect(pointersOf(await (await ready()).post('/jobs/consent-endings', { client_id, scope: 's' }))).toEqual([
        '#/client_id',
      ]);
    }
    expect(pointersOf(await (await ready()).post('/jobs/consent-endings', { name: 'x' }))).toEqual(
      expect.arrayContaining(['#/name']),
    );
  });
});
