import { createHash, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { request } from 'node:https';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startService, type TestService } from '../support/start-service.js';

const BASE = 'https://suite.test/test/a/gatehouse';

type Metadata = Readonly<Record<string, unknown>>;

interface Fetched {
  readonly status: number | undefined;
  readonly contentType: string | undefined;
  readonly body: Metadata;
}

const certificate = (name: string) => fileURLToPath(new URL(`../support/certificates/${name}`, import.meta.url));

/** Sends as the suite does: over TLS, trusting every certificate and host name. */
function send(method: string, url: string, body?: unknown, token?: string): Promise<Fetched> {
  const { pathname, port, host } = new URL(url);
  const headers = {
    host,
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
  return new Promise((resolve, reject) => {
    const options = { method, host: '127.0.0.1', port, path: pathname, headers, rejectUnauthorized: false };
    request(options, (answer) => {
      let text = '';
      answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
      answer.on('end', () => {
        const parsed = text === '' ? {} : (JSON.parse(text) as Metadata);
        resolve({ status: answer.statusCode, contentType: answer.headers['content-type'], body: parsed });
      });
    })
      .on('error', reject)
      .end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** What the suite registers: a client that proves itself with an RS256 key of its own (conformance 2.7). */
function suiteClient(): Metadata {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = createPublicKey(publicKey.export({ type: 'spki', format: 'pem' })).export({ format: 'jwk' });
  const kid = createHash('sha256').update(JSON.stringify(jwk)).digest('base64url');
  return {
    client_name: 'OIDF Conformance Test Client',
    grant_types: ['authorization_code'],
    response_types: ['code'],
    redirect_uris: [`${BASE}/callback`],
    jwks: { keys: [{ ...jwk, kid, use: 'sig', alg: 'RS256' }] },
    token_endpoint_auth_method: 'private_key_jwt',
    contacts: ['certification@oidf.example'],
  };
}

describe('oidcc-dynamic-certification-test-plan', () => {
  let service: TestService;
  let discovery: Metadata;

  beforeAll(async () => {
    service = await startService({
      env: (port) => ({
        ISSUER: `https://op.test:${port}`,
        SECRET_KEYS: Buffer.alloc(32, 9).toString('base64url'),
        TLS_CERT_FILE: certificate('localhost.pem'),
        TLS_KEY_FILE: certificate('localhost.key.pem'),
        CLIENT_REGISTRATION: 'open',
      }),
    });
    discovery = (await send('GET', `${service.issuer}/.well-known/openid-configuration`)).body;
  });

  afterAll(() => service.close());

  const register = (wish: Metadata = {}) =>
    send('POST', String(discovery['registration_endpoint']), { ...suiteClient(), ...wish });

  /** Registers as the suite does, checks what it checks of every registration, and unregisters at the end. */
  async function registered(wish: Metadata, use: (answer: Metadata) => Promise<void> | void): Promise<void> {
    const { status, contentType, body } = await register(wish);
    expect(status).toBe(201);
    expect(contentType).toMatch(/^application\/json/);
    expect(body).not.toHaveProperty('error');
    expect(body).toMatchObject({ client_id: expect.any(String) as string });
    expect('client_secret' in body).toBe('client_secret_expires_at' in body);
    const uri = String(body['registration_client_uri']);
    expect(new URL(uri).protocol).toBe('https:');
    const token = String(body['registration_access_token']);
    try {
      await use(body);
    } finally {
      expect((await send('DELETE', uri, undefined, token)).status).toBe(204);
    }
  }

  it('oidcc-discovery-endpoint-verification (dynamic)', () => {
    expect(new URL(String(discovery['registration_endpoint'])).protocol).toBe('https:');
    const types = (discovery['response_types_supported'] as string[]).map((type) => type.split(' ').sort().join(' '));
    expect(types).toEqual(expect.arrayContaining(['code', 'id_token', 'id_token token']));
    expect(discovery['grant_types_supported']).toEqual(expect.arrayContaining(['authorization_code', 'implicit']));
  });

  it('oidcc-server', async () => {
    await registered({}, (body) => {
      expect(body).toMatchObject({ token_endpoint_auth_method: 'private_key_jwt', application_type: 'web' });
      expect(body).not.toHaveProperty('client_secret');
    });
  });

  it.each(['client_secret_basic', 'client_secret_post'])('oidcc-server with %s', async (method) => {
    await registered({ token_endpoint_auth_method: method }, (body) => {
      expect(body).toMatchObject({ client_secret: expect.any(String) as string, client_secret_expires_at: 0 });
    });
  });

  it.each(['id_token', 'id_token token', 'code id_token', 'code token', 'code id_token token'])(
    'oidcc-server with response_type %s',
    async (responseType) => {
      const implicit = responseType.includes('code') ? ['authorization_code', 'implicit'] : ['implicit'];
      await registered({ grant_types: implicit, response_types: [responseType] }, (body) => {
        expect(body['response_types']).toEqual([responseType]);
      });
    },
  );

  it('oidcc-idtoken-rs256', async () => {
    await registered({ id_token_signed_response_alg: 'RS256' }, (body) => {
      expect(body['id_token_signed_response_alg']).toBe('RS256');
    });
  });

  it('oidcc-redirect-uri-regfrag', async () => {
    const { status, contentType, body } = await register({ redirect_uris: [`${BASE}/callback#foobar`] });
    expect(status).toBe(400);
    expect(contentType).toMatch(/^application\/json/);
    expect(body['error']).toBe('invalid_redirect_uri');
  });

  it('oidcc-redirect-uri-query-OK (registration)', async () => {
    const redirect_uris = [`${BASE}/callback?foo=bar`];
    await registered({ redirect_uris }, (body) => {
      expect(body['redirect_uris']).toEqual(redirect_uris);
    });
  });

  it.each([
    ['oidcc-registration-logo-uri', 'logo_uri', 'https://suite.test/images/openid.png'],
    ['oidcc-registration-policy-uri', 'policy_uri', 'https://openid.net'],
    ['oidcc-registration-tos-uri', 'tos_uri', 'https://openid.net'],
  ])('%s (registration)', async (_module, name, uri) => {
    await registered({ [name]: uri }, (body) => {
      expect(body[name]).toBe(uri);
    });
  });

  it('oidcc-registration-sector-bad', async () => {
    const { status, body } = await register({ sector_identifier_uri: `${BASE}/sector`, subject_type: 'pairwise' });
    expect(status).toBe(400);
    expect(body['error']).toBe('invalid_client_metadata');
  });

  it('oidcc-3rd-party-init-login: initiate_login_uri is echoed by registration and by the client configuration', async () => {
    const initiate_login_uri = `${BASE}/initiate_login`;
    await registered({ initiate_login_uri }, async (body) => {
      expect(body['initiate_login_uri']).toBe(initiate_login_uri);
      const uri = String(body['registration_client_uri']);
      const read = await send('GET', uri, undefined, String(body['registration_access_token']));
      expect(read.status).toBe(200);
      expect(read.contentType).toMatch(/^application\/json/);
      expect(read.body).toMatchObject({ client_id: body['client_id'], initiate_login_uri });
    });
  });

  it('oidcc-3rd-party-init-login-nohttps', async () => {
    const { status, contentType, body } = await register({ initiate_login_uri: 'http://suite.test/initiate_login' });
    expect(status).toBe(400);
    expect(contentType).toMatch(/^application\/json/);
    expect(body['error']).toBe('invalid_client_metadata');
  });
});
