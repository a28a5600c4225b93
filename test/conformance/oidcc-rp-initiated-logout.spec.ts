import { decodeJwt, SignJWT } from 'jose';
import { expect, it } from 'vitest';
import { secret, type Parameters } from '../support/bare-client.js';
import type { UserAgent, Visit } from '../support/user-agent.js';
import { checkErrorPage, checkHops } from './support/every-response.js';
import { endSession, LOGOUT_VARIANT, logoutModule } from './support/logout.js';
import type { ModuleRun, Passed } from './support/module-run.js';
import { tellModules, type Module } from './support/modules.js';
import { onCertifiedOp } from './support/op.js';
import { newKey } from './support/suite-client.js';

/** What a module sends of the usual: a hint, the registered address, a state of 128 characters. */
function usual(run: ModuleRun, { rawIdToken }: Passed): Readonly<Record<string, string>> {
  return {
    id_token_hint: rawIdToken,
    post_logout_redirect_uri: run.op.suite.url('/post_logout_redirect'),
    state: secret().repeat(3).slice(0, 128),
  };
}

async function stillSignedIn(run: ModuleRun, browser: UserAgent): Promise<boolean> {
  const sent = await run.request({ prompt: 'none' });
  const visit = await browser.visit(sent.url);
  if (visit.leftFor?.searchParams.has('code') === true) return true;
  expect(run.refused(sent, visit)).toBe('login_required');
  return false;
}

/** The user is signed out and back at the client, with the state and nothing else. */
function leadsBack(name: string, sends: (all: Record<string, string>) => Parameters): Module {
  return logoutModule(name, [], async (run, { browser, passed }) => {
    const parameters = sends({ ...usual(run, passed) });
    const visit = await endSession(run.op, browser, parameters);
    checkHops(visit);
    const query = parameters['state'] === undefined ? '' : `?state=${String(parameters['state'])}`;
    expect(visit.leftFor?.href).toBe(`${run.op.suite.url('/post_logout_redirect')}${query}`);
    expect(await stillSignedIn(run, browser)).toBe(false);
  });
}

/** The user is signed out and stays at a page of the provider that says so. */
function staysHere(name: string, sends: (all: Record<string, string>) => Parameters): Module {
  return logoutModule(name, [], async (run, { browser, passed }) => {
    const visit = await endSession(run.op, browser, sends({ ...usual(run, passed) }));
    expect([visit.leftFor, visit.status]).toEqual([undefined, 200]);
    expect(visit.html.words).toContain('You have signed out');
    checkHops(visit);
    expect(await stillSignedIn(run, browser)).toBe(false);
  });
}

type Fault = (all: Record<string, string>, passed: Passed, run: ModuleRun) => Parameters | Promise<Parameters>;

/** The fault is shown, with its name, and nobody is signed out. */
function isShown(name: string, parameter: string, sends: Fault): Module {
  return logoutModule(name, [], async (run, { browser, passed }) => {
    const visit: Visit = await endSession(run.op, browser, await sends({ ...usual(run, passed) }, passed, run));
    checkErrorPage(visit, { error: /^invalid_request$/, names: new RegExp(parameter) });
    expect(await stillSignedIn(run, browser)).toBe(true);
  });
}

const only =
  (...names: readonly string[]) =>
  (all: Record<string, string>): Parameters =>
    Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));

const MODULES: readonly Module[] = [
  leadsBack('oidcc-rp-initiated-logout', (all) => all),
  leadsBack('oidcc-rp-initiated-logout-no-state', only('id_token_hint', 'post_logout_redirect_uri')),
  staysHere('oidcc-rp-initiated-logout-no-params', only()),
  staysHere('oidcc-rp-initiated-logout-only-state', only('state')),
  staysHere('oidcc-rp-initiated-logout-no-post-logout-redirect-uri', only('id_token_hint', 'state')),
  isShown('oidcc-rp-initiated-logout-bad-post-logout-redirect-uri', 'post_logout_redirect_uri', (all, _, { op }) => ({
    ...all,
    post_logout_redirect_uri: op.suite.url(`/post_logout_redirect/${secret()}`),
  })),
  isShown('oidcc-rp-initiated-logout-query-added-to-post-logout-redirect-uri', 'post_logout_redirect_uri', (all) => ({
    ...all,
    post_logout_redirect_uri: `${all['post_logout_redirect_uri'] ?? ''}?foo=bar`,
  })),
  isShown('oidcc-rp-initiated-logout-modified-id-token-hint', 'id_token_hint', (all, { rawIdToken }) => ({
    ...all,
    id_token_hint: `${Buffer.from('{"alg":"none"}').toString('base64url')}.${rawIdToken.split('.')[1] ?? ''}.`,
  })),
  isShown('oidcc-rp-initiated-logout-bad-id-token-hint', 'id_token_hint', async (all, { rawIdToken }) => {
    const { privateKey } = await newKey();
    const claims = { ...decodeJwt(rawIdToken), aud: secret() };
    const foreign = new SignJWT(claims).setProtectedHeader({ alg: 'RS256', typ: 'JWT' }).sign(privateKey);
    return { ...all, id_token_hint: await foreign };
  }),
  logoutModule('oidcc-rp-initiated-logout-no-id-token-hint', [], async (run, { browser, passed }) => {
    const visit = await endSession(
      run.op,
      browser,
      only('post_logout_redirect_uri', 'state')({ ...usual(run, passed) }),
    );
    expect(visit.leftFor).toBeUndefined(); // an error page or a page that says "signed out": never the client
    checkHops(visit);
  }),
];

onCertifiedOp(
  'oidcc-rp-initiated-logout-certification-test-plan [client_registration=dynamic_client][response_type=code]',
  (op) => {
    it('oidcc-rp-initiated-logout-discovery-endpoint-verification', async () => {
      expect(new URL(await op.endpoint('end_session_endpoint')).protocol).toBe('https:');
    });
    tellModules(op, LOGOUT_VARIANT, MODULES);
  },
);
