import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseKind } from '../support/databases.js';
import { FakeProvider } from '../support/fake-provider.js';
import { Replicas } from '../support/replicas.js';
import { databasesUnderTest } from '../support/start-service.js';
import type { UserAgent, Visit } from '../support/user-agent.js';

const ROUNDS = [1, 2, 3, 4, 5] as const;
const AT_ONCE = 6;
const CLIENT = { id: 'racing-automation', secret: 'racing-automation-has-a-secret-of-enough-characters' };

/** Who signs in at the provider, as its ID token says. */
type Person = Readonly<{ sub: string } & Record<string, unknown>>;

describe.each(databasesUnderTest().map((url) => [databaseKind(url), url] as const))(
  'sign-ins through a provider raced on %s',
  (_, url) => {
    let replicas: Replicas;
    let fake: FakeProvider;
    /** What the ID token says for each code that the provider gave out. */
    const said = new Map<string, object>();

    beforeAll(async () => {
      fake = await FakeProvider.start();
      fake.discover('/idp', fake.url('/idp'));
      fake.on('/token', async ({ form }) => {
        const now = Math.floor(Date.now() / 1000);
        const claims = { iss: fake.url('/idp'), aud: 'gatehouse', iat: now, exp: now + 300 };
        const id_token = await fake.idToken({ ...claims, ...said.get(form.get('code') ?? '') });
        return { access_token: 'at', token_type: 'bearer', id_token };
      });
      const provider = { preset: 'oidc', client_id: 'gatehouse', client_secret: 'shared-with-the-provider' };
      replicas = await Replicas.start(url, {
        seed: {
          identity_providers: [
            { ...provider, id: 'idp', slug: 'idp', title: 'Partner', issuer: fake.url('/idp'), just_in_time: true },
          ],
        },
        env: { ...fake.env, ADMIN_CLIENT_ID: CLIENT.id, ADMIN_CLIENT_SECRET: CLIENT.secret },
      });
    }, 240_000);
    afterAll(async () => {
      await replicas.stop();
      await fake.close();
    });

    /** Goes to the provider and signs in there; the address that it sends the browser back to. */
    async function answerFor(browser: UserAgent, person: Person, code: string): Promise<URL> {
      const page = await browser.visit(replicas.page('/sign-in'));
      const href = page.html.find('idp-idp')?.attributes.get('href') ?? '';
      const { leftFor: asked } = await browser.visit(new URL(href, page.url));
      if (asked === undefined) throw new Error(`not sent away: ${replicas.output.slice(-400)}`);
      said.set(code, { ...person, nonce: asked.searchParams.get('nonce') });
      const back = new URL(asked.searchParams.get('redirect_uri') ?? '');
      back.searchParams.set('code', code);
      back.searchParams.set('state', asked.searchParams.get('state') ?? '');
      return back;
    }

    const isIn = ({ url: { pathname }, status }: Visit): boolean => pathname === '/account' && status === 200;

    async function usersNamed(text: string): Promise<{ readonly id: string; readonly username: string }[]> {
      const basic = Buffer.from(`${CLIENT.id}:${CLIENT.secret}`).toString('base64');
      const granted = await fetch(replicas.one(0).url('/oauth2/token'), {
        method: 'POST',
        headers: { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' },
        body: 'grant_type=client_credentials',
      });
      const { access_token: token } = (await granted.json()) as { access_token: string };
      const listed = await fetch(replicas.one(1).url(`/api/v1/users?q=${text}`), {
        headers: { authorization: `Bearer ${token}` },
      });
      return ((await listed.json()) as { items: { id: string; username: string }[] }).items;
    }

    it.each(ROUNDS)('one answer is taken once (RFC 6749 §10.12): round %i', async (round) => {
      const browser = replicas.one(round).browser();
      const name = `answered-${round}`;
      const back = await answerFor(browser, { sub: name, preferred_username: name }, `code-${name}`);
      const copies = replicas.copies(browser, AT_ONCE);
      const visits = await Promise.all(copies.map((copy) => copy.visit(back, { site: 'cross-site' })));
      expect(visits.filter(isIn)).toHaveLength(1);
      expect(visits.filter((visit) => !isIn(visit)).map(({ status }) => status)).toEqual([400, 400, 400, 400, 400]);
      const asked = fake.asked.filter(({ path, form }) => path === '/token' && form.get('code') === `code-${name}`);
      expect(asked, 'of the provider').toHaveLength(1);
    });

    it.each([
      ['by name', (name: string) => ({ preferred_username: name })],
      ['by address', (name: string) => ({ email: `${name}@corp.example`, email_verified: true })],
      ['by nothing', (name: string) => ({ name })],
    ] as const)('first sign-ins of one person at once make one account: known %s', async (how, claimsOf) => {
      for (const round of ROUNDS) {
        const name = `first-${how.replace(' ', '-')}-${round}`;
        const person = { sub: name, ...claimsOf(name) };
        const browsers = replicas.browsers(AT_ONCE);
        const answers = await Promise.all(
          browsers.map((browser, index) => answerFor(browser, person, `code-${name}-${index}`)),
        );
        const visits = await Promise.all(
          browsers.map((browser, index) => browser.visit(answers[index]!, { site: 'cross-site' })),
        );
        expect(visits.map(({ status, url: at }) => [status, at.pathname])).toEqual(visits.map(() => [200, '/account']));
        expect(await usersNamed(name)).toHaveLength(1);
      }
    });

    it('first sign-ins of two people with one name at once make two accounts, and nobody sees a failure', async () => {
      for (const round of ROUNDS) {
        const name = `namesake-${round}`;
        const browsers = replicas.browsers(AT_ONCE);
        const personOf = (index: number): Person => ({ sub: `${name}-${index % 2}`, preferred_username: name, name });
        const answers = await Promise.all(
          browsers.map((browser, index) => answerFor(browser, personOf(index), `code-${name}-${index}`)),
        );
        const visits = await Promise.all(
          browsers.map((browser, index) => browser.visit(answers[index]!, { site: 'cross-site' })),
        );
        expect(visits.map(({ status, url: at }) => [status, at.pathname])).toEqual(visits.map(() => [200, '/account']));
        expect(await usersNamed(name)).toHaveLength(2);
      }
    });
  },
);
