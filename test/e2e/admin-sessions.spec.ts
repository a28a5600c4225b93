import { decodeJwt } from 'jose';
import { expect, it } from 'vitest';
import { AdminApi, pointersOf } from '../support/admin-api.js';
import { BareClient } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aSignInReadyToHappen, aUser } from '../support/given.js';
import {
  expectCursorsChecked,
  expectLimits,
  expectStablePages,
  expectUnknownParametersRefused,
} from '../support/keyset-pages.js';
import { signIn } from '../support/signing-in.js';

const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

onEveryDatabase('sessions over REST', (running) => {
  async function aSession(headers: Readonly<Record<string, string>> = {}) {
    const alice = await aUser(running.service);
    const browser = aBrowser(running.service, headers);
    const page = await signIn(browser, await browser.visit(running.service.url('/sign-in')), alice);
    expect(page.url.pathname).toBe('/account');
    return { alice, browser };
  }

  it('say who signed in where, when and how; the id is the sid of ID tokens (OIDC Front-Channel Logout §3)', async () => {
    const api = await AdminApi.of(running.service);
    const { client, alice } = await aSignInReadyToHappen(running.service);
    const browser = aBrowser(running.service, { 'user-agent': 'Mozilla/5.0 Test' });
    const { idToken } = await new BareClient(running.service, client).signIn(browser, alice);
    const [session] = await api.all('/sessions', { user_id: alice.id });
    expect(session).toEqual({
      id: decodeJwt(idToken)['sid'],
      user_id: alice.id,
      auth_time: new Date(Number(decodeJwt(idToken)['auth_time']) * 1000).toISOString(),
      amr: ['pwd'],
      acr: '1',
      user_agent: 'Mozilla/5.0 Test',
      address: '127.0.0.1',
      created_at: expect.stringMatching(RFC3339) as string,
      last_seen_at: expect.stringMatching(RFC3339) as string,
      expires_at: new Date(running.service.clock.now().getTime() + 8 * 3_600_000).toISOString(),
    });
    expect((await api.get(`/sessions/${String(session?.['id'])}`)).body).toEqual(session);
  });

  it('never say what the cookie is', async () => {
    const api = await AdminApi.of(running.service);
    const { alice, browser } = await aSession();
    const cookie = browser.cookies.find('gatehouse-session')?.value ?? '';
    expect(cookie).toMatch(/^[A-Za-z0-9_-]{43}$/);
    const { text } = await api.get('/sessions', { user_id: alice.id });
    expect(text).not.toContain(cookie);
    expect(text).not.toMatch(/cookie|digest/);
  });

  it('end at once: the browser, the tokens that rest on them, and nothing else', async () => {
    const api = await AdminApi.of(running.service);
    const { client, alice, browser } = await aSignInReadyToHappen(running.service);
    const bare = new BareClient(running.service, client);
    const tokens = await bare.signIn(browser, alice);
    const offline = await bare.signIn(browser, alice, { scope: 'openid offline_access' });
    const elsewhere = aBrowser(running.service);
    await bare.signIn(elsewhere, alice);
    const id = String(decodeJwt(tokens.idToken)['sid']);
    expect((await api.delete(`/sessions/${id}`)).status).toBe(204);
    expect((await browser.visit(running.service.url('/account'))).url.pathname).toBe('/sign-in');
    expect((await elsewhere.visit(running.service.url('/account'))).url.pathname).toBe('/account');
    expect((await bare.userinfo(tokens.accessToken)).status).toBe(401);
    expect((await bare.introspect(tokens.refreshToken)).body).toEqual({ active: false });
    // OIDC Core §11: offline access is for when the user is not there.
    expect((await bare.userinfo(offline.accessToken)).status).toBe(200);
    expect((await bare.refresh(offline.refreshToken)).status).toBe(200);
    for (const answer of [await api.delete(`/sessions/${id}`), await api.get(`/sessions/${id}`)]) {
      expect(answer.status).toBe(404);
    }
  });

  it('are not there any more once they have run out, even before they are purged', async () => {
    const api = await AdminApi.of(running.service);
    const { alice } = await aSession();
    const [session] = await api.all('/sessions', { user_id: alice.id });
    running.service.clock.advance('8h');
    expect(await api.all('/sessions', { user_id: alice.id })).toEqual([]);
    expect((await api.get(`/sessions/${String(session?.['id'])}`)).status).toBe(404);
    expect((await api.delete(`/sessions/${String(session?.['id'])}`)).status).toBe(404);
  });

  it('are neither made nor changed by an administrator', async () => {
    const api = await AdminApi.of(running.service);
    expect((await api.post('/sessions', {})).status).toBe(405);
    expect((await api.patch('/sessions/x', {})).status).toBe(405);
  });

  it('are listed page by page, and by user', async () => {
    const api = await AdminApi.of(running.service);
    const make = async (): Promise<string> => {
      const { alice } = await aSession();
      return String((await api.all('/sessions', { user_id: alice.id }))[0]?.['id']);
    };
    const listing = { path: '/sessions', key: 'id', make };
    await expectLimits(api, listing);
    await expectCursorsChecked(api, listing);
    await expectUnknownParametersRefused(api, listing);
    await expectStablePages(api, listing);
    expect(await api.all('/sessions', { user_id: 'nobody' })).toEqual([]);
    expect(pointersOf(await api.get('/sessions', { client_id: 'x' }))).toEqual(['#/client_id']);
  });

  it('cannot be ended by a client without the scope', async () => {
    const api = await AdminApi.of(running.service, ['sessions:read']);
    const { alice, browser } = await aSession();
    const [session] = await api.all('/sessions', { user_id: alice.id });
    expect((await api.delete(`/sessions/${String(session?.['id'])}`)).status).toBe(403);
    expect((await browser.visit(running.service.url('/account'))).url.pathname).toBe('/account');
  });
});
