import { expect } from 'vitest';
import { secret } from '../../support/bare-client.js';
import { signIn, throughEveryPage } from '../../support/signing-in.js';
import { checkErrorPage } from './every-response.js';
import { dynamic, withAccessToken, withFrontIdToken, type Module } from './modules.js';
import type { ModuleRun, Passed } from './module-run.js';
import { USER } from './seed.js';

/** What an ID token has besides the claims that somebody asked for (OIDC Core §2, §3.3.2.11). */
const PROTOCOL_CLAIMS = 'iss sub aud exp iat auth_time nonce acr amr azp at_hash c_hash s_hash sid'.split(' ');

const LONG_STATE = (): string => secret().repeat(3).slice(0, 128);

/** Has the browser signed in before, one second ago. */
async function signedIn(run: ModuleRun, wish: Readonly<Record<string, string>> = {}) {
  const browser = run.op.browser();
  const first = await run.pass(browser, wish);
  run.op.service.clock.advance('1s');
  return { browser, first };
}

/** Goes through the login page that must come, and compares the two times of authentication. */
async function signedInAgain(
  run: ModuleRun,
  { browser, first }: Awaited<ReturnType<typeof signedIn>>,
  wish: Readonly<Record<string, string>>,
): Promise<Passed> {
  const sent = await run.request(wish);
  const page = await browser.visit(sent.url, { site: 'cross-site' });
  expect(page.html.has('#password')).toBe(true);
  expect(page.html.words).toContain('Sign in'); // what the screenshot must show
  const signed = await signIn(browser, page, USER);
  const second = await run.complete(sent, await throughEveryPage(browser, signed, USER));
  expect(second.idToken.sub).toBe(first.idToken.sub);
  expect(second.idToken['auth_time']).toBeGreaterThan(Number(first.idToken['auth_time']));
  return second;
}

