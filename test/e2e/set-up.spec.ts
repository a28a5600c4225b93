import { beforeEach, expect, it } from 'vitest';
import { SetUpLinks } from '#authentication/index.js';
import { Database } from '#platform/database/index.js';
import { ADMINISTRATORS_GROUP, GroupsService, UsersService } from '#users/index.js';
import { onEveryDatabase } from '../support/every-database.js';
import { press } from '../support/form.js';
import { aBrowser, aUser, uniqueName } from '../support/given.js';
import { signIn } from '../support/signing-in.js';
import type { Visit } from '../support/user-agent.js';

const PASSWORD = 'the first long walk by the river';

onEveryDatabase('the set-up link', (running) => {
  const users = (): UsersService => running.service.app.get(UsersService, { strict: false });

  const administrators = async () => (await users().list({ group: ADMINISTRATORS_GROUP }, { limit: 200 })).items;

  const aLink = async (): Promise<string> => {
    const link = await running.service.app.get(SetUpLinks, { strict: false }).issue();
    if (link === undefined) throw new Error('no link, although nobody is an administrator');
    return link;
  };

  const someone = () => ({ email: `${uniqueName('root')}@corp.example`, name: 'Root Example', password: PASSWORD });

  const expectGone = (page: Visit): void => {
    expect(page.status).toBe(400);
    expect(page.html.has('#set-up')).toBe(false);
    expect(page.html.text('#support-code')).toBe(page.headers.get('x-request-id'));
    expect(page.html.words).toMatch(/link/i);
  };

  beforeEach(async () => {
    // As an installation was before anybody came: the service itself keeps its last owner.
    const { dataSource } = running.service.app.get(Database, { strict: false });
    await dataSource.query('UPDATE user SET admin_role = NULL');
    for (const { id } of await administrators()) await users().delete(id);
  });

  it('makes the first administrator, signed in on a page of next steps', async () => {
    const [link, browser, root] = [await aLink(), aBrowser(running.service), someone()];
    const page = await browser.visit(link);
    expect(page.status).toBe(200);
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('referrer-policy')).toBe('same-origin');
    const done = await browser.submit(page, '#set-up', root);
    expect(done.hops.map(({ status }) => status)).toEqual([303, 200]);
    expect(done.url.pathname).toBe('/account/next-steps');
    expect(done.url.search).toBe(''); // the token is left behind
    expect(done.html.text('#issuer')).toBe(running.service.issuer);
    expect(done.html.words).toContain('npm run gatehouse -- client create');
    const [made, ...others] = await administrators();
    expect(others).toEqual([]);
    expect(made).toMatchObject({
      username: root.email,
      status: 'active',
      claims: { email: root.email, name: root.name },
    });
    expect(made?.claims.email_verified).not.toBe(true);
    expect((await browser.visit(running.service.url('/account'))).html.words).toContain(root.name);
    const again = aBrowser(running.service);
    const user = { id: '', username: root.email.toUpperCase(), password: PASSWORD, claims: {} };
    expect((await signIn(again, await again.visit(running.service.url('/sign-in')), user)).url.pathname).toBe(
      '/account',
    );
  });

  it('works once; afterwards neither it nor any other does', async () => {
    const [link, browser] = [await aLink(), aBrowser(running.service)];
    const stranger = aBrowser(running.service);
    const held = await stranger.visit(link);
    await browser.submit(await browser.visit(link), '#set-up', someone());
    expectGone(await aBrowser(running.service).visit(link));
    expectGone(await stranger.submit(held, '#set-up', someone()));
    expect(await running.service.app.get(SetUpLinks, { strict: false }).issue()).toBeUndefined();
    expect(await administrators()).toHaveLength(1);
  });

  it('makes exactly one administrator, however many use it at the same moment', async () => {
    const link = await aLink();
    const pages = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const browser = aBrowser(running.service);
        return { browser, page: await browser.visit(link), root: someone() };
      }),
    );
    const ends = await Promise.all(pages.map(({ browser, page, root }) => browser.submit(page, '#set-up', root)));
    expect(ends.filter(({ url }) => url.pathname === '/account/next-steps')).toHaveLength(1);
    for (const end of ends.filter(({ url }) => url.pathname !== '/account/next-steps')) expectGone(end);
    expect(await administrators()).toHaveLength(1);
    for (const { root } of pages) {
      const found = await users().findByLogin(root.email);
      expect(found === undefined || found.groups.includes(ADMINISTRATORS_GROUP)).toBe(true);
    }
  });

  it('makes one account when the same form is sent twice', async () => {
    const [link, browser, root] = [await aLink(), aBrowser(running.service), someone()];
    const page = await browser.visit(link);
    const ends = await Promise.all([browser.submit(page, '#set-up', root), browser.submit(page, '#set-up', root)]);
    expect(ends.map(({ status }) => status).sort()).toEqual([200, 400]);
    expect(await administrators()).toHaveLength(1);
  });

  it('ends after 24 hours, page and form alike', async () => {
    const [link, browser] = [await aLink(), aBrowser(running.service)];
    running.service.clock.advance('23h 59m 59s');
    const page = await browser.visit(link);
    expect(page.status).toBe(200);
    running.service.clock.advance('1s');
    expectGone(await browser.visit(link));
    expectGone(await browser.submit(page, '#set-up', someone()));
    expect(await administrators()).toEqual([]);
  });

  it('ends with the next one, as a new start makes it', async () => {
    const [first, second] = [await aLink(), await aLink()];
    expect(first).not.toBe(second);
    expectGone(await aBrowser(running.service).visit(first));
    expect((await aBrowser(running.service).visit(second)).status).toBe(200);
  });

  it('ends when an administrator comes about otherwise', async () => {
    const [link, browser] = [await aLink(), aBrowser(running.service)];
    const page = await browser.visit(link);
    const alice = await aUser(running.service);
    await running.service.app.get(GroupsService, { strict: false }).addMember(ADMINISTRATORS_GROUP, alice.id);
    expectGone(await browser.visit(link));
    expectGone(await browser.submit(page, '#set-up', someone()));
    expect((await administrators()).map(({ id }) => id)).toEqual([alice.id]);
  });

  it.each(['', '?token=', '?token=x', `?token=${'A'.repeat(43)}`, '?token=a&token=b', '?token=%00', '?token=%zz'])(
    'that is none leads nowhere: /set-up%s',
    async (query) => {
      await aLink();
      expectGone(await aBrowser(running.service).visit(running.service.url(`/set-up${query}`)));
    },
  );

  it('that differs in one letter leads nowhere', async () => {
    const link = await aLink();
    const flipped = link.slice(0, -1) + (link.endsWith('A') ? 'B' : 'A');
    expectGone(await aBrowser(running.service).visit(flipped));
    expectGone(await aBrowser(running.service).visit(link.toLowerCase()));
  });

  it('is not used up by being opened, nor by a form that is refused', async () => {
    const [link, browser, root] = [await aLink(), aBrowser(running.service), someone()];
    for (let time = 0; time < 3; time++) expect((await aBrowser(running.service).visit(link)).status).toBe(200);
    const faulty = [
      { ...root, email: '' },
      { ...root, name: ' ' },
      { ...root, password: '' },
      { ...root, email: 'root' },
      { ...root, password: 'short' },
      { ...root, password: 'password123' },
      { ...root, password: root.email },
      { ...root, password: 'x'.repeat(129) },
      { email: '', name: '', password: '' },
    ];
    for (const filling of faulty) {
      const refused = await browser.submit(await browser.visit(link), '#set-up', filling);
      expect(refused.status, JSON.stringify(filling)).toBe(422);
      const alert = refused.html.find('form-error');
      expect(alert?.attributes.get('role')).toBe('alert');
      expect(refused.html.find('password')?.attributes.get('value') ?? '').toBe('');
      if (filling.name.trim() !== '') expect(refused.html.find('name')?.attributes.get('value')).toBe(filling.name);
    }
    expect(await administrators()).toEqual([]);
    expect((await browser.submit(await browser.visit(link), '#set-up', root)).url.pathname).toBe('/account/next-steps');
  });

  it('says so when the address belongs to somebody already, and makes nobody', async () => {
    const [link, browser, alice] = [await aLink(), aBrowser(running.service), await aUser(running.service)];
    const taken = await browser.submit(await browser.visit(link), '#set-up', {
      ...someone(),
      email: alice.username.replace(/$/, '@mail.example'),
    });
    expect(taken.status).toBe(422);
    expect(taken.html.words).toContain('There is an account with it already');
    expect(await administrators()).toEqual([]);
  });

  it('takes only its own form, from the browser it was shown to (RFC 9700 §4.7)', async () => {
    const [link, browser] = [await aLink(), aBrowser(running.service)];
    const page = await browser.visit(link);
    const root = someone();
    const { action, entries } = press(page.html, '#set-up', root);
    const url = new URL(action, page.url);
    const without = entries.filter(([name]) => name !== 'csrf');
    const refusals = [
      await browser.post(url, entries, { site: 'cross-site' }),
      await browser.post(url, entries, { headers: { origin: 'https://elsewhere.example' } }),
      await browser.post(url, entries, { headers: { 'sec-fetch-site': 'cross-site' } }),
      await aBrowser(running.service).post(url, entries),
      await browser.post(url, without),
      await browser.post(url, [...without, ['csrf', 'x.y.z']]),
      await browser.post(url, [...entries, ...entries.filter(([name]) => name === 'csrf')]),
      await browser.post(`/set-up?token=${'A'.repeat(43)}`, entries),
    ];
    for (const refused of refusals) {
      expect(refused.status).toBe(400);
      expect(refused.html.text('#support-code')).toBe(refused.headers.get('x-request-id'));
    }
    expect(await administrators()).toEqual([]);
    expect((await browser.post(url, entries)).url.pathname).toBe('/account/next-steps');
  });

  it('replaces whoever was signed in in the browser', async () => {
    const [link, browser, alice] = [await aLink(), aBrowser(running.service), await aUser(running.service)];
    await signIn(browser, await browser.visit(running.service.url('/sign-in')), alice);
    const cookie = browser.cookies.find('gatehouse-session')?.value;
    const root = someone();
    await browser.submit(await browser.visit(link), '#set-up', root);
    expect(browser.cookies.find('gatehouse-session')?.value).not.toBe(cookie);
    expect((await browser.visit(running.service.url('/account'))).html.words).toContain(root.email);
  });

  it('is never in the log, and its page is in the language of the reader', async () => {
    const link = await aLink();
    const page = await aBrowser(running.service, { 'accept-language': 'zh-CN' }).visit(link);
    expect(page.html.tags.find(({ name }) => name === 'html')?.attributes.get('lang')).toBe('zh-CN');
    expect(running.service.logs.text).not.toContain(new URL(link).searchParams.get('token'));
    expect(running.service.logs.text).not.toContain(PASSWORD);
  });
});
