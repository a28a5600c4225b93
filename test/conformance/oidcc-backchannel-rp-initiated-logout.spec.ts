import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { expect, it } from 'vitest';
import { secret } from '../support/bare-client.js';
import { endSession, LOGOUT_VARIANT, logoutModule } from './support/logout.js';
import { tellModules } from './support/modules.js';
import { onCertifiedOp } from './support/op.js';

const EVENTS = { 'http://schemas.openid.net/event/backchannel-logout': {} };

const MODULE = logoutModule(
  'oidcc-backchannel-rp-initiated-logout',
  ['backchannel'],
  async (run, { browser, passed }) => {
    const { op, client } = run;
    const state = secret().repeat(3).slice(0, 128);
    const uri = op.suite.url('/post_logout_redirect');
    const called = op.suite.nextCallTo('/backchannel_logout');
    const parameters = { id_token_hint: passed.rawIdToken, post_logout_redirect_uri: uri, state };
    const visit = await endSession(op, browser, parameters);
    expect(visit.leftFor?.href).toBe(`${uri}?state=${state}`);

    const { method, contentType, body } = await called;
    expect([method, contentType]).toEqual(['POST', expect.stringMatching(/^application\/x-www-form-urlencoded/)]);
    const form = [...new URLSearchParams(body)];
    expect(form.map(([name]) => name)).toEqual(['logout_token']);

    const token = form[0]?.[1] ?? '';
    expect(decodeProtectedHeader(token)).toMatchObject({ alg: run.algorithm, typ: 'logout+jwt' });
    const { payload } = await jwtVerify(token, createLocalJWKSet(await op.keys()), {
      issuer: op.issuer,
      audience: client.clientId,
      currentDate: op.service.clock.now(),
    });
    expect(payload).toMatchObject({ iat: expect.any(Number) as number, jti: expect.any(String) as string });
    expect(payload['events']).toEqual(EVENTS);
    expect(payload).not.toHaveProperty('nonce');
    expect(passed.idToken['sid']).toEqual(expect.any(String));
    expect(payload['sid']).toBe(passed.idToken['sid']);
    if (payload.sub !== undefined) expect(payload.sub).toBe(passed.idToken.sub);
  },
);

onCertifiedOp(
  'oidcc-backchannel-rp-initiated-logout-certification-test-plan [client_registration=dynamic_client][response_type=code]',
  (op) => {
    it('oidcc-backchannel-logout-discovery-endpoint-verification', async () => {
      expect(await op.discovery()).toMatchObject({
        backchannel_logout_supported: true,
        backchannel_logout_session_supported: true,
        end_session_endpoint: expect.stringMatching(/^https:/) as string,
      });
    });
    tellModules(op, LOGOUT_VARIANT, [MODULE]);
  },
);
