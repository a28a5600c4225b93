import { afterAll, beforeAll, expect, it } from 'vitest';
import type { EventName } from '#platform/events/index.js';
import { AdminApi } from '../support/admin-api.js';
import { withMailCodes } from '../support/authenticator.js';
import { BareClient } from '../support/bare-client.js';
import { onEveryDatabase, type Running } from '../support/every-database.js';
import { aBrowser, aSignInReadyToHappen, aUser, uniqueName, type GivenUser } from '../support/given.js';
import { signIn } from '../support/signing-in.js';
import type { UserAgent } from '../support/user-agent.js';
import { REACHES_RECEIVERS, verified, WebhookReceiver } from '../support/webhook-receiver.js';

/** Makes something happen as people do, in browsers and applications, and answers what is to be told of it. */
type Happening = (running: Running, admin: AdminApi) => Promise<object>;

const FACTORS = '/account/second-factors';

async function signedIn(running: Running, alice: GivenUser): Promise<UserAgent> {
  const browser = aBrowser(running.service);
  await signIn(browser, await browser.visit('/sign-in'), alice);
  return browser;
}

async function guessed(running: Running, username: string, times: number): Promise<void> {
  for (let time = 0; time < times; time++) {
    const browser = aBrowser(running.service);
    await browser.submit(await browser.visit('/sign-in'), '#sign-in', { username, password: 'wrong' });
  }
}

async function allowed(running: Running) {
  const { client, alice, browser } = await aSignInReadyToHappen(running.service);
  await new BareClient(running.service, client).signIn(browser, alice, { scope: 'openid email' });
  return { browser, ids: { user_id: alice.id, client_id: client.clientId }, client };
}

const HAPPENINGS: Partial<Record<EventName, Happening>> = {
  'user.registered': async (_running, admin) => {
    const made = await admin.made('/users', { username: uniqueName('registered') });
    return { user_id: made['id'] };
  },
  'user.signed_in': async (running) => {
    const alice = await aUser(running.service);
    await signedIn(running, alice);
    return { user_id: alice.id, amr: ['pwd'], address: '127.0.0.1' };
  },
  'sign_in.failed': async (running) => {
    const { id, username } = await aUser(running.service);
    await guessed(running, username, 1);
    return { user_id: id, username, address: '127.0.0.1', reason: 'password' };
  },
  'user.locked': async (running) => {
    const { id, username } = await aUser(running.service);
    await guessed(running, username, 10);
    return { user_id: id, username };
  },
  'factor.added': async (running) => {
    const alice = await aUser(running.service);
    const browser = await signedIn(running, alice);
    await browser.submit(await browser.visit(FACTORS), '#add-mail');
    return { user_id: alice.id, kind: 'mail_code' };
  },
  'factor.removed': async (running, admin) => {
    const alice = await aUser(running.service);
    await withMailCodes(running.service, alice);
    for (const { id } of await admin.all(`/users/${alice.id}/factors`)) {
      await admin.delete(`/users/${alice.id}/factors/${String(id)}`);
    }
    return { user_id: alice.id, kind: 'mail_code' };
  },
  'user.password_changed': async (running, admin) => {
    const { id } = await aUser(running.service);
    await admin.patch(`/users/${id}`, { password: 'another walk by the river' });
    return { user_id: id };
  },
  'consent.given': async (running) => {
    const { ids } = await allowed(running);
    return { ...ids, scopes: ['openid', 'email'], given_by: 'user' };
  },
  'consent.withdrawn': async (running) => {
    const { browser, ids } = await allowed(running);
    await browser.submit(await browser.visit('/account/applications'), 'action=withdraw');
    return ids;
  },
};

onEveryDatabase(
  'a webhook is told, signed, by a delivery of its own',
  (running) => {
    let receiver: WebhookReceiver;

    beforeAll(async () => {
      receiver = await WebhookReceiver.listen();
    });
    afterAll(() => receiver.close());

    it.each(Object.entries(HAPPENINGS))('%s', async (name, happen) => {
      const admin = await AdminApi.of(running.service);
      const path = `/${uniqueName('hook')}`;
      const { id, secret } = await admin.made('/webhooks', { url: receiver.url(path), events: [name] });
      const data = await happen(running, admin);
      const { length: arrivals } = await receiver.arrived(1, path);
      const now = running.service.clock.now();
      const told = receiver.at(path).map((one) => verified(one, String(secret), now));
      expect(arrivals).toBeGreaterThan(0);
      for (const { type } of told) expect(type).toBe(name);
      expect(told.map((one) => one['data'])).toContainEqual(expect.objectContaining(data));
      await admin.delete(`/webhooks/${String(id)}`);
    });
  },
  { env: REACHES_RECEIVERS },
);