/** Modules that every OpenID Connect plan has, whatever the response type (OIDC Core §3). */
export const LOGIN_MODULES: readonly Module[] = [
  {
    name: 'oidcc-server',
    run: async (run) => {
      const passed = await run.pass(run.op.browser());
      for (const claim of Object.keys({ ...passed.front, ...passed.idToken })) expect(PROTOCOL_CLAIMS).toContain(claim);
      if (passed.values['access_token'] !== undefined) {
        await run.userinfo(passed.values['access_token'], passed.idToken.sub);
      }
    },
  },
  {
    name: 'oidcc-response-type-missing',
    run: async (run) => {
      const sent = await run.request({ response_type: undefined, state: LONG_STATE() });
      const visit = await run.op.browser().visit(sent.url, { site: 'cross-site' });
      const way = run.variant.formPost ? 'form_post' : 'query'; // OIDC Core §3.1.2.6: of no known response type
      expect(run.refused(sent, visit, way)).toMatch(/^(invalid_request|unsupported_response_type)$/);
    },
  },
  {
    name: 'oidcc-idtoken-signature',
    appliesTo: dynamic,
    run: async (run) => {
      expect(run.client.registered).toMatchObject({ id_token_signed_response_alg: 'RS256' });
      await run.pass(run.op.browser()); // the algorithm and the kid are checked with every ID token
    },
  },
  {
    name: 'oidcc-ensure-request-without-nonce-fails',
    appliesTo: withFrontIdToken,
    run: async (run) => {
      const sent = await run.request({ nonce: undefined });
      expect(run.refused(sent, await run.op.browser().visit(sent.url))).toBe('invalid_request');
    },
  },
  {
    name: 'oidcc-ensure-request-without-nonce-succeeds-for-code-flow',
    appliesTo: (variant) => !withFrontIdToken(variant),
    run: async (run) => {
      const { idToken } = await run.pass(run.op.browser(), { nonce: undefined });
      expect(idToken).not.toHaveProperty('nonce');
    },
  },
  ...(['page', 'popup'] as const).map((display): Module => ({
    name: `oidcc-display-${display}`,
    run: (run) => run.pass(run.op.browser(), { display }),
  })),
  {
    name: 'oidcc-prompt-login',
    run: async (run) => signedInAgain(run, await signedIn(run), { prompt: 'login' }),
  },
  {
    name: 'oidcc-prompt-none-not-logged-in',
    run: async (run) => {
      const sent = await run.request({ prompt: 'none', state: LONG_STATE() });
      const visit = await run.op.browser().visit(sent.url);
      expect(visit.hops).toHaveLength(1);
      expect(run.refused(sent, visit)).toMatch(/^(login|interaction|consent|account_selection)_required$/);
    },
  },
  {
    name: 'oidcc-prompt-none-logged-in',
    run: async (run) => {
      const { browser, first } = await signedIn(run);
      const sent = await run.request({ prompt: 'none' });
      const visit = await browser.visit(sent.url);
      expect(visit.hops).toHaveLength(1); // no page of any kind
      const second = await run.complete(sent, visit);
      expect(second.idToken.sub).toBe(first.idToken.sub);
      expect(second.idToken['auth_time']).toBe(first.idToken['auth_time']);
    },
  },
  {
    name: 'oidcc-max-age-1',
    run: async (run) => {
      const before = await signedIn(run);
      run.op.service.clock.advance('1s');
      const { idToken } = await signedInAgain(run, before, { max_age: '1' });
      expect(idToken['auth_time']).toBe(run.op.service.clock.epochSeconds());
    },
  },
  {
    name: 'oidcc-max-age-10000',
    run: async (run) => {
      const { browser, first } = await signedIn(run, { max_age: '15000' });
      const sent = await run.request({ max_age: '10000' });
      const visit = await browser.visit(sent.url);
      expect(visit.hops).toHaveLength(1);
      const second = await run.complete(sent, visit);
      expect(first.idToken['auth_time']).toEqual(expect.any(Number));
      expect(second.idToken['auth_time']).toBe(first.idToken['auth_time']);
    },
  },
  {
    name: 'oidcc-ensure-request-with-unknown-parameter-succeeds',
    run: (run) => run.pass(run.op.browser(), { extra: 'foobar' }),
  },
  {
    name: 'oidcc-id-token-hint',
    run: async (run) => {
      const { browser, first } = await signedIn(run);
      const sent = await run.request({ prompt: 'none', id_token_hint: first.rawIdToken });
      const second = await run.complete(sent, await browser.visit(sent.url));
      expect(second.idToken.sub).toBe(first.idToken.sub);
    },
  },
  {
    name: 'oidcc-login-hint',
    run: (run) => run.pass(run.op.browser(), { login_hint: 'buffy@suite.test' }),
  },
  {
    name: 'oidcc-ui-locales',
    run: (run) => run.pass(run.op.browser(), { ui_locales: 'se' }),
  },
  {
    name: 'oidcc-claims-locales',
    run: (run) => run.pass(run.op.browser(), { claims_locales: 'se' }),
  },
  {
    name: 'oidcc-ensure-request-with-acr-values-succeeds',
    run: async (run) => {
      const supported = (await run.op.discovery())['acr_values_supported'] as string[];
      const { idToken } = await run.pass(run.op.browser(), { acr_values: supported.join(' ') });
      expect(supported).toContain(idToken['acr']);
    },
  },
  {
    name: 'oidcc-ensure-registered-redirect-uri',
    run: async (run) => {
      const sent = await run.request({ redirect_uri: run.op.suite.url(`/callback/${secret()}`) });
      const visit = await run.op.browser().visit(sent.url, { site: 'cross-site' });
      checkErrorPage(visit, { error: /^invalid_request$/, names: /redirect_uri/ });
    },
  },
  {
    name: 'oidcc-ensure-post-request-succeeds',
    run: async (run) => {
      const [browser, sent] = [run.op.browser(), await run.request()];
      const form = Object.entries(sent.parameters).flatMap(([name, value]) =>
        typeof value === 'string' ? [[name, value] as const] : [],
      );
      const posted = await browser.post(await run.op.endpoint('authorization_endpoint'), form, { site: 'cross-site' });
      await run.complete(sent, await throughEveryPage(browser, posted, USER));
    },
  },
  {
    name: 'oidcc-alternate-happy-flow',
    run: async (run) => {
      const [browser, sent] = [run.op.browser(), await run.request({ scope: 'phone address openid email profile' })];
      const turned = Object.fromEntries(Object.entries(sent.parameters).reverse());
      const kept = Object.entries(turned).flatMap(([name, value]) =>
        typeof value === 'string' ? [[name, value]] : [],
      );
      const url = `${await run.op.endpoint('authorization_endpoint')}?${new URLSearchParams(kept).toString()}`;
      await run.complete(sent, await throughEveryPage(browser, await browser.visit(url), USER));
    },
  },
  {
    name: 'oidcc-claims-essential',
    run: async (run) => {
      const asked = { name: { essential: true } };
      const place = withAccessToken(run.variant) ? 'userinfo' : 'id_token';
      const passed = await run.pass(run.op.browser(), { claims: JSON.stringify({ [place]: asked }) });
      const claims = place === 'userinfo' ? await run.userinfo(passed.accessToken, passed.idToken.sub) : passed.idToken;
      const supported = (await run.op.discovery())['claims_parameter_supported'] === true;
      expect(claims['name']).toBe(supported ? USER.claims.name : undefined);
      if (place === 'userinfo') expect(passed.idToken).not.toHaveProperty('name');
    },
  },
];
