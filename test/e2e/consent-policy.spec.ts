import { expect, it } from 'vitest';
import { ClientsService } from '#clients/index.js';
import { Database } from '#platform/database/index.js';
import { AdminApi, pointersOf } from '../support/admin-api.js';
import { BareClient } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { press } from '../support/form.js';
import { aBrowser, aClient, anApi, aSignInReadyToHappen, uniqueName, type ClientWish } from '../support/given.js';
import { signIn } from '../support/signing-in.js';
import type { Visit } from '../support/user-agent.js';

const DAY = 86_400;

onEveryDatabase('what the record of a client says of its consent page', (running) => {
  async function ready(wish: ClientWish = {}) {
    const api = await anApi(running.service);
    const [read = '', write = ''] = api.scopes;
    const scope = ['openid', 'email', 'profile', read, write];
    const made = await aSignInReadyToHappen(running.service, { scope, optionalScope: ['email', read, write], ...wish });
    const bare = new BareClient(running.service, made.client);
    const page = async () =>
      signIn(made.browser, await made.browser.visit(bare.request({ scope: scope.join(' ') }).url), made.alice);
    return { ...made, bare, read, write, page, scope: scope.join(' ') };
  }

  const ticked = ({ html }: Visit) =>
    html.tags
      .filter(({ attributes }) => attributes.get('name') === 'scope' && attributes.has('checked'))
      .map(({ attributes }) => attributes.get('value'))
      .sort();

  const durations = ({ html }: Visit) =>
    html.tags
      .filter(({ attributes }) => attributes.get('name') === 'duration')
      .map(({ attributes }) => attributes.get('value'));

  it('ticks optional scopes in advance, but for those it names', async () => {
    const { bare, browser, page, client, read, write, scope } = await ready();
    expect(ticked(await page())).toEqual(['email', read, write].sort());
    await running.service.app
      .get(ClientsService, { strict: false })
      .update(client.clientId, { untickedScope: [write] });
    running.service.clock.advance('2s');
    const later = await browser.visit(bare.request({ scope }).url);
    expect(ticked(later)).toEqual(['email', read].sort());
    const { answer } = await browser.submit(later, '#consent-allow');
    expect(answer).toHaveProperty('code');
  });

  it('never ticks an optional scope of a company API for a client that nobody has checked', async () => {
    const { bare, page, client, read, write, browser, scope } = await ready();
    const clients = running.service.app.get(ClientsService, { strict: false });
    expect((await clients.find(client.clientId))?.selfRegistered).toBe(false);
    const stranger = await selfRegistered(client.clientId);
    await page();
    expect(ticked(await browser.visit(bare.request({ scope }).url))).toEqual(['email']);
    await clients.update(stranger, { vetted: true });
    running.service.clock.advance('2s');
    expect(ticked(await browser.visit(bare.request({ scope }).url))).toEqual(['email', read, write].sort());
  });

  /** As if it had registered itself, as the test chose its scopes. */
  async function selfRegistered(clientId: string): Promise<string> {
    const { dataSource } = running.service.app.get(Database, { strict: false });
    await dataSource.query('UPDATE client SET self_registered = ? WHERE client_id = ?', [1, clientId]);
    running.service.clock.advance('2s');
    return clientId;
  }

  it('is headed by the host for a client that nobody has checked, which is not taken for another', async () => {
    const name = uniqueName('Harbour');
    const { bare, page, client, browser } = await ready({ clientName: name });
    const first = await page();
    expect(first.html.words).toContain(`${name} wants to use your Gatehouse account`);
    expect(first.html.has('#lookalike')).toBe(false);
    await aClient(running.service, { clientName: name.replace('o', '0').toUpperCase() });
    await selfRegistered(client.clientId);
    const { html } = await browser.visit(bare.request({ scope: 'openid' }).url);
    expect(html.words).toContain(`rp.example calls itself ${name} and wants to use your Gatehouse account`);
    expect(html.words).toContain('Nobody at Gatehouse has checked this application.');
    expect(html.has('#lookalike')).toBe(true);
  });

  it.each([
    [['once'], undefined, ['once']],
    [['days', 'forever'], undefined, ['days:30', 'forever']],
    [['days'], 7, ['days:7']],
    [undefined, 90, ['once', 'days:30', 'forever']],
  ] as const)('offers only the durations it allows: %j', async (consentDurations, consentMaxDays, offered) => {
    const { page } = await ready({ consentDurations, consentMaxDays });
    expect(durations(await page())).toEqual(offered);
  });

  it('takes no other duration, however the form was changed', async () => {
    const { page, browser } = await ready({ consentDurations: ['once', 'days'], consentMaxDays: 7 });
    const shown = await page();
    const { action, entries } = press(shown.html, '#consent-allow', {});
    const posting = (duration: string) =>
      browser.post(
        new URL(action, shown.url),
        entries.map(([name, value]): [string, string] => [name, name === 'duration' ? duration : value]),
      );
    for (const duration of ['forever', 'days:8', 'days:0']) expect((await posting(duration)).status).toBe(422);
    expect((await posting('days:3')).answer).toHaveProperty('code');
  });

  it('asks again when an approval is older than it may be, which is then no news', async () => {
    const { bare, browser, alice, scope } = await ready({ consentMaxAge: 30 * DAY });
    await bare.signIn(browser, alice, { scope }, { consent: { duration: 'forever' } });
    const elsewhere = aBrowser(running.service);
    const ask = async () => signIn(elsewhere, await elsewhere.visit(bare.request({ scope }).url), alice);
    running.service.clock.advance('29d');
    expect((await ask()).answer).toHaveProperty('code');
    running.service.clock.advance('2d');
    const page = await signIn(browser, await browser.visit(bare.request({ scope }).url), alice);
    expect(page.html.has('#consent-allow')).toBe(true);
    expect(page.html.tags.some(({ attributes }) => attributes.get('class') === 'tag')).toBe(false);
    await browser.submit(page, '#consent-allow', { duration: 'forever' });
    running.service.clock.advance('29d');
    const once = aBrowser(running.service);
    expect((await signIn(once, await once.visit(bare.request({ scope }).url), alice)).answer).toHaveProperty('code');
  });

  it('is written over REST, and refused where it contradicts itself', async () => {
    const api = await AdminApi.of(running.service);
    const { clientId } = await aClient(running.service, { scope: ['openid', 'email'], optionalScope: ['email'] });
    const path = `/clients/${clientId}`;
    const policy = {
      unticked_scope: 'email',
      consent_durations: ['once', 'days'],
      consent_max_days: 90,
      consent_max_age: 31_536_000,
    };
    expect((await api.patch(path, policy)).body).toMatchObject(policy);
    expect((await api.get(path)).body).toMatchObject(policy);
    for (const [member, value] of [
      ['unticked_scope', 'openid'],
      ['consent_durations', []],
      ['consent_durations', ['always']],
      ['consent_max_days', 0],
      ['consent_max_days', 3651],
      ['consent_max_age', 0],
    ] as const) {
      expect(pointersOf(await api.patch(path, { [member]: value })), `${member} ${String(value)}`).toEqual([
        `#/${member}`,
      ]);
    }
    const cleared = await api.patch(path, { unticked_scope: null, consent_durations: null, consent_max_days: null });
    expect(Object.keys(cleared.body)).not.toContain('consent_durations');
  });
});
