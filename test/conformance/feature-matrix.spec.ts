import { CLIENT_AUTH_METHODS, ID_TOKEN_ALGORITHMS, SUBJECT_TYPES } from '#clients/index.js';
import { RESPONSE_MODES } from '#protocol/authorization-endpoint/rules/response-mode.js';
import { RESPONSE_TYPES } from '#protocol/authorization-endpoint/rules/response-type.js';
import { isFrontChannel } from '#standards/oauth.js';
import { expect, it } from 'vitest';
import { coveringCases, type Case } from './support/covering.js';
import { ModuleRun } from './support/module-run.js';
import { onCertifiedOp } from './support/op.js';
import { USER } from './support/seed.js';
import { register, registrationFor, sectorFor, unregister } from './support/suite-client.js';

/** What differs between clients; each list is the one that the service itself goes by. */
const DIMENSIONS = {
  response_type: RESPONSE_TYPES.filter((type) => type !== 'none'), // which yields nothing to look at
  response_mode: RESPONSE_MODES,
  token_endpoint_auth_method: CLIENT_AUTH_METHODS,
  id_token_signed_response_alg: ID_TOKEN_ALGORITHMS,
  subject_type: SUBJECT_TYPES,
} as const;

type Combination = Case<keyof typeof DIMENSIONS>;

const WITHOUT_SECRET = ['none', 'private_key_jwt'];

/** Which combinations can be registered and asked for at all. */
function isAllowed({
  response_type: responseType,
  response_mode: mode,
  token_endpoint_auth_method: method,
  id_token_signed_response_alg: algorithm,
}: Combination): boolean {
  if (mode === 'query' && isFrontChannel(responseType)) return false; // OAuth Multiple Response Types §3.0
  if (algorithm.startsWith('HS') && WITHOUT_SECRET.includes(method)) return false; // OIDC Core §10.1
  return responseType.includes('code') || method === 'client_secret_basic'; // else nobody authenticates
}

const COMBINATIONS = coveringCases(DIMENSIONS, isAllowed);

onCertifiedOp('every feature with every other', (op) => {
  it('has in it what the discovery document promises', async () => {
    const document = await op.discovery();
    const promised = (name: string) => (document[name] as string[]).filter((value) => value !== 'none');
    expect(promised('response_types_supported').sort()).toEqual([...DIMENSIONS.response_type].sort());
    expect([...DIMENSIONS.response_mode]).toEqual(expect.arrayContaining(promised('response_modes_supported')));
    expect(promised('token_endpoint_auth_methods_supported').sort()).toEqual(
      DIMENSIONS.token_endpoint_auth_method.filter((method) => method !== 'none').sort(),
    );
    expect(promised('id_token_signing_alg_values_supported').sort()).toEqual(
      [...DIMENSIONS.id_token_signed_response_alg].sort(),
    );
    expect(promised('subject_types_supported').sort()).toEqual([...DIMENSIONS.subject_type].sort());
  });

  it.each(COMBINATIONS.map((one) => [Object.values(one).join(' · '), one] as const))('%s', async (_title, one) => {
    const { response_type: responseType, response_mode: mode, ...metadata } = one;
    op.service.clock.advance('1m'); // so many registrations from one address in an hour would be too many
    const registered = { ...metadata, ...sectorFor(op, metadata.subject_type) };
    const client = await register(op, await registrationFor(op, responseType, registered));
    const run = new ModuleRun(op, { responseType, formPost: false, registration: 'dynamic_client' }, client);
    const asked = {
      scope: 'openid email',
      response_mode: mode,
      ...(metadata.token_endpoint_auth_method === 'none' ? { code_challenge_method: 'S256' } : {}),
    };
    const passed = await run.pass(op.browser(), asked);
    expect(passed.idToken.sub === USER.id).toBe(metadata.subject_type === 'public');
    if (passed.accessToken === undefined) expect(passed.idToken['email']).toBe(USER.claims.email);
    else expect((await run.userinfo(passed.accessToken, passed.idToken.sub))['email']).toBe(USER.claims.email);
    await unregister(op, client);
  });
});
