import { expect, it } from 'vitest';
import { ClientReports } from '#clients/index.js';
import { AdminApi } from '../support/admin-api.js';
import { BareClient } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { press } from '../support/form.js';
import { aBrowser, aClient, aUser, uniqueName } from '../support/given.js';
import { givenFrom, selfRegistered } from '../support/self-registered.js';
import { signIn } from '../support/signing-in.js';

onEveryDatabase(
  'a report about an application that nobody here has checked',
  (running) => {
    async function asked() {
      const stranger = givenFrom(
        await selfRegistered(running.service, {
          client_name: uniqueName('Harbour'),
          token_endpoint_auth_method: 'none',
        }),
      );
      const [alice, browser] = [await aUser(running.service), aBrowser(running.service)];
      const { url } = new BareClient(running.service, stranger).request({ scope: 'openid email' });
      const consent = await signIn(browser, await browser.visit(url, { site: 'cross-site' }), alice);
      expect(consent.html.has('#consent-allow')).toBe(true);
      const report = async () =>
        browser.visit(consent.html.find('report-client')?.attributes.get('href') ?? '/no-link-to-report');
      return { stranger, alice, browser, consent, report };
    }

    it('is sent from the consent page, read by administrators, and decides nothing', async () => {
      const { stranger, alice, browser, report } = await asked();
      const page = await report();
      expect(page.html.words).toContain('What is wrong with it?');
      const done = await browser.submit(page, '#report', { reason: 'impersonation', words: ' It is not <ours>. ' });
      expect(done.status).toBe(200);
      expect(done.html.has('#told')).toBe(true);
      const api = await AdminApi.of(running.service);
      const [told, ...others] = await api.all('/reports', { client_id: stranger.clientId });
      expect(others).toEqual([]);
      expect(told).toMatchObject({
        client_id: stranger.clientId,
        user_id: alice.id,
        reason: 'impersonation',
        words: 'It is not <ours>.',
      });
      expect((await api.get(`/reports/${String(told?.['id'])}`)).body).toEqual(told);
      const back = await browser.visit(done.html.find('back')?.attributes.get('href') ?? '/no-way-back');
      const { answer } = await browser.submit(back, '#consent-deny');
      expect(answer).toMatchObject({ error: 'access_denied' });
    });

    it('is one for each user and client: whoever tells again has changed their words', async () => {
      const { stranger, browser, report } = await asked();
      for (const reason of ['unexpected', 'excessive']) {
        expect((await browser.submit(await report(), '#report', { reason })).status).toBe(200);
        running.service.clock.advance('1s');
      }
      const api = await AdminApi.of(running.service);
      const reports = await api.all('/reports', { client_id: stranger.clientId });
      expect(reports.map(({ reason }) => reason)).toEqual(['excessive']);
      expect(reports[0]).not.toHaveProperty('words');
    });

    it.each([
      ['no reason', {}],
      ['a reason that was not offered', { reason: 'revenge' }],
      ['more than is kept', { reason: 'other', words: 'x'.repeat(501) }],
    ])('comes back with %s', async (_, entries) => {
      const { stranger, browser, report } = await asked();
      const form = press((await report()).html, '#report', {});
      const again = await browser.post(form.action, { ...Object.fromEntries(form.entries), ...entries });
      expect(again.status).toBe(422);
      expect(again.html.has('#form-error')).toBe(true);
      const api = await AdminApi.of(running.service);
      expect(await api.all('/reports', { client_id: stranger.clientId })).toEqual([]);
    });

    it('is settled by whoever may change reports, and goes with its client', async () => {
      const { stranger, alice } = await asked();
      const reports = running.service.app.get(ClientReports, { strict: false });
      const tell = () =>
        reports.tell({ clientId: stranger.clientId, userId: alice.id, reason: 'other', words: undefined });
      const api = await AdminApi.of(running.service);
      const all = () => api.all('/reports', { user_id: alice.id });
      await tell();
      const [told] = await all();
      expect((await api.send('DELETE', `/reports/${String(told?.['id'])}`)).status).toBe(204);
      expect((await api.send('DELETE', `/reports/${String(told?.['id'])}`)).status).toBe(404);
      await tell();
      expect(await all()).toHaveLength(1);
      await api.send('DELETE', `/clients/${stranger.clientId}`);
      expect(await all()).toEqual([]);
    });

    it('is not offered about an application that an administrator registered', async () => {
      const [client, alice, browser] = [
        await aClient(running.service),
        await aUser(running.service),
        aBrowser(running.service),
      ];
      const { url } = new BareClient(running.service, client).request({ scope: 'openid email' });
      const consent = await signIn(browser, await browser.visit(url, { site: 'cross-site' }), alice);
      expect(consent.html.has('#report-client')).toBe(false);
      const address = consent.url.href.replace('/consent?', '/consent/report?');
      expect((await browser.visit(address)).url.pathname).toBe('/consent');
    });
  },
  { env: { CLIENT_REGISTRATION: 'open' } },
);
