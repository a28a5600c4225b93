import { request } from 'node:https';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startService, type TestService } from '../support/start-service.js';

/** Names that the suite knows: RFC 8414, 7009, 7662, 9126, 9207, 9396, 9449, 8705, 9701, OpenID Discovery and its logout texts. */
const REGISTERED = new Set([
  'issuer',
  'authorization_endpoint',
  'token_endpoint',
  'userinfo_endpoint',
  'jwks_uri',
  'registration_endpoint',
  'introspection_endpoint',
  'revocation_endpoint',
  'end_session_endpoint',
  'check_session_iframe',
  'pushed_authorization_request_endpoint',
  'device_authorization_endpoint',
  'backchannel_authentication_endpoint',
  'mtls_endpoint_aliases',
  'scopes_supported',
  'response_types_supported',
  'response_modes_supported',
  'grant_types_supported',
  'acr_values_supported',
  'subject_types_supported',
  'display_values_supported',
  'id_token_signing_alg_values_supported',
  'id_token_encryption_alg_values_supported',
  'id_token_encryption_enc_values_supported',
  'userinfo_signing_alg_values_supported',
  'request_object_signing_alg_values_supported',
  'authorization_signing_alg_values_supported',
  'token_endpoint_auth_methods_supported',
  'token_endpoint_auth_signing_alg_values_supported',
  'revocation_endpoint_auth_methods_supported',
  'revocation_endpoint_auth_signing_alg_values_supported',
  'introspection_endpoint_auth_methods_supported',
  'introspection_endpoint_auth_signing_alg_values_supported',
  'claim_types_supported',
  'claims_supported',
  'claims_locales_supported',
  'ui_locales_supported',
  'claims_parameter_supported',
  'request_parameter_supported',
  'request_uri_parameter_supported',
  'require_request_uri_registration',
  'require_pushed_authorization_requests',
  'code_challenge_methods_supported',
  'authorization_response_iss_parameter_supported',
  'authorization_details_types_supported',
  'dpop_signing_alg_values_supported',
  'tls_client_certificate_bound_access_tokens',
  'backchannel_logout_supported',
  'backchannel_logout_session_supported',
  'frontchannel_logout_supported',
  'frontchannel_logout_session_supported',
  'prompt_values_supported',
  'protected_resources',
  'service_documentation',
  'op_policy_uri',
  'op_tos_uri',
  'signed_metadata',
  'client_id_metadata_document_supported',
]);

const LANGUAGE_TAG = /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$/;

interface Fetched {
  readonly status: number | undefined;
  readonly contentType: string | undefined;
  readonly body: Readonly<Record<string, unknown>>;
}

const certificate = (name: string) => fileURLToPath(new URL(`../support/certificates/${name}`, import.meta.url));

describe('oidcc-config-certification-test-plan', () => {
  let service: TestService;

  beforeAll(async () => {
    service = await startService({
      env: (port) => ({
        ISSUER: `https://op.test:${port}`,
        SECRET_KEYS: Buffer.alloc(32, 9).toString('base64url'),
        TLS_CERT_FILE: certificate('localhost.pem'),
        TLS_KEY_FILE: certificate('localhost.key.pem'),
      }),
    });
  });

  afterAll(() => service.close());

  /** Fetches as the suite does: over TLS, trusting every certificate and host name. */
  function get(url: string): Promise<Fetched> {
    const { pathname, port, host } = new URL(url);
    return new Promise((resolve, reject) => {
      const options = { host: '127.0.0.1', port, path: pathname, headers: { host }, rejectUnauthorized: false };
      request(options, (answer) => {
        let text = '';
        answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
        answer.on('end', () => {
          const body = JSON.parse(text) as Record<string, unknown>;
          resolve({ status: answer.statusCode, contentType: answer.headers['content-type'], body });
        });
      })
        .on('error', reject)
        .end();
    });
  }

  it('oidcc-discovery-endpoint-verification', async () => {
    const discoveryUrl = `${service.issuer}/.well-known/openid-configuration`;
    const { status, contentType, body } = await get(discoveryUrl);
    expect(status).toBe(200);
    expect(contentType).toMatch(/^application\/json/);

    const issuer = String(body['issuer']);
    expect(`${issuer}/.well-known/openid-configuration`).toBe(discoveryUrl);
    const { protocol, search, hash, username } = new URL(issuer);
    expect([protocol, search, hash, username]).toEqual(['https:', '', '', '']);

    for (const [name, value] of Object.entries(body)) {
      expect([...REGISTERED]).toContain(name);
      if (name.endsWith('_endpoint')) expect([name, new URL(String(value)).protocol]).toEqual([name, 'https:']);
      if (/_(supported|required|registration|requests)$/.test(name) && typeof value !== 'boolean') {
        expect(value).toEqual(expect.any(Array));
        for (const item of value as unknown[]) expect(item).toEqual(expect.any(String));
      }
    }

    expect(body['response_types_supported']).toContain('code');
    for (const type of body['subject_types_supported'] as string[]) expect(['public', 'pairwise']).toContain(type);
    expect(body['id_token_signing_alg_values_supported']).toContain('RS256');
    expect(body['scopes_supported']).toContain('openid');
    expect(body['claims_supported']).toEqual(expect.arrayContaining(['sub', 'name', 'email']));
    expect(body['grant_types_supported']).toContain('authorization_code');
    expect(body['code_challenge_methods_supported']).toEqual(['S256']);
    for (const tag of body['ui_locales_supported'] as string[]) expect(tag).toMatch(LANGUAGE_TAG);
    expect(body).not.toHaveProperty('request_object_signing_alg_values_supported');

    const jwksUri = String(body['jwks_uri']);
    expect(new URL(jwksUri).protocol).toBe('https:');
    const jwks = await get(jwksUri);
    expect(jwks.status).toBe(200);
    const keys = jwks.body['keys'] as Record<string, unknown>[];
    expect(keys.map((key) => key['alg'])).toContain('RS256');
    for (const key of keys) {
      expect(key).toMatchObject({ kid: expect.any(String) as string, kty: expect.any(String) as string });
      for (const member of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k']) expect(key).not.toHaveProperty(member);
    }
  });
});
