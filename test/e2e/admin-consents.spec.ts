import { expect, it } from 'vitest';
import { AdminApi, type Json } from '../support/admin-api.js';
import { BareClient } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aSignInReadyToHappen, aUser } from '../support/given.js';
import {
  expectCursorsChecked,
  expectLimits,
  expectStablePages,
  expectUnknownParametersRefused,
} from '../support/keyset-pages.js';

const FOREVER = { consent: { duration: 'forever' } };
const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

onEveryDatabase('consents over REST', (running) => {
  async function aConsent(api: AdminApi) {
    const { client, alice, browser } = await aSignInReadyToHappen(running.service);
    const bare = new BareClient(running.service, client);
    const tokens = await bare.signIn(browser, alice, { scope: 'openid email offline_access' }, FOREVER);
    const [consent] = await api.all('/consents', { user_id: alice.id });
    if (consent === undefined) throw new Error('the consent is not listed');
    return { bare, alice, browser, tokens, consent, path: `/consents/${String(consent['id'])}` };
  }

  it('say who allowed whom what, since and until when', async () => {
    const api = await AdminApi.of(running.service);
    const { alice, bare, consent, path } = await aConsent(api);
    expect(consent).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      user_id: alice.id,
      client_id: bare.client.clientId,
      given_by: 'user',
      scopes: ['openid', 'email', 'offline_access'].map((scope) => ({
        scope,
        given_by: 'user',
        approved_at: expect.stringMatching(RFC3339) as string,
        decided_at: expect.stringMatching(RFC3339) as string,
        expires_at: null,
        last_used_at: null,
        text_version: 1,
        meaning_version: 1,
      })),
      claims: [],
      last_used_at: null,
      created_at: expect.stringMatching(RFC3339) as string,
      updated_at: expect.stringMatching(RFC3339) as string,
    });
    expect((await api.get(path)).body).toEqual(consent);
  });

  it('say until when, where the user set an end', async () => {
    const api = await AdminApi.of(running.service);
    const { client, alice, browser } = await aSignInReadyToHappen(running.service);
    await new BareClient(running.service, client).signIn(browser, alice, {}, { consent: { duration: 'days:30' } });
    const [only] = await api.all('/consents', { client_id: client.clientId });
    const end = new Date(running.service.clock.now().getTime() + 30 * 86_400_000).toISOString();
    expect((only?.['scopes'] as readonly Json[]).map((scope) => scope['expires_at'])).toEqual([end]);
  });

  it('name the company where it skips the question for a client of its own', async () => {
    const api = await AdminApi.of(running.service);
    const { client, alice, browser } = await aSignInReadyToHappen(running.service, {
      firstParty: true,
      consent: 'skip',
    });
    await new BareClient(running.service, client).signIn(browser, alice);
    const [only] = await api.all('/consents', { user_id: alice.id, client_id: client.clientId });
    expect(only?.['given_by']).toBe('company');
  });

  it('are withdrawn with immediate effect on every token that rests on them', async () => {
    const api = await AdminApi.of(running.service);
    const { bare, alice, browser, tokens, path } = await aConsent(api);
    expect((await bare.userinfo(tokens.accessToken)).status).toBe(200);
    expect((await api.delete(path)).status).toBe(204);
    expect((await bare.userinfo(tokens.accessToken)).status).toBe(401);
    expect((await bare.introspect(tokens.accessToken)).body).toEqual({ active: false });
    expect((await bare.introspect(tokens.refreshToken)).body).toEqual({ active: false });
    expect((await bare.refresh(tokens.refreshToken)).body['error']).toBe('invalid_grant');
    for (const answer of [await api.delete(path), await api.get(path)]) expect(answer.status).toBe(404);
    const page = await browser.visit(bare.request({ scope: 'openid email' }).url);
    expect(page.html.has('#consent-allow')).toBe(true); // asked again, still signed in
    expect((await bare.ask(browser, alice, { scope: 'openid email' })).answer['code']).toBeDefined();
  });

  it('lose one scope with immediate effect, and keep the others', async () => {
    const api = await AdminApi.of(running.service);
    const { bare, tokens, path } = await aConsent(api);
    expect((await api.delete(`${path}/scopes/email`)).status).toBe(204);
    expect((await api.delete(`${path}/scopes/email`)).status).toBe(404);
    expect((await bare.introspect(tokens.accessToken)).body['scope']).toBe('openid offline_access');
    expect((await bare.userinfo(tokens.accessToken)).body).not.toHaveProperty('email');
    expect((await bare.refresh(tokens.refreshToken)).body['scope']).toBe('openid offline_access');
    expect((await api.delete(`${path}/scopes/offline_access`)).status).toBe(204);
    expect((await api.delete(`${path}/scopes/openid`)).status).toBe(204);
    expect((await api.get(path)).status).toBe(404);
    expect((await bare.introspect(tokens.accessToken)).body).toEqual({ active: false });
    expect((await api.delete(`${path}/claims/email`)).status).toBe(404);
  });

  it('of others stay as they are', async () => {
    const api = await AdminApi.of(running.service);
    const [one, other] = [await aConsent(api), await aConsent(api)];
    await api.delete(one.path);
    expect((await other.bare.userinfo(other.tokens.accessToken)).status).toBe(200);
    expect((await api.get(other.path)).body).toEqual(other.consent);
  });

  it('are neither made nor changed by an administrator', async () => {
    const api = await AdminApi.of(running.service);
    const { path } = await aConsent(api);
    expect((await api.post('/consents', {})).status).toBe(405);
    expect((await api.patch(path, {})).status).toBe(405);
  });

  it('are listed page by page, by user and by client', async () => {
    const api = await AdminApi.of(running.service);
    const make = async (): Promise<string> => String((await aConsent(api)).consent['id']);
    const listing = { path: '/consents', key: 'id', make };
    await expectLimits(api, listing);
    await expectCursorsChecked(api, listing);
    await expectUnknownParametersRefused(api, listing);
    await expectStablePages(api, listing);
    const { bare, alice, consent } = await aConsent(api);
    expect(await api.all('/consents', { client_id: bare.client.clientId })).toEqual([consent]);
    const nobody = await aUser(running.service);
    expect(await api.all('/consents', { client_id: bare.client.clientId, user_id: nobody.id })).toEqual([]);
    expect(await api.all('/consents', { user_id: alice.id.toUpperCase() })).toEqual([]);
    const ofScope = (scope: string) => api.all('/consents', { user_id: alice.id, scope });
    expect(await ofScope('email')).toEqual([consent]);
    for (const scope of ['mail', 'EMAIL', 'phone', '%', '"']) expect(await ofScope(scope)).toEqual([]);
  });
});
