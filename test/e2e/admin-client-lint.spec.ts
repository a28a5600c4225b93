import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { ConsentService } from '#consent/index.js';
import { AdminApi, pointersOf, type Json } from '../support/admin-api.js';
import { BareClient } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aClient, aUser, type ClientWish } from '../support/given.js';
import { OutsideServer } from '../support/outside-server.js';
import { signOut } from '../support/signing-in.js';

const outside = new OutsideServer();
const env: NodeJS.ProcessEnv = {};

beforeAll(async () => {
  await outside.listen();
  Object.assign(env, outside.env);
});
afterAll(() => outside.close());

onEveryDatabase(
  'what should be otherwise about a client',
  (running) => {
    const findings = async (api: AdminApi, clientId: string, query: Record<string, string> = {}): Promise<Json[]> => {
      const answer = await api.get(`/clients/${clientId}/lint`, query);
      expect(answer.status, answer.text).toBe(200);
      expect(answer.body).toMatchObject({ client_id: clientId, reached: query['reach'] === 'true' });
      return answer.body['findings'] as Json[];
    };
    const rulesOf = async (api: AdminApi, clientId: string, query: Record<string, string> = {}) =>
      (await findings(api, clientId, query)).map(({ rule }) => rule);

    it('is told with rule, severity, clause, place and what to do, what matters most first', async () => {
      const api = await AdminApi.of(running.service, ['clients:read']);
      const { clientId } = await aClient(running.service, {
        ...{
          grantTypes: ['authorization_code', 'implicit'],
          responseTypes: ['code', 'code token'],
          requirePkce: false,
        },
        contacts: ['it@rp.example'],
      });
      const found = await findings(api, clientId);
      expect(found[0]).toEqual({
        ...{ rule: 'implicit-token', severity: 'error', clause: 'RFC 9700 §2.1.2', pointer: '#/response_types/1' },
        advice: expect.stringMatching(/^Use code alone/) as string,
      });
      expect(found.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['pkce-not-required', 'no-owner']));
      expect(found.map(({ rule }) => rule)).not.toContain('no-contacts');
    });

    it('is asked with known parameters alone, of a client that is there', async () => {
      const api = await AdminApi.of(running.service);
      const { clientId } = await aClient(running.service);
      const path = `/clients/${clientId}/lint`;
      expect((await api.get('/clients/nobody/lint')).status).toBe(404);
      for (const [query, pointer] of [[{ reach: 'yes' }, '#/reach'] as const, [{ deep: 'true' }, '#/deep'] as const]) {
        const refused = await api.get(path, query);
        expect([refused.status, pointersOf(refused)]).toEqual([422, [pointer]]);
      }
      const blind = await AdminApi.of(running.service, ['users:read']);
      expect((await blind.get(path)).status).toBe(403);
    });

    it('asks nobody outside unless it is told to, and then names the logout addresses where nobody answers', async () => {
      const api = await AdminApi.of(running.service);
      outside.clear();
      const back = outside.put('/back', { status: 400 });
      const wish: ClientWish = {
        redirectUris: [outside.url('/cb')],
        backchannelLogoutUri: back,
        frontchannelLogoutUri: outside.url('/frame'),
        postLogoutRedirectUris: [outside.url('/bye'), 'https://nowhere.invalid/bye', 'https://nowhere.invalid/other'],
      };
      const { clientId } = await aClient(running.service, wish);
      const asked = outside.asked.length;
      expect(await rulesOf(api, clientId)).not.toContain('dead-address');
      expect(outside.asked).toHaveLength(asked);
      const dead = (await findings(api, clientId, { reach: 'true' })).filter(({ rule }) => rule === 'dead-address');
      expect(dead.map(({ pointer }) => pointer)).toEqual([
        '#/frontchannel_logout_uri',
        '#/post_logout_redirect_uris/1',
      ]);
      expect(dead[0]).toMatchObject({ severity: 'error', advice: expect.stringContaining('status 404') as string });
      expect(outside.asked.slice(asked).sort()).toEqual(['/', '/back', '/frame']);
      outside.clear();
      const pointers = (await findings(api, clientId, { reach: 'true' })).map(({ pointer }) => pointer);
      expect(pointers).toContain('#/backchannel_logout_uri');
    });

    it('goes only where requests may go: not to a private address (RFC 9700 §4.15)', async () => {
      const api = await AdminApi.of(running.service);
      const asked = outside.asked.length;
      const backchannelLogoutUri = outside.url('/back', '127.0.0.1');
      const { clientId } = await aClient(running.service, { backchannelLogoutUri });
      const dead = (await findings(api, clientId, { reach: 'true' })).find(({ rule }) => rule === 'dead-address');
      expect(dead?.['advice']).toContain('not a public address');
      expect(outside.asked).toHaveLength(asked);
    });

    it('knows of sign-outs that did not arrive (OIDC Back-Channel Logout §2.5)', async () => {
      const api = await AdminApi.of(running.service);
      const [alice, browser] = [await aUser(running.service), aBrowser(running.service)];
      const backchannelLogoutUri = outside.put('/out', { status: 400 });
      const given = await aClient(running.service, { backchannelLogoutUri });
      expect(await rulesOf(api, given.clientId)).not.toContain('logout-fails');
      await new BareClient(running.service, given).signIn(browser, alice);
      await signOut(browser, running.service);
      await vi.waitFor(async () => {
        const fault = (await findings(api, given.clientId)).find(({ rule }) => rule === 'logout-fails');
        expect(fault?.['advice']).toContain('status 400');
      });
    });

    it('knows which scopes nobody has approved or used for long', async () => {
      const api = await AdminApi.of(running.service);
      const { clientId } = await aClient(running.service, { scope: ['openid', 'email', 'phone'] });
      const { id: userId } = await aUser(running.service);
      const consents = running.service.app.get(ConsentService, { strict: false });
      await consents.give({ userId, clientId, scopes: ['openid', 'email'], givenBy: 'user' });
      expect(await rulesOf(api, clientId)).not.toContain('unused-scope');
      running.service.clock.advance('91d');
      await consents.give({
        userId: (await aUser(running.service)).id,
        clientId,
        scopes: ['openid', 'email'],
        givenBy: 'user',
      });
      const unused = (await findings(api, clientId)).find(({ rule }) => rule === 'unused-scope');
      expect(unused).toMatchObject({ pointer: '#/scope', advice: expect.stringMatching(/^Take phone out/) as string });
      await consents.give({ userId, clientId, scopes: ['phone'], givenBy: 'user' });
      expect(await rulesOf(api, clientId)).not.toContain('unused-scope');
    });

    it('knows the secrets: the last one that runs out, and that none is left', async () => {
      const api = await AdminApi.of(running.service);
      const made = await api.made('/clients', { template: 'machine' });
      const path = `/clients/${String(made['client_id'])}`;
      const rules = () => rulesOf(api, String(made['client_id']));
      expect(await rules()).not.toEqual(expect.arrayContaining(['secret-expiring']));
      const [first] = (await api.get(`${path}/secrets`)).body['items'] as Json[];
      const end = new Date(running.service.clock.now().getTime() + 86_400_000).toISOString();
      await api.made(`${path}/secrets`, { expires_at: end });
      await api.delete(`${path}/secrets/${String(first?.['id'])}`);
      expect(await rules()).toContain('secret-expiring');
      running.service.clock.advance('2d');
      expect((await rules())[0]).toBe('no-live-secret');
    });
  },
  { env: () => env },
);
