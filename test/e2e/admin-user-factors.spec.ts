import { expect, it } from 'vitest';
import { RememberedBrowsers } from '#authentication/index.js';
import { ADMIN_SCOPES } from '#resources/index.js';
import { ADMINISTRATORS_GROUP, GroupsService } from '#users/index.js';
import { AdminApi } from '../support/admin-api.js';
import { withAuthenticator, withMailCodes, withRecoveryCodes } from '../support/authenticator.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, anyLanguage, aUser, type GivenUser } from '../support/given.js';
import { mailTo } from '../support/mailbox.js';
import { aPasskeyHolder, ON_A_NAMED_HOST } from '../support/passkeys.js';
import { signIn } from '../support/signing-in.js';

onEveryDatabase(
  'the factors of a user over REST',
  (running) => {
    const pathOf = ({ id }: GivenUser): string => `/users/${id}/factors`;
    const signInPage = () => running.service.url('/sign-in');

    it('are listed with kind, name and times, and nothing of what they are made of', async () => {
      const [api, user] = [await AdminApi.of(running.service), await aUser(running.service)];
      await aPasskeyHolder(running.service, aBrowser(running.service), user);
      const app = await withAuthenticator(running.service, user);
      const [code] = await withRecoveryCodes(running.service, user);
      const items = await api.all(pathOf(user));
      expect(items).toMatchObject([
        { kind: 'totp', name: 'Phone' },
        { kind: 'passkey', name: expect.any(String) as string },
        { kind: 'recovery_codes', id: 'recovery-codes', unused: 10 },
      ]);
      const { text } = await api.get(pathOf(user));
      for (const secret of [app.seed, code ?? '', 'digest', 'publicKey']) expect(text).not.toContain(secret);
      for (const item of items) {
        expect((await api.get(`${pathOf(user)}/${String(item['id'])}`)).body).toEqual(item);
      }
      const first = await api.get(pathOf(user), { limit: '1' });
      const rest = await api.get(pathOf(user), { cursor: String(first.body['next_cursor']) });
      expect([first.body['items'], rest.body['items']].flat()).toEqual(items);
    });

    it('are removed when a phone is lost: the user hears of it, and no browser is remembered', async () => {
      const [api, user] = [await AdminApi.of(running.service), await aUser(running.service)];
      const app = await withAuthenticator(running.service, user);
      const browser = aBrowser(running.service);
      const page = await signIn(browser, await browser.visit(signInPage()), user);
      await browser.submit(page, '#verify', { code: app.code(), remember: 'yes' });
      const remembered = running.service.app.get(RememberedBrowsers, { strict: false });
      expect(await remembered.listByUser(user.id)).toHaveLength(1);
      const [factor] = await api.all(pathOf(user));
      const path = `${pathOf(user)}/${String(factor?.['id'])}`;
      const tag = (await api.get(path)).headers.get('etag') ?? '';
      expect((await api.send('DELETE', `${path}?dry_run=true`)).status).toBe(200);
      expect((await api.delete(path, { 'if-match': '"seen-before"' })).status).toBe(412);
      expect((await api.delete(path, { 'if-match': tag })).status).toBe(204);
      expect([(await api.get(path)).status, (await api.delete(path)).status]).toEqual([404, 404]);
      expect(await remembered.listByUser(user.id)).toEqual([]);
      const mail = await mailTo(running.service, user.claims.email ?? '');
      expect(mail.text).toContain('This was removed from your Gatehouse account');
      const [event] = await api.all('/audit-events', { name: 'factor.removed', user_id: user.id });
      expect(JSON.stringify(event)).toContain(api.machine.client.clientId);
      const stranger = aBrowser(running.service);
      const end = await signIn(stranger, await stranger.visit(signInPage()), user);
      expect(end.url.pathname).toBe('/account');
    });

    it('are told of in the language of the user', async () => {
      const { username, claims } = anyLanguage();
      const user = await aUser(running.service, { username, claims: { ...claims, locale: 'zh-CN' } });
      await withMailCodes(running.service, user);
      const api = await AdminApi.of(running.service);
      const [factor] = await api.all(pathOf(user));
      await api.delete(`${pathOf(user)}/${String(factor?.['id'])}`);
      expect((await mailTo(running.service, claims?.email ?? '')).language).toBe('zh-CN');
    });

    it('take the recovery codes with them when nothing is left that these stand in for', async () => {
      const [api, user] = [await AdminApi.of(running.service), await aUser(running.service)];
      await withAuthenticator(running.service, user);
      await withMailCodes(running.service, user);
      await withRecoveryCodes(running.service, user);
      const kinds = async () => (await api.all(pathOf(user))).map(({ kind }) => kind);
      const [app, mail] = await api.all(pathOf(user));
      await api.delete(`${pathOf(user)}/${String(app?.['id'])}`);
      expect(await kinds()).toEqual(['mail_code', 'recovery_codes']);
      await api.delete(`${pathOf(user)}/${String(mail?.['id'])}`);
      expect(await kinds()).toEqual([]);
    });

    it('of others are out of reach under the address of a user, and those of nobody are not there', async () => {
      const api = await AdminApi.of(running.service);
      const [user, other] = [await aUser(running.service), await aUser(running.service)];
      await withAuthenticator(running.service, other);
      const [factor] = await api.all(pathOf(other));
      const path = `${pathOf(user)}/${String(factor?.['id'])}`;
      expect([(await api.get(path)).status, (await api.delete(path)).status]).toEqual([404, 404]);
      expect(await api.all(pathOf(other))).toHaveLength(1);
      expect((await api.get('/users/nobody/factors')).status).toBe(404);
    });

    it('of an administrator are removed only by whoever has every admin scope, and by nobody who may only read', async () => {
      const groups = running.service.app.get(GroupsService, { strict: false });
      expect(await groups.findByName(ADMINISTRATORS_GROUP)).toBeDefined();
      const user = await aUser(running.service, { groups: [ADMINISTRATORS_GROUP] });
      await withAuthenticator(running.service, user);
      const [factor] = await (await AdminApi.of(running.service)).all(pathOf(user));
      const path = `${pathOf(user)}/${String(factor?.['id'])}`;
      for (const scopes of [['users:read'], ['users:read', 'users:write']]) {
        expect((await (await AdminApi.of(running.service, scopes)).delete(path)).status).toBe(403);
      }
      expect((await (await AdminApi.of(running.service, ADMIN_SCOPES)).delete(path)).status).toBe(204);
    });
  },
  ON_A_NAMED_HOST,
);
