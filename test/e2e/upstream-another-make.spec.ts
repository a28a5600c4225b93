import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { FederatedIdentities, type ProviderInput, type UpstreamProvider } from '#federation/index.js';
import { UsersService, type User } from '#users/index.js';
import { onEveryDatabase } from '../support/every-database.js';
import { uniqueName } from '../support/given.js';
import { ProviderOfAnotherMake } from '../support/provider-of-another-make.js';
import { aProvider } from '../support/upstream-gatehouse.js';
import { UserAgent, type Visit } from '../support/user-agent.js';

const SECRET = 'shared-with-the-provider';
const env: NodeJS.ProcessEnv = {};
let there: ProviderOfAnotherMake;

beforeAll(async () => {
  there = await ProviderOfAnotherMake.start();
  env['OUTBOUND_ALLOW'] = there.host;
});
afterAll(() => there.close());

onEveryDatabase(
  'signing in through a provider of another make',
  (running) => {
    let subject: string;
    let email: string;

    beforeEach(() => {
      subject = uniqueName('subject');
      email = `${subject}@mail.example`;
      there.next = subject;
      there.accounts.set(subject, { name: 'Nora Newman', given_name: 'Nora', email, email_verified: true });
    });

    async function configured(wish: Partial<ProviderInput> = {}): Promise<UpstreamProvider> {
      const [slug, clientId] = [uniqueName('other'), uniqueName('gatehouse')];
      const callback = running.service.url(`/federation/${slug}/callback`);
      there.register({ client_id: clientId, client_secret: SECRET, redirect_uris: [callback] });
      return aProvider(running.service, {
        ...{ preset: 'oidc', slug, issuer: there.issuer, clientId, clientSecret: SECRET, justInTime: true },
        ...wish,
      });
    }

    /** Presses the button, is signed in there, and is sent back. */
    async function answerOf(provider: UpstreamProvider, browser: UserAgent): Promise<{ asked: URL; answer: URL }> {
      const page = await browser.visit('/sign-in');
      const href = page.html.find(`idp-${provider.slug}`)?.attributes.get('href') ?? '';
      const { leftFor: asked } = await browser.visit(href, { site: 'same-origin' });
      const { leftFor: answer } = await new UserAgent(there.issuer).visit(asked ?? '');
      if (asked === undefined || answer === undefined) throw new Error('nobody was sent there and back');
      return { asked, answer };
    }

    async function signedIn(provider: UpstreamProvider): Promise<Visit> {
      const browser = new UserAgent(running.service.issuer);
      const { answer } = await answerOf(provider, browser);
      return browser.visit(answer, { site: 'cross-site' });
    }

    async function accountOf(sub = subject): Promise<User | undefined> {
      const { app } = running.service;
      const link = await app.get(FederatedIdentities, { strict: false }).find({ issuer: there.issuer, subject: sub });
      return link && app.get(UsersService, { strict: false }).find(link.userId);
    }

    it('finds it by discovery, and asks with PKCE, nonce and state; the answer names its issuer (RFC 7636 §4.3, RFC 9207 §2)', async () => {
      const browser = new UserAgent(running.service.issuer);
      const { asked, answer } = await answerOf(await configured(), browser);
      expect(asked.origin).toBe(there.issuer);
      expect(asked.searchParams.get('code_challenge_method')).toBe('S256');
      expect(asked.searchParams.get('nonce')).toMatch(/^[\w-]{43}$/);
      expect(answer.searchParams.get('iss')).toBe(there.issuer);
      expect(answer.searchParams.get('state')).toBe(asked.searchParams.get('state'));
      expect((await browser.visit(answer, { site: 'cross-site' })).url.pathname).toBe('/account');
    });

    it('makes an account at once, which the second sign-in finds again (OIDC Core §5.7)', async () => {
      const provider = await configured();
      expect((await signedIn(provider)).url.pathname).toBe('/account');
      const made = await accountOf();
      expect(made?.claims).toMatchObject({ name: 'Nora Newman', given_name: 'Nora', email, email_verified: true });
      there.accounts.set(subject, { name: 'Somebody Else', email: `moved-${email}`, email_verified: true });
      expect((await signedIn(provider)).url.pathname).toBe('/account');
      const found = await accountOf();
      // Claims are taken at the first sign-in alone, unless the administrator says otherwise.
      expect([found?.id, found?.claims.name, found?.claims.email]).toEqual([made?.id, 'Nora Newman', email]);
    });

    it('brings claims up to date at each sign-in where the administrator wants that, but no address of a foreign domain', async () => {
      const provider = await configured({ updateClaims: 'always' });
      await signedIn(provider);
      there.accounts.set(subject, { name: 'Nora Renamed', email: `moved-${email}`, email_verified: true });
      await signedIn(provider);
      expect((await accountOf())?.claims).toMatchObject({ name: 'Nora Renamed', email });
    });

    it('takes no answer twice, nor with the iss of another (RFC 6749 §10.12, RFC 9207 §2.4)', async () => {
      const provider = await configured();
      const browser = new UserAgent(running.service.issuer);
      const { answer } = await answerOf(provider, browser);
      await browser.visit(answer, { site: 'cross-site' });
      expect((await browser.visit(answer, { site: 'cross-site' })).status).toBe(400);
      const other = new UserAgent(running.service.issuer);
      const { answer: mixed } = await answerOf(provider, other);
      mixed.searchParams.set('iss', 'https://elsewhere.example');
      expect((await other.visit(mixed, { site: 'cross-site' })).url.search).toBe('?upstream=failed');
    });
  },
  { env },
);
