import { createLocalJWKSet, decodeJwt, jwtVerify, type JSONWebKeySet } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { PasswordsService } from '#authentication/index.js';
import { ClientsService } from '#clients/index.js';
import { JobsService } from '#platform/jobs/index.js';
import { AdminApi, itemsOf, nextOf, type Json } from '../support/admin-api.js';
import { BareClient, type SignedIn } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aClient, aUser, uniqueName, type ClientWish, type GivenUser } from '../support/given.js';
import { LogoutReceiver } from '../support/logout-receiver.js';
import { signIn, signOut } from '../support/signing-in.js';
import type { UserAgent } from '../support/user-agent.js';

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
const receiver = new LogoutReceiver();
const env: NodeJS.ProcessEnv = {};

beforeAll(async () => {
  await receiver.listen();
  Object.assign(env, receiver.env);
});
afterAll(() => receiver.close());
beforeEach(() => {
  receiver.status = 204;
});

interface Story {
  readonly bare: BareClient;
  readonly alice: GivenUser;
  readonly browser: UserAgent;
  readonly tokens: SignedIn;
  readonly sid: string;
  /** Where this story's client is told. */
  readonly path: string;
}

onEveryDatabase(
  'back-channel logout',
  (running) => {
    let api: AdminApi;
    beforeAll(async () => {
      api = await AdminApi.of(running.service);
    });

    const aListeningClient = async (path: string, wish: ClientWish = {}) =>
      new BareClient(
        running.service,
        await aClient(running.service, { backchannelLogoutUri: receiver.url(path), ...wish }),
      );

    async function aSignedInUser(wish: ClientWish = {}): Promise<Story> {
      const path = `/${uniqueName('out')}`;
      const [bare, alice, browser] = [
        await aListeningClient(path, wish),
        await aUser(running.service),
        aBrowser(running.service),
      ];
      const tokens = await bare.signIn(browser, alice);
      return { bare, alice, browser, tokens, sid: String(decodeJwt(tokens.idToken)['sid']), path };
    }

    const deliver = () => running.service.app.get(JobsService, { strict: false }).runNow('deliver-outbox');
    const deliveries = (bare: BareClient) => api.all(`/clients/${bare.client.clientId}/logout-deliveries`);

    /** The one delivery to a client, once it is in the given state and no attempt is under way. */
    const delivery = (bare: BareClient, state: Json): Promise<Json | undefined> =>
      vi.waitFor(async () => {
        const found = await deliveries(bare);
        const settled = state['status'] === 'pending' ? { last_error: expect.any(String) as string } : {};
        expect(found).toEqual([expect.objectContaining({ ...settled, ...state })]);
        return found[0];
      });

    describe('a logout token (OIDC Back-Channel Logout §2.4)', () => {
      it.each(['RS256', 'ES256', 'PS256', 'EdDSA'] as const)(
        'is all that is posted, signed like ID tokens (%s), for client, user and session',
        async (idTokenSignedResponseAlg) => {
          const { bare, browser, tokens, sid, path } = await aSignedInUser({ idTokenSignedResponseAlg });
          await signOut(browser, running.service);
          const [logout] = await receiver.arrived(1, path);
          expect(logout?.method).toBe('POST');
          expect(logout?.headers['content-type']).toBe('application/x-www-form-urlencoded');
          expect(Object.keys(logout?.form ?? {})).toEqual(['logout_token']);
          const jwks = (await (await fetch(running.service.url('/oauth2/jwks'))).json()) as JSONWebKeySet;
          const now = running.service.clock.epochSeconds();
          const { payload, protectedHeader } = await jwtVerify(logout?.token ?? '', createLocalJWKSet(jwks), {
            typ: 'logout+jwt',
            issuer: running.service.issuer,
            audience: bare.client.clientId,
            algorithms: [idTokenSignedResponseAlg],
            currentDate: running.service.clock.now(),
          });
          expect(protectedHeader.kid).toBeDefined();
          expect(payload).toEqual({
            iss: running.service.issuer,
            aud: bare.client.clientId,
            sub: decodeJwt(tokens.idToken).sub,
            sid,
            iat: now,
            exp: now + 120,
            jti: expect.stringMatching(/^[\w-]{43}$/) as string,
            events: { [EVENT]: {} },
          });
          await delivery(bare, { status: 'delivered', attempts: 1 });
        },
      );

      it('is of no use as an ID token hint (RFC 8725 §3.11)', async () => {
        const { browser, path } = await aSignedInUser();
        await signOut(browser, running.service);
        const [logout] = await receiver.arrived(1, path);
        const query = new URLSearchParams({ id_token_hint: logout?.token ?? '' }).toString();
        expect((await browser.visit(running.service.url(`/oauth2/logout?${query}`))).status).toBe(400);
      });
    });

    describe('is sent', () => {
      const service = () => running.service;
      const endings: readonly (readonly [string, (story: Story) => Promise<unknown>])[] = [
        ['the user signs out', ({ browser }) => signOut(browser, service())],
        [
          'the user ends the session in the account, from another browser',
          async ({ bare, alice, sid }) => {
            const other = aBrowser(service());
            await bare.signIn(other, alice);
            const page = await other.visit(service().url('/account/sessions'));
            await other.submit(page, 'action=end', { id: sid });
          },
        ],
        ['an administrator ends the session', ({ sid }) => api.delete(`/sessions/${sid}`)],
        [
          'the password is changed',
          ({ alice }) =>
            service().app.get(PasswordsService, { strict: false }).set(alice.id, 'another walk by the sea'),
        ],
        ['an administrator disables the user', ({ alice }) => api.patch(`/users/${alice.id}`, { status: 'disabled' })],
        ['an administrator deletes the user', ({ alice }) => api.delete(`/users/${alice.id}`)],
        [
          'somebody else signs in with the browser',
          async ({ bare, browser }) => {
            const [bob, page] = [await aUser(service()), await browser.visit(bare.request({ prompt: 'login' }).url)];
            await signIn(browser, page, bob);
          },
        ],
      ];

      it.each(endings)('when %s (§2.5)', async (_title, end) => {
        const story = await aSignedInUser();
        await end(story);
        const [logout] = await receiver.arrived(1, story.path);
        expect(logout?.claims).toMatchObject({ sub: story.alice.id, sid: story.sid });
        await delivery(story.bare, { status: 'delivered', attempts: 1 });
      });

      it('to every client of the session once, and to no other (§2)', async () => {
        const { bare, alice, browser, sid, path } = await aSignedInUser();
        const others = [`${path}-2`, `${path}-3`];
        for (const other of others) await (await aListeningClient(other)).signIn(browser, alice);
        await bare.signIn(browser, alice); // again
        const silent = new BareClient(running.service, await aClient(running.service));
        await silent.signIn(browser, alice);
        const elsewhere = await aListeningClient(`${path}-elsewhere`);
        await elsewhere.signIn(aBrowser(running.service), alice);
        await signOut(browser, running.service);
        for (const each of [path, ...others]) {
          expect((await receiver.arrived(1, each)).map(({ claims }) => claims['sid'])).toEqual([sid]);
        }
        expect([await deliveries(silent), await deliveries(elsewhere)]).toEqual([[], []]);
        await delivery(bare, { status: 'delivered' });
      });

      it('to a client that was given nothing but an ID token (OIDC Core §3.2)', async () => {
        const [path, alice, browser] = [
          `/${uniqueName('out')}`,
          await aUser(running.service),
          aBrowser(running.service),
        ];
        const wish: ClientWish = { responseTypes: ['id_token'], grantTypes: ['implicit'], scope: ['openid'] };
        const bare = await aListeningClient(path, wish);
        const visit = await bare.ask(browser, alice, {
          response_type: 'id_token',
          code_challenge: undefined,
          code_challenge_method: undefined,
        });
        expect(visit.leftFor?.hash).toContain('id_token=');
        await signOut(browser, running.service);
        await receiver.arrived(1, path);
      });

      it('to a client that signs its user in at the very moment of the end, or it gets nothing', async () => {
        const { bare, alice } = await aSignedInUser();
        const codes: string[] = [];
        for (let time = 0; time < 12; time += 1) {
          const browser = aBrowser(running.service);
          await signIn(browser, await browser.visit(running.service.url('/account')), alice);
          const [session] = (await api.all('/sessions', { user_id: alice.id })).slice(-1);
          const sid = String(session?.['id']);
          const [visit] = await Promise.all([
            browser.visit(bare.request({ prompt: 'none' }).url),
            api.delete(`/sessions/${sid}`),
          ]);
          if (visit.leftFor?.searchParams.has('code') === true) codes.push(sid);
        }
        await vi.waitFor(async () => {
          const found = await deliveries(bare);
          expect(found.map(({ status }) => status)).toEqual(codes.map(() => 'delivered'));
        });
      });

      it('with the session that a second sign-in of the same user keeps', async () => {
        const { bare, alice, browser, sid, path } = await aSignedInUser();
        running.service.clock.advance('7h');
        await bare.signIn(browser, alice, { prompt: 'login' });
        await signOut(browser, running.service);
        expect((await receiver.arrived(1, path))[0]?.claims['sid']).toBe(sid);
      });
    });

    describe('is not sent', () => {
      it('when a session runs out', async () => {
        const { bare, browser } = await aSignedInUser();
        running.service.clock.advance('9h');
        await running.service.app.get(JobsService, { strict: false }).runNow('purge-sessions');
        await browser.visit(running.service.url('/oauth2/logout'));
        expect(await deliveries(bare)).toEqual([]);
      });

      it('to a client that was disabled before or meanwhile', async () => {
        const before = await aSignedInUser();
        await api.patch(`/clients/${before.bare.client.clientId}`, { status: 'disabled' });
        await api.delete(`/sessions/${before.sid}`);
        expect(await deliveries(before.bare)).toEqual([]);
        receiver.status = 503;
        const meanwhile = await aSignedInUser();
        await api.delete(`/sessions/${meanwhile.sid}`);
        await delivery(meanwhile.bare, { status: 'pending', attempts: 1 });
        await api.patch(`/clients/${meanwhile.bare.client.clientId}`, { status: 'disabled' });
        running.service.clock.advance('10s');
        await deliver();
        await delivery(meanwhile.bare, { status: 'failed', attempts: 2 });
        expect(await receiver.arrived(1, meanwhile.path)).toHaveLength(1);
      });

      it('to private places that OUTBOUND_ALLOW does not name (RFC 9700 §4.15)', async () => {
        const { bare, sid } = await aSignedInUser({ backchannelLogoutUri: 'https://localhost:1/out' });
        await api.delete(`/sessions/${sid}`);
        const found = await delivery(bare, { status: 'pending', attempts: 1 });
        expect(found?.['last_error']).toContain('is not a public address');
      });
    });

    describe('a client that does not answer well', () => {
      it('is told when it is back, by a token made then (§2.5)', async () => {
        receiver.status = 503;
        const { bare, browser, path } = await aSignedInUser();
        await signOut(browser, running.service);
        const found = await delivery(bare, {
          status: 'pending',
          attempts: 1,
          last_error: 'the answer has status 503',
          last_attempt_at: running.service.clock.now().toISOString(),
        });
        const wait = Date.parse(String(found?.['next_attempt_at'])) - running.service.clock.now().getTime();
        expect(wait).toBeGreaterThan(3000);
        expect(wait).toBeLessThanOrEqual(5000);
        await deliver(); // not yet
        await delivery(bare, { attempts: 1 });
        for (let minute = 0; minute < 10; minute += 1) {
          running.service.clock.advance('1m');
          await deliver();
        }
        await delivery(bare, { status: 'pending' });
        receiver.status = 200;
        running.service.clock.advance('10m');
        await deliver();
        const done = await delivery(bare, { status: 'delivered' });
        expect(done).not.toHaveProperty('last_error');
        expect(done).not.toHaveProperty('next_attempt_at');
        const all = await receiver.arrived(2, path);
        expect(all.length).toBe(done?.['attempts']);
        expect(new Set(all.map(({ claims }) => claims.jti)).size).toBe(all.length);
        expect(all.at(-1)?.claims.iat).toBe(running.service.clock.epochSeconds());
      });

      it.each([301, 302, 307, 401, 500])(
        'is asked again after status %i, and no redirect is followed',
        async (status) => {
          receiver.status = status;
          const { bare, sid, path } = await aSignedInUser();
          await api.delete(`/sessions/${sid}`);
          await delivery(bare, { status: 'pending', attempts: 1, last_error: `the answer has status ${status}` });
          expect(receiver.received.some((one) => one.path === '/elsewhere')).toBe(false);
          expect(await receiver.arrived(1, path)).toHaveLength(1);
        },
      );

      it('is not asked again after 400, and the log says so (§2.8)', async () => {
        receiver.status = 400;
        const { bare, sid, path } = await aSignedInUser();
        await api.delete(`/sessions/${sid}`);
        await delivery(bare, { status: 'failed', attempts: 1, last_error: 'the answer has status 400' });
        running.service.clock.advance('1d');
        await deliver();
        expect(await receiver.arrived(1, path)).toHaveLength(1);
        const line = running.service.logs.entries.find(({ about }) => about === bare.client.clientId);
        expect(line).toMatchObject({ msg: 'a delivery failed for good', detail: 'the answer has status 400' });
      });

      it('is given up after two days, which stays to be seen for a week', async () => {
        receiver.status = 500;
        const { bare, sid } = await aSignedInUser();
        await api.delete(`/sessions/${sid}`);
        await delivery(bare, { status: 'pending', attempts: 1 });
        for (let hours = 0; hours < 47; hours += 1) {
          running.service.clock.advance('1h');
          await deliver();
        }
        await delivery(bare, { status: 'pending' });
        running.service.clock.advance('1h');
        await deliver();
        await delivery(bare, { status: 'failed' });
        const jobs = running.service.app.get(JobsService, { strict: false });
        running.service.clock.advance('6d');
        await jobs.runNow('purge-outbox');
        await delivery(bare, { status: 'failed' });
        running.service.clock.advance('1d');
        await jobs.runNow('purge-outbox');
        expect(await deliveries(bare)).toEqual([]);
      });

      it('does not keep the user from signing out', async () => {
        receiver.status = 0;
        const { bare, browser, path } = await aSignedInUser();
        const done = await signOut(browser, running.service);
        expect(done.html.words).toContain('You have signed out');
        await receiver.arrived(1, path);
        expect(await deliveries(bare)).toMatchObject([{ status: 'pending', attempts: 1 }]);
      });
    });

    describe('what operators see', () => {
      it('never shows a token, in list or log', async () => {
        const { bare, sid, path } = await aSignedInUser();
        await api.delete(`/sessions/${sid}`);
        const [logout] = await receiver.arrived(1, path);
        const found = await delivery(bare, { status: 'delivered' });
        expect(Object.keys(found ?? {}).sort()).toEqual(['attempts', 'created_at', 'id', 'last_attempt_at', 'status']);
        expect(running.service.logs.text).not.toContain(logout?.token.split('.')[2]);
      });

      it('comes page by page, the newest first', async () => {
        const { bare, alice, path } = await aSignedInUser();
        for (let count = 0; count < 3; count += 1) {
          running.service.clock.advance('1s');
          const browser = aBrowser(running.service);
          await bare.signIn(browser, alice);
          await signOut(browser, running.service);
        }
        await receiver.arrived(3, path);
        const list = `/clients/${bare.client.clientId}/logout-deliveries`;
        const first = await api.get(list, { limit: '2' });
        const second = await api.get(list, { limit: '2', cursor: nextOf(first.body) ?? '' });
        const times = [...itemsOf(first.body), ...itemsOf(second.body)].map((one) => String(one['created_at']));
        expect(times).toHaveLength(3);
        expect(times).toEqual([...times].sort().reverse());
        expect((await api.get(list, { cursor: 'x' })).status).toBe(422);
        expect((await api.get(list, { status: 'pending' })).status).toBe(422);
      });

      it('is for bearers of clients:read, and for clients that exist', async () => {
        const { bare } = await aSignedInUser();
        const list = `/clients/${bare.client.clientId}/logout-deliveries`;
        expect((await (await AdminApi.of(running.service, ['users:read'])).get(list)).status).toBe(403);
        expect((await api.get('/clients/nobody/logout-deliveries')).status).toBe(404);
        await running.service.app.get(ClientsService, { strict: false }).delete(bare.client.clientId);
        expect((await api.get(list)).status).toBe(404);
      });

      it('is measured: attempts by outcome, what waits and for how long', async () => {
        receiver.status = 503;
        const { bare, sid } = await aSignedInUser();
        await api.delete(`/sessions/${sid}`);
        await delivery(bare, { status: 'pending', attempts: 1 });
        running.service.clock.advance('90s');
        const metrics = await (await fetch(running.service.url('/metrics'))).text();
        const value = (name: string): number => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(metrics)?.[1]);
        const topic = 'topic="back-channel-logout"';
        expect(value(`gatehouse_outbox_attempts_total\\{${topic},outcome="retry"\\}`)).toBeGreaterThan(0);
        expect(value(`gatehouse_outbox_pending\\{${topic}\\}`)).toBeGreaterThan(0);
        expect(value(`gatehouse_outbox_oldest_pending_seconds\\{${topic}\\}`)).toBeGreaterThanOrEqual(90);
      });

      it('is announced in the metadata (§2.1)', async () => {
        const document: unknown = await (await fetch(running.service.url('/.well-known/openid-configuration'))).json();
        expect(document).toMatchObject({
          backchannel_logout_supported: true,
          backchannel_logout_session_supported: true,
        });
      });
    });
  },
  { env: () => env },
);
