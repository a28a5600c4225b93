import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { InteractionsService, type Answers } from '#interaction/index.js';
import { JwtSigner } from '#keys/index.js';
import { SessionsService } from '#sessions/index.js';
import { TokenType } from '#standards/jose.js';
import { answerOf, BareClient, type Parameters } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aSignInReadyToHappen, type ClientWish } from '../support/given.js';
import { signIn, throughEveryPage } from '../support/signing-in.js';

const essential = (...values: string[]) => ({
  claims: JSON.stringify({ id_token: { acr: { essential: true, values } } }),
});
const voluntary = (...values: string[]) => ({ claims: JSON.stringify({ id_token: { acr: { values } } }) });

onEveryDatabase('the authentication context', (running) => {
  const ready = async (wish: ClientWish = {}) => {
    const given = await aSignInReadyToHappen(running.service, wish);
    return { ...given, bare: new BareClient(running.service, given.client) };
  };
  const signedIn = async (wish: ClientWish = {}) => {
    const given = await ready(wish);
    await given.bare.signIn(given.browser, given.alice);
    return given;
  };
  /** A browser whose sign-in amounts to nothing yet, as one by a method weaker than any that is offered. */
  const weaklySignedIn = async (wish: ClientWish = {}) => {
    const given = await signedIn(wish);
    const { cookieValue } = await running.service.app.get(SessionsService, { strict: false }).start({
      userId: given.alice.id,
      amr: [],
      acr: '0',
      authTime: running.service.clock.now(),
      address: '127.0.0.1',
    });
    given.browser.cookies.take(new URL(running.service.issuer), [`gatehouse-session=${cookieValue}; Path=/`]);
    return given;
  };

  describe('metadata', () => {
    const document = async () =>
      (await answerOf(await fetch(running.service.url('/.well-known/openid-configuration')))).body;

    it('offers only levels that a sign-in here has (OIDC Discovery §3)', async () => {
      const { bare, browser, alice } = await ready();
      const { acr_values_supported: offered } = await document();
      expect(offered).toEqual(['1', '2', 'phr']);
      const { idToken } = await bare.signIn(browser, alice, { acr_values: (offered as string[]).join(' ') });
      expect(offered).toContain(decodeJwt(idToken)['acr']);
    });

    it('offers the claims parameter and what it can ask for, no language of claims, and no sign-up', async () => {
      const { claims_supported: claims, ...metadata } = await document();
      expect(metadata['claims_parameter_supported']).toBe(true);
      for (const name of ['sub', 'acr', 'auth_time', 'name', 'address', 'phone_number_verified']) {
        expect(claims).toContain(name);
      }
      expect(metadata).not.toHaveProperty('claims_locales_supported');
      expect(metadata['prompt_values_supported']).toEqual(['none', 'login', 'consent', 'select_account']);
    });
  });

  describe('acr_values (OIDC Core §3.1.2.1, RFC 9470 §4)', () => {
    it.each(['1', '1 2', 'phr 1', 'urn:mace:incommon:iap:silver', 'x '.repeat(500)])(
      'is a wish, and the tokens say what was really done: %s',
      async (acr_values) => {
        const { bare, browser, alice } = await signedIn();
        const { idToken, accessToken } = await bare.signIn(browser, alice, { acr_values, prompt: 'none' });
        for (const token of [idToken, accessToken]) expect(decodeJwt(token)['acr']).toBe('1');
        expect((await bare.introspect(accessToken)).body['acr']).toBe('1');
      },
    );

    it('asks for a stronger sign-in than there is, if one can be made, and then goes on', async () => {
      const { bare, browser, alice } = await weaklySignedIn();
      expect((await browser.visit(bare.request().url)).answer).toHaveProperty('code');
      const silent = await browser.visit(bare.request({ acr_values: 'phr 1', prompt: 'none' }).url);
      expect(silent.answer['error']).toBe('login_required');
      const page = await browser.visit(bare.request({ acr_values: 'phr 1' }).url);
      expect(page.html.words).toContain('Sign in again');
      const { idToken } = await bare.signIn(browser, alice, { acr_values: 'phr 1' });
      expect(decodeJwt(idToken)).toMatchObject({ acr: '1', amr: ['pwd'] });
    });

    it('comes from the client record when it is not sent (OIDC Registration §2)', async () => {
      const { bare, browser } = await weaklySignedIn({ defaultAcrValues: ['1'] });
      expect((await browser.visit(bare.request().url)).html.has('#password')).toBe(true);
      expect((await browser.visit(bare.request({ acr_values: 'urn:x' }).url)).answer).toHaveProperty('code');
    });

    it('means nothing without openid (OIDC Core §3.1.2.1)', async () => {
      const { bare, browser, alice } = await weaklySignedIn();
      await bare.ask(browser, alice, { scope: 'email' });
      expect((await browser.visit(bare.request({ scope: 'email', acr_values: '1' }).url)).answer).toHaveProperty(
        'code',
      );
    });
  });

  describe('an essential acr (OIDC Core §5.5.1.1)', () => {
    it.each([
      ['signed in or not', {}],
      ['with prompt=none', { prompt: 'none' }],
    ] as [string, Parameters][])('that no sign-in here has is refused at once, %s', async (_how, wish) => {
      const { bare, browser } = await ready();
      const request = bare.request({ ...essential('urn:x', 'urn:y'), ...wish });
      const { answer, hops } = await browser.visit(request.url);
      expect(answer).toMatchObject({ error: 'unmet_authentication_requirements', state: request.state });
      expect(hops).toHaveLength(1);
    });

    it('that can be had is asked for, and login_required with prompt=none', async () => {
      const { bare, browser, alice } = await weaklySignedIn();
      const silent = await browser.visit(bare.request({ ...essential('1'), prompt: 'none' }).url);
      expect(silent.answer['error']).toBe('login_required');
      const { idToken } = await bare.signIn(browser, alice, essential('phr', '1'));
      expect(decodeJwt(idToken)['acr']).toBe('1');
    });

    it('that even the sign-in made for it does not have is a failed authentication', async () => {
      const { bare, browser, alice } = await weaklySignedIn();
      const page = await browser.visit(bare.request(essential('1')).url);
      const id = page.url.searchParams.get('interaction') ?? '';
      const sessions = await running.service.app.get(SessionsService, { strict: false }).listByUser(alice.id);
      const session = sessions.find(({ acr }) => acr === '0');
      if (session === undefined) throw new Error('the weak session is gone');
      const answers: Answers = { signedInAt: session.authTime, signedInSessionId: session.id };
      const read = { id, version: 1, answers: {} };
      await running.service.app.get(InteractionsService, { strict: false }).record(read, () => answers);
      const { answer } = await browser.visit(`/oauth2/authorize/${id}`);
      expect(answer['error']).toBe('unmet_authentication_requirements');
    });

    it('is a wish when it is voluntary', async () => {
      const { bare, browser, alice } = await signedIn();
      const { idToken } = await bare.signIn(browser, alice, { ...voluntary('urn:x'), prompt: 'none' });
      expect(decodeJwt(idToken)['acr']).toBe('1');
    });
  });

  describe('auth_time (OIDC Core §2)', () => {
    it('is there when the client record or the request demands it, and does not change by asking', async () => {
      const { bare, browser, alice } = await signedIn({ requireAuthTime: true });
      const at = running.service.clock.epochSeconds();
      running.service.clock.advance('5s');
      const demands = [{}, { max_age: '60' }, { claims: '{"id_token":{"auth_time":{"essential":true}}}' }];
      for (const wish of demands) {
        const { idToken, refreshToken } = await bare.signIn(browser, alice, { ...wish, prompt: 'none' });
        const refreshed = await bare.refresh(refreshToken);
        for (const token of [idToken, String(refreshed.body['id_token'])]) {
          expect(decodeJwt(token)['auth_time']).toBe(at);
        }
      }
    });

    it('is there with default_max_age, which asks again in time, claims or not (OIDC Registration §2)', async () => {
      const { bare, browser, alice } = await signedIn({ defaultMaxAge: 60 });
      running.service.clock.advance('61s');
      const wish = { claims: '{"id_token":{"auth_time":{"essential":true},"acr":null}}' };
      const silent = await browser.visit(bare.request({ ...wish, prompt: 'none' }).url);
      expect(silent.answer['error']).toBe('login_required');
      const { idToken } = await bare.signIn(browser, alice, wish);
      expect(decodeJwt(idToken)['auth_time']).toBe(running.service.clock.epochSeconds());
    });
  });

  describe('id_token_hint (OIDC Core §3.1.2.1)', () => {
    const signed = (claims: Readonly<Record<string, unknown>>) =>
      running.service.app
        .get(JwtSigner, { strict: false })
        .sign({ ...claims }, { algorithm: 'RS256', typ: TokenType.IdToken });

    it('is refused when it is signed by us and yet of another issuer, for nobody, or about nobody', async () => {
      const { bare, browser, alice } = await signedIn();
      const right = { iss: running.service.issuer, sub: alice.id, aud: bare.client.clientId, exp: 1 };
      const hinted = async (claims: object) => {
        const id_token_hint = await signed({ ...right, ...claims });
        return (await browser.visit(bare.request({ id_token_hint, prompt: 'none' }).url)).answer;
      };
      expect(await hinted({})).toHaveProperty('code');
      expect(await hinted({ aud: ['other', bare.client.clientId] })).toHaveProperty('code');
      for (const claims of [{ iss: 'https://other.example' }, { aud: [] }, { aud: undefined }, { sub: undefined }]) {
        expect((await hinted(claims))['error']).toBe('invalid_request');
      }
    });
  });

  it('tells the client when the user makes no choice of account (OIDC Core §3.1.2.1)', async () => {
    const { bare, browser } = await signedIn();
    const page = await browser.visit(bare.request({ prompt: 'select_account' }).url);
    const { answer } = await browser.submit(page, '#cancel');
    expect(answer['error']).toBe('access_denied');
    expect(answer).not.toHaveProperty('code');
  });

  describe('prompt=create while nobody can sign up (OIDC Prompt-Create §4.1)', () => {
    it('shows the sign-in page, for whoever is signed in too, and goes on from there', async () => {
      const { bare, browser, alice } = await signedIn();
      const sent = bare.request({ prompt: 'create' });
      const page = await browser.visit(sent.url);
      expect(page.html.words).toContain('Sign in with another account');
      const { answer } = await throughEveryPage(browser, await signIn(browser, page, alice), alice);
      expect(answer).toHaveProperty('code');
      const fresh = await ready();
      expect((await fresh.browser.visit(fresh.bare.request({ prompt: 'create' }).url)).html.has('#password')).toBe(
        true,
      );
    });

    it('cannot stand beside none', async () => {
      const { bare, browser } = await signedIn();
      for (const prompt of ['none create', 'create none']) {
        expect((await browser.visit(bare.request({ prompt }).url)).answer['error']).toBe('invalid_request');
      }
    });
  });
});
