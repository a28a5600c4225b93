import { afterAll, beforeAll, expect, it } from 'vitest';
import { PasskeysService, PasswordsService, RecoveryCodes, SecondFactors } from '#authentication/index.js';
import { FederatedIdentities } from '#federation/index.js';
import { CompanySettingsService, type CompanySettings } from '#settings/index.js';
import { GroupsService, UsersService } from '#users/index.js';
import { Authenticator, withAuthenticator } from '../support/authenticator.js';
import { onEveryDatabase } from '../support/every-database.js';
import { FakeProvider } from '../support/fake-provider.js';
import { aBrowser, aUser, uniqueName, type GivenUser } from '../support/given.js';
import { answered } from '../support/mailbox.js';
import { answer, askedOn } from '../support/passkeys.js';
import { signIn } from '../support/signing-in.js';
import { SoftwareAuthenticator } from '../support/software-authenticator.js';
import { aProvider } from '../support/upstream-gatehouse.js';
import type { UserAgent, Visit } from '../support/user-agent.js';

const NEW_PASSWORD = 'another long walk by the river';
const env: NodeJS.ProcessEnv = {};
let fake: FakeProvider;

beforeAll(async () => {
  fake = await FakeProvider.start();
  fake.discover('/idp', fake.url('/idp'));
  Object.assign(env, fake.env);
});
afterAll(() => fake.close());

