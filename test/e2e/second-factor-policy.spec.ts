import { expect, it } from 'vitest';
import { SessionsService } from '#sessions/index.js';
import { AdminApi, pointersOf, type Json } from '../support/admin-api.js';
import { withAuthenticator, withMailCodes, withRecoveryCodes } from '../support/authenticator.js';
import { BareClient } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aClient, aUser, uniqueName, type GivenUser } from '../support/given.js';
import { ON_A_NAMED_HOST } from '../support/passkeys.js';
import { signIn } from '../support/signing-in.js';
import type { UserAgent, Visit } from '../support/user-agent.js';

onEveryDatabase(
  'what groups and clients say of second factors, over REST',
  (running) => {
    /** A group with a group in it, whose member a user is, and a client; what is patched holds for the next sign-in. */
    async function given() {
      const api = await AdminApi.of(running.service);
      const inner = uniqueName('sales');
      const outer = uniqueName('everybody');
      const innerId = String((await api.made('/groups', { name: inner }))['id']);
      const outerId = String((await api.made('/groups', { name: outer, member_groups: [inner] }))['id']);
      const user = await aUser(running.service, { groups: [inner] });
      const client = await aClient(running.service, { firstParty: true, consent: 'skip' });
      return {
        ...{ api, user, clientId: client.clientId, bare: new BareClient(running.service, client) },
        ofClient: (wish: Json) => patched(api, `/clients/${client.clientId}`, wish),
        ofGroup: (wish: Json) => patched(api, `/groups/${innerId}`, wish),
        ofOuterGroup: (wish: Json) => patched(api, `/groups/${outerId}`, wish),
      };
    }

    async function patched(api: AdminApi, path: string, wish: Json): Promise<void> {
      expect(await api.patch(path, wish)).toMatchObject({ status: 200, body: settled(wish) });
    }

    /** Where a sign-in leads in a browser that knows nothing: to a page of ours, or back to the client. */
    async function leadsTo(
      user: GivenUser,
      bare?: BareClient,
    ): Promise<{ browser: UserAgent; page: Visit; to: string }> {
      const browser = aBrowser(running.service);
      const start = await browser.visit(bare === undefined ? running.service.url('/sign-in') : bare.request().url);
      const page = await signIn(browser, start, user);
      return { browser, page, to: page.leftFor === undefined ? page.url.pathname : 'the client' };
    }

    it('obey the client at once, and only there', async () => {
      const { user, bare, ofClient } = await given();
      expect((await leadsTo(user, bare)).to).toBe('the client');
      await ofClient({ second_factor: 'required' });
      expect((await leadsTo(user, bare)).to).toBe('/second-factor/enrol');
      expect((await leadsTo(user)).to).toBe('/account');
      await withAuthenticator(running.service, user);
      expect((await leadsTo(user, bare)).to).toBe('/second-factor');
      await ofClient({ second_factor: null });
    });

    it.each(['ofGroup', 'ofOuterGroup'] as const)(
      'obey a group at once, the members of one in it too: %s',
      async (of) => {
        const story = await given();
        const { user, bare } = story;
        await story[of]({ second_factor: 'required' });
        expect((await leadsTo(user, bare)).to).toBe('/second-factor/enrol');
        expect((await leadsTo(user)).to).toBe('/second-factor/enrol');
        expect((await leadsTo(await aUser(running.service))).to).toBe('/account');
        await story[of]({ second_factor: null });
        expect((await leadsTo(user)).to).toBe('/account');
      },
    );

    it('obey in a session that there is already, without waiting for it to end', async () => {
      const { user, bare, ofGroup } = await given();
      const { browser } = await leadsTo(user);
      expect((await browser.visit(bare.request().url)).answer).toHaveProperty('code');
      await ofGroup({ second_factor: 'required' });
      expect((await browser.visit(bare.request({ prompt: 'none' }).url)).answer).toMatchObject({
        error: 'login_required',
      });
      expect((await browser.visit(bare.request().url)).url.pathname).toBe('/second-factor/enrol');
      await ofGroup({ second_factor: null });
    });

    it('obey the strictest of company, groups and client', async () => {
      const { api, user, bare, ofClient, ofGroup } = await given();
      await api.patch('/settings', { second_factor: 'off' });
      try {
        await withAuthenticator(running.service, user);
        expect((await leadsTo(user, bare)).to).toBe('the client');
        await ofClient({ second_factor: 'optional' });
        expect((await leadsTo(user, bare)).to).toBe('/second-factor');
        await ofGroup({ second_factor: 'required' });
        await ofClient({ second_factor: 'off' });
        expect((await leadsTo(user, bare)).to).toBe('/second-factor');
      } finally {
        await api.patch('/settings', { second_factor: null });
      }
    });

    it('take only kinds that all of them allow, and a passkey where they agree on none', async () => {
      const { user, bare, ofClient, ofGroup } = await given();
      await withMailCodes(running.service, user);
      await withAuthenticator(running.service, user);
      await withRecoveryCodes(running.service, user);
      await ofGroup({ second_factor_kinds: ['mail_code', 'totp'] });
      const ways = async (): Promise<string[]> => {
        const { page } = await leadsTo(user, bare);
        const others = page.html.tags.map(({ attributes }) => attributes.get('id') ?? '');
        const asked = page.html.tags.find(({ attributes }) => attributes.get('name') === 'way');
        return [asked?.attributes.get('value') ?? '', ...others.filter((id) => id.startsWith('way-'))];
      };
      expect(await ways()).toEqual(['totp', 'way-mail-code']);
      await ofClient({ second_factor_kinds: ['mail_code', 'passkey', 'recovery_codes'] });
      expect(await ways()).toEqual(['mail_code']);
      await ofClient({ second_factor: 'required', second_factor_kinds: ['passkey'] });
      const { browser, page, to } = await leadsTo(user, bare);
      // What somebody has is proven before a kind that will do is set up.
      expect(to).toBe('/second-factor');
      await get(SessionsService).endAll(user.id);
      expect(page.html.find('way-recovery-codes')).toBeDefined();
      const [code = ''] = await withRecoveryCodes(running.service, user);
      const asked = await browser.visit(
        new URL(page.html.find('way-recovery-codes')?.attributes.get('href') ?? '', page.url),
      );
      const enrol = await browser.submit(asked, '#verify', { code });
      expect(enrol.url.pathname).toBe('/second-factor/enrol');
      expect([enrol.html.has('#add-app'), enrol.html.has('#passkey'), enrol.html.has('#use-mail')]).toEqual([
        false,
        true,
        false,
      ]);
    });

    it.each([
      ['a rule that there is none of', { second_factor: 'always' }, '#/second_factor'],
      ['a kind that there is none of', { second_factor_kinds: ['totp', 'sms'] }, '#/second_factor_kinds'],
      ['no kind', { second_factor_kinds: [] }, '#/second_factor_kinds'],
      ['recovery codes alone', { second_factor_kinds: ['recovery_codes'] }, '#/second_factor_kinds'],
      ['something else than a list', { second_factor_kinds: 'totp' }, '#/second_factor_kinds'],
    ])('refuse %s', async (_what, wish, pointer) => {
      const { api, clientId, user } = await given();
      const { body } = await api.get('/groups', { limit: '1' });
      const [group] = body['items'] as Json[];
      for (const path of [`/clients/${clientId}`, `/groups/${String(group?.['id'])}`, '/settings']) {
        const refused = await api.patch(path, wish);
        expect([refused.status, pointersOf(refused)], path).toEqual([422, [pointer]]);
      }
      expect((await leadsTo(user)).to).toBe('/account');
    });

    const get = <T>(type: abstract new (...parameters: never[]) => T): T =>
      running.service.app.get<T>(type, { strict: false });
  },
  ON_A_NAMED_HOST,
);

/** What was said of a resource, as it is answered: what was taken back is not there. */
function settled(wish: Json): Json {
  return Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== null));
}
