import { SCOPE_CLAIMS } from '#standards/oidc.js';
import { expect } from 'vitest';
import { encoded, type Parameters } from '../../support/bare-client.js';
import { aUser } from '../../support/given.js';
import { aPasskeyHolder, signInByPasskey } from '../../support/passkeys.js';
import { throughEveryPage } from '../../support/signing-in.js';
import { checkJsonError, checkRegistration, checkTokens } from './every-response.js';
import { ModuleRun, type Passed } from './module-run.js';
import type { Op } from './op.js';
import { ADMINISTRATOR, SCOPE, USER } from './seed.js';
import {
  authenticating,
  introspects,
  passes,
  PKCE,
  REFRESHING,
  revokes,
  signing,
  withClient,
  type Prover,
} from './prover.js';
import { registrationFor, sectorFor } from './suite-client.js';

const everything = new WeakMap<Op, Promise<readonly string[]>>();

/** The names of all claims that a sign-in with every scope brings, by either way. */
function everyClaim(op: Op): Promise<readonly string[]> {
  const asked = everything.get(op) ?? claimsOfEveryScope(op);
  everything.set(op, asked);
  return asked;
}

async function claimsOfEveryScope(op: Op): Promise<readonly string[]> {
  const names = new Set<string>();
  await withClient(op, async (run) => {
    const passed = await run.pass(op.browser(), { scope: SCOPE, max_age: '1000' });
    const claims = await run.userinfo(passed.accessToken, passed.idToken.sub);
    for (const name of [...Object.keys(claims), ...Object.keys(passed.idToken)]) names.add(name);
  });
  return [...names];
}

async function signedInBefore(run: ModuleRun) {
  const browser = run.op.browser();
  const first = await run.pass(browser);
  run.op.service.clock.advance('1s');
  return { browser, first };
}

const PAGE_OF_PROMPT: Readonly<Record<string, string>> = {
  login: '#password',
  consent: '#consent-allow',
  select_account: '#use-another-account',
};

async function provesPrompt(op: Op, prompt: string): Promise<void> {
  await withClient(op, async (run) => {
    const { browser } = await signedInBefore(run);
    const sent = await run.request({ prompt });
    const visit = await browser.visit(sent.url, { site: 'cross-site' });
    if (prompt === 'none') await run.complete(sent, visit);
    else expect(visit.html.has(PAGE_OF_PROMPT[prompt] ?? prompt)).toBe(true);
  });
}

async function provesScope(op: Op, scope: string): Promise<void> {
  const check = async (run: ModuleRun): Promise<void> => {
    const asked = { scope: [...new Set(['openid', scope])].join(' '), prompt: 'consent' };
    const { tokens, accessToken, idToken } = await run.pass(op.browser(), asked);
    expect(String(tokens?.body['scope']).split(' ')).toContain(scope);
    expect(typeof tokens?.body['refresh_token']).toBe('string');
    const claims = await run.userinfo(accessToken, idToken.sub);
    const expected: readonly string[] = (SCOPE_CLAIMS as Record<string, readonly string[]>)[scope] ?? [];
    expect(Object.keys(claims)).toEqual(expect.arrayContaining([...expected]));
  };
  await withClient(op, check, REFRESHING);
}

async function provesGrantType(op: Op, grantType: string): Promise<void> {
  const provers: Readonly<Record<string, () => Promise<void>>> = {
    authorization_code: () => passes(op),
    implicit: () => passes(op, { responseType: 'id_token' }),
    refresh_token: () =>
      withClient(
        op,
        async (run) => {
          const { tokens } = await run.pass(op.browser());
          checkTokens(await run.refresh(String(tokens?.body['refresh_token'])));
        },
        REFRESHING,
      ),
    client_credentials: async () => {
      const client = { ...ADMINISTRATOR, method: 'client_secret_basic', redirectUri: '' };
      const run = new ModuleRun(op, { responseType: 'code', formPost: false, registration: 'static_client' }, client);
      checkTokens(await run.token({ grant_type: 'client_credentials' }));
    },
  };
  const prover = provers[grantType];
  if (prover === undefined) throw new Error(`nothing proves the grant type ${grantType}`);
  await prover();
}

async function provesResponseType(op: Op, responseType: string): Promise<void> {
  if (responseType !== 'none') return passes(op, { responseType });
  const check = async (run: ModuleRun): Promise<void> => {
    const sent = await run.request({ response_type: 'none' });
    const visit = await run.visit(op.browser(), sent);
    const { session_state: _sessionState, ...answer } = visit.answer;
    expect(answer).toEqual({ state: sent.parameters['state'], iss: op.issuer });
  };
  await withClient(op, check, { response_types: ['code', 'none'] });
}

async function provesPkce(op: Op): Promise<void> {
  await withClient(op, async (run) => {
    await run.pass(op.browser(), PKCE);
    const sent = await run.request(PKCE);
    const { values } = await run.arrived(sent, await run.visit(op.browser(), sent));
    const wrong = { ...sent, verifier: 'w'.repeat(43) };
    checkJsonError(await run.redeem(wrong, values['code'] ?? ''), { error: /^invalid_grant$/ });
  });
}

async function provesLocale(op: Op, locale: string): Promise<void> {
  await withClient(op, async (run) => {
    const { url } = await run.request({ ui_locales: locale });
    const page = await op.browser().visit(url, { site: 'cross-site' });
    const root = page.html.tags.find(({ name }) => name === 'html');
    expect(root?.attributes.get('lang')).toBe(locale);
  });
}

