import { expect, it } from 'vitest';
import { ConsentService } from '#consent/index.js';
import { Gatherings, JobsService } from '#platform/jobs/index.js';
import { AdminApi, pointersOf, type Json } from '../support/admin-api.js';
import { BareClient } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { anApi, aSignInReadyToHappen, uniqueName, type ClientWish } from '../support/given.js';
import { mailsTo } from '../support/mailbox.js';
import { throughEveryPage } from '../support/signing-in.js';

const FOREVER = { consent: { duration: 'forever' } };
const PAGE = '/account/applications';
const REMOVE = { unused_access: 'remove', unused_access_days: 90, unused_access_notice_days: 14 };

onEveryDatabase('access that nobody uses', (running) => {
  const flush = (): Promise<void> => running.service.app.get(Gatherings, { strict: false }).flush();
  const work = (): Promise<void> => running.service.app.get(JobsService, { strict: false }).runNow('unused-access');

  async function story(settings: Json, wish: ClientWish = {}) {
    const orders = await anApi(running.service);
    const [read = '', write = ''] = orders.scopes;
    const scope = ['openid', 'email', read, write];
    const metadata = { clientName: uniqueName('Desk'), scope, optionalScope: ['email', write], ...wish };
    const made = await aSignInReadyToHappen(running.service, metadata);
    const api = await AdminApi.of(running.service);
    expect((await api.patch('/settings', settings)).status).toBe(200);
    const bare = new BareClient(running.service, made.client);
    const scopes = async (): Promise<unknown[]> => {
      const [consent] = await api.all('/consents', { user_id: made.alice.id });
      return ((consent?.['scopes'] ?? []) as Json[]).map((one) => one['scope']);
    };
    const mails = () => mailsTo(running.service, made.alice.claims.email ?? '');
    const told = async () => (await mails()).filter(({ subject }) => subject.includes('do not use'));
    const signIn = (asked = scope.join(' ')) => bare.signIn(made.browser, made.alice, { scope: asked }, FOREVER);
    const page = async () => throughEveryPage(made.browser, await made.browser.visit(PAGE), made.alice);
    return { ...made, page, orders, read, write, api, bare, scopes, told, signIn, name: metadata.clientName };
  }

  it('is shown to its user, who takes all of it back with one click', async () => {
    const { browser, alice, api, scopes, signIn, bare, page } = await story({ ...REMOVE, unused_access: 'propose' });
    const tokens = await signIn();
    await flush();
    running.service.clock.advance('89d');
    expect((await page()).html.words).not.toContain('not used since');
    running.service.clock.advance('1d');
    const shown = await page();
    expect(shown.html.words).toContain('not used since');
    expect(await scopes()).toHaveLength(4);
    const done = await browser.submit(shown, 'action=withdraw-unused');
    expect(done.html.words).toContain('What was not used is taken back.');
    expect(done.html.words).not.toContain('not used since');
    expect(await scopes()).toEqual([]);
    expect((await bare.introspect(tokens.refreshToken)).body).toEqual({ active: false });
    expect(await api.all('/audit-events', { user_id: alice.id, name: 'consent.withdrawn' })).toHaveLength(1);
  });

  it('is taken back for oneself alone', async () => {
    const settings = { ...REMOVE, unused_access: 'propose' };
    const [one, other] = [await story(settings), await story(settings)];
    await one.signIn();
    await other.signIn();
    running.service.clock.advance('90d');
    await other.browser.submit(await other.page(), 'action=withdraw-unused');
    expect([await one.scopes(), await other.scopes()].map(({ length }) => length)).toEqual([4, 0]);
  });

  it('is nobody’s concern where the company does not care, and is not removed where it is only proposed', async () => {
    const off = await story({ ...REMOVE, unused_access: 'off' });
    await off.signIn();
    running.service.clock.advance('200d');
    expect((await off.page()).html.words).not.toContain('not used since');
    for (const unused_access of ['off', 'propose']) {
      await off.api.patch('/settings', { unused_access });
      for (const days of ['0d', '30d']) {
        running.service.clock.advance(days);
        await work();
      }
    }
    expect(await off.scopes()).toHaveLength(4);
    expect(await off.told()).toEqual([]);
  });

  it('is removed some days after a mail, with all that rests on it, and on record', async () => {
    const { alice, api, scopes, told, signIn, name, bare } = await story(REMOVE);
    const tokens = await signIn();
    await flush();
    running.service.clock.advance('89d');
    await work();
    expect(await told()).toEqual([]);
    running.service.clock.advance('1d');
    await work();
    await work();
    const [mail, another] = await told();
    expect(another).toBeUndefined();
    expect(mail?.subject).toBe('Applications that you do not use will lose access');
    expect(mail?.text).toContain(name);
    expect(mail?.text).toContain('/account/applications');
    running.service.clock.advance('13d');
    await work();
    expect(await scopes()).toHaveLength(4);
    running.service.clock.advance('1d');
    await work();
    expect(await scopes()).toEqual([]);
    expect((await bare.refresh(tokens.refreshToken)).body['error']).toBe('invalid_grant');
    const events = await api.all('/audit-events', { user_id: alice.id, name: 'consent.withdrawn' });
    expect(events).toHaveLength(1);
    expect(await told()).toHaveLength(1);
  });

  it('stays when it is used after the mail, and needs another mail later', async () => {
    const { scopes, told, signIn } = await story(REMOVE);
    await signIn();
    running.service.clock.advance('100d');
    await work();
    expect(await told()).toHaveLength(1);
    running.service.clock.advance('10d');
    await signIn();
    running.service.clock.advance('10d');
    await work();
    expect(await scopes()).toHaveLength(4);
    running.service.clock.advance('90d');
    await work();
    expect(await told()).toHaveLength(2);
    expect(await scopes()).toHaveLength(4);
  });

  it('goes in part, where the application can do without it and uses the rest', async () => {
    const { scopes, told, signIn, read, write, page } = await story(REMOVE);
    await signIn();
    for (let month = 0; month < 4; month += 1) {
      running.service.clock.advance('30d');
      await signIn(`openid ${read}`);
      await flush();
    }
    const { words } = (await page()).html;
    expect(words.match(/not used since/g)).toHaveLength(2);
    await work();
    expect((await told())[0]?.text).toContain('a part of its access');
    expect((await page()).html.words).toContain('is removed then');
    running.service.clock.advance('14d');
    await work();
    expect(await scopes()).toEqual(['openid', read]);
    expect(await scopes()).not.toContain(write);
  });

  it('counts from when it was given as long as it was never used', async () => {
    const { alice, client, scopes, told } = await story(REMOVE);
    const consents = running.service.app.get(ConsentService, { strict: false });
    await consents.give({ userId: alice.id, clientId: client.clientId, scopes: ['openid'], givenBy: 'user' });
    running.service.clock.advance('90d');
    await work();
    expect(await told()).toHaveLength(1);
    running.service.clock.advance('14d');
    await work();
    expect(await scopes()).toEqual([]);
  });

  it('stays where the company allows it, or where its user cannot be told', async () => {
    const company = await story(REMOVE, { firstParty: true, consent: 'skip' });
    await company.bare.signIn(company.browser, company.alice);
    const silent = await story(REMOVE);
    await silent.signIn();
    const removed = { email: null, email_verified: null };
    expect((await silent.api.patch(`/users/${silent.alice.id}`, removed)).status).toBe(200);
    for (let turn = 0; turn < 3; turn += 1) {
      running.service.clock.advance('100d');
      await work();
    }
    expect(await company.scopes()).toEqual(['openid']);
    expect(await company.told()).toEqual([]);
    expect(await silent.scopes()).toHaveLength(4);
  });

  it('is told of in the user’s language', async () => {
    const { alice, api, signIn } = await story(REMOVE);
    await signIn();
    await api.patch(`/users/${alice.id}`, { locale: 'zh-CN' });
    running.service.clock.advance('90d');
    await work();
    const mails = await mailsTo(running.service, alice.claims.email ?? '');
    expect(mails.map(({ subject }) => subject)).toContain('你不使用的应用将失去访问权限');
  });

  it('is decided by settings within bounds', async () => {
    const api = await AdminApi.of(running.service);
    const refused = await api.patch('/settings', {
      ...{ unused_access: 'sometimes', unused_access_days: 1, unused_access_notice_days: 0 },
    });
    expect(refused.status).toBe(422);
    expect(pointersOf(refused)).toContain('#/unused_access');
    const back = await api.patch('/settings', {
      ...{ unused_access: null, unused_access_days: null, unused_access_notice_days: null },
    });
    expect(back.body).toMatchObject({
      ...{ unused_access: 'propose', unused_access_days: 180, unused_access_notice_days: 14 },
    });
  });
});
