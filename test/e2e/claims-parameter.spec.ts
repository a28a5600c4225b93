import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { ConsentService } from '#consent/index.js';
import { UsersService } from '#users/index.js';
import { AdminApi } from '../support/admin-api.js';
import { BareClient, type Parameters } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aSignInReadyToHappen, aUser, type ClientWish } from '../support/given.js';
import { RelyingParty } from '../support/relying-party.js';
import { signIn, throughEveryPage } from '../support/signing-in.js';
import type { Visit } from '../support/user-agent.js';

const FOREVER = { consent: { duration: 'forever' } };
const OF_EVERY_ID_TOKEN = ['acr', 'amr', 'at_hash', 'aud', 'auth_time', 'exp', 'iat', 'iss', 'nonce', 'sid', 'sub'];

onEveryDatabase('the claims parameter', (running) => {
  const claims = (asked: object) => ({ claims: JSON.stringify(asked) });
  const ready = async (wish: ClientWish = {}) => {
    const given = await aSignInReadyToHappen(running.service, wish);
    return { ...given, bare: new BareClient(running.service, given.client) };
  };
  const boxes = ({ html }: Visit) =>
    html.tags.filter(({ attributes }) => attributes.get('type') === 'checkbox').map(({ attributes }) => attributes);

  describe('for userinfo (OIDC Core §5.5)', () => {
    it('releases what is asked there although its scope is not asked, and nothing more', async () => {
      const { bare, browser, alice } = await ready();
      const asked = claims({ userinfo: { name: { essential: true }, phone_number: null } });
      const { accessToken, idToken, response } = await bare.signIn(browser, alice, asked);
      expect((await bare.userinfo(accessToken)).body).toEqual({
        sub: alice.id,
        name: alice.claims.name,
        phone_number: alice.claims.phone_number,
      });
      expect(Object.keys(decodeJwt(idToken)).sort()).toEqual([...OF_EVERY_ID_TOKEN].sort());
      expect(response.body['scope']).toBe('openid');
    });

    it('adds to what the scope releases', async () => {
      const { bare, browser, alice } = await ready();
      const asked = {
        scope: 'openid email',
        ...claims({ userinfo: { email: { value: 'other@x.example' }, gender: null } }),
      };
      const { accessToken } = await bare.signIn(browser, alice, asked);
      expect((await bare.userinfo(accessToken)).body).toEqual({
        sub: alice.id,
        email: alice.claims.email,
        email_verified: true,
        gender: 'female',
      });
    });

    it('says there how the user signed in, if asked', async () => {
      const { bare, browser, alice } = await ready();
      const asked = claims({ userinfo: { acr: null, auth_time: { essential: true } } });
      const { accessToken, idToken } = await bare.signIn(browser, alice, asked);
      const { auth_time } = decodeJwt(idToken);
      expect((await bare.userinfo(accessToken)).body).toEqual({ sub: alice.id, acr: '1', auth_time });
    });

    it('works through a standard library', async () => {
      const { client, browser, alice } = await ready();
      const rp = await RelyingParty.of(running.service, client);
      const session = await rp.signIn(browser, alice, claims({ userinfo: { nickname: { essential: true } } }));
      expect(await rp.userinfo(session)).toEqual({ sub: alice.id, nickname: 'Ali' });
    });

    it('tells what is true now, and leaves out what is not known any more (OIDC Core §5.3.2)', async () => {
      const { bare, browser, alice } = await ready();
      const { accessToken } = await bare.signIn(browser, alice, claims({ userinfo: { nickname: null, gender: null } }));
      const users = running.service.app.get(UsersService, { strict: false });
      await users.update(alice.id, { claims: { nickname: null, gender: 'other' } });
      expect((await bare.userinfo(accessToken)).body).toEqual({ sub: alice.id, gender: 'other' });
    });
  });

  describe('for the ID token (OIDC Core §5.5, §12.2)', () => {
    it('puts there what is asked, at the token endpoint and at every refresh', async () => {
      const { bare, browser, alice } = await ready();
      const asked = claims({ id_token: { email: { essential: true }, address: null, auth_time: { essential: true } } });
      const { idToken, refreshToken, accessToken } = await bare.signIn(browser, alice, asked);
      const wanted = { email: alice.claims.email, address: alice.claims.address, sub: alice.id };
      expect(decodeJwt(idToken)).toMatchObject({ ...wanted, auth_time: expect.any(Number) as number });
      const users = running.service.app.get(UsersService, { strict: false });
      await users.update(alice.id, { claims: { email: `new-${String(alice.claims.email)}` } });
      const refreshed = decodeJwt(String((await bare.refresh(refreshToken)).body['id_token']));
      expect(refreshed).toMatchObject({ ...wanted, email: `new-${String(alice.claims.email)}` });
      expect(refreshed).not.toHaveProperty('nonce');
      expect((await bare.userinfo(accessToken)).body).toEqual({ sub: alice.id });
    });

    it.each(['code id_token', 'id_token'])('and in the one that comes with the answer: %s', async (response_type) => {
      const { bare, browser, alice } = await ready({
        responseTypes: ['code', response_type as 'id_token'],
        grantTypes: ['authorization_code', 'implicit'],
      });
      const wish = { response_type, ...claims({ id_token: { given_name: null }, userinfo: { gender: null } }) };
      const { leftFor } = await bare.ask(browser, alice, wish);
      const idToken = new URLSearchParams(leftFor?.hash.slice(1)).get('id_token') ?? '';
      expect(decodeJwt(idToken)).toMatchObject({ given_name: 'Alice', acr: '1', sub: alice.id });
      expect(decodeJwt(idToken)).not.toHaveProperty('gender');
    });

    it('cannot be used to say something else about the token itself', async () => {
      const { bare, browser, alice } = await ready();
      const asked = claims({ id_token: { iss: { value: 'x' }, aud: null, sid: null, amr: { values: ['mfa'] } } });
      const { idToken } = await bare.signIn(browser, alice, asked);
      expect(decodeJwt(idToken)).toMatchObject({
        iss: running.service.issuer,
        aud: bare.client.clientId,
        amr: ['pwd'],
      });
    });
  });

  it('takes a wanted value for a wish: another one is left out, and no error (OIDC Core §5.5.1)', async () => {
    const { bare, browser, alice } = await ready();
    const place = {
      gender: { value: 'male', essential: true },
      given_name: { values: ['Bob', 'Alice'] },
      email_verified: { value: true },
      phone_number_verified: { value: true },
      locale: { value: ['en-GB'] },
      address: { value: alice.claims.address },
    };
    const { idToken, accessToken } = await bare.signIn(browser, alice, claims({ id_token: place, userinfo: place }));
    const expected = { given_name: 'Alice', email_verified: true, address: alice.claims.address };
    expect((await bare.userinfo(accessToken)).body).toEqual({ sub: alice.id, ...expected });
    expect(Object.keys(decodeJwt(idToken)).sort()).toEqual([...OF_EVERY_ID_TOKEN, ...Object.keys(expected)].sort());
  });

  it('answers for an essential claim that nobody has, without it (OIDC Core §5.5.1)', async () => {
    const { bare, browser } = await ready();
    const user = await aUser(running.service, { claims: {} });
    const asked = claims({ userinfo: { email: { essential: true } }, id_token: { address: { essential: true } } });
    const { accessToken, idToken } = await bare.signIn(browser, user, asked);
    expect((await bare.userinfo(accessToken)).body).toEqual({ sub: user.id });
    expect(decodeJwt(idToken)).not.toHaveProperty('address');
  });

  it('gives a client no claim of a scope that its record keeps from it, now or later', async () => {
    const { bare, browser, alice } = await ready({ scope: ['openid', 'email'] });
    const asked = claims({ userinfo: { email: null, phone_number: { essential: true } }, id_token: { address: null } });
    const { accessToken, idToken, refreshToken } = await bare.signIn(browser, alice, asked);
    expect((await bare.userinfo(accessToken)).body).toEqual({ sub: alice.id, email: alice.claims.email });
    expect(decodeJwt(idToken)).not.toHaveProperty('address');
    const api = await AdminApi.of(running.service);
    await api.patch(`/clients/${bare.client.clientId}`, { scope: 'openid' });
    const { body } = await bare.refresh(refreshToken);
    expect((await bare.userinfo(String(body['access_token']))).body).toEqual({ sub: alice.id });
  });

  describe('that is wrong', () => {
    it.each([
      '{',
      'null',
      '[]',
      '"x"',
      'name',
      '{"userinfo":{},"userinfo":{}}',
      '{"id_token":{"name":null,"name":null}}',
      '{"userinfo":null}',
      '{"userinfo":{"name":true}}',
      '{"id_token":{"name":{"essential":1}}}',
      '{"id_token":{"name":{"values":"x"}}}',
      '{"id_token":{"sub":{"value":1}}}',
    ])('is refused at the redirect URI before anybody is asked (OIDC Core §5.5): %s', async (sent) => {
      const { bare, browser } = await ready();
      const request = bare.request({ claims: sent });
      const { answer, hops } = await browser.visit(request.url);
      expect(answer).toMatchObject({ error: 'invalid_request', state: request.state, iss: running.service.issuer });
      expect(answer['error_description']).toBe('The claims parameter is malformed.');
      expect(hops).toHaveLength(1);
      expect((await browser.visit(bare.request({ claims: sent, prompt: 'none' }).url)).answer['error']).toBe(
        'invalid_request',
      );
    });

    it('is refused when it is too long, repeated, or deeper than anybody means, and never breaks the service', async () => {
      const { bare, browser, alice } = await ready();
      const long = JSON.stringify({ userinfo: { name: { value: 'x'.repeat(16 * 1024) } } });
      const posted = async (wish: Parameters) => {
        const { parameters } = bare.request(wish);
        return browser.post(
          running.service.url('/oauth2/authorize'),
          Object.entries(parameters).flatMap(([name, value]) =>
            [value ?? []].flat().map((one) => [name, one] as const),
          ),
          { site: 'cross-site' },
        );
      };
      expect((await posted({ claims: long })).answer['error']).toBe('invalid_request');
      expect((await posted({ claims: ['{}', '{}'] })).answer['error']).toBe('invalid_request');
      const deep = `{"userinfo":{"name":{"value":${'['.repeat(8000)}${']'.repeat(8000)}}}}`;
      expect((await throughEveryPage(browser, await posted({ claims: deep }), alice)).answer).toHaveProperty('code');
      const many = `{"id_token":{"updated_at":{"values":[${'1e15,'.repeat(3000)}1e400]}}}`;
      expect((await throughEveryPage(browser, await posted({ claims: many }), alice)).answer).toHaveProperty('code');
    });

    it('is ignored where it is not known, and where there is no openid (OIDC Core §3.1.2.1)', async () => {
      const { bare, browser, alice } = await ready();
      const unknown = claims({
        userinfo: { 'https://x.example/y': { essential: true } },
        id_token: { z: [1] },
        other: 1,
      });
      const { accessToken } = await bare.signIn(browser, alice, unknown);
      expect((await bare.userinfo(accessToken)).body).toEqual({ sub: alice.id });
      expect((await bare.ask(browser, alice, { scope: 'email', claims: '{' })).answer).toHaveProperty('code');
    });
  });

  describe('and the consent to it (OIDC Core §3.1.2.4, §5.5)', () => {
    const phone = claims({ userinfo: { phone_number: null } });

    it('shows the claim in words with its value, in both languages', async () => {
      const { bare, browser, alice } = await ready();
      const page = await signIn(browser, await browser.visit(bare.request(phone).url), alice);
      expect(page.html.words).toContain('Your phone number');
      expect(page.html.words).toContain(alice.claims.phone_number);
      const chinese = await browser.visit(bare.request({ ...phone, ui_locales: 'zh-CN' }).url);
      expect(chinese.html.words).toContain('你的电话号码');
    });

    it('is remembered: the same goes through in silence, more asks again, prompt=none cannot', async () => {
      const { bare, browser, alice } = await ready();
      await bare.signIn(browser, alice, phone, FOREVER);
      const { answer } = await browser.visit(bare.request({ ...phone, prompt: 'none' }).url);
      expect(answer).toHaveProperty('code');
      expect((await browser.visit(bare.request({ prompt: 'none' }).url)).answer).toHaveProperty('code');
      const more = claims({ userinfo: { phone_number: null }, id_token: { birthdate: null } });
      expect((await browser.visit(bare.request({ ...more, prompt: 'none' }).url)).answer['error']).toBe(
        'consent_required',
      );
      const page = await browser.visit(bare.request(more).url);
      expect(page.html.words).toMatch(/Your birthday.* new/);
      expect((await browser.submit(page, '#consent-deny')).answer['error']).toBe('access_denied');
    });

    it('is given with the scope that covers the claim, not the other way round', async () => {
      const { bare, browser, alice } = await ready();
      await bare.signIn(browser, alice, { scope: 'openid phone' }, FOREVER);
      const silent = await bare.signIn(browser, alice, { ...phone, prompt: 'none' });
      expect((await bare.userinfo(silent.accessToken)).body).toHaveProperty('phone_number');
      await bare.signIn(browser, alice, claims({ userinfo: { email: null } }), FOREVER);
      const wider = await browser.visit(bare.request({ scope: 'openid email', prompt: 'none' }).url);
      expect(wider.answer['error']).toBe('consent_required');
    });

    it('may leave out what is voluntary where its scope could be left out, and never what is essential', async () => {
      const { bare, browser, alice } = await ready({ optionalScope: ['phone', 'address'] });
      const asked = claims({ userinfo: { phone_number: null, address: { essential: true }, gender: null } });
      const page = await signIn(browser, await browser.visit(bare.request(asked).url), alice);
      expect(boxes(page).map((box) => box.get('value'))).toEqual(['claim phone_number']);
      const { accessToken } = await bare.signIn(browser, alice, asked, { consent: { scope: [] } });
      const { address } = alice.claims;
      expect((await bare.userinfo(accessToken)).body).toEqual({ sub: alice.id, address, gender: 'female' });
    });

    it('leaves the claim out with the scope that was asked beside it and unticked', async () => {
      const { bare, browser, alice } = await ready({ optionalScope: ['email'] });
      const asked = { scope: 'openid email', ...claims({ id_token: { email: { essential: true } } }) };
      const { idToken, accessToken } = await bare.signIn(browser, alice, asked, { consent: { scope: [] } });
      expect(decodeJwt(idToken)).not.toHaveProperty('email');
      expect((await bare.userinfo(accessToken)).body).toEqual({ sub: alice.id });
    });

    it('takes no claim that was not offered, however the form was changed', async () => {
      const { bare, browser, alice } = await ready();
      const page = await signIn(browser, await browser.visit(bare.request(phone).url), alice);
      const form = page.html.tags.find(({ attributes }) => attributes.get('name') === 'csrf');
      const entries: [string, string][] = [
        ['csrf', form?.attributes.get('value') ?? ''],
        ['decision', 'allow'],
        ['scope', 'claim address'],
      ];
      const refused = await browser.post(page.url, entries);
      expect([refused.status, refused.leftFor]).toEqual([400, undefined]);
    });

    it('is listed for the user and for administrators, and ends with everything that rests on it', async () => {
      const { bare, browser, alice } = await ready();
      const { accessToken } = await bare.signIn(browser, alice, phone, FOREVER);
      const page = await browser.visit('/account/applications');
      expect(page.html.words).toContain('Your phone number');
      expect(page.html.words).not.toContain('claim phone_number');
      const api = await AdminApi.of(running.service);
      const [consent] = await api.all('/consents', { user_id: alice.id });
      expect(consent).toMatchObject({
        scopes: [{ scope: 'openid' }],
        claims: [{ claim: 'phone_number', expires_at: null }],
      });
      await browser.submit(page, 'action=withdraw');
      expect((await bare.userinfo(accessToken)).status).toBe(401);
      expect((await browser.visit(bare.request({ ...phone, prompt: 'none' }).url)).answer['error']).toBe(
        'consent_required',
      );
    });

    it('is the company’s for a client of its own, and still listed', async () => {
      const { bare, browser, alice } = await ready({ firstParty: true, consent: 'skip' });
      const page = await browser.visit(bare.request(phone).url);
      const { leftFor } = await signIn(browser, page, alice);
      expect(leftFor).toBeDefined();
      const { accessToken } = await bare.signIn(browser, alice, phone);
      expect((await bare.userinfo(accessToken)).body).toHaveProperty('phone_number');
      const consents = running.service.app.get(ConsentService, { strict: false });
      const approved = await consents.approved(alice.id, bare.client.clientId);
      expect(approved.map(({ scope }) => scope)).toEqual(['openid', 'claim phone_number']);
    });
  });

  describe('that names the user (OIDC Core §3.1.2.2, §5.5.1)', () => {
    it.each(['id_token', 'userinfo'])('by the sub of %s, lets nobody else answer', async (place) => {
      const { bare, browser, alice } = await ready();
      const bob = await aUser(running.service);
      const bobs = aBrowser(running.service);
      await bare.signIn(bobs, bob);
      const wish = claims({ [place]: { sub: { value: alice.id } } });
      expect((await bobs.visit(bare.request({ ...wish, prompt: 'none' }).url)).answer['error']).toBe('login_required');
      const page = await bobs.visit(bare.request(wish).url);
      expect(page.html.has('#password')).toBe(true);
      expect((await signIn(bobs, page, bob)).html.has('#password')).toBe(true);
      const { idToken } = await bare.signIn(bobs, alice, wish);
      expect(decodeJwt(idToken).sub).toBe(alice.id);
      await bare.signIn(browser, alice);
      expect((await browser.visit(bare.request({ ...wish, prompt: 'none' }).url)).answer).toHaveProperty('code');
    });

    it('lets any of several answer, and refuses a request that names two different ones', async () => {
      const { bare, browser, alice } = await ready();
      const { idToken } = await bare.signIn(browser, alice);
      const several = claims({ id_token: { sub: { values: ['somebody', alice.id] } } });
      expect((await browser.visit(bare.request({ ...several, prompt: 'none' }).url)).answer).toHaveProperty('code');
      const other = { id_token_hint: idToken, ...claims({ id_token: { sub: { value: 'somebody' } } }) };
      expect((await browser.visit(bare.request(other).url)).answer['error']).toBe('invalid_request');
    });
  });

  it('is there after the sign-in page too, and beside claims_locales, which is only a wish (OIDC Core §5.2)', async () => {
    const { bare, browser, alice } = await ready();
    const wish = { claims_locales: 'se tlh-Qaak !!!', ...claims({ userinfo: { name: null } }) };
    const page = await browser.visit(bare.request({ ...wish, prompt: 'login' }).url);
    expect(page.html.has('#password')).toBe(true);
    const { accessToken } = await bare.signIn(browser, alice, wish);
    expect((await bare.userinfo(accessToken)).body).toEqual({ sub: alice.id, name: alice.claims.name });
  });
});