async function provesSubjectType(op: Op, subjectType: string): Promise<void> {
  const subjects: (string | undefined)[] = [];
  const note = async (run: ModuleRun): Promise<void> => {
    subjects.push((await run.pass(op.browser())).idToken.sub);
  };
  for (const path of ['/callback', '/other-callback']) {
    const sector = sectorFor(op, subjectType);
    await withClient(op, note, { subject_type: subjectType, redirect_uris: [op.suite.url(path)], ...sector });
  }
  expect(subjects[0]).toBe(subjects[1]); // one sector (OIDC Core §8.1)
  expect(subjects[0] === USER.id).toBe(subjectType === 'public');
}

async function provesSignedOut(op: Op): Promise<void> {
  const page = await op.browser().visit(await op.endpoint('end_session_endpoint'));
  expect([page.status, page.html.words]).toEqual([200, expect.stringContaining('You have signed out')]);
}

async function provesLoginPage(op: Op): Promise<void> {
  await withClient(op, async (run) => {
    const sent = await run.request();
    const page = await op.browser().visit(sent.url);
    expect([page.status, page.html.has('#password')]).toEqual([200, true]);
    expect(sent.url).toContain(`?${encoded({ client_id: run.client.clientId })}`);
  });
}

/** The lowest level by a password; the others by a passkey, of a client that takes nothing less. */
async function provesAcr(op: Op, acr: string): Promise<void> {
  await withClient(op, async (run) => {
    const { idToken }: Passed = await (acr === '1'
      ? run.pass(op.browser(), { acr_values: acr })
      : byPasskey(op, run, { claims: JSON.stringify({ id_token: { acr: { essential: true, value: acr } } }) }));
    expect(idToken['acr']).toBe(acr);
  });
}

async function byPasskey(op: Op, run: ModuleRun, wish: Parameters): Promise<Passed> {
  const holder = await aUser(op.service);
  const authenticator = await aPasskeyHolder(op, op.browser(), holder);
  const [browser, sent] = [op.browser(), await run.request(wish)];
  const page = await signInByPasskey(browser, await browser.visit(sent.url, { site: 'cross-site' }), authenticator);
  return run.complete(sent, await throughEveryPage(browser, page, holder));
}

async function provesClaimType(op: Op, type: string): Promise<void> {
  expect(type).toBe('normal'); // OIDC Core §5.6.1: a claim is a member of the object itself
  await withClient(op, async (run) => {
    const passed = await run.pass(op.browser(), { scope: 'openid profile' });
    expect((await run.userinfo(passed.accessToken))['name']).toBe(USER.claims.name);
  });
}

const proves = {
  by: (name: string, at: (run: ModuleRun) => Promise<unknown>): readonly [string, Prover][] => [
    [`${name}_endpoint_auth_methods_supported`, (op, method) => withClient(op, at, authenticating(method))],
    [
      `${name}_endpoint_auth_signing_alg_values_supported`,
      async (op, algorithm) => withClient(op, at, await signing(algorithm)),
    ],
  ],
};

/** A proof for every member of the discovery document; a flag is proven by its name and its value. */
export const PROVERS: Readonly<Record<string, Prover>> = {
  issuer: async (op, issuer) => {
    expect(issuer).toBe(op.issuer); // the iss of tokens and answers is held against it by every other proof
    const copy = await op.get(`${new URL(issuer).origin}/.well-known/oauth-authorization-server`);
    expect(copy.body).toEqual(await op.discovery()); // RFC 8414 §3
  },
  authorization_endpoint: provesLoginPage,
  token_endpoint: (op) => passes(op),
  userinfo_endpoint: (op) =>
    withClient(op, async (run) => run.userinfo((await run.pass(op.browser())).accessToken, USER.id)),
  jwks_uri: async (op) => {
    expect((await op.keys()).keys.length).toBeGreaterThan(0);
  },
  registration_endpoint: async (op, url) => {
    const answer = await op.json('POST', url, { body: await registrationFor(op, 'code') });
    checkRegistration(answer);
  },
  introspection_endpoint: (op) => withClient(op, introspects),
  revocation_endpoint: (op) => withClient(op, revokes),
  end_session_endpoint: provesSignedOut,
  scopes_supported: provesScope,
  response_types_supported: provesResponseType,
  response_modes_supported: (op, mode) => passes(op, {}, { response_mode: mode }),
  grant_types_supported: provesGrantType,
  subject_types_supported: provesSubjectType,
  id_token_signing_alg_values_supported: (op, alg) => passes(op, { id_token_signed_response_alg: alg }),
  ...Object.fromEntries([
    ...proves.by('token', (run) => run.pass(run.op.browser(), PKCE)),
    ...proves.by('introspection', introspects),
    ...proves.by('revocation', revokes),
  ]),
  code_challenge_methods_supported: provesPkce,
  claim_types_supported: provesClaimType,
  claims_supported: async (op, claim) => {
    expect(await everyClaim(op)).toContain(claim);
  },
  acr_values_supported: provesAcr,
  prompt_values_supported: provesPrompt,
  ui_locales_supported: provesLocale,
  'authorization_response_iss_parameter_supported=true': (op) => passes(op), // RFC 9207 §2: every answer has it
  'require_pushed_authorization_requests=false': (op) => passes(op),
};
