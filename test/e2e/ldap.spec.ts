import { readFileSync } from 'node:fs';
import { Client } from 'ldapts';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { PasswordsService } from '#authentication/index.js';
import { PasswordHasher } from '#platform/crypto/index.js';
import { OutboxCourier } from '#platform/events/index.js';
import { JobsService } from '#platform/jobs/index.js';
import { UsersService, type User } from '#users/index.js';
import { AdminApi, faultsOf, type Json } from '../support/admin-api.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aUser, uniqueName } from '../support/given.js';
import { LdapServer } from '../support/ldap-server.js';
import { answered, mailsTo } from '../support/mailbox.js';
import { signIn } from '../support/signing-in.js';
import { StatementCount } from '../support/statement-count.js';
import type { UserAgent, Visit } from '../support/user-agent.js';

const PASSWORD = 'a walk with the directory';
const SEARCHER = { dn: `uid=searcher,ou=people,${LdapServer.baseDn}`, password: 'only looking for people' };
const CA = readFileSync(LdapServer.caFile, 'utf8');

let ldap: LdapServer;
const env: NodeJS.ProcessEnv = {};

describe.skipIf(!LdapServer.isInstalled)('people from a directory', () => {
  beforeAll(async () => {
    ldap = await LdapServer.start();
    await ldap.addPerson('searcher', SEARCHER.password);
    Object.assign(env, { OUTBOUND_ALLOW: ldap.allowed });
  }, 60_000);
  afterAll(() => ldap.close());

  onEveryDatabase(
    'an OpenLDAP directory (RFC 4511, RFC 4513)',
    (running) => {
      const users = () => running.service.app.get(UsersService, { strict: false });
      // Failures of one test do not throttle the next.
      beforeEach(() => {
        running.service.clock.advance('1d');
      });

      const find = (username: string) => users().findByLogin(username);

      async function withDirectory<T>(wish: Json, work: (path: string, api: AdminApi) => Promise<T>): Promise<T> {
        const api = await AdminApi.of(running.service);
        const made = await api.made('/directories', {
          name: uniqueName('directory'),
          urls: [ldap.secureUrl],
          ca: CA,
          bind_dn: SEARCHER.dn,
          bind_password: SEARCHER.password,
          base_dn: LdapServer.baseDn,
          ...wish,
        });
        const path = `/directories/${String(made['id'])}`;
        try {
          return await work(path, api);
        } finally {
          await api.send('DELETE', path);
        }
      }

      async function signedIn(username: string): Promise<UserAgent> {
        const browser = aBrowser(running.service);
        const page = await browser.visit(running.service.url('/sign-in'));
        await signIn(browser, page, { username, password: PASSWORD });
        return browser;
      }

      async function attempt(username: string, password = PASSWORD): Promise<Visit> {
        const browser = aBrowser(running.service);
        const page = await browser.visit(running.service.url('/sign-in'));
        return signIn(browser, page, { username, password });
      }

      const isIn = async (username: string, password?: string): Promise<boolean> => {
        const { url, status } = await attempt(username, password);
        expect([200, 422]).toContain(status);
        return url.pathname === '/account';
      };

      const named = async (username: string): Promise<User> => {
        const user = await find(username);
        if (user === undefined) throw new Error(`nobody is ${username}`);
        return user;
      };

      const runJob = () => running.service.app.get(JobsService, { strict: false }).runNow('directory-people');
      const isSignedIn = async (browser: UserAgent): Promise<boolean> =>
        (await browser.visit(running.service.url('/account'))).url.pathname === '/account';

      it('lets its people in, who have an account from then on and no password here', () =>
        withDirectory({}, async () => {
          const uid = uniqueName('ann');
          await ldap.addPerson(uid, PASSWORD, { cn: 'Ann Example', sn: 'Ämter' });
          expect(await isIn(uid, 'something else')).toBe(false);
          expect(await find(uid)).toBeUndefined();
          expect(await isIn(uid)).toBe(true);
          const ann = await named(uid);
          expect(ann).toMatchObject({
            username: uid,
            status: 'active',
            claims: { name: 'Ann Example', family_name: 'Ämter', email: `${uid}@example.test`, email_verified: true },
          });
          expect(await running.service.app.get(PasswordsService, { strict: false }).has(ann.id)).toBe(false);
          const page = await (await signedIn(uid)).visit(running.service.url('/account/password'));
          expect(page.html.words).toContain('directory');
          expect(page.html.has('#set-password')).toBe(false);
          expect(await isIn(`${uid}@example.test`)).toBe(true);
          expect(await isIn(uid, 'something else')).toBe(false);
          expect((await named(uid)).id).toBe(ann.id);
        }));

      it.each([
        ['ldaps', () => ({})],
        ['StartTLS', () => ({ urls: [ldap.url], start_tls: true })],
        ['plain LDAP', () => ({ urls: [ldap.url], ca: undefined })],
        ['the second server', () => ({ urls: ['ldap://localhost:1', ldap.secureUrl] })],
      ])('is asked over %s (RFC 4513 §3)', (_name, wish) =>
        withDirectory(wish(), async () => {
          const uid = uniqueName('over');
          await ldap.addPerson(uid, PASSWORD);
          expect(await isIn(uid)).toBe(true);
        }),
      );

      it.each([
        ['a certificate that nobody trusts', () => ({ ca: undefined })],
        ['a certificate that nobody trusts, by StartTLS', () => ({ urls: [ldap.url], start_tls: true, ca: undefined })],
        ['an address that is private and not allowed', () => ({ urls: ['ldap://127.0.0.1:9'] })],
        ['a searcher with a wrong password', () => ({ bind_password: 'wrong' })],
      ])('is not asked with %s: a page says so, and people from here come in', (_name, wish) =>
        withDirectory(wish(), async () => {
          const uid = uniqueName('down');
          await ldap.addPerson(uid, PASSWORD);
          const page = await attempt(uid);
          expect(page.status).toBe(503);
          expect(page.headers.get('retry-after')).toBe('30');
          expect(page.html.text('#form-error')).toMatch(/directory/);
          expect(running.service.logs.text).toContain('cannot be asked');
          const local = await aUser(running.service);
          expect(await isIn(local.username, local.password)).toBe(true);
          expect((await attempt(local.username, 'wrong')).status).toBe(503);
        }),
      );

      it('says so when it is down, and goes on when it is back', () =>
        withDirectory({}, async () => {
          const uid = uniqueName('pause');
          await ldap.addPerson(uid, PASSWORD);
          await ldap.pause();
          expect((await attempt(uid)).status).toBe(503);
          await ldap.resume();
          expect(await isIn(uid)).toBe(true);
        }));

      it('lets people from here in while it is down, and tells nobody by a wrong password who they are', () =>
        withDirectory({}, async () => {
          const local = await aUser(running.service);
          await ldap.pause();
          expect(await isIn(local.username, local.password)).toBe(true);
          const nobody = uniqueName('nobody');
          const answer = async (name: string) => {
            const { status, html } = await attempt(name, 'a wrong one');
            return { status, words: html.words.replaceAll(name, '') };
          };
          for (let failure = 1; failure <= 11; failure += 1) {
            const told = await answer(nobody);
            expect(told.status).toBe(failure <= 10 ? 503 : 429);
            expect(await answer(local.username)).toEqual(told);
          }
          await ldap.resume();
        }));

      it('proves nothing without a password, and nobody by a name that is a filter (RFC 4513 §5.1.2, RFC 4515 §3)', () =>
        withDirectory({}, async () => {
          const uid = uniqueName('eve');
          await ldap.addPerson(uid, PASSWORD);
          expect((await attempt(uid, '')).status).toBe(422);
          for (const name of [
            '*',
            `${uid})(uid=*`,
            `${uid.slice(0, -1)}*`,
            '\\2a',
            `*)(|(uid=${uid}`,
            'a'.repeat(300),
          ]) {
            expect(await isIn(name), name).toBe(false);
          }
          expect(await find(uid)).toBeUndefined();
        }));

      it('gives the groups that it decides at each sign-in, nested once, and leaves the others alone', async () => {
        const api = await AdminApi.of(running.service);
        const [travel, staff, own] = [uniqueName('travel'), uniqueName('staff'), uniqueName('own')];
        for (const name of [travel, staff, own]) await api.made('/groups', { name });
        const uid = uniqueName('gus');
        const dn = await ldap.addPerson(uid, PASSWORD);
        const inner = await ldap.addGroup(travel, dn);
        const outer = await ldap.addGroup(staff, inner);
        const groups = { [inner.toUpperCase()]: travel, [outer.replaceAll(',', ', ')]: staff };
        await withDirectory({ group_mapping: groups }, async () => {
          expect(await isIn(uid)).toBe(true);
          expect((await named(uid)).groups).toEqual([staff, travel].sort());
          await users().update((await named(uid)).id, { groups: [travel, own] });
          await ldap.remove(outer);
          expect(await isIn(uid)).toBe(true);
          expect((await named(uid)).groups).toEqual([own, travel].sort());
        });
        const other = uniqueName('gil');
        const otherDn = await ldap.addPerson(other, PASSWORD);
        await ldap.replace(inner, 'member', otherDn);
        const group_base_dn = `ou=groups,${LdapServer.baseDn}`;
        await withDirectory({ group_mapping: { [inner]: travel }, group_base_dn }, async () => {
          expect(await isIn(other)).toBe(true);
          expect((await named(other)).groups).toEqual([travel]);
        });
      });

      it('is followed when somebody is renamed, changed or gone', () =>
        withDirectory({}, async () => {
          const [uid, renamed] = [uniqueName('rob'), uniqueName('bob')];
          const dn = await ldap.addPerson(uid, PASSWORD);
          expect(await isIn(uid)).toBe(true);
          const { id } = await named(uid);
          await ldap.rename(dn, `uid=${renamed}`);
          const there = `uid=${renamed},ou=people,${LdapServer.baseDn}`;
          await ldap.replace(there, 'cn', 'Robert Example');
          await ldap.replace(there, 'mail');
          expect(await isIn(renamed)).toBe(true);
          const user = await named(renamed);
          expect(user).toMatchObject({ id, claims: { name: 'Robert Example' } });
          expect(user.claims).not.toHaveProperty('email');
          expect(user.claims).not.toHaveProperty('email_verified');
          await ldap.remove(there);
          expect(await isIn(renamed)).toBe(false);
          expect((await named(renamed)).status).toBe('disabled');
        }));

      it('ends the sign-ins of those who are gone, within the time of the job and without their coming back', () =>
        withDirectory({}, async () => {
          const [stays, leaves] = [uniqueName('stays'), uniqueName('leaves')];
          await ldap.addPerson(stays, PASSWORD);
          const dn = await ldap.addPerson(leaves, PASSWORD);
          const [one, other] = [await signedIn(stays), await signedIn(leaves)];
          await runJob();
          expect([await isSignedIn(one), await isSignedIn(other)]).toEqual([true, true]);
          await ldap.remove(dn);
          await runJob();
          expect([await isSignedIn(one), await isSignedIn(other)]).toEqual([true, false]);
          expect((await named(leaves)).status).toBe('disabled');
          expect((await named(stays)).status).toBe('active');
        }));

      it('does not end the last active owner, whom only another owner or the operator ends', () =>
        withDirectory({}, async () => {
          const uid = uniqueName('boss');
          const dn = await ldap.addPerson(uid, PASSWORD);
          await signedIn(uid);
          const { items } = await users().list({}, { limit: 200 });
          await users().update((await named(uid)).id, { adminRole: 'owner' });
          for (const { id, adminRole } of items)
            if (adminRole === 'owner') await users().update(id, { adminRole: null });
          await ldap.remove(dn);
          await runJob();
          expect(await named(uid)).toMatchObject({ status: 'active', adminRole: 'owner' });
          const other = await aUser(running.service, { adminRole: 'owner' });
          await runJob();
          expect(await named(uid)).toMatchObject({ status: 'disabled' });
          expect(await users().find(other.id)).toMatchObject({ status: 'active' });
        }));

      it('finds those who are gone among more than are asked for at once', () =>
        withDirectory({}, async () => {
          const uids = Array.from({ length: 53 }, () => uniqueName('many'));
          const dns: string[] = [];
          for (const uid of uids) {
            dns.push(await ldap.addPerson(uid, PASSWORD));
            expect(await isIn(uid)).toBe(true);
          }
          const gone = [0, 20, 40, 52];
          for (const at of gone) await ldap.remove(dns[at] ?? '');
          await runJob();
          for (const [at, uid] of uids.entries()) {
            expect((await named(uid)).status, uid).toBe(gone.includes(at) ? 'disabled' : 'active');
          }
        }));

      it('lets nobody go when most are gone at once, or when it cannot be asked: then it is asked wrongly', () =>
        withDirectory({}, async (path, api) => {
          const uids = [uniqueName('a'), uniqueName('b'), uniqueName('c')];
          for (const uid of uids) {
            await ldap.addPerson(uid, PASSWORD);
            expect(await isIn(uid)).toBe(true);
          }
          const bind = { bind_password: SEARCHER.password };
          await api.patch(path, { base_dn: `ou=groups,${LdapServer.baseDn}`, ...bind });
          await runJob();
          expect(running.service.logs.text).toContain('does not know 3 of its 3 people; none is let go');
          await api.patch(path, { base_dn: `ou=nowhere,${LdapServer.baseDn}`, ...bind });
          await runJob();
          await ldap.pause();
          await runJob();
          await ldap.resume();
          for (const uid of uids) expect((await named(uid)).status).toBe('active');
        }));

      it('sets no password here by a mail: whoever asks for one reads where it is, and the page says the same to all', () =>
        withDirectory({}, async () => {
          const uid = uniqueName('res');
          await ldap.addPerson(uid, PASSWORD);
          expect(await isIn(uid)).toBe(true);
          const local = await aUser(running.service);
          const courier = running.service.app.get(OutboxCourier, { strict: false });
          await answered(running.service);
          const later = vi.spyOn(courier, 'hurry').mockImplementation(() => undefined);
          const count = new StatementCount(running.service);
          const answers = [];
          for (const login of ['warm-up', uid, local.username, uniqueName('nobody')]) {
            const browser = aBrowser(running.service);
            const page = await browser.visit(running.service.url('/reset-password'));
            const visits: Visit[] = [];
            const cost = await count.of(async () =>
              visits.push(await browser.submit(page, '#ask-reset', { username: login })),
            );
            answers.push({ ...cost, said: visits.map(({ status, html }) => [status, html.words]) });
          }
          later.mockRestore();
          await courier.deliverDue(new AbortController().signal);
          const [_warmUp, ...alike] = answers;
          for (const each of alike) expect(each).toEqual(alike[0]);
          const mails = await mailsTo(running.service, `${uid}@example.test`);
          expect(mails.map(({ subject }) => subject)).toEqual(['Your password is not kept here']);
          expect(mails[0]?.text).not.toContain('token=');
          const [own] = await mailsTo(running.service, local.claims.email ?? '');
          expect(own?.text).toContain('/reset-password?token=');
          expect(await isIn(uid)).toBe(true);
        }));

      it('does the same work for its people, for people from here and for names that nobody has', () =>
        withDirectory({}, async () => {
          const [known, unknown] = [uniqueName('known'), uniqueName('unknown')];
          for (const uid of [known, unknown]) await ldap.addPerson(uid, PASSWORD);
          expect(await isIn(known)).toBe(true);
          const local = await aUser(running.service);
          const hasher = running.service.app.get(PasswordHasher, { strict: false });
          const work = [];
          for (const name of [known, unknown, local.username, uniqueName('nobody')]) {
            const spies = [
              [vi.spyOn(hasher, 'verify'), vi.spyOn(hasher, 'verifyDummy')],
              [vi.spyOn(Client.prototype, 'search')],
              [vi.spyOn(Client.prototype, 'bind')],
            ];
            const { status, html } = await attempt(name, 'a wrong one');
            const [hashes, searches, binds] = spies.map((some) =>
              some.reduce((sum, { mock }) => sum + mock.calls.length, 0),
            );
            vi.restoreAllMocks();
            work.push({ status, words: html.words.replaceAll(name, ''), hashes, searches, binds });
          }
          expect(work[0]).toMatchObject({ status: 422, hashes: 1, searches: 1, binds: 2 });
          for (const each of work) expect(each).toEqual(work[0]);
        }));

      it('never takes over the account of somebody here', () =>
        withDirectory({}, async () => {
          const local = await aUser(running.service);
          await ldap.addPerson(local.username, PASSWORD);
          expect(await isIn(local.username)).toBe(false);
          expect(await isIn(local.username, local.password)).toBe(true);
          const thief = uniqueName('thief');
          await ldap.addPerson(thief, PASSWORD, { mail: local.claims.email ?? '' });
          expect(await isIn(thief)).toBe(false);
          expect(await find(thief)).toBeUndefined();
        }));

      it('lets nobody in whom an administrator here has disabled', () =>
        withDirectory({}, async () => {
          const uid = uniqueName('dis');
          await ldap.addPerson(uid, PASSWORD);
          expect(await isIn(uid)).toBe(true);
          await users().update((await named(uid)).id, { status: 'disabled' });
          expect(await isIn(uid)).toBe(false);
          expect((await named(uid)).status).toBe('disabled');
        }));

      it('makes one account of two first sign-ins at once', () =>
        withDirectory({}, async () => {
          const uid = uniqueName('twin');
          await ldap.addPerson(uid, PASSWORD);
          const visits = await Promise.all([attempt(uid), attempt(uid), attempt(uid)]);
          expect(visits.map(({ url }) => url.pathname)).toEqual(['/account', '/account', '/account']);
        }));

      it('as Active Directory: known by objectGUID, and out when the account is disabled', () =>
        withDirectory({ preset: 'active-directory' }, async () => {
          const name = uniqueName('ad');
          const dn = `cn=${name},ou=people,${LdapServer.baseDn}`;
          await ldap.add(dn, {
            objectClass: 'user',
            cn: name,
            sn: 'Example',
            displayName: 'Ada Example',
            sAMAccountName: name,
            userPrincipalName: `${name}@corp.example`,
            objectGUID: name.padEnd(16, '*').slice(-16),
            userAccountControl: '512',
            userPassword: PASSWORD,
          });
          expect(await isIn(name)).toBe(true);
          expect((await named(name)).claims.name).toBe('Ada Example');
          await ldap.replace(dn, 'userAccountControl', '514');
          expect(await isIn(name)).toBe(false);
          expect((await named(name)).status).toBe('disabled');
          await ldap.replace(dn, 'userAccountControl', '512');
          expect(await isIn(name)).toBe(true);
          expect((await named(name)).status).toBe('active');
          const browser = await signedIn(name);
          await ldap.replace(dn, 'userAccountControl', '514');
          await runJob();
          expect([await isSignedIn(browser), (await named(name)).status]).toEqual([false, 'disabled']);
        }));

      it('is kept by administrators, without ever answering the password of whoever searches', () =>
        withDirectory({}, async (path, api) => {
          const { body } = await api.get(path);
          expect(body).toMatchObject({ has_bind_password: true, bind_dn: SEARCHER.dn, id_attribute: 'entryUUID' });
          expect(JSON.stringify(body)).not.toContain(SEARCHER.password);
          const moved = await api.patch(path, { urls: ['ldaps://elsewhere.example'] });
          expect(faultsOf(moved).map(({ pointer }) => pointer)).toEqual(['#/bind_password']);
          expect((await api.patch(path, { enabled: false })).body).toMatchObject({ enabled: false });
          const uid = uniqueName('off');
          await ldap.addPerson(uid, PASSWORD);
          expect(await isIn(uid)).toBe(false);
          const wrong = await api.patch(path, {
            urls: ['https://x', 'ldaps://localhost/dc=x'],
            user_filter: '(uid={login}',
            group_mapping: { 'cn=x': 'nobody is in here' },
            claims: { sub: 'uid', name: 'c n' },
          });
          expect(
            faultsOf(wrong)
              .map(({ pointer }) => pointer)
              .sort(),
          ).toEqual([
            '#/bind_password',
            '#/claims/name',
            '#/claims/sub',
            '#/group_mapping',
            '#/urls/0',
            '#/urls/1',
            '#/user_filter',
          ]);
          const other = await AdminApi.of(running.service, ['identity-providers:read', 'identity-providers:write']);
          expect((await other.patch(path, { group_mapping: { 'cn=x': 'administrators' } })).status).toBe(403);
        }));
    },
    { env },
  );
});
