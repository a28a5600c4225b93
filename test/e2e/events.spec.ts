import { afterEach, expect, it, vi } from 'vitest';
import { EVENT_REACH, type EventName } from '#platform/events/index.js';
import { AdminApi } from '../support/admin-api.js';
import { BareClient } from '../support/bare-client.js';
import { onEveryDatabase, type Running } from '../support/every-database.js';
import { aBrowser, aClient, aSignInReadyToHappen, aUser, type GivenUser } from '../support/given.js';
import { PublishedEvents } from '../support/published-events.js';
import { signIn, signOut } from '../support/signing-in.js';
import type { UserAgent } from '../support/user-agent.js';

/** Makes something happen and answers what the event must carry. */
type Happening = (running: Running, admin: AdminApi) => Promise<object>;

async function signedIn(running: Running, alice: GivenUser, browser = aBrowser(running.service)): Promise<UserAgent> {
  const page = await signIn(browser, await browser.visit('/sign-in'), alice);
  expect(page.url.pathname).toBe('/account');
  return browser;
}

async function guess(running: Running, username: string, times = 1): Promise<void> {
  for (let time = 0; time < times; time++) {
    const browser = aBrowser(running.service);
    const page = await browser.visit('/sign-in');
    await browser.submit(page, '#sign-in', { username, password: `wrong ${time}` });
  }
}

async function tokensOf(running: Running, scope = 'openid offline_access') {
  const ready = await aSignInReadyToHappen(running.service);
  const bare = new BareClient(running.service, ready.client);
  const tokens = await bare.signIn(ready.browser, ready.alice, { scope });
  return { ...ready, bare, tokens, ids: { userId: ready.alice.id, clientId: ready.client.clientId } };
}

/** How to make each event happen that this part of the service publishes. */
const HAPPENINGS: Partial<Record<EventName, Happening>> = {
  'user.registered': async (_running, admin) => {
    const { id } = await admin.made('/users', { username: `registered-${Date.now()}` });
    return { userId: id };
  },
  'user.deactivated': async (running, admin) => {
    const { id } = await aUser(running.service);
    await admin.patch(`/users/${id}`, { status: 'disabled' });
    return { userId: id };
  },
  'user.deleted': async (running, admin) => {
    const { id } = await aUser(running.service);
    await admin.delete(`/users/${id}`);
    return { userId: id };
  },
  'user.password_changed': async (running, admin) => {
    const { id } = await aUser(running.service);
    await admin.patch(`/users/${id}`, { password: 'another walk by the river' });
    return { userId: id };
  },
  'user.email_changed': async (running, admin) => {
    const { id, claims } = await aUser(running.service);
    await admin.patch(`/users/${id}`, { email: `new.${String(claims.email)}` });
    return { userId: id, previous: { email: claims.email, verified: true } };
  },
  'user.signed_in': async (running) => {
    const alice = await aUser(running.service);
    await signedIn(running, alice, aBrowser(running.service, { 'user-agent': 'Test/1' }));
    const there = { address: '127.0.0.1', userAgent: 'Test/1', knownBrowser: false };
    return { userId: alice.id, sessionId: expect.any(String) as string, amr: ['pwd'], ...there };
  },
  'session.started': async (running) => {
    const alice = await aUser(running.service);
    await signedIn(running, alice);
    return { userId: alice.id, sessionId: expect.any(String) as string };
  },
  'session.ended': async (running) => {
    const { browser, ids } = await tokensOf(running);
    await signOut(browser, running.service);
    return { userId: ids.userId, sessionId: expect.any(String) as string, clientIds: [ids.clientId] };
  },
  'sign_in.failed': async (running) => {
    const { id, username } = await aUser(running.service);
    await guess(running, username);
    return { userId: id, username, address: '127.0.0.1', reason: 'password' };
  },
  'user.locked': async (running) => {
    const { id, username } = await aUser(running.service);
    await guess(running, username, 10);
    const until = new Date(running.service.clock.now().getTime() + 30_000).toISOString();
    return { userId: id, username, until };
  },
  'consent.given': async (running) => {
    const { ids } = await tokensOf(running, 'openid email');
    return {
      ...ids,
      scopes: ['openid', 'email'],
      claims: [],
      givenBy: 'user',
      expiresAt: expect.any(String) as string,
    };
  },
  'consent.narrowed': async (running, admin) => {
    const { ids } = await tokensOf(running, 'openid email');
    const [consent] = await admin.all('/consents', { user_id: ids.userId });
    await admin.delete(`/consents/${String(consent?.['id'])}/scopes/email`);
    return { ...ids, scopes: ['email'], claims: [] };
  },
  'consent.withdrawn': async (running, admin) => {
    const { ids } = await tokensOf(running, 'openid email');
    const [consent] = await admin.all('/consents', { user_id: ids.userId });
    await admin.delete(`/consents/${String(consent?.['id'])}`);
    return { ...ids, scopes: ['openid', 'email'] };
  },
  'grant.revoked': async (running) => {
    const { bare, tokens, ids } = await tokensOf(running);
    expect((await bare.revoke(tokens.refreshToken)).status).toBe(200);
    return { ...ids, grantId: expect.any(String) as string };
  },
  'authorization_code.replayed': async (running) => {
    const { bare, tokens, ids } = await tokensOf(running);
    expect((await bare.redeem(tokens)).status).toBe(400);
    return { ...ids, grantId: expect.any(String) as string };
  },
  'refresh_token.replayed': async (running) => {
    const { bare, tokens, ids } = await tokensOf(running);
    await bare.refresh(tokens.refreshToken);
    running.service.clock.advance('1m');
    expect((await bare.refresh(tokens.refreshToken)).status).toBe(400);
    return { ...ids, grantId: expect.any(String) as string };
  },
  'client.deactivated': async (running, admin) => {
    const { clientId } = await aClient(running.service);
    await admin.patch(`/clients/${clientId}`, { status: 'disabled' });
    return { clientId };
  },
  'client.deleted': async (running, admin) => {
    const { clientId } = await aClient(running.service);
    await admin.delete(`/clients/${clientId}`);
    return { clientId };
  },
};

