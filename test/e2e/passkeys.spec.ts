import { decodeJwt } from 'jose';
import { expect, it } from 'vitest';
import { PasswordsService } from '#authentication/index.js';
import { Database } from '#platform/database/index.js';
import { UsersService } from '#users/index.js';
import { PasskeyEntity } from '../../src/authentication/passkey/passkey.entity.js';
import { PasswordEntity } from '../../src/authentication/password/password.entity.js';
import { BareClient } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aClient, aUser, type GivenUser } from '../support/given.js';
import { addPasskey, answer, aPasskeyHolder, askedOn, ON_A_NAMED_HOST, signInByPasskey } from '../support/passkeys.js';
import { signIn, throughEveryPage } from '../support/signing-in.js';
import { SoftwareAuthenticator, type Deviation, type Make } from '../support/software-authenticator.js';
import type { UserAgent, Visit } from '../support/user-agent.js';

const PASSKEYS = '/account/passkeys';

onEveryDatabase(
  'passkeys',
  (running) => {
    const open = (browser: UserAgent, path = '/sign-in') => browser.visit(running.service.url(path));
    const rowsOf = (user: GivenUser) =>
      running.service.app.get(Database, { strict: false }).rows(PasskeyEntity).findBy({ userId: user.id });

    async function aHolder(make: Make = {}): Promise<{ alice: GivenUser; authenticator: SoftwareAuthenticator }> {
      const alice = await aUser(running.service);
      return { alice, authenticator: await aPasskeyHolder(running.service, aBrowser(running.service), alice, make) };
    }

    async function withoutPassword(user: GivenUser): Promise<void> {
      await running.service.app.get(Database, { strict: false }).rows(PasswordEntity).delete({ userId: user.id });
    }

    const isIn = (visit: Visit) => visit.status === 200 && visit.url.pathname === '/account';

    it('sign in without a name and without a password, with any of several (WebAuthn §7.2)', async () => {
      const { alice, authenticator } = await aHolder();
      const browser = aBrowser(running.service);
      const page = await open(browser);
      expect(askedOn(page)).toMatchObject({ rpId: 'localhost', userVerification: 'required' });
      expect(askedOn(page).allowCredentials).toBeUndefined();
      const account = await signInByPasskey(browser, page, authenticator);
      expect(isIn(account)).toBe(true);
      expect(account.html.words).toContain(alice.username);
      const { authenticator: second } = await addPasskey(running.service, browser, { kind: 'EdDSA' });
      const other = aBrowser(running.service);
      expect(isIn(await signInByPasskey(other, await open(other), second))).toBe(true);
    });

    /** A request of a client, answered on the sign-in page with a passkey. */
    async function ask(authenticator: SoftwareAuthenticator, wish: Record<string, string>) {
      const bare = new BareClient(running.service, await aClient(running.service));
      const browser = aBrowser(running.service);
      const sent = bare.request(wish);
      const page = await browser.visit(sent.url, { site: 'cross-site' });
      return { bare, browser, sent, visit: await signInByPasskey(browser, page, authenticator) };
    }

    it('tell clients how it was done, and that it was phishing-resistant (RFC 8176 §2, OIDC Core §2)', async () => {
      const { alice, authenticator } = await aHolder({ synced: true });
      const { bare, browser, sent, visit } = await ask(authenticator, { acr_values: 'phr' });
      const { code = '' } = (await throughEveryPage(browser, visit, alice)).answer;
      const { body } = await bare.redeem({ ...sent, code });
      expect(decodeJwt(String(body['id_token']))).toMatchObject({ amr: ['swk', 'user', 'pin', 'mfa'], acr: 'phr' });
    });

    it.each<[string, Deviation]>([
      ['another origin', { origin: 'https://localhost.evil.example' }],
      ['another RP ID', { rpId: 'evil.example' }],
      ['a challenge of nobody', { challenge: Buffer.from('made up').toString('base64url') }],
      ['nobody verified', { userVerified: false }],
      ['nobody present', { userPresent: false }],
      ['the handle of another user', { userHandle: Buffer.alloc(32).toString('base64url') }],
      ['no user handle', { userHandle: null }],
      ['a signature that was changed', { tamper: 'signature' }],
      ['data that were changed', { tamper: 'authenticator data' }],
      ['an id that nobody has', { credentialId: Buffer.alloc(32, 3).toString('base64url') }],
    ])('are refused with %s, always in the same words (WebAuthn §7.2)', async (_, deviation) => {
      const { authenticator } = await aHolder();
      const browser = aBrowser(running.service);
      const page = await open(browser);
      const refused = await signInByPasskey(browser, page, authenticator, deviation);
      expect([refused.status, refused.url.pathname]).toEqual([422, '/sign-in']);
      expect(refused.html.text('#form-error')).toBe(
        "That passkey doesn't work here. Use another one, or sign in another way.",
      );
      expect(isIn(await signInByPasskey(browser, refused, authenticator)), 'an honest one from there').toBe(true);
    });

    it('are refused the same for a user who is disabled', async () => {
      const { alice, authenticator } = await aHolder();
      const stranger = aBrowser(running.service);
      const unknown = await signInByPasskey(stranger, await open(stranger), authenticator, {
        credentialId: Buffer.alloc(32, 9).toString('base64url'),
      });
      await running.service.app.get(UsersService, { strict: false }).update(alice.id, { status: 'disabled' });
      const browser = aBrowser(running.service);
      const refused = await signInByPasskey(browser, await open(browser), authenticator);
      expect([refused.status, refused.html.words]).toEqual([unknown.status, unknown.html.words]);
      expect(JSON.stringify(running.service.logs.entries)).toContain('the user is disabled');
    });

    it('take a challenge once, in the browser that was asked, for five minutes (WebAuthn §13.4.3)', async () => {
      const { authenticator } = await aHolder({ synced: true });
      const [browser, other] = [aBrowser(running.service), aBrowser(running.service)];
      const page = await open(browser);
      const elsewhere = await open(other);
      const given = authenticator.sign(askedOn(page));
      expect((await answer(other, elsewhere, given)).status).toBe(422);
      expect(isIn(await answer(browser, page, given))).toBe(true);
      expect((await answer(browser, page, given)).status).toBe(422);
      const late = authenticator.sign(askedOn(elsewhere));
      running.service.clock.advance('5m');
      expect((await answer(other, elsewhere, late)).status).toBe(422);
    });

    it('whose counter goes back are refused, and the event is published (WebAuthn §7.2)', async () => {
      const { alice, authenticator } = await aHolder();
      const browser = aBrowser(running.service);
      expect(isIn(await signInByPasskey(browser, await open(browser), authenticator, { signCount: 7 }))).toBe(true);
      const stranger = aBrowser(running.service);
      const copied = await signInByPasskey(stranger, await open(stranger), authenticator, { signCount: 7 });
      expect(copied.status).toBe(422);
      expect((await rowsOf(alice)).map(({ signCount }) => signCount)).toEqual([7]);
      expect(JSON.stringify(running.service.logs.entries)).toContain('the signature counter went back');
    });

    it('that cannot be had without scripts say so, and the password goes on working', async () => {
      const alice = await aUser(running.service);
      const browser = aBrowser(running.service);
      const page = await open(browser);
      expect(page.html.words).toContain('Passkeys need scripts');
      const refused = await answer(browser, page, '');
      expect(refused.status).toBe(422);
      expect(refused.html.text('#form-error')).toContain('Passkeys need scripts');
      expect(isIn(await signIn(browser, refused, alice))).toBe(true);
    });

    it('are asked for by one script of our own, and nothing else may run (RFC 9700 §4.16)', async () => {
      const page = await open(aBrowser(running.service));
      const script = page.html.tags.find(({ name }) => name === 'script')?.attributes.get('src') ?? '';
      expect(script).toMatch(/^http:\/\/localhost:\d+\/assets\/passkey\.\w{16}\.js$/);
      const policy = page.headers.get('content-security-policy') ?? '';
      expect(policy).toContain(`script-src ${script};`);
      expect(policy).toContain("connect-src 'self';");
      const served = await fetch(script);
      expect(served.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
      expect(served.headers.get('cache-control')).toContain('immutable');
    });

    it('count as failures like passwords do: throttled for whoever they belong to', async () => {
      const { alice, authenticator } = await aHolder();
      const browser = aBrowser(running.service);
      let page = await open(browser);
      const guess = async () => {
        page = await signInByPasskey(browser, page, authenticator, { tamper: 'signature' });
        return page.status;
      };
      for (let tries = 0; tries < 10; tries++) expect(await guess()).toBe(422);
      expect(await guess()).toBe(429);
      expect(Number(page.headers.get('retry-after'))).toBeGreaterThan(0);
      const password = aBrowser(running.service);
      expect((await signIn(password, await open(password), alice)).status).toBe(429);
      running.service.clock.advance('1h');
    });

    it('can be all that somebody has: then they are made to stand alone, and the last one stays', async () => {
      const { alice, authenticator } = await aHolder();
      await withoutPassword(alice);
      const browser = aBrowser(running.service);
      await signInByPasskey(browser, await open(browser), authenticator);
      const page = await open(browser, PASSKEYS);
      expect(askedOn(page)).toMatchObject({
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      });
      const [only] = await rowsOf(alice);
      const kept = await browser.submit(page, 'action=remove', { id: only?.id ?? '' });
      expect([kept.status, kept.html.text('#form-error')]).toEqual([
        422,
        'This passkey is needed to sign in. Add another way to sign in first, then remove it.',
      ]);
      await addPasskey(running.service, browser);
      const gone = await browser.submit(await open(browser, PASSKEYS), 'action=remove', { id: only?.id ?? '' });
      expect(gone.html.words).toContain('no longer works here');
      expect(await rowsOf(alice)).toHaveLength(1);
      const other = aBrowser(running.service);
      expect((await signInByPasskey(other, await open(other), authenticator)).status).toBe(422);
      expect(await running.service.app.get(PasswordsService, { strict: false }).has(alice.id)).toBe(false);
    });

    it('are listed with name, keeper and last use, and renamed', async () => {
      const alice = await aUser(running.service);
      const browser = aBrowser(running.service);
      await signIn(browser, await open(browser), alice);
      expect((await open(browser, PASSKEYS)).html.words).toContain('You have no passkey yet');
      const keeper = { synced: true, aaguid: 'fbfc3007-154e-4ecc-8c0b-6e020557d7bd' };
      const { authenticator, page } = await addPasskey(running.service, browser, keeper);
      expect(page.html.words).toContain('iCloud Keychain');
      expect(page.html.words).toContain('Not used yet');
      expect(page.html.words).toContain('On all devices that share it');
      const { page: named } = await addPasskey(running.service, browser, {}, { name: ' Blue  key ' });
      expect(named.html.words).toContain('Blue key');
      const first = (await rowsOf(alice)).find(({ name }) => name === 'iCloud Keychain');
      const renamed = await browser.submit(named, 'action=rename', { id: first?.id ?? '', name: 'Phone' });
      expect(renamed.url.search).toBe('?done=renamed');
      expect(renamed.html.words).toContain('Phone');
      expect(renamed.html.words).toContain('Kept by iCloud Keychain');
      const nameless = await browser.submit(renamed, 'action=rename', { id: first?.id ?? '', name: ' ' });
      expect(nameless.status).toBe(422);
      const other = aBrowser(running.service);
      await signInByPasskey(other, await open(other), authenticator);
      expect((await open(other, PASSKEYS)).html.words).toContain('Last used');
    });

    it('are made only right after a sign-in, and only once each (WebAuthn §7.1)', async () => {
      const alice = await aUser(running.service);
      const browser = aBrowser(running.service);
      await signIn(browser, await open(browser), alice);
      const asking = await open(browser, PASSKEYS);
      const authenticator = new SoftwareAuthenticator(running.service.issuer);
      const made = authenticator.register(askedOn(asking));
      expect((await answer(browser, asking, made)).url.search).toBe('?done=added');
      expect((await answer(browser, asking, made)).status, 'the same once more').toBe(422);
      running.service.clock.advance('5m 1s');
      const stale = await open(browser, PASSKEYS);
      expect(stale.html.has('#passkey')).toBe(false);
      const again = await browser.submit(stale, '#add-passkey');
      expect([again.url.pathname, again.url.searchParams.get('return_to')]).toEqual(['/sign-in', PASSKEYS]);
      const half = await signIn(browser, again, alice);
      expect(half.url.pathname, 'a password alone adds nothing to whoever has a factor').toBe('/second-factor');
      const back = await signInByPasskey(browser, half, authenticator);
      expect(back.url.pathname).toBe(PASSKEYS);
      expect(askedOn(back).excludeCredentials).toEqual([
        { id: authenticator.credentials[0]?.id, type: 'public-key', transports: ['internal', 'hybrid'] },
      ]);
      const page = await open(browser, PASSKEYS);
      running.service.clock.advance('5m 1s');
      const late = await answer(browser, page, authenticator.register(askedOn(page)));
      expect(late.url.pathname).toBe('/sign-in');
      expect(await rowsOf(alice)).toHaveLength(1);
    });

    it.each<[string, Deviation]>([
      ['another origin', { origin: 'https://evil.example' }],
      ['another RP ID', { rpId: 'evil.example' }],
      ['nobody present', { userPresent: false }],
      ['a certificate that nobody asked for', { attestation: 'packed-with-certificate' }],
    ])('made with %s are refused, and nothing is kept (WebAuthn §7.1)', async (_, deviation) => {
      const alice = await aUser(running.service);
      const browser = aBrowser(running.service);
      await signIn(browser, await open(browser), alice);
      const { page } = await addPasskey(running.service, browser, {}, deviation);
      expect([page.status, page.html.has('#form-error')]).toEqual([422, true]);
      expect(await rowsOf(alice)).toEqual([]);
    });

    it('of one user are out of reach for others', async () => {
      const { alice } = await aHolder();
      const [row] = await rowsOf(alice);
      const eve = await aUser(running.service);
      const browser = aBrowser(running.service);
      await signIn(browser, await open(browser), eve);
      const { page } = await addPasskey(running.service, browser);
      const csrf = page.html.tags.find(({ attributes }) => attributes.get('name') === 'csrf')?.attributes.get('value');
      for (const action of ['remove', 'rename']) {
        await browser.post(PASSKEYS, { csrf: csrf ?? '', action, id: row?.id ?? '', name: 'mine' });
      }
      expect(await rowsOf(alice)).toEqual([row]);
    });

    it('are found by programs that keep them, and the origins of this site by browsers (RFC 8615 §3)', async () => {
      const { service } = running;
      const endpoints = await fetch(service.url('/.well-known/passkey-endpoints'));
      expect(endpoints.headers.get('content-type')).toMatch(/^application\/json\b/);
      expect(await endpoints.json()).toEqual({ enroll: service.url(PASSKEYS), manage: service.url(PASSKEYS) });
      const related = await fetch(service.url('/.well-known/webauthn'));
      expect(await related.json()).toEqual({ origins: [service.issuer] });
    });

    it('go with a request of a client through consent and back (OIDC Core §3.1.2)', async () => {
      const { alice, authenticator } = await aHolder();
      const { browser, visit: consent } = await ask(authenticator, { scope: 'openid email' });
      expect(consent.html.has('#consent-allow')).toBe(true);
      expect((await throughEveryPage(browser, consent, alice)).answer).toHaveProperty('code');
    });
  },
  ON_A_NAMED_HOST,
);

onEveryDatabase('passkeys under a bare network address', (running) => {
  it('are not offered, as browsers make none there (WebAuthn §5.1.3)', async () => {
    const alice = await aUser(running.service);
    const browser = aBrowser(running.service);
    const page = await browser.visit(running.service.url('/sign-in'));
    expect(page.html.has('#passkey')).toBe(false);
    expect(page.headers.get('content-security-policy')).not.toContain('script-src');
    await signIn(browser, page, alice);
    const own = await browser.visit(running.service.url(PASSKEYS));
    expect(own.html.words).toContain('Passkeys need a site with a name');
    expect((await fetch(running.service.url('/.well-known/passkey-endpoints'))).status).toBe(404);
  });
});
