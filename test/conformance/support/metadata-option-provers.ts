import { expect } from 'vitest';
import { askFrame } from './check-session.js';
import { endSession, logoutUris } from './logout.js';
import type { ModuleRun } from './module-run.js';
import type { Op } from './op.js';
import { withClient, type Prover } from './prover.js';
import { byObject, encryptedObject, signedObject, type Encryption } from './request-object.js';
import { USER } from './seed.js';
import { suiteKey } from './suite-client.js';

const BY_FRAGMENT = '#v1';

/** Signs a user in by a request object and nothing else. */
async function byValue(run: ModuleRun, algorithm = 'RS256', encryption?: Encryption): Promise<void> {
  const sent = await run.request();
  const signed = await signedObject(run, sent.parameters, algorithm);
  const request = encryption === undefined ? signed : await encryptedObject(run, signed, encryption);
  await run.complete(sent, await run.visit(run.op.browser(), await byObject(run, sent, { request })));
}

async function byReference(run: ModuleRun, path: string): Promise<void> {
  const sent = await run.request();
  const type = 'application/oauth-authz-req+jwt';
  const url = run.op.suite.publish(path, { type, body: await signedObject(run, sent.parameters) });
  const asked = await byObject(run, sent, { request_uri: `${url}${BY_FRAGMENT}` });
  await run.complete(sent, await run.visit(run.op.browser(), asked));
}

async function refusesUnregistered(op: Op): Promise<void> {
  await withClient(op, async (run) => {
    const sent = await run.request();
    const before = op.suite.callsTo('/unregistered').length;
    const asked = await byObject(run, sent, { request_uri: op.suite.url('/unregistered') });
    const visit = await op.browser().visit(asked.url);
    expect([visit.status, visit.html.text('#error-code')]).toEqual([400, 'invalid_request_uri']);
    expect(op.suite.callsTo('/unregistered')).toHaveLength(before);
  });
}

async function signedWith(op: Op, algorithm: string): Promise<void> {
  const jwks = { keys: [(await suiteKey(algorithm)).jwk] };
  await withClient(op, (run) => byValue(run, algorithm), { jwks, request_object_signing_alg: algorithm });
}

async function encryptedWith(op: Op, encryption: Encryption): Promise<void> {
  const metadata = { request_object_encryption_alg: encryption.alg, request_object_encryption_enc: encryption.enc };
  await withClient(op, (run) => byValue(run, 'RS256', encryption), metadata);
}

async function hearsOfLogout(op: Op, channel: 'backchannel' | 'frontchannel'): Promise<void> {
  const signsOut = async (run: ModuleRun): Promise<void> => {
    const browser = op.browser();
    const passed = await run.pass(browser);
    const called = op.suite.nextCallTo('/backchannel_logout');
    const page = await endSession(op, browser, { id_token_hint: passed.rawIdToken });
    const frame = page.html.tags.find(({ name }) => name === 'iframe')?.attributes.get('src');
    if (channel === 'backchannel') expect((await called).body).toMatch(/^logout_token=/);
    else expect(new URL(frame ?? '').searchParams.get('sid')).toBe(passed.idToken['sid']);
  };
  await withClient(op, signsOut, logoutUris(op, channel));
}

async function answersFrames(op: Op): Promise<void> {
  await withClient(op, async (run) => {
    const browser = op.browser();
    const { values } = await run.pass(browser);
    const question = `${run.client.clientId} ${values['session_state'] ?? ''}`;
    expect(await askFrame(op, browser, question, new URL(run.client.redirectUri).origin)).toBe('unchanged');
  });
}

async function obeysClaims(op: Op): Promise<void> {
  await withClient(op, async (run) => {
    const claims = JSON.stringify({ id_token: { name: { essential: true } }, userinfo: { email: null } });
    const passed = await run.pass(op.browser(), { claims });
    expect(passed.idToken['name']).toBe(USER.claims.name);
    const told = await run.userinfo(passed.accessToken, passed.idToken.sub);
    expect(told).toEqual({ sub: passed.idToken.sub, email: USER.claims.email });
  });
}

/** Proofs of how a request may be made, and of how a client hears that a session is over (OIDC Core §5.5, §6). */
export const OPTION_PROVERS: Readonly<Record<string, Prover>> = {
  'claims_parameter_supported=true': obeysClaims,
  'request_parameter_supported=true': (op) => withClient(op, (run) => byValue(run)),
  'request_uri_parameter_supported=true': (op) =>
    withClient(op, (run) => byReference(run, '/walk-object'), {
      request_uris: [`${op.suite.url('/walk-object')}${BY_FRAGMENT}`],
    }),
  'require_request_uri_registration=true': refusesUnregistered,
  request_object_signing_alg_values_supported: signedWith,
  request_object_encryption_alg_values_supported: (op, alg) => encryptedWith(op, { alg, enc: 'A128GCM' }),
  request_object_encryption_enc_values_supported: (op, enc) => encryptedWith(op, { alg: 'ECDH-ES', enc }),
  'backchannel_logout_supported=true': (op) => hearsOfLogout(op, 'backchannel'),
  'backchannel_logout_session_supported=true': (op) => hearsOfLogout(op, 'backchannel'),
  'frontchannel_logout_supported=true': (op) => hearsOfLogout(op, 'frontchannel'),
  'frontchannel_logout_session_supported=true': (op) => hearsOfLogout(op, 'frontchannel'),
  check_session_iframe: answersFrames,
};