onEveryDatabase('every event is published when it happens', (running) => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it.each(Object.entries(HAPPENINGS))('%s', async (name, happen) => {
    const admin = await AdminApi.of(running.service);
    const published = PublishedEvents.of(running.service);
    const expected = await happen(running, admin);
    expect(published.named(name as EventName)).toContainEqual(expected);
    // Those in other processes get it as JSON.
    for (const payload of published.named(name as EventName)) {
      expect(JSON.parse(JSON.stringify(payload))).toEqual(payload);
    }
  });

  it('and each of those is in the list of how far events go', () => {
    expect(Object.keys(EVENT_REACH)).toEqual(expect.arrayContaining(Object.keys(HAPPENINGS)));
  });

  it('user.signed_in: with the client that it was for, and with a browser that is known by then', async () => {
    const { client, alice, browser } = await aSignInReadyToHappen(running.service);
    await signedIn(running, alice, browser);
    await signOut(browser, running.service);
    const published = PublishedEvents.of(running.service);
    await new BareClient(running.service, client).signIn(browser, alice);
    expect(published.named('user.signed_in')).toEqual([
      expect.objectContaining({ userId: alice.id, clientId: client.clientId, knownBrowser: true }),
    ]);
    await new BareClient(running.service, client).signIn(browser, alice);
    expect(published.named('user.signed_in')).toHaveLength(1);
    running.service.clock.advance('31d');
    await signedIn(running, alice, browser);
    expect(published.named('user.signed_in')[1]).toMatchObject({ knownBrowser: false });
  });

  it('user.locked: once for each count of failures, however many go on', async () => {
    const { username } = await aUser(running.service);
    const published = PublishedEvents.of(running.service);
    await guess(running, username, 12);
    running.service.clock.advance('30s');
    await guess(running, username, 2);
    expect(published.named('user.locked')).toHaveLength(1);
    running.service.clock.advance('30m');
    await guess(running, username, 10);
    expect(published.named('user.locked')).toHaveLength(2);
  });

  it('user.locked: once, when the failures come at the same moment', async () => {
    const { username } = await aUser(running.service);
    const published = PublishedEvents.of(running.service);
    await Promise.all(Array.from({ length: 14 }, () => guess(running, username)));
    expect(published.named('sign_in.failed')).toHaveLength(10);
    expect(published.named('user.locked')).toHaveLength(1);
  });

  it('sign_in.failed: never what was typed for a name that nobody has, unless it is an address', async () => {
    const published = PublishedEvents.of(running.service);
    await guess(running, 'My very secret passw0rd!');
    await guess(running, ' Nobody@Corp.Example');
    expect(published.named('sign_in.failed')).toEqual([
      { address: '127.0.0.1', reason: 'unknown_user' },
      { address: '127.0.0.1', reason: 'unknown_user', username: 'nobody@corp.example' },
    ]);
    const api = await AdminApi.of(running.service, ['audit-events:read']);
    expect((await api.get('/audit-events', { name: 'sign_in.failed' })).text).not.toContain('secret');
    expect(running.service.logs.text).not.toContain('very secret');
  });
});
