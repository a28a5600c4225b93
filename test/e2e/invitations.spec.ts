import { expect, it } from 'vitest';
import { ADMIN_SCOPES } from '#resources/index.js';
import { UsersService } from '#users/index.js';
import { AdminApi, pointersOf } from '../support/admin-api.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aUser, uniqueName } from '../support/given.js';
import { linkIn, linkTo, mailsTo, mailTo } from '../support/mailbox.js';
import { startService } from '../support/start-service.js';
import type { Visit } from '../support/user-agent.js';

const PASSWORD = 'the first long walk by the river';

const someone = (): string => `${uniqueName('guest')}@corp.example`;

onEveryDatabase(
  'invitations',
  (running) => {
    const accept = async (link: string, filling: Readonly<Record<string, string>> = {}): Promise<Visit> => {
      const browser = aBrowser(running.service);
      return browser.submit(await browser.visit(link), '#create-account', { password: PASSWORD, ...filling });
    };

    const expectGone = async (link: string): Promise<void> => {
      expect((await aBrowser(running.service).visit(link)).status).toBe(400);
    };

    it('are sent, accepted once with what they give, and tell what became of them', async () => {
      const api = await AdminApi.of(running.service);
      const [email, group, username] = [someone(), uniqueName('sales'), uniqueName('guest')];
      await api.made('/groups', { name: group });
      const made = await api.post('/invitations', {
        email,
        name: 'Gustav Guest',
        username,
        groups: [group],
        locale: 'zh-CN',
      });
      expect(made.status).toBe(201);
      expect(made.body).toMatchObject({ email, status: 'pending', name: 'Gustav Guest', username, groups: [group] });
      const path = `/invitations/${String(made.body['id'])}`;
      expect(made.headers.get('location')).toBe(running.service.url(`/api/v1${path}`));
      const mail = await mailTo(running.service, email);
      expect(mail.subject).toBe('邀请你加入 Gatehouse');
      expect(mail.text).toContain('Gustav Guest');
      const link = linkIn(mail);
      for (let time = 0; time < 3; time++) expect((await fetch(link)).status).toBe(200);
      const browser = aBrowser(running.service);
      const page = await browser.visit(link);
      expect(page.html.find('name')?.attributes.get('value')).toBe('Gustav Guest');
      const done = await browser.submit(page, '#create-account', { password: PASSWORD });
      expect(done.url.pathname).toBe('/account');
      const user = await running.service.app.get(UsersService, { strict: false }).findByLogin(username);
      expect(user).toMatchObject({
        username,
        groups: [group],
        claims: { email, email_verified: true, locale: 'zh-CN' },
      });
      expect((await api.get(path)).body).toMatchObject({ status: 'accepted', user_id: user?.id });
      await expectGone(link);
      expect((await api.post(`${path}/resend`)).status).toBe(409);
    });

    it('make one account, however many accept at the same moment', async () => {
      const api = await AdminApi.of(running.service);
      const email = someone();
      await api.made('/invitations', { email, name: 'Guest' });
      const link = await linkTo(running.service, email);
      const forms = await Promise.all(
        Array.from({ length: 5 }, async () => {
          const browser = aBrowser(running.service);
          return { browser, page: await browser.visit(link) };
        }),
      );
      const ends = await Promise.all(
        forms.map(({ browser, page }) => browser.submit(page, '#create-account', { password: PASSWORD })),
      );
      expect(ends.filter(({ url }) => url.pathname === '/account')).toHaveLength(1);
    });

    it('end when they run out, and are valid again when they are sent again', async () => {
      const api = await AdminApi.of(running.service);
      const email = someone();
      const made = await api.made('/invitations', { email, name: 'Guest' });
      const first = await linkTo(running.service, email);
      running.service.clock.advance('7d');
      const fresh = await AdminApi.of(running.service);
      const path = `/invitations/${String(made['id'])}`;
      expect((await fresh.get(path)).body['status']).toBe('expired');
      await expectGone(first);
      expect((await fresh.post(`${path}/resend`)).body['status']).toBe('pending');
      expect((await accept(await linkTo(running.service, email))).url.pathname).toBe('/account');
    });

    it('end when they are taken back, links and all', async () => {
      const api = await AdminApi.of(running.service);
      const email = someone();
      const made = await api.made('/invitations', { email });
      const link = await linkTo(running.service, email);
      expect((await api.delete(`/invitations/${String(made['id'])}`)).status).toBe(204);
      expect((await api.delete(`/invitations/${String(made['id'])}`)).status).toBe(404);
      await expectGone(link);
    });

    it('are refused for what cannot become an account', async () => {
      const api = await AdminApi.of(running.service);
      const alice = await aUser(running.service);
      const now = running.service.clock.now().getTime();
      const at = (days: number): string => new Date(now + days * 86_400_000).toISOString();
      for (const [body, pointer] of [
        [{}, '#/email'],
        [{ email: 'nobody' }, '#/email'],
        [{ email: 'a@corp.example, b@corp.example' }, '#/email'],
        [{ email: someone(), username: 'a\nb' }, '#/username'],
        [{ email: someone(), locale: '!' }, '#/locale'],
        [{ email: someone(), groups: [uniqueName('none')] }, '#/groups/0'],
        [{ email: someone(), expires_at: at(-1) }, '#/expires_at'],
        [{ email: someone(), expires_at: at(91) }, '#/expires_at'],
        [{ email: someone(), expires_at: 'soon' }, '#/expires_at'],
      ] as const) {
        const refused = await api.post('/invitations', body);
        expect(refused.status, JSON.stringify(body)).toBe(422);
        expect(pointersOf(refused)).toContain(pointer);
      }
      expect((await api.post('/invitations', { email: alice.claims.email })).status).toBe(409);
      const email = someone();
      await api.made('/invitations', { email });
      expect((await api.post('/invitations', { email: email.toUpperCase() })).status).toBe(409);
    });

    it('make nobody an administrator whom their maker could not make one', async () => {
      const few = await AdminApi.of(running.service, ['invitations:write']);
      const refused = await few.post('/invitations', { email: someone(), groups: ['administrators'] });
      expect(refused.status).toBe(403);
      const all = await AdminApi.of(running.service, ADMIN_SCOPES);
      expect((await all.post('/invitations', { email: someone(), groups: ['administrators'] })).status).toBe(201);
    });

    it('are what sign-up sends again where nobody else may make an account; strangers get no mail', async () => {
      const api = await AdminApi.of(running.service);
      const [invited, stranger] = [someone(), someone()];
      await api.made('/invitations', { email: invited });
      const words = [];
      for (const email of [invited, stranger]) {
        const browser = aBrowser(running.service);
        const asked = await browser.submit(await browser.visit(running.service.url('/sign-up')), '#sign-up', { email });
        words.push(asked.html.words);
      }
      expect(words[0]).toBe(words[1]);
      expect(await mailsTo(running.service, invited)).toHaveLength(2);
      expect(await mailsTo(running.service, stranger)).toEqual([]);
    });
  },
  { env: { SIGN_UP: 'invite' } },
);

it('cannot be made where nobody could accept them', async () => {
  const service = await startService();
  const refused = await (await AdminApi.of(service)).post('/invitations', { email: someone() });
  expect(refused.status).toBe(409);
  expect(String(refused.body['detail'])).toContain('SIGN_UP');
  await service.close();
});
