import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { Database } from '#platform/database/index.js';
import { JobsService } from '#platform/jobs/index.js';
import { TOLD_EVENTS, WEBHOOK_ENTITIES } from '#webhooks/index.js';
import { AdminApi, pointersOf, type Json } from '../support/admin-api.js';
import { BareClient } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aSignInReadyToHappen, aUser, uniqueName } from '../support/given.js';
import {
  expectCursorsChecked,
  expectLimits,
  expectStablePages,
  expectUnknownParametersRefused,
} from '../support/keyset-pages.js';
import { signIn } from '../support/signing-in.js';
import { StatementCount } from '../support/statement-count.js';
import { REACHES_RECEIVERS, verified, WebhookReceiver } from '../support/webhook-receiver.js';

const [, WebhookSecretEntity] = WEBHOOK_ENTITIES;

onEveryDatabase(
  'webhooks',
  (running) => {
    let receiver: WebhookReceiver;
    let secure: WebhookReceiver;
    let api: AdminApi;

    beforeAll(async () => {
      [receiver, secure] = [await WebhookReceiver.listen(), await WebhookReceiver.listen('https')];
      api = await AdminApi.of(running.service);
    });
    afterAll(async () => {
      await Promise.all([receiver.close(), secure.close()]);
    });

    beforeEach(async () => {
      receiver.status = 204;
      for (const { id } of await api.all('/webhooks')) await api.delete(`/webhooks/${String(id)}`);
    });

    /** Lets the service learn that there is no webhook. */
    async function receiverless(): Promise<void> {
      await aUser(running.service);
      await vi.waitFor(async () => {
        const count = new StatementCount(running.service);
        await count.of(() => aUser(running.service));
        expect(count.asked.filter((sql) => sql.includes('webhook'))).toEqual([]);
      });
    }

    const deliver = () => running.service.app.get(JobsService, { strict: false }).runNow('deliver-outbox');

    async function aWebhook(wish: Json = {}, at: WebhookReceiver = receiver) {
      const path = `/${uniqueName('hook')}`;
      const made = await api.made('/webhooks', { url: at.url(path), events: ['user.registered'], ...wish });
      const [id, secret] = [String(made['id']), String(made['secret'])];
      const deliveries = () => api.all(`/webhooks/${id}/deliveries`);
      return { id, path, secret, made, deliveries };
    }

    /** Waits until the service has written down what came of the attempts at a webhook. */
    async function settled(
      hook: { deliveries: () => Promise<Json[]> },
      status: string,
      facts: Json = {},
    ): Promise<Json> {
      return vi.waitFor(async () => {
        const [latest] = await hook.deliveries();
        expect(latest).toMatchObject({ status, ...facts });
        return latest ?? {};
      });
    }

    it.each(['http', 'https'] as const)('are told what happened, signed, over %s', async (scheme) => {
      const hook = await aWebhook({}, scheme === 'https' ? secure : receiver);
      const user = await api.made('/users', { username: uniqueName('told') });
      const [received] = await (scheme === 'https' ? secure : receiver).arrived(1, hook.path);
      if (received === undefined) throw new Error('nothing arrived');
      const now = running.service.clock.now();
      expect(verified(received, hook.secret, now)).toEqual({
        type: 'user.registered',
        timestamp: now.toISOString(),
        data: { user_id: user['id'] },
      });
      expect(received.headers).toMatchObject({
        'content-type': 'application/json',
        'webhook-id': expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        'webhook-timestamp': String(running.service.clock.epochSeconds()),
        'webhook-signature': expect.stringMatching(/^v1,[A-Za-z0-9+/]{43}=$/) as string,
      });
      expect(() => verified({ ...received, body: `${received.body} ` }, hook.secret, now)).toThrow();
      expect(await settled(hook, 'delivered')).toMatchObject({
        event: 'user.registered',
        message_id: received.headers['webhook-id'],
        attempts: 1,
        response_status: 204,
      });
    });

    it('are told of a sign-in with who, for which client, how and from where, and of no secret', async () => {
      const hook = await aWebhook({ events: '*' });
      const { client, alice, browser } = await aSignInReadyToHappen(running.service);
      const tokens = await new BareClient(running.service, client).signIn(browser, alice, { scope: 'openid email' });
      const told = (await receiver.arrived(4, hook.path)).map((one) =>
        verified(one, hook.secret, running.service.clock.now()),
      );
      expect(told.map(({ type }) => type).sort()).toEqual(
        ['consent.given', 'user.password_changed', 'user.registered', 'user.signed_in'].sort(),
      );
      expect(told.find(({ type }) => type === 'user.signed_in')).toMatchObject({
        data: {
          user_id: alice.id,
          client_id: client.clientId,
          session_id: expect.any(String) as string,
          amr: ['pwd'],
          address: '127.0.0.1',
          known_browser: false,
        },
      });
      const everything = JSON.stringify(receiver.at(hook.path));
      const secrets = [
        alice.password,
        tokens.code,
        tokens.accessToken,
        tokens.refreshToken,
        tokens.idToken,
        hook.secret,
      ];
      for (const secret of [...secrets, ...browser.cookies.all.map(({ value }) => value)].filter(Boolean)) {
        expect(everything).not.toContain(secret);
      }
      await api.delete(`/webhooks/${hook.id}`);
    });

    it('show a secret once, and never again: not in answers, in the log, in the record or in the database', async () => {
      const hook = await aWebhook();
      expect(hook.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
      const rotated = await api.made(`/webhooks/${hook.id}/secrets`);
      for (const secret of [hook.secret, String(rotated['secret'])]) {
        for (const path of [`/webhooks/${hook.id}`, '/webhooks', `/webhooks/${hook.id}/secrets`, '/audit-events']) {
          expect((await api.get(path)).text).not.toContain(secret);
        }
        expect(running.service.logs.text).not.toContain(secret);
        const rows = await running.service.app
          .get(Database, { strict: false })
          .dataSource.query<unknown[]>('SELECT * FROM webhook_secret');
        expect(rows.length).toBeGreaterThan(1);
        expect(JSON.stringify(rows)).not.toContain(secret.slice('whsec_'.length));
      }
    });

    it('are signed with the old secret as well until it ends (Standard Webhooks, signature scheme)', async () => {
      const hook = await aWebhook();
      const { secret: next } = await api.made(`/webhooks/${hook.id}/secrets`, { overlap: 3600 });
      await api.made('/users', { username: uniqueName('both') });
      const [both] = await receiver.arrived(1, hook.path);
      if (both === undefined) throw new Error('nothing arrived');
      const now = running.service.clock.now();
      expect(String(both.headers['webhook-signature']).split(' ')).toHaveLength(2);
      for (const secret of [hook.secret, String(next)]) expect(verified(both, secret, now)).toHaveProperty('data');
      expect(await api.all(`/webhooks/${hook.id}/secrets`)).toEqual([
        { id: expect.any(String) as string, created_at: now.toISOString(), expires_at: null },
        expect.objectContaining({ expires_at: new Date(now.getTime() + 3_600_000).toISOString() }),
      ]);
      running.service.clock.advance('1h');
      await api.made('/users', { username: uniqueName('next') });
      const [, one] = await receiver.arrived(2, hook.path);
      if (one === undefined) throw new Error('nothing arrived');
      expect(verified(one, String(next), running.service.clock.now())).toHaveProperty('data');
      expect(() => verified(one, hook.secret, running.service.clock.now())).toThrow();
      expect(await api.all(`/webhooks/${hook.id}/secrets`)).toHaveLength(1);
      const rows = () =>
        running.service.app.get(Database, { strict: false }).rows(WebhookSecretEntity).countBy({ webhookId: hook.id });
      expect(await rows()).toBe(2);
      await running.service.app.get(JobsService, { strict: false }).runNow('purge-webhooks');
      expect(await rows()).toBe(1);
    });

    it('can drop the old secret at once, and have five at most', async () => {
      const hook = await aWebhook();
      for (let time = 0; time < 7; time += 1) await api.made(`/webhooks/${hook.id}/secrets`, { overlap: 604_800 });
      expect(await api.all(`/webhooks/${hook.id}/secrets`)).toHaveLength(5);
      await api.made(`/webhooks/${hook.id}/secrets`, { overlap: 0 });
      expect(await api.all(`/webhooks/${hook.id}/secrets`)).toMatchObject([{ expires_at: null }]);
      for (const overlap of [-1, 604_801, 1.5, '1']) {
        const refused = await api.post(`/webhooks/${hook.id}/secrets`, { overlap });
        expect([refused.status, pointersOf(refused)]).toEqual([422, ['#/overlap']]);
      }
    });

    it('that were down for ten minutes get everything, under the same id and body, signed anew', async () => {
      const hook = await aWebhook();
      receiver.status = 503;
      try {
        await api.made('/users', { username: uniqueName('late') });
        await receiver.arrived(1, hook.path);
        const failed = { attempts: 1, response_status: 503, last_error: 'the answer has status 503' };
        await settled(hook, 'pending', failed);
        for (let minute = 0; minute < 10; minute += 1) {
          running.service.clock.advance('1m');
          await deliver();
        }
      } finally {
        receiver.status = 204;
      }
      const attempts = receiver.at(hook.path).length;
      expect(attempts).toBeGreaterThan(3);
      running.service.clock.advance('1h');
      await deliver();
      expect(await settled(hook, 'delivered')).toMatchObject({ attempts: attempts + 1, response_status: 204 });
      const all = receiver.at(hook.path);
      expect(new Set(all.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
      expect(new Set(all.map(({ body }) => body)).size).toBe(1);
      expect(new Set(all.map(({ headers }) => headers['webhook-timestamp'])).size).toBeGreaterThan(1);
      const last = all.at(-1);
      if (last === undefined) throw new Error('nothing arrived');
      verified(last, hook.secret, running.service.clock.now());
      expect((await api.get(`/webhooks/${hook.id}`)).body).not.toHaveProperty('failing_since');
    });

    it('are given up after two days, told again on request under the same id, and are kept a week', async () => {
      const hook = await aWebhook();
      receiver.status = 500;
      await api.made('/users', { username: uniqueName('never') });
      for (let hour = 0; hour < 50; hour += 1) {
        await deliver();
        running.service.clock.advance('1h');
      }
      receiver.status = 200;
      const failed = await settled(hook, 'failed');
      expect(failed).not.toHaveProperty('next_attempt_at');
      const path = `/webhooks/${hook.id}/deliveries/${String(failed['id'])}`;
      expect((await api.get(path)).body).toEqual(failed);
      const before = receiver.at(hook.path).length;
      const again = await api.post(`${path}/redeliver`);
      expect([again.status, again.body['message_id']]).toEqual([201, failed['message_id']]);
      expect(again.headers.get('location')).toContain(`/webhooks/${hook.id}/deliveries/${String(again.body['id'])}`);
      // One that failed last is told by the job that tries again, seconds later.
      await deliver();
      const received = await receiver.arrived(before + 1, hook.path);
      expect(received.at(-1)?.headers['webhook-id']).toBe(failed['message_id']);
      await settled(hook, 'delivered');
      running.service.clock.advance('7d');
      await running.service.app.get(JobsService, { strict: false }).runNow('purge-outbox');
      expect(await hook.deliveries()).toEqual([]);
      receiver.status = 204;
    });

    it('that answer 410 are told nothing any more, which is an event of its own', async () => {
      await aUser(running.service, { groups: ['administrators'] });
      const [hook, watcher] = [await aWebhook(), await aWebhook({ events: ['webhook.disabled'] })];
      receiver.status = 410;
      await api.made('/users', { username: uniqueName('gone') });
      await receiver.arrived(1, hook.path);
      await settled(hook, 'failed');
      receiver.status = 204;
      await vi.waitFor(async () => {
        const { body } = await api.get(`/webhooks/${hook.id}`);
        expect(body).toMatchObject({ status: 'disabled', disabled_because: 'gone' });
      });
      const [told] = await receiver.arrived(1, watcher.path);
      if (told === undefined) throw new Error('nothing arrived');
      expect(JSON.parse(told.body)).toMatchObject({ data: { webhook_id: hook.id, because: 'gone' } });
      expect(running.service.logs.text).toContain('A webhook is told nothing any more');
      const events = await api.all('/audit-events', { name: 'webhook.disabled' });
      const event = events.find(({ details }) => (details as Json)['webhook_id'] === hook.id);
      expect(event).toMatchObject({ actor: { kind: 'system' } });
      await api.made('/users', { username: uniqueName('unheard') });
      expect(await hook.deliveries()).toHaveLength(1);
      expect((await api.patch(`/webhooks/${hook.id}`, { status: 'active' })).body).not.toHaveProperty(
        'disabled_because',
      );
      await api.made('/users', { username: uniqueName('heard') });
      await deliver();
      await receiver.arrived(2, hook.path);
    });

    it('that take nothing for five days are disabled, and one answer in between starts the days anew', async () => {
      const [hook, lucky] = [await aWebhook(), await aWebhook()];
      const fail = async (): Promise<void> => {
        receiver.status = 500;
        await api.made('/users', { username: uniqueName('failing') });
        await deliver();
        await vi.waitFor(async () => {
          for (const one of [hook, lucky]) expect((await one.deliveries())[0]).toMatchObject({ attempts: 1 });
        });
      };
      await fail();
      expect((await api.get(`/webhooks/${hook.id}`)).body).toHaveProperty('failing_since');
      running.service.clock.advance('4d');
      await fail();
      receiver.status = 204;
      expect((await api.get(`/webhooks/${hook.id}`)).body).toMatchObject({ status: 'active' });
      const [delivery] = await lucky.deliveries();
      await api.post(`/webhooks/${lucky.id}/deliveries/${String(delivery?.['id'])}/redeliver`);
      await deliver();
      await vi.waitFor(async () => {
        expect((await api.get(`/webhooks/${lucky.id}`)).body).not.toHaveProperty('failing_since');
      });
      running.service.clock.advance('1d');
      await api.patch(`/webhooks/${lucky.id}`, { status: 'disabled' });
      receiver.status = 500;
      await api.made('/users', { username: uniqueName('last') });
      await deliver();
      await vi.waitFor(async () => {
        const { body } = await api.get(`/webhooks/${hook.id}`);
        expect(body).toMatchObject({ status: 'disabled', disabled_because: 'failing' });
      });
      receiver.status = 204;
    });

    it('that are down or slow hold up no others', async () => {
      const silent = await WebhookReceiver.listen();
      silent.status = 0;
      const [stuck, fine] = [await aWebhook({}, silent), await aWebhook()];
      const names = Array.from({ length: 12 }, () => uniqueName('crowd'));
      const startedAt = performance.now();
      for (const username of names) await api.made('/users', { username });
      await deliver();
      await receiver.arrived(names.length, fine.path);
      // Each of the twelve would have waited five seconds for an answer.
      expect(performance.now() - startedAt).toBeLessThan(15_000);
      await silent.close();
      await api.delete(`/webhooks/${stuck.id}`);
    });

    it('are tested at once, whatever their status, and the answer says what came of it', async () => {
      const hook = await aWebhook({ status: 'disabled' });
      const answer = await api.post(`/webhooks/${hook.id}/test`);
      expect(answer.body).toEqual({
        outcome: 'delivered',
        message_id: expect.any(String) as string,
        response_status: 204,
      });
      const [received] = receiver.at(hook.path);
      if (received === undefined) throw new Error('nothing arrived');
      expect(verified(received, hook.secret, running.service.clock.now())).toMatchObject({
        type: 'webhook.test',
        data: { webhook_id: hook.id },
      });
      receiver.status = 302;
      expect((await api.post(`/webhooks/${hook.id}/test`)).body).toMatchObject({
        outcome: 'failed',
        response_status: 302,
        detail: 'the answer has status 302',
      });
      expect(receiver.at('/elsewhere')).toEqual([]);
      receiver.status = 204;
      const closed = await WebhookReceiver.listen();
      const { id } = await aWebhook({}, closed);
      await closed.close();
      expect((await api.post(`/webhooks/${id}/test`)).body).toMatchObject({
        outcome: 'failed',
        detail: 'the request failed with ECONNREFUSED',
      });
      for (const answerOf of [
        await api.post(`/webhooks/${id}/test?dry_run=true`),
        await api.post(`/webhooks/${id}/test`, undefined, { 'idempotency-key': 'a-key' }),
      ]) {
        expect(answerOf.status).toBe(400);
      }
      expect((await api.post('/webhooks/nothing/test')).status).toBe(404);
    });

    it.each([
      ['http://rp.example/hook', 'it is not an https URL'],
      ['ftp://rp.example/', 'it is not an https URL'],
      ['not a URL', 'it is not an https URL'],
      ['https://user:word@rp.example/', 'the URL has credentials'],
      ['https://rp.example./', 'the host ends with a dot'],
      ['https://10.0.0.1/', '10.0.0.1 is not a public address'],
      ['https://169.254.169.254/latest/meta-data', '169.254.169.254 is not a public address'],
      ['https://[::ffff:10.0.0.1]/', 'is not a public address'],
      ['https://2130706434.example:99999/', 'it is not an https URL'],
      ['https://rp.example/#part', 'must have no fragment'],
      [`https://rp.example/${'x'.repeat(2000)}`, 'must have at most 2000 characters'],
    ])('are refused at %s (RFC 9700 §4.15)', async (url, detail) => {
      const refused = await api.post('/webhooks', { url, events: '*' });
      // Where a name leads is found out when it is told something.
      if (url.startsWith('http://rp')) {
        expect(refused.status).toBe(201);
        const test = await api.post(`/webhooks/${String(refused.body['id'])}/test`);
        expect(test.body).toMatchObject({ outcome: 'failed' });
        await api.delete(`/webhooks/${String(refused.body['id'])}`);
      } else {
        expect([refused.status, pointersOf(refused)]).toEqual([422, ['#/url']]);
        expect(refused.text).toContain(detail);
      }
    });

    it('are refused with events that there are not', async () => {
      const url = receiver.url('/x');
      const cases: readonly [unknown, readonly string[]][] = [
        [[], ['#/events']],
        [['user.registered', 'user.renamed'], ['#/events']],
        [['session.started'], ['#/events']],
        [['*'], ['#/events']],
        ['user.registered', ['#/events']],
        [undefined, ['#/events']],
      ];
      for (const [events, pointers] of cases) {
        const refused = await api.post('/webhooks', { url, events });
        expect([refused.status, pointersOf(refused)], JSON.stringify(events)).toEqual([422, pointers]);
      }
      expect(TOLD_EVENTS).toContain('user.signed_in');
    });

    it('are changed, listed and deleted; what waits for one that is gone is not delivered', async () => {
      const hook = await aWebhook({ description: 'people' });
      const changed = await api.patch(`/webhooks/${hook.id}`, {
        events: ['user.deleted', 'user.deleted'],
        description: null,
      });
      expect(changed.body).toMatchObject({ events: ['user.deleted'], status: 'active' });
      expect(changed.body).not.toHaveProperty('description');
      await api.made('/users', { username: uniqueName('unasked') });
      expect(await hook.deliveries()).toEqual([]);
      const listing = { path: '/webhooks', key: 'id', make: async () => (await aWebhook({ status: 'disabled' })).id };
      await expectLimits(api, listing);
      await expectCursorsChecked(api, listing);
      await expectUnknownParametersRefused(api, listing);
      await expectStablePages(api, listing);
      expect((await api.delete(`/webhooks/${hook.id}`)).status).toBe(204);
      for (const path of ['', '/secrets', '/deliveries', '/deliveries/x']) {
        expect((await api.get(`/webhooks/${hook.id}${path}`)).status).toBe(404);
      }
    });

    it('are for those with the scope alone', async () => {
      const other = await AdminApi.of(running.service, ['users:read', 'webhooks:read']);
      expect((await other.get('/webhooks')).status).toBe(200);
      const refused = await other.post('/webhooks', { url: receiver.url('/x'), events: '*' });
      expect(refused.status).toBe(403);
    });

    it('show in the metrics how they are received', async () => {
      const hook = await aWebhook();
      await api.post(`/webhooks/${hook.id}/test`);
      const metrics = await (await fetch(running.service.url('/metrics'))).text();
      expect(metrics).toMatch(/^gatehouse_webhook_attempts_total\{reception="taken"\} \d+$/m);
      expect(metrics).not.toContain(hook.id);
    });

    it('cost a sign-in nothing when there is none', async () => {
      const alice = await aUser(running.service);
      const browser = aBrowser(running.service);
      const page = await browser.visit('/sign-in');
      await receiverless();
      const count = new StatementCount(running.service);
      await count.of(() => signIn(browser, page, alice));
      expect(count.asked.filter((sql) => /webhook|outbox/.test(sql))).toEqual([]);
      expect(count.asked.some((sql) => sql.includes('audit_event'))).toBe(true);
    });
  },
  { env: REACHES_RECEIVERS },
);
