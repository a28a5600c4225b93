import type { EntityMetadata } from 'typeorm';
import { expect, it } from 'vitest';
import { ActionLinks, InvitationsService, SetUpLinks } from '#authentication/index.js';
import { ClientReports, InitialAccessTokensService } from '#clients/index.js';
import { PendingLinks } from '#federation/index.js';
import { Database } from '#platform/database/index.js';
import { Explanations } from '#explanations/index.js';
import { Gatherings, JobsService } from '#platform/jobs/index.js';
import { ChangeRequests } from '../../src/admin/changes/change-requests.service.js';
import { AdminApi, type Json } from '../support/admin-api.js';
import { withAuthenticator, withMailCodes } from '../support/authenticator.js';
import { BareClient } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aClient, aKeyHolder, anApi, aUser, uniqueName } from '../support/given.js';
import { aPasskeyHolder, ON_A_NAMED_HOST } from '../support/passkeys.js';
import { signIn, signOut, throughEveryPage } from '../support/signing-in.js';
import { aProvider } from '../support/upstream-gatehouse.js';
import { VOLATILE_TABLES } from '../support/volatile-tables.js';

/** Tables with an end in each row that stay until somebody takes the row away, or that have few rows by their nature. */
const KEPT = ['client_secret', 'lease', 'signing_key'];

/** What a story of a few months leaves, as it is to be looked up for longer than that. */
const REMEMBERED = ['audit_event', 'claim_disclosure', 'consent_receipt', 'sign_in_throttle'];

interface Row {
  readonly table: string;
  readonly key: string;
  readonly ends: number;
}

