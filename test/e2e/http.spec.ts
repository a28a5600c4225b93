import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ProbeModule } from '../support/probe.module.js';
import { startService, type TestService } from '../support/start-service.js';

const FORM = 'application/x-www-form-urlencoded';

let service: TestService;

beforeAll(async () => {
  service = await startService({ module: (settings) => ProbeModule.forRoot(settings) });
});

afterAll(() => service.close());

function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(service.url(path), { headers, redirect: 'manual' });
}

function post(path: string, body: BodyInit, type?: string): Promise<Response> {
  const headers = type === undefined ? {} : { 'content-type': type };
  return fetch(service.url(path), { method: 'POST', body, headers, redirect: 'manual' });
}

/** Sends bytes as they are, for requests that no HTTP client would make. */
function raw(text: string, to: TestService = service): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(to.settings.server.port, '127.0.0.1', () => socket.write(text, 'latin1'));
    socket.setTimeout(5000, () => socket.destroy());
    socket.on('data', (chunk) => (answer += chunk.toString('latin1')));
    socket.on('error', reject);
    socket.on('close', () => {
      resolve(answer);
    });
  });
}

describe('bodies', () => {
  it('leaves a form the text it is, so that repetitions are seen', async () => {
    const answer = await post('/echo', 'a=1&a=2&b[]=%C3%A9', FORM);
    expect(await answer.json()).toEqual({ type: 'string', body: 'a=1&a=2&b[]=%C3%A9' });
  });

  it.each([undefined, 'text/plain', 'multipart/form-data; boundary=x', 'application/xml'])(
    'leaves a body of type %s a text',
    async (type) => {
      const answer = await post('/echo', new Blob(['a=1']), type ?? '');
      expect(answer.status === 415 || ((await answer.json()) as { type: string }).type === 'string').toBe(true);
    },
  );

  it('parses JSON, and merge patches like it', async () => {
    for (const type of ['application/json', 'application/json; charset=utf-8', 'application/merge-patch+json']) {
      const answer = await post('/api/v1/things', '{"a":[1,"é"]}', type);
      expect(answer.status).toBe(201);
      expect(await answer.json()).toEqual({ a: [1, 'é'] });
    }
  });

  it.each(['{', '{"a":1,}', '{"__proto__":{"admin":true}}', '\xff'])(
    'refuses the JSON %s with 400 (RFC 9457)',
    async (body) => {
      const answer = await post('/api/v1/things', Buffer.from(body, 'latin1'), 'application/json');
      expect(answer.status).toBe(400);
      expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
      expect(await answer.json()).toMatchObject({ status: 400, title: 'Bad Request' });
    },
  );

  it('refuses forms beyond 128 KiB and JSON beyond 64 KiB with 413', async () => {
    expect((await post('/echo', 'a'.repeat(128 * 1024), FORM)).status).toBe(200);
    expect((await post('/echo', 'a'.repeat(128 * 1024 + 1), FORM)).status).toBe(413);
    expect((await post('/echo', `"${'a'.repeat(64 * 1024 - 2)}"`, 'application/json')).status).toBe(200);
    const json = await post('/api/v1/things', `"${'a'.repeat(64 * 1024)}"`, 'application/json');
    expect(json.status).toBe(413);
    expect(json.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    const token = await post('/oauth2/token', 'a'.repeat(128 * 1024 + 1), FORM);
    expect(token.status).toBe(413);
    expect(await token.json()).toMatchObject({ error: 'invalid_request' });
  });
});

describe('sizes', () => {
  it.each([15, 17, 100, 300])('judges a request line of %i KiB', async (kib) => {
    const answer = await raw(`GET /facts?x=${'a'.repeat(kib * 1024)} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    expect(answer.split(' ')[1]).toBe(kib < 16 ? '200' : '414');
  });

  it.each([31, 33, 100])('judges headers of %i KiB', async (kib) => {
    const headers = `X-A: ${'a'.repeat(kib * 1024)}\r\nHost: x\r\nConnection: close`;
    expect((await raw(`GET /facts HTTP/1.1\r\n${headers}\r\n\r\n`)).split(' ')[1]).toBe(kib < 32 ? '200' : '431');
  });

  it('counts many small headers too', async () => {
    const headers = Array.from({ length: 5000 }, (_, index) => `h${index}: x`).join('\r\n');
    expect((await raw(`GET /facts HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${headers}\r\n\r\n`)).split(' ')[1]).toBe(
      '431',
    );
  });

  it('answers what is not HTTP with 400', async () => {
    expect((await raw('nonsense\r\n\r\n')).split(' ')[1]).toBe('400');
  });
});

describe('methods (RFC 9110 §15.5.6)', () => {
  it.each([
    ['DELETE', '/echo', 'POST'],
    ['PUT', '/facts', 'GET, HEAD'],
    ['PATCH', '/api/v1/things', 'GET, HEAD, POST'],
    ['POST', '/api/v1/things/1', 'GET, HEAD'],
    ['GET', '/oauth2/token', 'OPTIONS, POST'],
    ['HEAD', '/oauth2/token-like/x', 'GET'],
    ['PROPFIND', '/facts', 'GET, HEAD'],
    ['TRACE', '/echo', 'POST'],
    ['OPTIONS', '/echo', 'POST'],
    ['OPTIONS', '/facts', 'GET, HEAD'],
  ])('%s %s answers 405 and allows %s', async (method, path, allow) => {
    const answer = await new Promise<{ status: number | undefined; allow: unknown }>((resolve, reject) => {
      const sent = httpRequest(service.url(path), { method }, (response) => {
        response.resume().on('end', () => {
          resolve({ status: response.statusCode, allow: response.headers.allow });
        });
      });
      sent.on('error', reject).end();
    });
    expect(answer).toEqual({ status: 405, allow });
  });

  it.each(['/facts', '/oauth2/jwks', '/.well-known/oauth-authorization-server', '/health/live'])(
    'HEAD %s is fine',
    async (path) => {
      expect((await fetch(service.url(path), { method: 'HEAD' })).status).toBe(200);
    },
  );

  it('an unknown path is 404 whatever the method', async () => {
    for (const method of ['GET', 'POST', 'OPTIONS', 'DELETE']) {
      expect((await fetch(service.url('/nowhere'), { method })).status).toBe(404);
    }
  });
});

describe('cross-origin requests', () => {
  it('lets anyone read the public documents, without credentials', async () => {
    const answer = await get('/oauth2/jwks', { origin: 'https://anyone.example' });
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.has('access-control-allow-credentials')).toBe(false);
  });

  it('echoes the origins of registered clients and no others (OIDC Core §5.3)', async () => {
    const send = (origin: string) => fetch(service.url('/oauth2/token'), { method: 'POST', headers: { origin } });
    const known = await send('https://spa.example');
    expect(known.headers.get('access-control-allow-origin')).toBe('https://spa.example');
    expect(known.headers.get('access-control-expose-headers')).toBe('DPoP-Nonce, WWW-Authenticate, X-Request-Id');
    for (const origin of ['https://evil.example', 'null', 'https://spa.example.evil.example']) {
      const answer = await send(origin);
      expect(answer.headers.has('access-control-allow-origin')).toBe(false);
      expect(answer.headers.get('vary')).toBe('Origin');
    }
  });

  it('answers preflights only where scripts may ask at all (RFC 9449 §8.2)', async () => {
    const preflight = (path: string, origin: string) =>
      fetch(service.url(path), { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } });
    const answer = await preflight('/oauth2/token', 'https://spa.example');
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://spa.example');
    expect(answer.headers.get('access-control-allow-methods')).toBe('POST');
    expect(answer.headers.get('access-control-allow-headers')).toBe('authorization, content-type, dpop');
    const foreign = await preflight('/oauth2/token', 'https://evil.example');
    expect(foreign.headers.has('access-control-allow-origin')).toBe(false);
    expect((await preflight('/api/v1/things', 'https://spa.example')).status).toBe(405);
  });
});

describe('headers', () => {
  it.each(['/facts', '/page', '/fails', '/nowhere', '/oauth2/jwks', '/api/v1/things'])(
    '%s is protected',
    async (path) => {
      const { headers } = await get(path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('referrer-policy')).toBe('same-origin');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.has('x-powered-by')).toBe(false);
      expect(headers.get('x-request-id')).toMatch(/^[a-z0-9]{10}$/);
      expect(headers.has('strict-transport-security')).toBe(false);
    },
  );

  it('let a page post to itself and to where its form ends (RFC 9700 §4.16)', async () => {
    const policy = (await get('/page')).headers.get('content-security-policy') ?? '';
    expect(policy.split('; ')).toContain("form-action 'self' https://app.example");
    expect(policy.split('; ')).toContain("base-uri 'none'");
    expect(policy).not.toContain('script-src');
  });

  it('redirect with 303 (RFC 9700 §4.12)', async () => {
    const answer = await post('/away', 'a=1', FORM);
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('https://app.example/callback?code=1');
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });
});

describe('cookies on an http development issuer', () => {
  it('have plain names, and are never readable by scripts', async () => {
    const cookies = (await get('/cookies')).headers.getSetCookie();
    expect(cookies[0]).toBe('gatehouse-session=a-session; Path=/; HttpOnly; SameSite=Lax');
    expect(cookies[1]).toMatch(/^gatehouse-browser=[\w-]{43}; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Lax$/);
  });

  it('keep the id of a known browser and replace what we never made', async () => {
    const id = 'x'.repeat(43);
    const known = await get('/cookies', { cookie: `other=1; gatehouse-browser=${id}; gatehouse-session=abc` });
    expect(await known.json()).toEqual({ session: 'abc', browser: id });
    const odd = (await (await get('/cookies', { cookie: 'gatehouse-browser=admin' })).json()) as { browser: string };
    expect(odd.browser).toMatch(/^[\w-]{43}$/);
  });
});

describe('form tokens', () => {
  it('are valid for what they were issued for, and for nothing else', async () => {
    const first = (await (await get('/csrf')).json()) as { token: string; valid: boolean; other: boolean };
    expect(first).toMatchObject({ valid: false, other: false });
    const again = (await (await get(`/csrf?token=${first.token}`)).json()) as { token: string; valid: boolean };
    expect(again.valid).toBe(true);
    expect(again.token).not.toBe(first.token);
    for (const token of [`${first.token}x`, `.${first.token}`, first.token.slice(1), '..', 'a.b.c.d']) {
      expect(await (await get(`/csrf?token=${token}`)).json()).toMatchObject({ valid: false });
    }
  });

  it.each([
    [{}, false],
    [{ origin: 'null' }, false],
    [{ 'sec-fetch-site': 'same-origin' }, false],
    [{ 'sec-fetch-site': 'none' }, false],
    [{ origin: 'https://evil.example' }, true],
    [{ 'sec-fetch-site': 'cross-site' }, true],
    [{ origin: 'null', 'sec-fetch-site': 'cross-site' }, true],
    [{ origin: 'http://127.0.0.1:1' }, true],
  ])('a request with %j is cross-site: %s (RFC 9700 §4.7)', async (headers, crossSite) => {
    const request = { ...headers } as Record<string, string>;
    const answer = await raw(
      [
        'GET /facts HTTP/1.1',
        'Host: x',
        'Connection: close',
        ...Object.entries(request).map(([name, value]) => `${name}: ${value}`),
      ].join('\r\n') + '\r\n\r\n',
    );
    expect(answer).toContain(`"crossSite":${String(crossSite)}`);
  });
});

describe('errors that nobody foresaw', () => {
  it('are a page for people, with the support code and without the reason', async () => {
    const answer = await get('/fails', { 'accept-language': 'en' });
    const html = await answer.text();
    expect(answer.status).toBe(500);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(html).toContain(answer.headers.get('x-request-id'));
    expect(html).toContain('id="support-code"');
    expect(html).not.toContain('the-inner-reason');
    const logged = service.logs.entries.find((entry) => entry['requestId'] === answer.headers.get('x-request-id'));
    expect(JSON.stringify(logged)).toContain('the-inner-reason');
  });

  it('are server_error for clients (RFC 6749 §5.2)', async () => {
    const answer = await get('/oauth2/fails');
    expect(answer.status).toBe(500);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    expect(await answer.json()).toEqual({ error: 'server_error' });
  });

  it('are problems for our own APIs (RFC 9457 §3)', async () => {
    const refused = await get('/api/v1/things/1');
    expect(refused.status).toBe(422);
    expect(await refused.json()).toEqual({
      type: 'about:blank',
      title: 'Unprocessable Entity',
      status: 422,
      detail: 'Some members are not acceptable.',
      errors: [{ pointer: '#/redirect_uris/0', detail: 'is not https' }],
      request_id: refused.headers.get('x-request-id'),
    });
    const failed = await get('/api/v1/things');
    expect(failed.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(await failed.json()).toMatchObject({ status: 500, title: 'Internal Server Error' });
  });

  it('say when to come back after overload', async () => {
    const answer = await get('/busy');
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('7');
  });

  it('include addresses that cannot be decoded', async () => {
    expect((await get('/oauth2/token-like/%ff')).status).toBe(400);
    expect((await raw('GET /facts/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')).split(' ')[1]).toMatch(
      /^40[04]$/,
    );
  });
});

describe('the log', () => {
  it('has a line for each answer, and no query, cookie or authorization', async () => {
    service.logs.clear();
    const secret = 's3cr3t-value';
    await get(`/facts?token=${secret}`, { cookie: `gatehouse-session=${secret}`, authorization: `Bearer ${secret}` });
    await get(`/nowhere?code=${secret}`, { referer: `https://x.example/?code=${secret}` });
    await post('/echo', `password=${secret}`, FORM);
    await expect.poll(() => service.logs.entries.filter(({ msg }) => msg === 'request')).toHaveLength(3);
    expect(service.logs.text).not.toContain(secret);
    expect(service.logs.entries.at(0)).toMatchObject({
      level: 'info',
      method: 'GET',
      route: '/facts',
      status: 200,
      address: '127.0.0.1',
    });
  });
});

describe('health and metrics', () => {
  it('live and ready', async () => {
    expect(await (await get('/health/live')).json()).toEqual({ status: 'live' });
    const ready = await get('/health/ready');
    expect(ready.status).toBe(200);
    expect(await ready.json()).toEqual({
      status: 'ready',
      checks: { database: 'ok', migrations: 'ok', serving: 'ok' },
      notes: [],
    });
  });

  it('measure answers by route, for programs on this machine only', async () => {
    const answer = await get('/metrics');
    expect(answer.status).toBe(200);
    expect(await answer.text()).toMatch(
      /gatehouse_http_request_duration_seconds_count\{[^}]*route="\/facts"[^}]*\} \d/,
    );
    const forwarded = await get('/metrics', { 'x-forwarded-for': '127.0.0.1' });
    expect(forwarded.status).toBe(401);
  });
});
