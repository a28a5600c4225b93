import { expect, it, vi } from 'vitest';
import { ConsentService, ConsentUses } from '#consent/index.js';
import { ConsentUsesRepository } from '#consent/uses/consent-uses.repository.js';
import { Gatherings } from '#platform/jobs/index.js';
import { AdminApi, type Json } from '../support/admin-api.js';
import { BareClient } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aClient, anApi, aSignInReadyToHappen, type ClientWish } from '../support/given.js';
import { downloadOwnData } from '../support/own-data-file.js';
import { StatementCount } from '../support/statement-count.js';

const FOREVER = { consent: { duration: 'forever' } };
const PAGE = '/account/applications';

onEveryDatabase('the last use', (running) => {
  const flush = (): Promise<void> => running.service.app.get(Gatherings, { strict: false }).flush();
  const now = (): string => running.service.clock.now().toISOString();

  async function approved(wish: ClientWish = {}) {
    const orders = await anApi(running.service);
    const [read = '', write = ''] = orders.scopes;
    const scope = ['openid', 'email', 'offline_access', read, write];
    const made = await aSignInReadyToHappen(running.service, { scope, ...wish });
    const api = await AdminApi.of(running.service);
    const bare = new BareClient(running.service, made.client);
    const consent = async (): Promise<Json> => {
      const [only] = await api.all('/consents', { user_id: made.alice.id });
      return only ?? {};
    };
    const uses = async (): Promise<Json> => {
      const found = await consent();
      const parts = [...(found['scopes'] as Json[]), ...(found['claims'] as Json[])];
      return Object.fromEntries(parts.map((part) => [String(part['scope'] ?? part['claim']), part['last_used_at']]));
    };
    return { ...made, api, bare, orders, read, write, scope: scope.join(' '), consent, uses };
  }

  it('of an approval is when tokens were issued for it, scope by scope', async () => {
    const { bare, browser, alice, orders, read, write, scope, consent, uses } = await approved();
    const obtained = await bare.obtainCode(browser, alice, { scope }, FOREVER);
    await flush();
    expect(await consent()).toMatchObject({ last_used_at: null }); // given, and nothing came of it yet
    running.service.clock.advance('10s');
    const redeemed = now();
    const tokens = await bare.redeem(obtained, { resource: `${running.service.issuer}/oauth2/userinfo` });
    await flush();
    const everywhere = { openid: redeemed, email: redeemed, offline_access: redeemed };
    expect(await uses()).toEqual({ ...everywhere, [read]: null, [write]: null });
    expect(await consent()).toMatchObject({ last_used_at: redeemed });
    running.service.clock.advance('5m');
    const refreshed = now();
    await bare.refresh(String(tokens.body['refresh_token']), { scope: read, resource: orders.identifier });
    await flush();
    expect(await uses()).toEqual({ ...everywhere, [read]: refreshed, [write]: null });
    expect(await consent()).toMatchObject({ last_used_at: refreshed });
  });

  it('of an approval is also when a request was answered without a question', async () => {
    const { bare, browser, alice, uses } = await approved();
    await bare.signIn(browser, alice, { scope: 'openid email' }, FOREVER);
    running.service.clock.advance('2h');
    const before = now();
    expect((await browser.visit(bare.request({ scope: 'openid' }).url)).answer).toHaveProperty('code');
    await flush();
    expect((await uses())['openid']).toBe(before);
    expect((await uses())['email']).not.toBe(before);
  });

  it('of a claim that was approved alone is when it was granted (OIDC Core §5.5)', async () => {
    const { bare, browser, alice, uses } = await approved();
    const claims = JSON.stringify({ userinfo: { email: null } });
    await bare.signIn(browser, alice, { claims }, FOREVER);
    await flush();
    expect(await uses()).toEqual({ openid: now(), email: now() });
  });

  it('of what the company allows counts alike', async () => {
    const { bare, browser, alice, consent } = await approved({ firstParty: true, consent: 'skip' });
    await bare.signIn(browser, alice);
    await flush();
    expect(await consent()).toMatchObject({ given_by: 'company', last_used_at: now() });
  });

  it('is on the page of one’s applications, and among one’s own data', async () => {
    const { bare, browser, alice, scope } = await approved();
    await bare.obtainCode(browser, alice, { scope }, FOREVER);
    expect((await browser.visit(PAGE)).html.words).toContain('Not used yet');
    await bare.signIn(browser, alice, { scope: 'openid' });
    await flush();
    const { words } = (await browser.visit(PAGE)).html;
    expect(words).toMatch(/Last used .*last used .*not used yet/);
    expect(words).not.toContain('Not used yet');
    const file = await downloadOwnData(browser, await browser.visit('/account/export'));
    const { applications } = (await file.json()) as { applications: Json[] };
    expect(applications[0]).toMatchObject({ last_used_at: now() });
  });

  it('is written at most once an hour, and costs no request a statement', async () => {
    const { bare, browser, alice, scope, uses } = await approved();
    const first = await bare.signIn(browser, alice, { scope }, FOREVER);
    const count = new StatementCount(running.service);
    let token = first.refreshToken;
    const writes: number[] = [];
    const noted = new Set<unknown>();
    for (let minute = 0; minute < 121; minute += 10) {
      token = String((await bare.refresh(token)).body['refresh_token']);
      await flushCounted();
      noted.add((await uses())['email']);
      running.service.clock.advance('10m');
    }
    expect(writes.filter((number) => number > 0)).toHaveLength(3); // of 13 times: the first, after one hour, and after two
    expect(noted.size).toBe(3);

    async function flushCounted(): Promise<void> {
      const before = count.asked.length;
      await flush();
      writes.push(count.asked.slice(before).filter((sql) => /^(INSERT|UPDATE)\b.*consent_use/s.test(sql)).length);
    }
  });

  it('does not bring back what was taken back in between, nor count for what was approved again', async () => {
    const { bare, browser, alice, consent, uses } = await approved();
    await bare.signIn(browser, alice, { scope: 'openid email' }, FOREVER);
    const consents = running.service.app.get(ConsentService, { strict: false });
    const { clientId } = bare.client;
    expect(await consents.withdraw(alice.id, clientId)).toBe(true);
    await flush();
    expect(await consent()).toEqual({});
    await bare.signIn(browser, alice, { scope: 'openid email' }, FOREVER);
    await consents.withdraw(alice.id, clientId);
    running.service.clock.advance('1s');
    await consents.give({ userId: alice.id, clientId, scopes: ['openid', 'email'], givenBy: 'user' });
    await flush();
    expect(await uses()).toEqual({ openid: null, email: null });
  });

  it('of a scope that was taken out goes with it', async () => {
    const { api, bare, browser, alice, consent, uses } = await approved();
    await bare.signIn(browser, alice, { scope: 'openid email' }, FOREVER);
    await flush();
    await api.delete(`/consents/${String((await consent())['id'])}/scopes/email`);
    expect(await uses()).toEqual({ openid: now() });
    running.service.clock.advance('1m');
    const { clientId } = bare.client;
    const given = { userId: alice.id, clientId, scopes: ['email'], givenBy: 'user' } as const;
    await running.service.app.get(ConsentService, { strict: false }).give(given);
    expect((await uses())['email']).toBeNull();
  });

  it('of nobody’s approval is nothing', async () => {
    const { client } = await approved();
    const uses = running.service.app.get(ConsentUses, { strict: false });
    uses.note('nobody', client.clientId, ['openid']);
    uses.note('', '', []);
    await flush();
    expect(running.service.logs.text).not.toContain('are not written yet');
  });

  it.each(['client_secret_basic', 'client_secret_post', 'client_secret_jwt'] as const)(
    'of a secret is when the client proved itself with that one (%s)',
    async (tokenEndpointAuthMethod) => {
      const api = await AdminApi.of(running.service);
      const client = await aClient(running.service, { tokenEndpointAuthMethod });
      const path = `/clients/${client.clientId}/secrets`;
      const newer = await api.made(path);
      const lastUses = async (): Promise<unknown[]> => {
        const secrets = await api.all(path);
        const [rest, made] = [
          secrets.filter(({ id }) => id !== newer['id']),
          secrets.find(({ id }) => id === newer['id']),
        ];
        return [rest[0]?.['last_used_at'], made?.['last_used_at']];
      };
      const wrong = {
        ...client,
        clientSecret: 'a secret of nobody, as long as those of clients are, and a bit longer',
      };
      expect((await new BareClient(running.service, wrong).introspect('x')).status).toBe(401);
      await flush();
      expect(await lastUses()).toEqual([null, null]);
      const first = now();
      expect((await new BareClient(running.service, client).introspect('x')).status).toBe(200);
      await flush();
      expect(await lastUses()).toEqual([first, null]);
      running.service.clock.advance('59m');
      const second = now();
      const other = new BareClient(running.service, { ...client, clientSecret: String(newer['client_secret']) });
      for (const bare of [other, new BareClient(running.service, client)]) await bare.introspect('x');
      await flush();
      expect(await lastUses()).toEqual([first, second]);
      running.service.clock.advance('1m');
      await new BareClient(running.service, client).introspect('x');
      await flush();
      expect(await lastUses()).toEqual([now(), second]);
    },
  );

  it('of a secret that was ended in between, or of a client that is disabled, is not noted', async () => {
    const api = await AdminApi.of(running.service);
    const client = await aClient(running.service);
    const path = `/clients/${client.clientId}/secrets`;
    const [only] = await api.all(path);
    await api.patch(`/clients/${client.clientId}`, { status: 'disabled' });
    expect((await new BareClient(running.service, client).introspect('x')).status).toBe(401);
    await flush();
    expect((await api.get(`${path}/${String(only?.['id'])}`)).body['last_used_at']).toBeNull();
    await api.patch(`/clients/${client.clientId}`, { status: 'active' });
    expect((await new BareClient(running.service, client).introspect('x')).status).toBe(200);
    await api.delete(`${path}/${String(only?.['id'])}`);
    await flush();
    expect(await api.all(path)).toEqual([]);
  });

  it('of an approval is noted also when another process noted that of another one at the same moment', async () => {
    const { bare, browser, alice, client, read, write, scope, uses } = await approved();
    await bare.signIn(browser, alice, { scope }, FOREVER);
    const marks = running.service.app.get(ConsentUses, { strict: false });
    const rows = running.service.app.get(ConsentUsesRepository, { strict: false });
    await flush();
    running.service.clock.advance('2h');
    marks.note(alice.id, client.clientId, [read]);
    await flush();
    vi.spyOn(rows, 'find').mockResolvedValueOnce(undefined); // read before the other added it
    marks.note(alice.id, client.clientId, [write]);
    await flush();
    vi.restoreAllMocks();
    expect(await uses()).toMatchObject({ [read]: now(), [write]: now() });
  });
});
