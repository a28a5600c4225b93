import { expect, it } from 'vitest';
import { AdminApi, pointersOf, type Json } from '../support/admin-api.js';
import { BareClient } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import {
  expectCursorsChecked,
  expectLimits,
  expectStablePages,
  expectUnknownParametersRefused,
} from '../support/keyset-pages.js';

const MACHINE: Json = { grant_types: ['client_credentials'], scope: 'keys:read' };
const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

onEveryDatabase('client secrets over REST', (running) => {
  /** Whether the token endpoint takes the client with this secret. */
  const works = async (clientId: unknown, secret: unknown): Promise<boolean> => {
    const client = {
      clientId: String(clientId),
      clientSecret: String(secret),
      redirectUri: '',
      method: 'client_secret_basic',
    } as const;
    const { status, body } = await new BareClient(running.service, client).ownToken({ scope: 'keys:read' });
    if (status === 401) expect(body['error']).toBe('invalid_client');
    else expect(status).toBe(200);
    return status === 200;
  };

  const aMachine = async (api: AdminApi): Promise<{ id: string; secret: string; path: string }> => {
    const made = await api.made('/clients', MACHINE);
    const id = String(made['client_id']);
    return { id, secret: String(made['client_secret']), path: `/clients/${id}/secrets` };
  };

  const inSeconds = (seconds: number): string =>
    new Date(running.service.clock.now().getTime() + seconds * 1000).toISOString();

  it('makes a further one, shown this once, with RFC 3339 times', async () => {
    const api = await AdminApi.of(running.service);
    const { path } = await aMachine(api);
    const answer = await api.post(path);
    expect(answer.status).toBe(201);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const { id, client_secret: value } = answer.body;
    expect(answer.headers.get('location')).toBe(running.service.url(`/api/v1${path}/${String(id)}`));
    expect(answer.body).toEqual({
      id,
      client_secret: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/) as string,
      created_at: expect.stringMatching(RFC3339) as string,
      expires_at: null,
      last_used_at: null,
    });
    const read = await api.get(`${path}/${String(id)}`);
    expect(read.body).toEqual({ id, created_at: answer.body['created_at'], expires_at: null, last_used_at: null });
    for (const { text } of [read, await api.get(path)]) expect(text).not.toContain(String(value));
  });

  it('lets several live at once, until the old one is ended', async () => {
    const api = await AdminApi.of(running.service);
    const { id, secret: first, path } = await aMachine(api);
    const [old] = await api.all(path);
    const { client_secret: second } = await api.made(path, {});
    expect([await works(id, first), await works(id, second)]).toEqual([true, true]);
    expect((await api.delete(`${path}/${String(old?.['id'])}`)).status).toBe(204);
    expect([await works(id, first), await works(id, second)]).toEqual([false, true]);
    expect((await api.delete(`${path}/${String(old?.['id'])}`)).status).toBe(404);
    expect((await api.get(`${path}/${String(old?.['id'])}`)).status).toBe(404);
  });

  it('ends one by itself at the time given, and lists it still (expired secret)', async () => {
    const api = await AdminApi.of(running.service);
    const { id, secret: forever, path } = await aMachine(api);
    const end = inSeconds(60);
    const short = await api.made(path, { expires_at: end });
    expect(short['expires_at']).toBe(end);
    expect(await works(id, short['client_secret'])).toBe(true);
    running.service.clock.advance('59s');
    expect(await works(id, short['client_secret'])).toBe(true);
    running.service.clock.advance('1s');
    expect(await works(id, short['client_secret'])).toBe(false);
    expect(await works(id, forever)).toBe(true);
    expect((await api.all(path)).map(({ id: one }) => one)).toContain(short['id']);
  });

  it('ends the others after an overlap, but none later than it would have', async () => {
    const api = await AdminApi.of(running.service);
    const { id, secret: first, path } = await aMachine(api);
    const short = await api.made(path, { expires_at: inSeconds(60) });
    const made = await api.made(path, { others_end_at: inSeconds(3600), expires_at: inSeconds(86_400) });
    const ends = (await api.all(path)).map(({ id: one, expires_at: end }) => [one, end]);
    expect(Object.fromEntries(ends)).toMatchObject({
      [String(short['id'])]: short['expires_at'],
      [String(made['id'])]: inSeconds(86_400),
    });
    expect(ends.map(([, end]) => end).sort()).toEqual([inSeconds(60), inSeconds(3600), inSeconds(86_400)]);
    running.service.clock.advance('59m');
    expect([await works(id, first), await works(id, made['client_secret'])]).toEqual([true, true]);
    running.service.clock.advance('2m');
    expect([await works(id, first), await works(id, made['client_secret'])]).toEqual([false, true]);
    const refused = await api.post(path, { others_end_at: inSeconds(0), expires_at: inSeconds(-1) });
    expect([refused.status, pointersOf(refused)]).toEqual([422, ['#/expires_at', '#/others_end_at']]);
  });

  it('takes a time in another zone for the same moment (RFC 3339 §5.6)', async () => {
    const api = await AdminApi.of(running.service);
    const { path } = await aMachine(api);
    const { expires_at: end } = await api.made(path, { expires_at: '2099-06-01T01:30:00+02:00' });
    expect(end).toBe('2099-05-31T23:30:00.000Z');
    expect((await api.made(path, { expires_at: null }))['expires_at']).toBeNull();
  });

  it.each([
    ['2099-13-01T00:00:00Z'],
    ['2099-02-30T00:00:00Z'],
    ['2099-01-01'],
    ['2099-01-01T00:00:00'],
    ['tomorrow'],
    [''],
    [4_102_444_800],
    [{}],
    ['2020-01-01T00:00:00Z'],
  ])('refuses the end %j', async (value) => {
    const api = await AdminApi.of(running.service);
    const { path } = await aMachine(api);
    const answer = await api.post(path, { expires_at: value });
    expect([answer.status, pointersOf(answer)]).toEqual([422, ['#/expires_at']]);
    expect(await api.all(path)).toHaveLength(1);
  });

  it('refuses an end that is now, unknown members, and a value of the caller’s choice', async () => {
    const api = await AdminApi.of(running.service);
    const { path } = await aMachine(api);
    expect(pointersOf(await api.post(path, { expires_at: inSeconds(0) }))).toEqual(['#/expires_at']);
    const answer = await api.post(path, { client_secret: 's'.repeat(43), id: 'x', value: 'y' });
    expect([answer.status, pointersOf(answer)]).toEqual([422, ['#/client_secret', '#/id', '#/value']]);
  });

  it('is one of exactly one client', async () => {
    const api = await AdminApi.of(running.service);
    const [one, other] = [await aMachine(api), await aMachine(api)];
    const [secret] = await api.all(one.path);
    for (const method of ['GET', 'DELETE']) {
      expect((await api.send(method, `${other.path}/${String(secret?.['id'])}`)).status).toBe(404);
    }
    expect(await works(one.id, one.secret)).toBe(true);
    expect(await works(other.id, one.secret)).toBe(false);
  });

  it('is not made for a client that is not there', async () => {
    const api = await AdminApi.of(running.service);
    expect((await api.post('/clients/nobody/secrets')).status).toBe(404);
    expect((await api.get('/clients/nobody/secrets')).status).toBe(404);
  });

  it('of no live secret leaves the client without a way in', async () => {
    const api = await AdminApi.of(running.service);
    const { id, secret, path } = await aMachine(api);
    const [only] = await api.all(path);
    await api.delete(`${path}/${String(only?.['id'])}`);
    expect(await works(id, secret)).toBe(false);
    expect(await works(id, '')).toBe(false);
    const { client_secret: next } = await api.made(path);
    expect(await works(id, next)).toBe(true);
  });

  it('lists pages by keyset', async () => {
    const api = await AdminApi.of(running.service);
    const { path } = await aMachine(api);
    const listing = { path, key: 'id', make: async () => String((await api.made(path))['id']) };
    await expectLimits(api, listing);
    await expectCursorsChecked(api, listing);
    await expectUnknownParametersRefused(api, listing);
    await expectStablePages(api, listing);
  });
});