onEveryDatabase(
  'purge jobs',
  (running) => {
    const database = (): Database => running.service.app.get(Database, { strict: false });

    const tablesWithAnEnd = (): readonly EntityMetadata[] =>
      database().dataSource.entityMetadatas.filter((one) => one.findColumnWithPropertyName('expiresAt') !== undefined);

    /** Every row of the volatile tables that has an end by now. */
    const rows = async (): Promise<Row[]> => {
      const found: Row[] = [];
      for (const metadata of tablesWithAnEnd().filter(({ tableName }) => VOLATILE_TABLES.includes(tableName))) {
        for (const row of await database().rows(metadata.target).find()) {
          const record = row as Readonly<Record<string, unknown>>;
          if (record['expiresAt'] === null) continue;
          const key = metadata.primaryColumns.map(({ propertyName }) => String(record[propertyName])).join(' ');
          found.push({ table: metadata.tableName, key, ends: (record['expiresAt'] as Date).getTime() });
        }
      }
      return found.sort((a, b) => (`${a.table} ${a.key}` < `${b.table} ${b.key}` ? -1 : 1));
    };

    const purge = async (): Promise<void> => {
      const jobs = running.service.app.get(JobsService, { strict: false });
      for (const name of jobs.names.filter((one) => one.startsWith('purge-'))) await jobs.runNow(name);
    };

    const advanceTo = (instant: number): void => {
      running.service.clock.advance(`${instant - running.service.clock.now().getTime()}ms`);
    };

    /** Lets people and clients do whatever leaves a row behind. */
    const leaveTraces = async (): Promise<void> => {
      const { service } = running;
      await service.app.get(SetUpLinks, { strict: false }).issue();
      const link = { purpose: 'verify-email', address: 'alice@mail.example', data: {}, lifetimeSeconds: 900 } as const;
      await service.app.get(ActionLinks, { strict: false }).issue(link);
      const tomorrow = new Date(service.clock.now().getTime() + 86_400_000);
      await service.app.get(InitialAccessTokensService, { strict: false }).create({ expiresAt: tomorrow });
      const api = await AdminApi.of(service);
      await api.post('/groups', { name: 'travellers' }, { 'idempotency-key': 'travellers' });
      await api.made('/jobs/revocations', { user_id: 'nobody', since: service.clock.now().toISOString() });
      await fetch(service.url('/oauth2/authorize'));
      await service.app.get(Explanations, { strict: false }).flush();
      const orders = await anApi(service, { accessTokenFormat: 'opaque' });
      const scope = ['openid', 'email', 'offline_access', ...orders.scopes];
      const told = new BareClient(service, await aClient(service, { backchannelLogoutUri: 'https://rp.invalid/out' }));
      const leaving = aBrowser(service);
      await told.signIn(leaving, await aUser(service));
      await signOut(leaving, service);
      const holder = new BareClient(service, await aKeyHolder(service, { scope }));
      const plain = new BareClient(service, await aClient(service, { scope, refreshTokenLifetime: 3600 }));
      const [alice, browser] = [await aUser(service), aBrowser(service)];
      const offline = await holder.signIn(browser, alice, { scope: 'openid offline_access' });
      await holder.revoke(offline.accessToken);
      await holder.signIn(browser, alice, { scope: `openid ${orders.scopes.join(' ')}`, resource: orders.identifier });
      running.service.clock.advance('7s');
      await plain.signIn(browser, alice, { scope: 'openid email' });
      await plain.obtainCode(browser, alice);
      const stranger = aBrowser(service);
      const page = await stranger.visit(plain.request().url);
      const wrong = await stranger.submit(page, '#sign-in', { username: alice.username, password: 'wrong' });
      expect(wrong.status).toBe(422);
      running.service.clock.advance('7s');
      const pending = aBrowser(service);
      await signIn(pending, await pending.visit(holder.request({ prompt: 'login consent' }).url), alice);
      await throughEveryPage(pending, await pending.visit('/sign-in'), alice);
      const about = { clientId: plain.client.clientId, userId: alice.id, reason: 'other', words: undefined } as const;
      await service.app.get(ClientReports, { strict: false }).tell(about);
      const wanted = { kind: 'settings.change', body: { four_eyes: false }, changes: [] } as const;
      const asker = { kind: 'client', id: plain.client.clientId } as const;
      await service.app.get(ChangeRequests, { strict: false }).ask(wanted, asker, 'request');
      await service.app.get(Gatherings, { strict: false }).flush();
      await leaveTracesOfFactors();
      await leaveTracesOfOutsiders();
      await leaveTracesOfSecrets(api);
    };

    /** Passkeys, a remembered browser, and a sign-in that waits for a code by mail. */
    const leaveTracesOfFactors = async (): Promise<void> => {
      const { service } = running;
      await aPasskeyHolder(service, aBrowser(service), await aUser(service));
      const [careful, vouched] = [await aUser(service), aBrowser(service)];
      const app = await withAuthenticator(service, careful);
      const asked = await signIn(vouched, await vouched.visit(service.url('/sign-in')), careful);
      await vouched.submit(asked, '#verify', { code: app.code(), remember: 'yes' });
      const [mailed, waiting] = [await aUser(service), aBrowser(service)];
      await withMailCodes(service, mailed);
      const page = await signIn(waiting, await waiting.visit(service.url('/sign-in')), mailed);
      await waiting.submit(page, '#send-code');
    };

    /** Somebody who is invited, somebody at a provider, and somebody who tries one password for many names. */
    const leaveTracesOfOutsiders = async (): Promise<void> => {
      const { service } = running;
      const invited = { email: `${uniqueName('invited')}@mail.example` };
      await service.app.get(InvitationsService, { strict: false }).create(invited);
      const provider = await aProvider(service, {
        preset: 'github',
        slug: uniqueName('github'),
        clientId: 'gatehouse',
        clientSecret: 'shared with the provider',
      });
      const away = aBrowser(service);
      const start = await away.visit(service.url('/sign-in'));
      await away.visit(start.html.find(`idp-${provider.slug}`)?.attributes.get('href') ?? '');
      const identity = {
        providerId: provider.id,
        issuer: 'https://github.com',
        subject: '1',
        claims: {},
        groups: [],
        amr: [],
      };
      await service.app.get(PendingLinks, { strict: false }).begin(uniqueName('browser'), identity);
      const guesser = aBrowser(service);
      for (let name = 0; name < 10; name++) {
        const page = await guesser.visit(service.url('/sign-in'));
        await guesser.submit(page, '#sign-in', { username: uniqueName('sprayed'), password: 'Winter2026!' });
      }
    };

    /** A secret that was announced to run out, and one that has a successor. */
    const leaveTracesOfSecrets = async (api: AdminApi): Promise<void> => {
      const { service } = running;
      const { clientId } = await aClient(service);
      const end = new Date(service.clock.now().getTime() + 20 * 86_400_000);
      await api.made(`/clients/${clientId}/secrets`, { expires_at: end.toISOString() });
      await service.app.get(JobsService, { strict: false }).runNow('expiry-warnings');
      const hook = await api.made('/webhooks', { url: 'https://hooks.invalid/here', events: ['user.registered'] });
      await api.made(`/webhooks/${String(hook['id'])}/secrets`, { overlap: 3600 });
    };

    it('know every table that has an end in its rows', () => {
      const names = tablesWithAnEnd().map(({ tableName }) => tableName);
      expect(names.sort()).toEqual([...VOLATILE_TABLES, ...KEPT].sort());
    });

    it('find their rows by an index', () => {
      for (const { tableName, indices } of tablesWithAnEnd().filter((one) => VOLATILE_TABLES.includes(one.tableName))) {
        const indexed = indices.some(({ columns }) => columns[0]?.propertyName === 'expiresAt');
        expect(indexed, tableName).toBe(true);
      }
    });

    it('empty every volatile table as time goes by, each row when it has run out and none before', async () => {
      await leaveTraces();
      let left = await rows();
      const filled = new Set(left.map(({ table }) => table));
      expect([...filled].sort()).toEqual(VOLATILE_TABLES);
      // What is counted by the clock on the wall may have run out while the rest was made.
      left = left.filter(({ ends }) => ends > running.service.clock.now().getTime());
      await purge();
      expect(await rows()).toEqual(left);
      for (const end of [...new Set(left.map(({ ends }) => ends))].sort((a, b) => a - b)) {
        for (const instant of [end - 1, end]) {
          if (instant < running.service.clock.now().getTime()) continue;
          advanceTo(instant);
          await purge();
          left = left.filter(({ ends }) => ends > instant);
          expect(await rows(), `at ${new Date(instant).toISOString()}`).toEqual(left);
        }
      }
      expect(await rows()).toEqual([]);
    });

    it('take nothing of what an administrator made, nor what users allowed', async () => {
      const api = await AdminApi.of(running.service);
      const records = async (): Promise<Json> => {
        const lists: [string, unknown][] = [];
        for (const path of ['/users', '/groups', '/clients', '/resources', '/scopes', '/consents']) {
          lists.push([path, await api.all(path)]);
        }
        return Object.fromEntries(lists);
      };
      await leaveTraces();
      const before = await records();
      running.service.clock.advance('401d');
      await purge();
      expect(await records()).toEqual(before);
      expect((await rows()).filter(({ table }) => table !== 'consent_receipt' && table !== 'claim_disclosure')).toEqual(
        [],
      );
    });

    it('leave a family that is used again and again, however long it has lived', async () => {
      const bare = new BareClient(running.service, await aClient(running.service));
      const forever = { consent: { duration: 'forever' } };
      const scope = 'openid offline_access';
      const tokens = await bare.signIn(aBrowser(running.service), await aUser(running.service), { scope }, forever);
      let refreshToken = tokens.refreshToken;
      for (let week = 0; week < 12; week++) {
        running.service.clock.advance('7d');
        await purge();
        const { status, body } = await bare.refresh(refreshToken);
        expect(status, `week ${week + 1}`).toBe(200);
        refreshToken = String(body['refresh_token']);
        expect((await rows()).filter(({ table }) => table === 'refresh_token_family')).toHaveLength(1);
      }
      running.service.clock.advance('7d');
      expect((await bare.refresh(refreshToken)).status).toBe(400);
      await purge();
      expect((await rows()).filter(({ table }) => !REMEMBERED.includes(table)).map(({ table }) => table)).toEqual([]);
    });

    it('forget retired keys only after the last token that they signed has run out', async () => {
      const { service } = running;
      const jobs = service.app.get(JobsService, { strict: false });
      const api = await AdminApi.of(service);
      const old = (await api.all('/keys')).map(({ kid }) => kid);
      await api.post('/keys/rotate', { now: true });
      const retired = (await api.all('/keys')).filter(({ kid, status }) => old.includes(kid) && status === 'retired');
      expect(retired.length).toBeGreaterThan(0);
      service.clock.advance('1h');
      await jobs.runNow('key-rotation');
      expect((await api.all('/keys')).map(({ kid }) => kid)).toEqual(
        expect.arrayContaining(retired.map(({ kid }) => kid)),
      );
      service.clock.advance('2d');
      await jobs.runNow('key-rotation');
      const after = (await api.all('/keys')).map(({ kid }) => kid);
      for (const { kid } of retired) expect(after).not.toContain(kid);
    });
  },
  ON_A_NAMED_HOST,
);
