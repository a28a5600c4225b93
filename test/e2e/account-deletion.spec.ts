import { expect, it } from 'vitest';
import { CompanySettingsService } from '#settings/index.js';
import { ADMINISTRATORS_GROUP, UsersService } from '#users/index.js';
import { AdminApi } from '../support/admin-api.js';
import { BareClient } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aSignInReadyToHappen, aUser, uniqueName, type GivenUser } from '../support/given.js';
import { mailsTo, mailTo } from '../support/mailbox.js';
import { signIn } from '../support/signing-in.js';
import type { UserAgent } from '../support/user-agent.js';

const DELETE = '/account/delete';
const [EXPORT, YES] = ['/account/export', { confirm: ['yes'] }];

onEveryDatabase('the deletion of an account by its user', (running) => {
  const users = () => running.service.app.get(UsersService, { strict: false });

  async function allow(accountDeletion: 'off' | 'self-service'): Promise<void> {
    await running.service.app.get(CompanySettingsService, { strict: false }).change({ accountDeletion });
  }

  async function signedIn(user: GivenUser): Promise<UserAgent> {
    const browser = aBrowser(running.service);
    await signIn(browser, await browser.visit('/sign-in'), user);
    return browser;
  }

  it('is off unless the company allows it', async () => {
    const alice = await aUser(running.service);
    const browser = await signedIn(alice);
    expect((await browser.visit(EXPORT)).html.has('#to-delete')).toBe(false);
    expect((await browser.visit(DELETE)).status).toBe(404);
    expect((await browser.post(DELETE, { csrf: 'x', confirm: 'yes' })).status).toBe(404);
    expect(await users().find(alice.id)).toBeDefined();
  });

  it('is set over REST, to what it can be', async () => {
    const api = await AdminApi.of(running.service, ['settings:read', 'settings:write']);
    expect((await api.get('/settings')).body).toMatchObject({ account_deletion: 'off' });
    expect((await api.patch('/settings', { account_deletion: 'always' })).status).toBe(422);
    const changed = await api.patch('/settings', { account_deletion: 'self-service' });
    expect(changed.body).toMatchObject({ account_deletion: 'self-service' });
  });

  it('ends the account, its sign-ins and what applications got, and is kept on record', async () => {
    await allow('self-service');
    const { client, alice, browser } = await aSignInReadyToHappen(running.service);
    const bare = new BareClient(running.service, client);
    const tokens = await bare.signIn(browser, alice, { scope: 'openid email offline_access' });
    const elsewhere = await signedIn(alice);
    expect((await browser.visit(EXPORT)).html.has('#to-delete')).toBe(true);
    const done = await browser.submit(await browser.visit(DELETE), '#delete-account', YES);
    expect([done.status, done.html.has('#outcome-account-deleted')]).toEqual([200, true]);
    expect(await users().find(alice.id)).toBeUndefined();
    for (const agent of [browser, elsewhere]) {
      expect((await agent.visit('/account')).url.pathname).toBe('/sign-in');
    }
    expect((await bare.refresh(tokens.refreshToken)).status).toBe(400);
    expect((await bare.userinfo(tokens.accessToken)).status).toBe(401);
    const api = await AdminApi.of(running.service, ['audit-events:read']);
    const [event] = await api.all('/audit-events', { user_id: alice.id, name: 'user.deleted' });
    expect(event).toMatchObject({ actor: { kind: 'user', id: alice.id } });
    expect((await signIn(browser, await browser.visit('/sign-in'), alice)).status).toBe(422);
  });

  it('is told by a last mail to the address, with where it was done', async () => {
    await allow('self-service');
    const alice = await aUser(running.service);
    const browser = await signedIn(alice);
    await browser.submit(await browser.visit(DELETE), '#delete-account', YES);
    const mail = await mailTo(running.service, alice.claims.email ?? '');
    expect(mail.subject).toBe('Your Gatehouse account was deleted');
    expect(mail.text).toContain('You deleted your Gatehouse account.');
    expect(mail.text).toContain('Network address: 127.0.0.1');
    expect(mail.text).not.toContain('/not-me');
  });

  it('by an administrator is told too, in the user’s language, also to the disabled, and not where that administrator was', async () => {
    const api = await AdminApi.of(running.service);
    const username = uniqueName('lin');
    const email = `${username}@mail.example`;
    const lin = await aUser(running.service, { username, claims: { email, locale: 'zh-CN' }, status: 'disabled' });
    expect((await api.delete(`/users/${lin.id}`)).status).toBe(204);
    const [mail, ...others] = await mailsTo(running.service, email);
    expect(others).toEqual([]);
    expect(mail).toMatchObject({ language: 'zh-CN', subject: '你的 Gatehouse 账号已删除' });
    expect(mail?.text).toContain('管理员删除了你的 Gatehouse 账号');
    expect(mail?.text).not.toContain('网络地址');
  });

  it('is told nobody where there is no address, or one that nobody can have (RFC 2606 §2)', async () => {
    const nowhere = `${uniqueName('doctor')}@doctor.invalid`;
    for (const claims of [{}, { email: nowhere }]) {
      const { id } = await aUser(running.service, { claims });
      expect(await users().delete(id)).toBe('deleted');
    }
    expect(await mailsTo(running.service, nowhere)).toEqual([]);
  });

  it('takes a tick, a form of ours, and a sign-in within the last five minutes (RFC 9700 §4.7)', async () => {
    await allow('self-service');
    const alice = await aUser(running.service);
    const browser = await signedIn(alice);
    const page = await browser.visit(DELETE);
    const missing = await browser.submit(page, '#delete-account', { confirm: [] });
    expect([missing.status, missing.html.has('#form-error')]).toEqual([422, true]);
    expect((await browser.post(DELETE, { csrf: 'forged', confirm: 'yes' })).status).toBe(400);
    running.service.clock.advance('6m');
    expect((await browser.submit(page, '#delete-account', YES)).url.pathname).toBe('/sign-in');
    expect((await browser.visit(DELETE)).url.pathname).toBe('/sign-in');
    expect(await users().find(alice.id)).toBeDefined();
  });

  it('is refused to the last active administrator, also when two leave at once', async () => {
    await allow('self-service');
    const { items } = await users().list({ group: ADMINISTRATORS_GROUP }, { limit: 100 });
    for (const { id } of items) await users().delete(id);
    const groups = [ADMINISTRATORS_GROUP];
    const [ann, bea] = [await aUser(running.service, { groups }), await aUser(running.service, { groups })];
    const disabled = await aUser(running.service, { groups, status: 'disabled' });
    const browsers = [await signedIn(ann), await signedIn(bea)];
    const pages = await Promise.all(browsers.map((browser) => browser.visit(DELETE)));
    const answers = await Promise.all(
      browsers.map((browser, at) => {
        const page = pages[at];
        if (page === undefined) throw new Error('no page');
        return browser.submit(page, '#delete-account', YES);
      }),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
    const left = await users().list({ group: ADMINISTRATORS_GROUP, status: 'active' }, { limit: 10 });
    expect(left.items).toHaveLength(1);
    expect(await users().find(disabled.id)).toBeDefined();
  });
});