onEveryDatabase(
  'an account where a second factor is required',
  (running) => {
    const get = <T>(type: abstract new (...parameters: never[]) => T): T =>
      running.service.app.get<T>(type, { strict: false });
    const open = (browser: UserAgent, path: string): Promise<Visit> => browser.visit(running.service.url(path));
    const factorsOf = ({ id }: GivenUser) => get(SecondFactors).listByUser(id);

    async function whileSettingsAre(changes: Partial<CompanySettings>, story: () => Promise<void>): Promise<void> {
      await get(CompanySettingsService).change(changes);
      try {
        await story();
      } finally {
        const names = Object.keys(changes) as (keyof CompanySettings)[];
        await get(CompanySettingsService).change({}, { toDefault: names });
      }
    }

    async function signedIn(wish: Parameters<typeof aUser>[1] = {}) {
      const [user, browser] = [await aUser(running.service, wish), aBrowser(running.service)];
      await signIn(browser, await open(browser, '/sign-in'), user);
      return { user, browser };
    }

    /** What a session that is too weak by now may try, with the forms that it got in time; where each is tried. */
    const ACTS: readonly (readonly [
      string,
      string,
      (browser: UserAgent, page: Visit, id: string) => Promise<Visit>,
    ])[] = [
      [
        'another password',
        '/account/password',
        (browser, page) => browser.submit(page, '#set-password', { password: NEW_PASSWORD }),
      ],
      [
        'another address',
        '/account/email',
        (browser, page) => browser.submit(page, '#change-email', { email: `${uniqueName('thief')}@mail.example` }),
      ],
      ['codes by mail', '/account/second-factors', (browser, page) => browser.submit(page, '#add-mail')],
      ['recovery codes', '/account/second-factors', (browser, page) => browser.submit(page, '#make-recovery-codes')],
      [
        'the end of a factor',
        '/account/second-factors',
        (browser, page, id) => browser.submit(page, 'action=remove', { id }),
      ],
      [
        'an app',
        '/account/second-factors/app',
        (browser, page) => {
          const seed = (page.html.text('#key') ?? '').replaceAll(' ', '');
          const code = new Authenticator(running.service, seed).code();
          return browser.submit(page, '#add-app', { name: 'Mine', code });
        },
      ],
      [
        'a passkey',
        '/account/passkeys',
        (browser, page) => {
          const authenticator = new SoftwareAuthenticator(new URL(running.service.issuer).origin);
          return answer(browser, page, authenticator.register(askedOn(page)));
        },
      ],
      [
        'the end of a link',
        '/account/identities',
        (browser, page) => browser.post(page.url, { csrf: csrfOf(page), action: 'unlink', id: 'any' }),
      ],
      ['its own data', '/account/export', (browser, page) => browser.post(page.url, { csrf: csrfOf(page) })],
      [
        'the end of the account',
        '/account/delete',
        (browser, page) => browser.post(page.url, { csrf: csrfOf(page), confirm: 'yes' }),
      ],
    ];

    it.each(ACTS)('gives a session from before the rule no %s, at %s', async (_what, path, act) =>
      whileSettingsAre({ accountDeletion: 'self-service' }, async () => {
        const group = uniqueName('careful');
        await get(GroupsService).create({ name: group });
        const { user, browser } = await signedIn({ groups: [group] });
        const slug = await linked(user);
        const page = await open(browser, path);
        await withAuthenticator(running.service, user);
        const shown = path === '/account/second-factors' ? await open(browser, path) : page;
        const factors = await factorsOf(user);
        const careful = await get(GroupsService).findByName(group);
        await get(GroupsService).update(careful?.id ?? '', { secondFactor: 'required' });
        running.service.clock.advance('2s');
        const refused = await act(browser, shown, factors[0]?.id ?? '');
        expect([refused.url.pathname, refused.url.searchParams.get('again')]).toEqual(['/sign-in', '1']);
        expect(refused.url.searchParams.get('return_to')).toBe(path);
        const departed = await open(browser, `/account/identities/${slug}`);
        expect([departed.leftFor, departed.url.pathname]).toEqual([undefined, '/sign-in']);
        expect(await factorsOf(user)).toEqual(factors);
        expect(await get(FederatedIdentities).listByUser(user.id)).toHaveLength(1);
        expect(await get(PasskeysService).countOfUser(user.id)).toBe(0);
        expect(await get(RecoveryCodes).find(user.id)).toBeUndefined();
        expect(await get(PasswordsService).matches(user.id, user.password)).toBe(true);
        await answered(running.service);
        expect((await get(UsersService).find(user.id))?.claims.email).toBe(user.claims.email);
        // The password alone is not enough for it, and the factor leads back to where it began.
        const asked = await signIn(browser, refused, user);
        expect(asked.url.pathname).toBe('/second-factor');
        expect((await open(browser, path)).url.pathname).toBe(PUBLIC_TO_SESSIONS.includes(path) ? path : '/sign-in');
      }),
    );

    it('asks for the factor once and then lets its user change everything', () =>
      whileSettingsAre({ secondFactor: 'required' }, async () => {
        const user = await aUser(running.service);
        const app = await withAuthenticator(running.service, user);
        const browser = aBrowser(running.service);
        const asked = await signIn(browser, await open(browser, '/sign-in?return_to=%2Faccount%2Fpassword'), user);
        const page = await browser.submit(asked, '#verify', { code: app.code() });
        expect(page.url.pathname).toBe('/account/password');
        const changed = await browser.submit(page, '#set-password', { password: NEW_PASSWORD });
        expect(changed.url.search).toBe('?done=changed');
      }));

    it('takes no codes by mail from a page that is older than the rule about kinds', async () => {
      const { user, browser } = await signedIn();
      const page = await open(browser, '/account/second-factors');
      await whileSettingsAre({ secondFactorKinds: ['totp', 'passkey'] }, async () => {
        expect((await browser.submit(page, '#add-mail')).url.search).toBe('');
        expect(await factorsOf(user)).toEqual([]);
      });
      expect((await browser.submit(page, '#add-mail')).url.search).toBe('?done=added');
    });

    it('lets a user name their apps, and nobody else', async () => {
      const { user, browser } = await signedIn();
      await withAuthenticator(running.service, user);
      const [factor] = await factorsOf(user);
      const id = factor?.id ?? '';
      running.service.clock.advance('10m');
      const page = await open(browser, '/account/second-factors');
      const renamed = await browser.submit(page, 'action=rename', { id, name: '  Blue \u202e phone ' });
      expect(renamed.url.search).toBe('?done=renamed');
      expect(await factorsOf(user)).toMatchObject([{ id, name: 'Blue phone' }]);
      for (const name of ['', '   ', 'x'.repeat(61)]) {
        const refused = await browser.submit(page, 'action=rename', { id, name });
        expect(refused.url.search).toBe('?done=name');
      }
      const other = await signedIn();
      await withAuthenticator(running.service, other.user);
      const theirs = await open(other.browser, '/account/second-factors');
      const csrf = csrfOf(theirs);
      await other.browser.post(theirs.url, { csrf, action: 'rename', id, name: 'Mine now' });
      expect(await factorsOf(user)).toMatchObject([{ id, name: 'Blue phone' }]);
    });

    /** Links an account elsewhere to the user; where another provider is that they could link. */
    async function linked({ id }: GivenUser): Promise<string> {
      const aPartner = () =>
        aProvider(running.service, {
          ...{ preset: 'oidc', slug: uniqueName('idp'), issuer: fake.url('/idp') },
          ...{ clientId: 'gatehouse', clientSecret: 'shared-with-the-provider' },
        });
      const [{ id: providerId }, { slug }] = [await aPartner(), await aPartner()];
      const who = { providerId, issuer: fake.url('/idp'), subject: uniqueName('sub') };
      await get(FederatedIdentities).link({ ...who, claims: {}, groups: [], amr: [] }, id);
      return slug;
    }
  },
  { env: (port) => ({ ...env, ISSUER: `http://localhost:${port}` }) },
);

/** Pages of the account that show what everybody who is signed in may see. */
const PUBLIC_TO_SESSIONS = [
  '/account/email',
  '/account/second-factors',
  '/account/passkeys',
  '/account/identities',
  '/account/export',
];

function csrfOf({ html }: Visit): string {
  const field = html.tags.find(({ attributes }) => attributes.get('name') === 'csrf');
  return field?.attributes.get('value') ?? '';
}
