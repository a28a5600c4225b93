import { expect } from 'vitest';
import type { Visit } from '../../support/user-agent.js';
import { dynamic, type Module } from './modules.js';
import type { ModuleRun, Sent } from './module-run.js';

/** A request object that nobody signed. */
function unsigned(claims: object): string {
  const parts = [{ alg: 'none' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
  return `${parts.join('.')}.`;
}

/**
 * An unsigned object is never obeyed, nor passed over: where objects are not supported the client is told so
 * (OIDC Core §3.1.2.6); where only signed ones are, the fault is shown or told (RFC 9101 §6.2).
 */
async function refusedObject(run: ModuleRun, sent: Sent, parameter: 'request' | 'request_uri'): Promise<void> {
  const supported = (await run.op.discovery())[`${parameter}_parameter_supported`] === true;
  const visit = await run.op.browser().visit(sent.url, { site: 'cross-site' });
  if (!supported) expect(run.refused(sent, visit)).toBe(`${parameter}_not_supported`);
  else expect(faultOf(run, sent, visit)).toMatch(/^invalid_request(_object|_uri)?$/);
}

function faultOf(run: ModuleRun, sent: Sent, visit: Visit): string | undefined {
  if (!visit.html.has('#error-code')) return run.refused(sent, visit);
  expect(visit.status).toBe(400);
  return visit.html.text('#error-code');
}

/** Modules that the suite skips where `none` is not a published algorithm; what they ask for must then be refused. */
export const REQUEST_OBJECT_MODULES: readonly Module[] = [
  {
    name: 'oidcc-request-uri-unsigned-supported-correctly-or-rejected-as-unsupported',
    appliesTo: dynamic,
    registers: (_variant, op) => ({ request_uris: [op.suite.url('/request-uri-unsigned')] }),
    run: async (run) => {
      const { url, parameters } = await run.request();
      const request_uri = run.op.suite.publish('/request-uri-unsigned', {
        type: 'application/oauth-authz-req+jwt',
        body: unsigned({ ...parameters, state: 'inner' }),
      });
      await refusedObject(run, { ...(await run.request({ request_uri, state: parameters['state'] })) }, 'request_uri');
      expect(url).toContain('state='); // the same request without the object is a good one
    },
  },
  {
    name: 'oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported',
    run: async (run) => {
      const { parameters } = await run.request();
      await refusedObject(run, await run.request({ ...parameters, request: unsigned(parameters) }), 'request');
    },
  },
  {
    name: 'oidcc-ensure-request-object-with-redirect-uri',
    run: async (run) => {
      const request = unsigned({ redirect_uri: run.op.suite.url('/elsewhere') });
      await refusedObject(run, await run.request({ request }), 'request');
    },
  },
];

/** The suite skips it where `none` is not offered for ID tokens, and `none` must not be had (RFC 8725 §3.2). */
export const UNSIGNED_ID_TOKEN: Module = {
  name: 'oidcc-idtoken-unsigned',
  appliesTo: dynamic,
  run: async (run) => {
    const { op, client } = run;
    expect((await op.discovery())['id_token_signing_alg_values_supported']).not.toContain('none');
    const body = { ...client.registered, id_token_signed_response_alg: 'none' };
    const refused = await op.json('POST', await op.endpoint('registration_endpoint'), { body });
    expect([refused.status, refused.body['error']]).toEqual([400, 'invalid_client_metadata']);
  },
};
