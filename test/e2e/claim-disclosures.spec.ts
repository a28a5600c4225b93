import { expect, it, vi } from 'vitest';
import { ClaimDisclosures } from '#consent/index.js';
import { ClaimDisclosuresRepository } from '#consent/disclosures/claim-disclosures.repository.js';
import { Gatherings, JobsService } from '#platform/jobs/index.js';
import { AdminApi, type Json } from '../support/admin-api.js';
import { BareClient } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aSignInReadyToHappen, uniqueName, type ClientWish } from '../support/given.js';
import { expectCursorsChecked, expectLimits, expectUnknownParametersRefused } from '../support/keyset-pages.js';
import { downloadOwnData } from '../support/own-data-file.js';
import { StatementCount } from '../support/statement-count.js';

const FOREVER = { consent: { duration: 'forever' } };
const PAGE = '/account/applications';

onEveryDatabase('the ledger of what was said of whom to which client', (running) => {
  const flush = (): Promise<void> => running.service.app.get(Gatherings, { strict: false }).flush();
  const now = (): string => running.service.clock.now().toISOString();

  async function story(wish: ClientWish = {}) {
    const made = await aSignInReadyToHappen(running.service, { clientName: uniqueName('Desk'), ...wish });
    const [api, bare] = [await AdminApi.of(running.service), new BareClient(running.service, made.client)];
    const entries = () => api.all('/claim-disclosures', { user_id: made.alice.id, client_id: made.client.clientId });
    const names = async (): Promise<Json> => {
      await flush();
      const pairs = (await entries()).map(({ place, claims }): [string, unknown[]] => [
        String(place),
        (claims as Json[]).map(({ claim }) => claim),
      ]);
      return Object.fromEntries(pairs);
    };
    return { ...made, api, bare, entries, names };
  }

  it('has the claims of ID tokens, userinfo and access tokens by name, with times and no value', async () => {
    const { api, bare, browser, alice, client, entries } = await story();
    const tokens = await bare.signIn(browser, alice, { scope: 'openid email' }, FOREVER);
    await bare.userinfo(tokens.accessToken);
    await flush();
    const times = { first_at: now(), last_at: now(), times: 1 };
    const of = (place: string, ...claims: string[]) => ({
      id: expect.any(String) as string,
      ...{ user_id: alice.id, client_id: client.clientId, place },
      claims: claims.map((claim) => ({ claim, ...times })),
      created_at: now(),
      expires_at: new Date(running.service.clock.now().getTime() + 1095 * 86_400_000).toISOString(),
    });
    const found = await entries();
    expect(found).toHaveLength(3);
    expect(found).toEqual(
      expect.arrayContaining([
        of('id_token', 'sub'),
        of('access_token', 'sub'),
        of('userinfo', 'email', 'email_verified', 'sub'),
      ]),
    );
    expect(JSON.stringify(found)).not.toContain(alice.claims.email);
    const [first] = found;
    expect((await api.get(`/claim-disclosures/${String(first?.['id'])}`)).body).toEqual(first);
    expect((await api.get('/claim-disclosures/nothing')).status).toBe(404);
  });

  it('has only what was released: no claim that is unknown, and none before anything left', async () => {
    const { bare, browser, alice, names } = await story();
    const claims = JSON.stringify({ id_token: { nickname: null, unknown_claim: null, name: { value: 'Bob' } } });
    const tokens = await bare.signIn(browser, alice, { scope: 'openid profile', claims }, FOREVER);
    expect(await names()).toEqual({ id_token: ['nickname', 'sub'], access_token: ['sub'] });
    expect((await bare.userinfo(`${tokens.accessToken}x`)).status).toBe(401);
    expect(await names()).not.toHaveProperty('userinfo');
  });

  it('has what came with the answer of the authorization endpoint (OIDC Core §5.4)', async () => {
    const wish = { grantTypes: ['implicit'], responseTypes: ['id_token'] } as const;
    const { bare, browser, alice, names } = await story(wish);
    await bare.ask(browser, alice, { response_type: 'id_token', scope: 'openid email' }, FOREVER);
    expect(await names()).toEqual({ id_token: ['email', 'email_verified', 'sub'] });
  });

  it('has mapped claims in access tokens, as introspection says them (RFC 9068 §2.2.3)', async () => {
    const { api, bare, browser, alice, client, names } = await story();
    const source = { source: 'constant', value: 'blue' };
    const mapping = { claim: 'team', scope: 'openid', ...source, include_in: ['access_token'] };
    expect((await api.post(`/clients/${client.clientId}/claim-mappings`, mapping)).status).toBe(201);
    await bare.signIn(browser, alice);
    expect((await names())['access_token']).toEqual(['sub', 'team']);
  });

  it('is written at most once an hour for each claim, and counts that', async () => {
    const { bare, browser, alice, entries } = await story();
    const { accessToken } = await bare.signIn(browser, alice, { scope: 'openid email' }, FOREVER);
    await bare.userinfo(accessToken);
    await flush();
    const began = now();
    const count = new StatementCount(running.service);
    let writes = 0;
    for (let turn = 0; turn < 12; turn += 1) {
      running.service.clock.advance('10m');
      const fresh = await bare.signIn(browser, alice, { scope: 'openid email' });
      for (let ask = 0; ask < 3; ask += 1) await bare.userinfo(fresh.accessToken);
      const before = count.asked.length;
      await flush();
      writes += count.asked.slice(before).filter((sql) => /^(INSERT|UPDATE)\b.*claim_disclosure/s.test(sql)).length;
    }
    expect(writes).toBe(6); // three ways, each after one hour and after two
    const userinfo = (await entries()).find(({ place }) => place === 'userinfo');
    expect((userinfo?.['claims'] as Json[])[0]).toEqual({ claim: 'email', first_at: began, last_at: now(), times: 3 });
  });

  it('is on the page of one’s applications, also of those that may do nothing any more, and in the file', async () => {
    const { bare, browser, alice, client, api } = await story();
    const { accessToken } = await bare.signIn(browser, alice, { scope: 'openid email' }, FOREVER);
    await bare.userinfo(accessToken);
    await flush();
    const { words } = (await browser.visit(PAGE)).html;
    expect(words).toContain('What it was told about you (3)');
    expect(words).toMatch(/Your e-mail address first on .*, last /);
    const file = await downloadOwnData(browser, await browser.visit('/account/export'));
    const { disclosures } = (await file.json()) as { disclosures: Json[] };
    expect(disclosures).toContainEqual({
      ...{ client_id: client.clientId, name: expect.stringContaining('Desk') as string, place: 'userinfo' },
      claims: ['email', 'email_verified', 'sub'].map((claim) => {
        return { claim, first_at: now(), last_at: now(), times: 1 };
      }),
    });
    const [consent] = await api.all('/consents', { user_id: alice.id });
    await api.delete(`/consents/${String(consent?.['id'])}`);
    const after = (await browser.visit(PAGE)).html.words;
    expect(after).toContain('Nothing here yet');
    expect(after).toMatch(/Desk\S* What it was told about you \(3\)/);
  });

  it('goes with the user and with the client, also what waited to be written', async () => {
    const [one, other] = [await story(), await story()];
    for (const { bare, browser, alice } of [one, other]) await bare.signIn(browser, alice);
    await flush();
    expect([await one.entries(), await other.entries()].map(({ length }) => length)).toEqual([2, 2]);
    running.service.clock.advance('2h');
    for (const { bare, browser, alice } of [one, other]) await bare.signIn(browser, alice);
    await one.api.delete(`/users/${one.alice.id}`);
    await other.api.delete(`/clients/${other.client.clientId}`);
    await flush();
    expect(await one.api.all('/claim-disclosures', { user_id: one.alice.id })).toEqual([]);
    expect(await other.api.all('/claim-disclosures', { client_id: other.client.clientId })).toEqual([]);
    expect(running.service.logs.text).not.toContain('are not written yet');
  });

  it('has what two processes wrote at the same moment, from both', async () => {
    const { alice, client, names } = await story();
    const whose = { userId: alice.id, clientId: client.clientId, place: 'userinfo' } as const;
    const ledger = running.service.app.get(ClaimDisclosures, { strict: false });
    const rows = running.service.app.get(ClaimDisclosuresRepository, { strict: false });
    ledger.note(whose, ['email']);
    await flush();
    const first = await rows.findFor(whose);
    ledger.note(whose, ['name']);
    await flush();
    // this one read before the other added the row, then before it changed it
    for (const [claim, read] of [['nickname', undefined] as const, ['birthdate', first] as const]) {
      vi.spyOn(rows, 'findFor').mockResolvedValueOnce(read);
      ledger.note(whose, [claim]);
      await flush();
      vi.restoreAllMocks();
    }
    expect(await names()).toEqual({ userinfo: ['birthdate', 'email', 'name', 'nickname'] });
  });

  it('is kept for as long as the operator wants after the last time', async () => {
    const { bare, browser, alice, entries } = await story();
    await bare.signIn(browser, alice, {}, FOREVER);
    await flush();
    const purge = () => running.service.app.get(JobsService, { strict: false }).runNow('purge-claim-disclosures');
    running.service.clock.advance('1094d');
    await purge();
    expect(await entries()).toHaveLength(2);
    running.service.clock.advance('1d');
    await purge();
    expect(await entries()).toEqual([]);
  });

  it('is listed page by page, for whoever may read consents', async () => {
    const { api, bare, browser, alice } = await story();
    await bare.signIn(browser, alice);
    const make = async (): Promise<string> => {
      const made = await story();
      await made.bare.signIn(made.browser, made.alice);
      await flush();
      return String((await made.entries())[0]?.['id']);
    };
    const listing = { path: '/claim-disclosures', key: 'id', make };
    await expectLimits(api, listing);
    await expectCursorsChecked(api, listing);
    await expectUnknownParametersRefused(api, listing);
    const others = await AdminApi.of(running.service, ['clients:read']);
    expect((await others.get('/claim-disclosures')).status).toBe(403);
  });
});
