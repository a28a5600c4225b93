import { expect, it } from 'vitest';
import { answerOf } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aClient, aPublicClient } from '../support/given.js';

const DOCUMENTS = ['/.well-known/openid-configuration', '/.well-known/oauth-authorization-server'];
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k'];

onEveryDatabase('discovery', (running) => {
  const get = async (path: string, headers: Record<string, string> = {}) =>
    answerOf(await fetch(running.service.url(path), { headers }));

  it('publishes the same document in both places (OIDC Discovery §4, RFC 8414 §3)', async () => {
    const [first, second] = [await get(DOCUMENTS[0] ?? ''), await get(DOCUMENTS[1] ?? '')];
    expect(first.status).toBe(200);
    expect(first.headers.get('content-type')).toMatch(/^application\/json/);
    expect(second.text).toBe(first.text);
  });

  it('says everything that has a surprising default, and nothing empty (OIDC Discovery §3, RFC 8414 §2)', async () => {
    const { issuer } = running.service;
    const { body } = await get(DOCUMENTS[0] ?? '');
    expect(body).toMatchObject({
      issuer,
      response_types_supported: [
        'code',
        'code id_token',
        'code token',
        'code id_token token',
        'id_token',
        'id_token token',
        'none',
      ],
      response_modes_supported: ['query', 'fragment', 'form_post'],
      grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials', 'implicit'],
      subject_types_supported: ['public', 'pairwise'],
      code_challenge_methods_supported: ['S256'],
      request_uri_parameter_supported: true,
      request_parameter_supported: true,
      require_request_uri_registration: true,
      claims_parameter_supported: true,
      acr_values_supported: ['1', '2', 'phr'],
      prompt_values_supported: ['none', 'login', 'consent', 'select_account'],
      authorization_response_iss_parameter_supported: true,
      require_pushed_authorization_requests: false,
    });
    expect(body['id_token_signing_alg_values_supported']).toContain('RS256');
    expect(body['scopes_supported']).toEqual(['openid', 'profile', 'email', 'address', 'phone', 'offline_access']);
    for (const value of Object.values(body)) expect(value).not.toEqual([]);
    for (const name of ['token', 'introspection', 'revocation']) {
      const algorithms = body[`${name}_endpoint_auth_signing_alg_values_supported`];
      expect(algorithms).not.toContain('none');
      expect(algorithms).toContain('PS256');
    }
    expect(body['introspection_endpoint_auth_methods_supported']).not.toContain('none');
  });

  it('names only endpoints that answer, and leaves out what is off', async () => {
    const { body } = await get(DOCUMENTS[0] ?? '');
    const endpoints = Object.entries(body).filter(([name]) => name.endsWith('_endpoint') || name === 'jwks_uri');
    expect(endpoints.map(([name]) => name).sort()).toEqual([
      'authorization_endpoint',
      'end_session_endpoint',
      'introspection_endpoint',
      'jwks_uri',
      'revocation_endpoint',
      'token_endpoint',
      'userinfo_endpoint',
    ]);
    for (const [name, url] of endpoints) {
      expect(String(url).startsWith(`${running.service.issuer}/`)).toBe(true);
      const answer = await fetch(String(url), { method: 'DELETE' });
      expect([name, answer.status]).toEqual([name, 405]);
    }
    for (const path of ['par', 'register', 'device_authorization', 'bc-authorize']) {
      expect((await fetch(running.service.url(`/oauth2/${path}`), { method: 'POST' })).status).toBe(404);
    }
    expect((await fetch(running.service.url('/oauth2/check-session'))).status).toBe(404);
  });

  it('takes nothing from the Host or forwarded headers (RFC 8414 §2)', async () => {
    const plain = await get(DOCUMENTS[0] ?? '');
    const headers = {
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'https',
      forwarded: 'host=evil.example',
    };
    expect((await get(DOCUMENTS[0] ?? '', headers)).text).toBe(plain.text);
  });

  it.each([...DOCUMENTS, '/oauth2/jwks'])(
    'may be cached and asked for by change: %s (RFC 9110 §13.1.2)',
    async (path) => {
      const { headers } = await get(path);
      expect(headers.get('cache-control')).toBe('public, max-age=300');
      const etag = headers.get('etag') ?? '';
      expect(etag).toMatch(/^"[^"]+"$/);
      const unchanged = await get(path, { 'if-none-match': etag });
      expect([unchanged.status, unchanged.text]).toEqual([304, '']);
      expect((await get(path, { 'if-none-match': '"other"' })).status).toBe(200);
      const head = await fetch(running.service.url(path), { method: 'HEAD' });
      expect([head.status, await head.text()]).toEqual([200, '']);
      expect(head.headers.get('etag')).toBe(etag);
    },
  );

  it.each([...DOCUMENTS, '/oauth2/jwks'])('may be read by scripts of any origin: %s', async (path) => {
    const { headers } = await get(path, { origin: 'https://anyone.example' });
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('access-control-allow-credentials')).toBeNull();
    const preflight = await fetch(running.service.url(path), {
      method: 'OPTIONS',
      headers: { origin: 'https://anyone.example', 'access-control-request-method': 'GET' },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
  });

  it.each([...DOCUMENTS, '/oauth2/jwks'])('is only read: %s', async (path) => {
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) {
      const refused = await fetch(running.service.url(path), { method });
      expect(refused.status).toBe(405);
      expect(refused.headers.get('allow')?.split(', ')).toEqual(expect.arrayContaining(['GET', 'HEAD']));
    }
  });

  it('publishes public keys only, each with its own kid (RFC 7517 §4, OIDC Core §10.1)', async () => {
    const { body } = await get('/oauth2/jwks');
    const keys = body['keys'] as Record<string, unknown>[];
    expect(new Set(keys.map((key) => key['kid'])).size).toBe(keys.length);
    const algorithms = (use: string) => keys.filter((key) => key['use'] === use).map((key) => key['alg']);
    expect(algorithms('sig').sort()).toEqual(['ES256', 'EdDSA', 'PS256', 'RS256']);
    expect(algorithms('enc').sort()).toEqual([
      'ECDH-ES',
      'ECDH-ES+A128KW',
      'ECDH-ES+A192KW',
      'ECDH-ES+A256KW',
      'RSA-OAEP-256',
    ]);
    for (const key of keys) {
      expect(key).toMatchObject({ kty: expect.any(String) as string, kid: expect.any(String) as string });
      for (const member of PRIVATE_MEMBERS) expect(key).not.toHaveProperty(member);
      if (key['kty'] === 'RSA') expect(Buffer.from(String(key['n']), 'base64url').length).toBeGreaterThanOrEqual(256);
    }
  });

  it('lets scripts of a browser client read token, userinfo and revocation, and nobody else', async () => {
    await aPublicClient(running.service, { profile: 'browser', redirectUris: ['https://spa.example/cb'] });
    await aClient(running.service, { redirectUris: ['https://server-side.example/cb'] });
    const preflight = (path: string, origin: string, method: string) =>
      fetch(running.service.url(path), {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': method, 'access-control-request-headers': 'authorization' },
      });
    for (const [path, method] of [
      ['/oauth2/token', 'POST'],
      ['/oauth2/userinfo', 'GET'],
      ['/oauth2/revoke', 'POST'],
    ] as const) {
      const allowed = await preflight(path, 'https://spa.example', method);
      expect(allowed.headers.get('access-control-allow-origin')).toBe('https://spa.example');
      expect(allowed.headers.get('access-control-allow-credentials')).toBeNull();
      expect(allowed.headers.get('access-control-allow-headers')).toMatch(/authorization, content-type, dpop/);
      expect(allowed.headers.get('vary')).toMatch(/Origin/);
      for (const origin of ['https://evil.example', 'https://server-side.example', 'null', 'http://spa.example']) {
        expect((await preflight(path, origin, method)).headers.get('access-control-allow-origin')).toBeNull();
      }
    }
    for (const path of ['/oauth2/authorize', '/oauth2/logout', '/oauth2/introspect', '/sign-in', '/consent']) {
      const answer = await fetch(running.service.url(path), {
        headers: { origin: 'https://spa.example' },
        redirect: 'manual',
      });
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
      expect(
        (await preflight(path, 'https://spa.example', 'POST')).headers.get('access-control-allow-origin'),
      ).toBeNull();
    }
  });
});
