import { decodeJwt } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { FederatedIdentities } from '#federation/index.js';
import { GroupsService, UsersService } from '#users/index.js';
import { BareClient } from '../support/bare-client.js';
import { onEveryDatabase, type Running } from '../support/every-database.js';
import { FrozenClock } from '../support/frozen-clock.js';
import { aClient, aUser, uniqueName, type GivenUser } from '../support/given.js';
import { PublishedEvents } from '../support/published-events.js';
import { startService, type TestService } from '../support/start-service.js';
import { aGatehouseAsProvider, aProvider, TwoSidedBrowser } from '../support/upstream-gatehouse.js';
import type { Visit } from '../support/user-agent.js';

const clock = new FrozenClock();
const env: NodeJS.ProcessEnv = {};
let upstream: TestService;

beforeAll(async () => {
  upstream = await startService({ clock });
  env['OUTBOUND_ALLOW'] = new URL(upstream.issuer).host;
});
afterAll(() => upstream.close());

const usersOf = ({ service }: Running) => service.app.get(UsersService, { strict: false });
const linksOf = ({ service }: Running) => service.app.get(FederatedIdentities, { strict: false });

/** Somebody at the provider. */
async function somebody(): Promise<GivenUser> {
  return aUser(upstream);
}

onEveryDatabase(
  'signing in through another Gatehouse',
  (running) => {
    const browser = () => new TwoSidedBrowser(running.service, upstream);

    afterEach(() => {
      vi.restoreAllMocks();
    });

    /** Signs in through the provider on the way to the account page. */
    async function signedIn(
      agent: TwoSidedBrowser,
      given: Awaited<ReturnType<typeof aGatehouseAsProvider>>,
      user: GivenUser,
    ): Promise<Visit> {
      const answer = await agent.fetchAnswer(await agent.here.visit('/sign-in'), given.provider, user);
      return agent.here.visit(answer, { site: 'cross-site' });
    }

    it('sends the browser away with state, nonce and PKCE, and takes the answer once (OIDC Core §3.1.2.1, RFC 7636 §4.3)', async () => {
      const given = await aGatehouseAsProvider(running.service, upstream, { justInTime: true });
      const [agent, user] = [browser(), await somebody()];
      const asked = await agent.depart(await agent.here.visit('/sign-in'), given.provider);
      expect(asked.origin + asked.pathname).toBe(upstream.url('/oauth2/authorize'));
      expect(Object.fromEntries(asked.searchParams)).toMatchObject({
        response_type: 'code',
        client_id: given.client.clientId,
        scope: 'openid email profile',
        redirect_uri: running.service.url(`/federation/${given.provider.slug}/callback`),
        code_challenge_method: 'S256',
        nonce: expect.stringMatching(/^[\w-]{43}$/) as string,
        state: expect.stringMatching(/^[\w-]{43}$/) as string,
      });
      const answer = await agent.fetchAnswer(await agent.here.visit('/sign-in'), given.provider, user);
      const arrived = await agent.here.visit(answer, { site: 'cross-site' });
      expect(arrived.url.pathname).toBe('/account');
      const again = await agent.here.visit(answer, { site: 'cross-site' });
      expect([again.status, again.url.pathname]).toEqual([400, new URL(answer).pathname]);
    });

    it('makes an account at once where that is allowed, with what the provider vouches for', async () => {
      const given = await aGatehouseAsProvider(running.service, upstream, { justInTime: true });
      const user = await somebody();
      await signedIn(browser(), given, user);
      const here = await usersOf(running).findByLogin(String(user.claims.email));
      expect(here?.claims).toMatchObject({ email: user.claims.email, email_verified: true, given_name: 'Alice' });
      const [link] = await linksOf(running).listByUser(here?.id ?? '');
      expect(link).toMatchObject({ issuer: upstream.issuer, subject: user.id, label: user.claims.email });
      // The second time it is the same account.
      await signedIn(browser(), given, user);
      expect((await usersOf(running).list({ text: user.username }, { limit: 10 })).items).toHaveLength(1);
    });

    it('goes on to the application that waited, with amr and acr as they were', async () => {
      const given = await aGatehouseAsProvider(running.service, upstream, { justInTime: true });
      const [agent, user] = [browser(), await somebody()];
      const client = await aClient(running.service, { firstParty: true, consent: 'skip' });
      const bare = new BareClient(running.service, client);
      const sent = bare.request();
      const answer = await agent.fetchAnswer(await agent.here.visit(sent.url), given.provider, user);
      const { answer: got } = await agent.here.visit(answer, { site: 'cross-site' });
      const tokens = await bare.redeem({ ...sent, code: String(got['code']) });
      expect(decodeJwt(String(tokens.body['id_token']))).toMatchObject({ amr: ['fed'], acr: '1' });
    });

    it('is no way in for the disabled, nor for accounts of other domains, and says so', async () => {
      const given = await aGatehouseAsProvider(running.service, upstream, { justInTime: true });
      const user = await somebody();
      await signedIn(browser(), given, user);
      const here = await usersOf(running).findByLogin(String(user.claims.email));
      await usersOf(running).update(here?.id ?? '', { status: 'disabled' });
      const refused = await signedIn(browser(), given, user);
      expect([refused.url.pathname, refused.html.has('#form-error')]).toEqual(['/sign-in', true]);
      const narrow = await aGatehouseAsProvider(running.service, upstream, {
        justInTime: true,
        allowedDomains: ['corp.example'],
      });
      const outside = await signedIn(browser(), narrow, await somebody());
      expect(outside.url.search).toBe('?upstream=not-allowed');
      expect(outside.html.text('#form-error')).toContain('may not be used');
    });

    it('tells those who watch of each that failed, but not of one that its user gave up', async () => {
      const given = await aGatehouseAsProvider(running.service, upstream, { justInTime: true });
      const user = await somebody();
      await signedIn(browser(), given, user);
      const here = await usersOf(running).findByLogin(String(user.claims.email));
      await usersOf(running).update(here?.id ?? '', { status: 'disabled' });
      const published = PublishedEvents.of(running.service);
      await signedIn(browser(), given, user);
      const narrow = await aGatehouseAsProvider(running.service, upstream, { allowedDomains: ['corp.example'] });
      await signedIn(browser(), narrow, await somebody());
      const agent = browser();
      const forged = await agent.fetchAnswer(await agent.here.visit('/sign-in'), given.provider, await somebody());
      forged.searchParams.set('code', 'x'.repeat(43));
      await agent.here.visit(forged, { site: 'cross-site' });
      const asked = await agent.depart(await agent.here.visit('/sign-in'), given.provider);
      const there = new TwoSidedBrowser(running.service, upstream).there;
      const { leftFor } = await there.submit(await there.visit(asked), '#cancel');
      expect((await agent.here.visit(leftFor ?? '', { site: 'cross-site' })).url.search).toBe('?upstream=denied');
      const [address, username] = ['127.0.0.1', here?.username];
      expect(published.named('sign_in.failed')).toEqual([
        { userId: here?.id, username, address, reason: 'user_disabled' },
        { address, reason: 'not_allowed' },
        { address, reason: 'upstream' },
      ]);
      expect(published.named('user.locked')).toEqual([]);
    });

    it('tells of a hundred failures from one address in 15 minutes and no more, so that no flood fills the record', async () => {
      const given = await aGatehouseAsProvider(running.service, upstream);
      clock.advance('1h');
      const agent = browser();
      const published = PublishedEvents.of(running.service);
      for (let time = 0; time < 103; time++) {
        const asked = await agent.depart(await agent.here.visit('/sign-in'), given.provider);
        const back = new URL(asked.searchParams.get('redirect_uri') ?? '');
        back.search = new URLSearchParams({
          error: 'server_error',
          state: asked.searchParams.get('state') ?? '',
          iss: upstream.issuer,
        }).toString();
        expect((await agent.here.visit(back, { site: 'cross-site' })).url.search).toBe('?upstream=failed');
      }
      expect(published.named('sign_in.failed')).toHaveLength(100);
    });

    it('takes a refusal there back to the sign-in page (RFC 6749 §4.1.2.1)', async () => {
      const given = await aGatehouseAsProvider(running.service, upstream);
      const agent = browser();
      const asked = await agent.depart(await agent.here.visit('/sign-in?return_to=/account/sessions'), given.provider);
      const { leftFor } = await agent.there.submit(await agent.there.visit(asked), '#cancel');
      const back = await agent.here.visit(leftFor ?? '', { site: 'cross-site' });
      expect(back.html.text('#form-error')).toContain('did not go through');
      expect(back.url.searchParams.get('return_to')).toBe('/account/sessions');
    });

    describe('links', () => {
      it('only after local control was proven, in the same browser, and by consent', async () => {
        const given = await aGatehouseAsProvider(running.service, upstream);
        const [agent, there, here] = [browser(), await somebody(), await aUser(running.service)];
        const page = await signedIn(agent, given, there);
        expect(page.url.pathname).toBe('/sign-in');
        expect(page.html.words).toContain('does not lead to an account');
        const asked = await agent.here.submit(page, '#sign-in', { username: here.username, password: here.password });
        expect(asked.url.pathname).toBe('/federation/link');
        expect(asked.html.words).toContain(String(there.claims.email));
        const done = await agent.here.submit(asked, '#link-account');
        expect(done.url.pathname).toBe('/account');
        expect(await linksOf(running).listByUser(here.id)).toMatchObject([{ subject: there.id }]);
        const second = await signedIn(browser(), given, there);
        expect(second.html.words).toContain(here.username);
      });

      it('nothing when the user does not want that', async () => {
        const given = await aGatehouseAsProvider(running.service, upstream);
        const [agent, here] = [browser(), await aUser(running.service)];
        const page = await signedIn(agent, given, await somebody());
        const asked = await agent.here.submit(page, '#sign-in', { username: here.username, password: here.password });
        expect((await agent.here.submit(asked, '#skip-link')).url.pathname).toBe('/account');
        expect(await linksOf(running).listByUser(here.id)).toEqual([]);
      });

      it('by an address alone only where the provider speaks for its domain and both sides have verified it', async () => {
        const given = await aGatehouseAsProvider(running.service, upstream, { authoritativeDomains: ['mail.example'] });
        const there = await somebody();
        const claims = { email: String(there.claims.email), email_verified: true };
        const here = await aUser(running.service, { claims });
        const page = await signedIn(browser(), given, there);
        expect(page.url.pathname).toBe('/account');
        expect(await linksOf(running).listByUser(here.id)).toMatchObject([{ subject: there.id }]);
      });

      it.each<[string, (there: GivenUser) => object, object]>([
        ['an address that is not verified here', ({ claims }) => ({ claims: { email: claims.email } }), {}],
        [
          'an address in other letters',
          ({ claims }) => ({ claims: { email: String(claims.email).toUpperCase(), email_verified: true } }),
          {},
        ],
        [
          'an address in letters that look alike',
          ({ claims }) => ({ claims: { email: String(claims.email).replace('a', 'ａ'), email_verified: true } }),
          {},
        ],
        [
          'a provider that does not speak for the domain',
          ({ claims }) => ({ claims: { email: claims.email, email_verified: true } }),
          { authoritativeDomains: ['other.example'] },
        ],
        [
          'an administrator',
          ({ claims }) => ({ claims: { email: claims.email, email_verified: true }, groups: ['administrators'] }),
          {},
        ],
        [
          'an owner',
          ({ claims }) => ({ claims: { email: claims.email, email_verified: true }, adminRole: 'owner' }),
          {},
        ],
      ])('nothing by %s', async (_what, user, wish) => {
        const given = await aGatehouseAsProvider(running.service, upstream, {
          authoritativeDomains: ['mail.example'],
          justInTime: true,
          ...wish,
        });
        const there = await somebody();
        const here = await aUser(running.service, user(there));
        const page = await signedIn(browser(), given, there);
        expect(page.url.pathname).toBe('/sign-in');
        expect(await linksOf(running).listByUser(here.id)).toEqual([]);
      });

      it('nothing by an address that is not verified there; the account comes without it', async () => {
        const given = await aGatehouseAsProvider(running.service, upstream, {
          authoritativeDomains: ['mail.example'],
          justInTime: true,
        });
        const name = uniqueName('mallory');
        const email = `${uniqueName('boss')}@mail.example`;
        const mallory = await aUser(upstream, { username: name, claims: { name: 'Mallory', email } });
        const boss = await aUser(running.service, { claims: { email, email_verified: true } });
        const page = await signedIn(browser(), given, mallory);
        expect(page.url.pathname).toBe('/account');
        expect(await linksOf(running).listByUser(boss.id)).toEqual([]);
        expect((await usersOf(running).find(boss.id))?.claims.email).toBe(email);
      });
    });

    it('brings groups along as the administrator mapped them, and leaves the others', async () => {
      const [sales, local] = [uniqueName('sales'), uniqueName('local')];
      const groups = running.service.app.get(GroupsService, { strict: false });
      for (const name of [sales, local]) await groups.create({ name });
      const given = await aGatehouseAsProvider(running.service, upstream, {
        justInTime: true,
        groupsClaim: 'nickname',
        groupsMapping: { Ali: sales },
      });
      const user = await somebody();
      await signedIn(browser(), given, user);
      const here = await usersOf(running).findByLogin(String(user.claims.email));
      expect(here?.groups).toEqual([sales]);
      await usersOf(running).update(here?.id ?? '', { groups: [local] });
      await signedIn(browser(), given, user);
      expect((await usersOf(running).find(here?.id ?? ''))?.groups).toEqual([local, sales].toSorted());
    });

    describe('refuses an answer', () => {
      it.each<[string, (answer: URL) => void]>([
        [
          'with another state',
          (answer) => {
            answer.searchParams.set('state', 'x'.repeat(43));
          },
        ],
        [
          'without a state',
          (answer) => {
            answer.searchParams.delete('state');
          },
        ],
        [
          'with two states',
          (answer) => {
            answer.searchParams.append('state', 'x');
          },
        ],
      ])('%s (RFC 6749 §10.12)', async (_what, change) => {
        const given = await aGatehouseAsProvider(running.service, upstream, { justInTime: true });
        const agent = browser();
        const answer = await agent.fetchAnswer(await agent.here.visit('/sign-in'), given.provider, await somebody());
        change(answer);
        expect((await agent.here.visit(answer, { site: 'cross-site' })).status).toBe(400);
      });

      it('in another browser, and the right one can still use it (RFC 9700 §4.7)', async () => {
        const given = await aGatehouseAsProvider(running.service, upstream, { justInTime: true });
        const [agent, thief] = [browser(), browser()];
        const answer = await agent.fetchAnswer(await agent.here.visit('/sign-in'), given.provider, await somebody());
        await thief.here.visit('/sign-in');
        expect((await thief.here.visit(answer, { site: 'cross-site' })).status).toBe(400);
        expect((await agent.here.visit(answer, { site: 'cross-site' })).url.pathname).toBe('/account');
      });

      it('of another issuer, and without the issuer that was promised (RFC 9207 §2.4)', async () => {
        const given = await aGatehouseAsProvider(running.service, upstream, { justInTime: true });
        for (const issuer of ['https://evil.example', undefined]) {
          const agent = browser();
          const answer = await agent.fetchAnswer(await agent.here.visit('/sign-in'), given.provider, await somebody());
          expect(answer.searchParams.get('iss')).toBe(upstream.issuer);
          if (issuer === undefined) answer.searchParams.delete('iss');
          else answer.searchParams.set('iss', issuer);
          const page = await agent.here.visit(answer, { site: 'cross-site' });
          expect(page.url.search).toBe('?upstream=failed');
          expect(running.service.logs.text).toContain('the answer is of another issuer');
        }
      });

      it('at the address of another provider (RFC 9700 §4.4.2)', async () => {
        const given = await aGatehouseAsProvider(running.service, upstream, { justInTime: true });
        const other = await aGatehouseAsProvider(running.service, upstream, { justInTime: true });
        const agent = browser();
        const answer = await agent.fetchAnswer(await agent.here.visit('/sign-in'), given.provider, await somebody());
        answer.pathname = `/federation/${other.provider.slug}/callback`;
        expect((await agent.here.visit(answer, { site: 'cross-site' })).status).toBe(400);
      });

      it('with the code of somebody else: PKCE and nonce bind it to this browser (RFC 7636 §4.6)', async () => {
        const given = await aGatehouseAsProvider(running.service, upstream, { justInTime: true });
        const [victim, attacker] = [browser(), browser()];
        const stolen = await victim.fetchAnswer(await victim.here.visit('/sign-in'), given.provider, await somebody());
        const own = await attacker.fetchAnswer(await attacker.here.visit('/sign-in'), given.provider, await somebody());
        own.searchParams.set('code', stolen.searchParams.get('code') ?? '');
        expect((await attacker.here.visit(own, { site: 'cross-site' })).url.search).toBe('?upstream=failed');
      });

      it('after ten minutes', async () => {
        const given = await aGatehouseAsProvider(running.service, upstream, { justInTime: true });
        const agent = browser();
        const answer = await agent.fetchAnswer(await agent.here.visit('/sign-in'), given.provider, await somebody());
        clock.advance('11m');
        expect((await agent.here.visit(answer, { site: 'cross-site' })).status).toBe(400);
      });
    });

    it('asks nothing of a private address that OUTBOUND_ALLOW does not name (RFC 9700 §4.15)', async () => {
      const given = await aGatehouseAsProvider(running.service, upstream, {
        authorizationEndpoint: upstream.url('/oauth2/authorize'),
        tokenEndpoint: upstream.url('/oauth2/token').replace('127.0.0.1', '127.0.0.2'),
        jwksUri: upstream.url('/oauth2/jwks'),
      });
      const page = await signedIn(browser(), given, await somebody());
      expect(page.url.search).toBe('?upstream=failed');
      expect(running.service.logs.text).toContain('127.0.0.2 is not a public address');
    });

    it('leads to no other site afterwards (RFC 9700 §4.11)', async () => {
      const given = await aGatehouseAsProvider(running.service, upstream, { justInTime: true });
      const agent = browser();
      const page = await agent.here.visit('/sign-in?return_to=https://evil.example/');
      const answer = await agent.fetchAnswer(page, given.provider, await somebody());
      const arrived = await agent.here.visit(answer, { site: 'cross-site' });
      expect([arrived.leftFor, arrived.url.pathname]).toEqual([undefined, '/account']);
    });

    it('proves who it is by a key of its own where the provider takes that (RFC 7523 §2.2, OIDC Core §9)', async () => {
      const clientId = uniqueName('keyed');
      const provider = await aProvider(running.service, {
        preset: 'oidc',
        slug: uniqueName('keyed'),
        issuer: upstream.issuer,
        clientId,
        clientAuthentication: 'private_key_jwt',
        justInTime: true,
      });
      const client = await aClient(upstream, {
        clientId,
        redirectUris: [running.service.url(`/federation/${provider.slug}/callback`)],
        tokenEndpointAuthMethod: 'private_key_jwt',
        jwks: { keys: [{ ...provider.publicKey }] },
        firstParty: true,
        consent: 'skip',
      });
      expect((await signedIn(browser(), { provider, client }, await somebody())).url.pathname).toBe('/account');
    });
  },
  { env, clock },
);
