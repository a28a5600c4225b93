import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ProbeModule } from '../support/probe.module.js';
import { startService, type TestService } from '../support/start-service.js';

let service: TestService;
let base: string;

beforeAll(async () => {
  service = await startService({
    module: (settings) => ProbeModule.forRoot(settings),
    env: {
      ISSUER: 'https://login.example.com/sso',
      SECRET_KEYS: 'nQ3vZrT0yXc7Lk2bWm9sPd5fGh8jAe1uVi4oRt6yUqE',
      TRUST_PROXY: '127.0.0.1,10.1.0.0/16',
    },
  });
  base = `http://127.0.0.1:${service.settings.server.port}`;
});

afterAll(() => service.close());

function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(base + path, { headers: { 'x-forwarded-proto': 'https', ...headers }, redirect: 'manual' });
}

describe('an issuer with a path', () => {
  it('has everything below its path and nothing beside it', async () => {
    expect((await get('/sso/facts?a=1')).status).toBe(200);
    for (const path of ['/facts', '/ssofacts', '/', '/health/live']) expect((await get(path)).status).toBe(404);
  });

  it('puts its path behind the well-known part of the RFC 8414 §3.1 document', async () => {
    expect((await get('/.well-known/oauth-authorization-server/sso')).status).toBe(200);
    expect((await get('/.well-known/oauth-authorization-server')).status).toBe(404);
    expect((await get('/sso/.well-known/oauth-authorization-server')).status).toBe(404);
  });

  it('answers errors in the form of the path below it', async () => {
    expect((await get('/sso/api/v1/things')).headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(await (await get('/sso/oauth2/fails')).json()).toEqual({ error: 'server_error' });
  });
});

describe('a trusted proxy', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['203.0.113.7, 10.1.2.3', '203.0.113.7'],
    ['198.51.100.1, 203.0.113.7, 10.1.2.3', '203.0.113.7'],
    ['127.0.0.1, 203.0.113.7', '203.0.113.7'],
    ['203.0.113.7:4711', '203.0.113.7'],
    ['[2001:db8::7]:4711', '2001:db8::7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['nonsense', '127.0.0.1'],
  ])('with X-Forwarded-For: %s speaks for %s', async (forwarded, address) => {
    const answer = await get('/sso/facts', { 'x-forwarded-for': forwarded });
    expect(await answer.json()).toMatchObject({ address });
  });

  it('may name the request, if the name is harmless', async () => {
    const id = async (sent: string) => (await get('/sso/facts', { 'x-request-id': sent })).headers.get('x-request-id');
    expect(await id('edge-12345678')).toBe('edge-12345678');
    for (const odd of ['short', 'x'.repeat(65), 'has space here', '"quoted-id"']) expect(await id(odd)).not.toBe(odd);
  });

  it('does not make a stranger a neighbour who may read the metrics', async () => {
    expect((await get('/sso/metrics', { 'x-forwarded-for': '203.0.113.7' })).status).toBe(401);
  });

  it('is refused what it took over plain http (RFC 9700 §2.6)', async () => {
    const answer = await get('/sso/facts', { 'x-forwarded-proto': 'http' });
    expect(answer.status).toBe(400);
    expect(answer.headers.has('location')).toBe(false);
  });
});

describe('an https issuer', () => {
  it('has HSTS and host-bound cookies', async () => {
    const answer = await get('/sso/cookies');
    expect(answer.headers.get('strict-transport-security')).toBe('max-age=31536000');
    const [session, browser] = answer.headers.getSetCookie();
    expect(session).toBe('__Host-gatehouse-session=a-session; Path=/; HttpOnly; SameSite=Lax; Secure');
    expect(browser).toMatch(/^__Host-gatehouse-browser=/);
  });

  it('without mail says so', async () => {
    const ready = (await (await get('/sso/health/ready')).json()) as { notes: string[] };
    expect(ready.notes).toEqual([expect.stringContaining('SMTP_URL')]);
  });
});
