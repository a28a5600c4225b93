import { expect } from 'vitest';
import { signIn, throughEveryPage } from '../../support/signing-in.js';
import { REFRESH_TOKEN } from './code-modules.js';
import { checkErrorPage, checkJsonError, checkTokens } from './every-response.js';
import { LOGIN_MODULES } from './login-modules.js';
import { withCode, type Module } from './modules.js';
import { ModuleRun } from './module-run.js';
import { REQUEST_OBJECT_MODULES, UNSIGNED_ID_TOKEN } from './request-object-modules.js';
import { USER } from './seed.js';
import { newKey, registrationFor, suiteKey } from './suite-client.js';

const CALLBACK_WITH_QUERY = '/callback?foo=bar';

/** An unregistered redirect URI is shown to the user, never followed (OIDC Core §3.1.2.1). */
function refusesRedirectUri(name: string, registered: readonly string[], sent: string | undefined): Module {
  return {
    name,
    registers: (_variant, op) => ({ redirect_uris: registered.map((path) => op.suite.url(path)) }),
    run: async (run) => {
      const redirect_uri = sent === undefined ? undefined : run.op.suite.url(sent);
      const { url } = await run.request({ redirect_uri });
      const visit = await run.op.browser().visit(url, { site: 'cross-site' });
      checkErrorPage(visit, { error: /^invalid_request$/, names: /redirect_uri/ });
    },
  };
}

/** The login or consent page leads to a page of the client (OIDC Registration §2). */
function showsLink(name: string, member: string): Module {
  const address = 'https://openid.net/';
  return {
    name,
    registers: () => ({ [member]: 'https://openid.net' }),
    run: async (run) => {
      const [browser, sent] = [run.op.browser(), await run.request()];
      const login = await browser.visit(sent.url, { site: 'cross-site' });
      const consent = await signIn(browser, login, USER);
      const links = [login, consent].flatMap(({ html }) => html.tags.map(({ attributes }) => attributes.get('href')));
      expect(links).toContain(address);
      await run.complete(sent, await throughEveryPage(browser, consent, USER));
    },
  };
}

const fromTheOtherPlans = [...LOGIN_MODULES, ...REQUEST_OBJECT_MODULES].filter(({ name }) =>
  ['oidcc-server', 'oidcc-ensure-request-object-with-redirect-uri'].includes(name),
);

/** The modules of the dynamic plan, whose clients prove themselves with a key (OIDC Registration §2, §3). */
export const DYNAMIC_MODULES: readonly Module[] = [
  ...fromTheOtherPlans,
  REFRESH_TOKEN,
  UNSIGNED_ID_TOKEN,
  {
    name: 'oidcc-idtoken-rs256',
    registers: () => ({ id_token_signed_response_alg: 'RS256' }),
    run: (run) => run.pass(run.op.browser()),
  },
  refusesRedirectUri(
    'oidcc-ensure-redirect-uri-in-authorization-request',
    ['/callback', '/another-callback'],
    undefined,
  ),
  {
    name: 'oidcc-redirect-uri-query-OK',
    registers: (_variant, op) => ({ redirect_uris: [op.suite.url(CALLBACK_WITH_QUERY)] }),
    run: async (run) => {
      expect(run.client.redirectUri).toContain('?foo=bar'); // kept in every answer, which each check looks for
      await run.pass(run.op.browser());
    },
  },
  refusesRedirectUri('oidcc-redirect-uri-query-mismatch', [CALLBACK_WITH_QUERY], '/callback?bar=foo'),
  refusesRedirectUri('oidcc-redirect-uri-query-added', ['/callback'], CALLBACK_WITH_QUERY),
  {
    name: 'oidcc-redirect-uri-regfrag',
    run: async ({ op, variant }) => {
      const wish = { redirect_uris: [op.suite.url('/callback#foobar')] };
      const body = await registrationFor(op, variant.responseType, wish);
      const answer = await op.json('POST', await op.endpoint('registration_endpoint'), { body });
      checkJsonError(answer, { error: /^invalid_redirect_uri$/ });
    },
  },
  showsLink('oidcc-registration-policy-uri', 'policy_uri'),
  showsLink('oidcc-registration-tos-uri', 'tos_uri'),
  {
    name: 'oidcc-registration-jwks-uri',
    appliesTo: withCode,
    registers: (_variant, op) => ({ jwks: undefined, jwks_uri: op.suite.url('/jwks.json') }),
    run: async (run) => {
      run.op.suite.publishJson('/jwks.json', { keys: [(await suiteKey()).jwk] });
      const before = run.op.suite.callsTo('/jwks.json').length;
      await run.pass(run.op.browser());
      expect(run.op.suite.callsTo('/jwks.json').length).toBeGreaterThan(before);
    },
  },
  {
    name: 'oidcc-server-rotate-keys',
    run: async (run) => {
      const signing = async () => (await run.op.keys()).keys.flatMap(({ use, kid }) => (use === 'enc' ? [] : [kid]));
      const before = await signing();
      expect((await run.op.administer('POST', '/keys/rotate', { now: true })).status).toBe(200);
      const after = await signing();
      expect(after.filter((kid) => !before.includes(kid)).length).toBeGreaterThan(0);
      expect(after).toEqual(expect.arrayContaining(before)); // OIDC Core §10.1.1
      await run.pass(run.op.browser());
    },
  },
  {
    name: 'oidcc-refresh-token-rp-key-rotation',
    appliesTo: withCode,
    registers: (variant, op) => ({
      ...REFRESH_TOKEN.registers?.(variant, op),
      jwks: undefined,
      jwks_uri: op.suite.url('/rotated-jwks.json'),
    }),
    run: async (run) => {
      const { suite, service } = run.op;
      suite.publishJson('/rotated-jwks.json', { keys: [(await suiteKey()).jwk] });
      const { tokens } = await run.pass(run.op.browser(), { scope: 'openid offline_access', prompt: 'consent' });
      const key = await newKey();
      suite.publishJson('/rotated-jwks.json', { keys: [key.jwk] });
      service.clock.advance('60s');
      const rotated = new ModuleRun(run.op, run.variant, { ...run.client, assertion: { alg: 'RS256', key } });
      checkTokens(await rotated.refresh(String(tokens?.body['refresh_token'])));
    },
  },
  {
    name: 'oidcc-ensure-client-assertion-with-iss-aud-succeeds',
    appliesTo: withCode,
    run: async (run) => {
      const [browser, sent] = [run.op.browser(), await run.request()];
      const { values } = await run.arrived(sent, await run.visit(browser, sent));
      checkTokens(await run.redeem(sent, values['code'] ?? '', run.op.issuer));
    },
  },
];
