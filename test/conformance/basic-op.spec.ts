import { SCOPE_CLAIMS, type StandardScope } from '#standards/oidc.js';
import { afterAll, describe, expect, it } from 'vitest';
import { BareClient, secret } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { signIn, throughEveryPage } from '../support/signing-in.js';
import { CLIENTS, Suite, USER, writeSeedFile } from './suite.js';

const seed = writeSeedFile();

afterAll(() => {
  seed.remove();
});

onEveryDatabase(
  'oidcc-basic-certification-test-plan [server_metadata=discovery][client_registration=static_client]',
  (running) => {
    const suite = () => new Suite(running.service);
    const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

    it('oidcc-server', async () => {
      const { response, idToken } = await suite().pass(suite().browser());
      expect(response.body).toHaveProperty('expires_in');
      const known = [
        'iss',
        'sub',
        'aud',
        'exp',
        'iat',
        'auth_time',
        'nonce',
        'acr',
        'amr',
        'azp',
        'at_hash',
        'c_hash',
        'sid',
      ];
      for (const claim of Object.keys(idToken)) expect(known).toContain(claim);
    });

    it('oidcc-response-type-missing', async () => {
      const [browser, sent] = [
        suite().browser(),
        suite().request({ response_type: undefined, state: 's'.repeat(128) }),
      ];
      expect(suite().refused(sent, await browser.visit(sent.url))).toMatch(
        /^(invalid_request|unsupported_response_type)$/,
      );
    });

    it('oidcc-idtoken-signature', async () => {
      const { idToken } = await suite().pass(suite().browser()); // RS256 and kid are checked with every ID token
      expect(idToken.sub).toBe(USER.id);
    });

    it('oidcc-idtoken-unsigned: nothing to test, as none is not offered', async () => {
      expect((await suite().discovery())['id_token_signing_alg_values_supported']).not.toContain('none');
    });

    it('oidcc-userinfo-get', async () => {
      const passed = await suite().pass(suite().browser());
      await suite().userinfo(passed, { headers: bearer(passed.accessToken) });
    });

    it('oidcc-userinfo-post-header', async () => {
      const passed = await suite().pass(suite().browser());
      await suite().userinfo(passed, { method: 'POST', headers: bearer(passed.accessToken) });
    });

    it('oidcc-userinfo-post-body', async () => {
      const passed = await suite().pass(suite().browser());
      const body = new URLSearchParams({ access_token: passed.accessToken });
      await suite().userinfo(passed, { method: 'POST', body });
    });

    it('oidcc-ensure-request-without-nonce-succeeds-for-code-flow', async () => {
      const { idToken } = await suite().pass(suite().browser(), { nonce: undefined });
      expect(idToken).not.toHaveProperty('nonce');
    });

    describe('oidcc-scope', () => {
      const claimsOf = async (scope: string) => {
        const passed = await suite().pass(suite().browser(), { scope });
        return suite().userinfo(passed, { headers: bearer(passed.accessToken) });
      };

      it.each(['profile', 'email', 'address', 'phone'] as StandardScope[])('oidcc-scope-%s', async (scope) => {
        const claims = await claimsOf(`openid ${scope}`);
        expect(Object.keys(claims).sort()).toEqual(['sub', ...SCOPE_CLAIMS[scope]].sort());
      });

      it('oidcc-scope-all', async () => {
        const claims = await claimsOf('openid profile email address phone');
        expect(Object.keys(claims).sort()).toEqual([...new Set(Object.values(SCOPE_CLAIMS).flat())].sort());
      });
    });

    it('oidcc-alternate-happy-flow', async () => {
      const browser = suite().browser();
      const { parameters, ...sent } = suite().request({ scope: 'phone address openid email profile' });
      const turned = Object.fromEntries(Object.entries(parameters).reverse()) as Record<string, string>;
      const kept = Object.entries(turned).filter(([, value]) => (value as string | undefined) !== undefined);
      const url = running.service.url(`/oauth2/authorize?${new URLSearchParams(kept).toString()}`);
      const visit = await throughEveryPage(browser, await browser.visit(url), USER);
      await suite().redeem({ ...sent, parameters }, visit);
    });

    it.each(['page', 'popup'])('oidcc-display-%s', async (display) => {
      await suite().pass(suite().browser(), { display });
    });

    it('oidcc-prompt-login', async () => {
      const browser = suite().browser();
      const first = await suite().pass(browser);
      running.service.clock.advance('1s');
      const sent = suite().request({ prompt: 'login' });
      const page = await browser.visit(sent.url, { site: 'cross-site' });
      expect(page.html.words).toContain('Sign in');
      const second = await suite().redeem(sent, await signIn(browser, page, USER));
      expect(Number(second.idToken['auth_time'])).toBeGreaterThan(Number(first.idToken['auth_time']));
    });

    it('oidcc-prompt-none-not-logged-in', async () => {
      const sent = suite().request({ prompt: 'none', state: secret().repeat(3).slice(0, 128) });
      const visit = await suite().browser().visit(sent.url);
      expect(suite().refused(sent, visit)).toMatch(/^(login|interaction|consent|account_selection)_required$/);
    });

    it('oidcc-prompt-none-logged-in', async () => {
      const browser = suite().browser();
      const first = await suite().pass(browser);
      running.service.clock.advance('1s');
      const sent = suite().request({ prompt: 'none' });
      const visit = await browser.visit(sent.url);
      expect(visit.hops).toHaveLength(1); // no page of any kind
      const second = await suite().redeem(sent, visit);
      expect(second.idToken.sub).toBe(first.idToken.sub);
      expect(second.idToken['auth_time']).toBe(first.idToken['auth_time']);
    });

    it('oidcc-max-age-1', async () => {
      const browser = suite().browser();
      const first = await suite().pass(browser);
      running.service.clock.advance('2s');
      const sent = suite().request({ max_age: '1' });
      const page = await browser.visit(sent.url);
      expect(page.html.has('#password')).toBe(true);
      const second = await suite().redeem(sent, await signIn(browser, page, USER));
      expect(Number(second.idToken['auth_time'])).toBeGreaterThan(Number(first.idToken['auth_time']));
      expect(second.idToken['auth_time']).toBe(running.service.clock.epochSeconds());
    });

    it('oidcc-max-age-10000', async () => {
      const browser = suite().browser();
      const first = await suite().pass(browser, { max_age: '15000' });
      running.service.clock.advance('1s');
      const sent = suite().request({ max_age: '10000' });
      const second = await suite().redeem(sent, await browser.visit(sent.url));
      expect(first.idToken['auth_time']).toEqual(expect.any(Number));
      expect(second.idToken['auth_time']).toBe(first.idToken['auth_time']);
    });

    it('oidcc-ensure-request-with-unknown-parameter-succeeds', async () => {
      await suite().pass(suite().browser(), { extra: 'foobar' });
    });

    it('oidcc-id-token-hint', async () => {
      const browser = suite().browser();
      const first = await suite().pass(browser);
      const sent = suite().request({ prompt: 'none', id_token_hint: first.rawIdToken });
      const second = await suite().redeem(sent, await browser.visit(sent.url));
      expect(second.idToken.sub).toBe(first.idToken.sub);
    });

    it('oidcc-login-hint', async () => {
      await suite().pass(suite().browser(), { login_hint: 'buffy@suite.test' });
    });

    it('oidcc-ui-locales', async () => {
      await suite().pass(suite().browser(), { ui_locales: 'se' });
    });

    it('oidcc-claims-locales', async () => {
      await suite().pass(suite().browser(), { claims_locales: 'se' });
    });

    it('oidcc-ensure-request-with-acr-values-succeeds', async () => {
      const supported = (await suite().discovery())['acr_values_supported'] as string[];
      const { idToken } = await suite().pass(suite().browser(), { acr_values: supported.join(' ') });
      expect(supported).toContain(idToken['acr']);
    });

    it('oidcc-codereuse', async () => {
      const { sent, code } = await suite().pass(suite().browser());
      const again = await suite().bare.redeem({ ...sent, code });
      expect(again).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
      expect(again.headers.get('content-type')).toMatch(/^application\/json/);
    });

    it('oidcc-codereuse-30seconds', async () => {
      const passed = await suite().pass(suite().browser());
      await suite().userinfo(passed, { headers: bearer(passed.accessToken) });
      running.service.clock.advance('30s');
      const again = await suite().bare.redeem({ ...passed.sent, code: passed.code });
      expect(again).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
      const refused = await suite().bare.userinfo(passed.accessToken);
      expect([refused.status >= 400, refused.status < 500]).toEqual([true, true]);
    });

    it('oidcc-ensure-registered-redirect-uri', async () => {
      const sent = suite().request({ redirect_uri: `https://suite.test/test/a/gatehouse/callback/${secret()}` });
      const page = await suite().browser().visit(sent.url);
      expect([page.leftFor, page.status]).toEqual([undefined, 400]);
      expect(page.html.text('#error-description')).toContain('redirect_uri');
    });

    it('oidcc-ensure-post-request-succeeds', async () => {
      const [browser, sent] = [suite().browser(), suite().request()];
      const form = Object.entries(sent.parameters).filter(
        (pair): pair is [string, string] => typeof pair[1] === 'string',
      );
      const posted = await browser.post(running.service.url('/oauth2/authorize'), form, { site: 'cross-site' });
      await suite().redeem(sent, await throughEveryPage(browser, posted, USER));
    });

    it('oidcc-server-client-secret-post', async () => {
      await new Suite(running.service, CLIENTS.clientSecretPost).pass(suite().browser());
    });

    it('oidcc-request-uri-unsigned-supported-correctly-or-rejected-as-unsupported', async () => {
      const sent = suite().request({ request_uri: 'https://suite.test/request.jwt' });
      expect(suite().refused(sent, await suite().browser().visit(sent.url))).toBe('request_uri_not_supported');
    });

    const unsigned = (claims: object) =>
      [{ alg: 'none' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.') + '.';

    it('oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported', async () => {
      const sent = suite().request({ request: unsigned({ state: 'inner', nonce: 'inner' }) });
      expect(suite().refused(sent, await suite().browser().visit(sent.url))).toBe('request_not_supported');
    });

    it('oidcc-ensure-request-object-with-redirect-uri', async () => {
      const request = unsigned({ redirect_uri: 'https://suite.test/elsewhere' });
      const sent = suite().request({ request });
      expect(suite().refused(sent, await suite().browser().visit(sent.url))).toBe('request_not_supported');
    });

    it('oidcc-claims-essential', async () => {
      const claims = JSON.stringify({ userinfo: { name: { essential: true } } });
      const { idToken } = await suite().pass(suite().browser(), { claims });
      expect(idToken).not.toHaveProperty('name');
    });

    it('oidcc-refresh-token', async () => {
      const wish = { scope: 'openid offline_access', prompt: 'consent', nonce: secret() };
      const first = await suite().pass(suite().browser(), wish);
      running.service.clock.advance('1s');
      const answer = await suite().bare.refresh(first.refreshToken, { scope: 'openid offline_access' });
      const tokens = suite().checkedTokens(answer);
      const idToken = await suite().checkedIdToken(tokens.rawIdToken, undefined);
      for (const claim of ['iss', 'sub', 'aud', 'auth_time', 'azp'])
        expect(idToken[claim]).toEqual(first.idToken[claim]);
      expect(idToken.iat).not.toBe(first.idToken.iat);
      expect((await suite().discovery())['grant_types_supported']).toContain('refresh_token');

      const second = new Suite(running.service, CLIENTS.client2);
      const { refreshToken } = await second.pass(second.browser(), wish);
      expect(second.checkedTokens(await second.bare.refresh(refreshToken)).refreshToken).toBeDefined();
      const stolen = await second.pass(second.browser(), wish);
      expect(await new BareClient(running.service, CLIENTS.client).refresh(stolen.refreshToken)).toMatchObject({
        status: 400,
        body: { error: 'invalid_grant' },
      });
    });

    it('oidcc-ensure-request-with-valid-pkce-succeeds', async () => {
      const browser = suite().browser();
      const sent = suite().bare.request();
      expect(sent.parameters['code_challenge_method']).toBe('S256');
      await suite().redeem(sent, await throughEveryPage(browser, await browser.visit(sent.url), USER));
    });
  },
  { env: { SEED_FILE: seed.path } },
);
