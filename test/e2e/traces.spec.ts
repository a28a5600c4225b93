import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { assertionParameters, BareClient, post } from '../support/bare-client.js';
import { databaseKind } from '../support/databases.js';
import { aBrowser, aMachine, anApi, aSignInReadyToHappen } from '../support/given.js';
import { KeyPlace } from '../support/key-place.js';
import {
  databasesUnderTest,
  freePort,
  type ServiceChoices,
  startService,
  type TestService,
} from '../support/start-service.js';
import { type ReceivedSpan, TraceReceiver } from '../support/trace-receiver.js';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const CALLER = 'b7ad6b7169203331';

/** A place of keys that remembers how it was asked. */
class AskedPlace extends KeyPlace {
  traceparent: unknown;

  protected override answer(request: IncomingMessage, response: ServerResponse): void {
    this.traceparent = request.headers['traceparent'];
    super.answer(request, response);
  }
}

describe.each(databasesUnderTest().map((url) => [databaseKind(url), url]))('traces on %s', (kind, database) => {
  let receiver: TraceReceiver;
  let place: AskedPlace;
  let service: TestService | undefined;

  beforeAll(async () => {
    receiver = await TraceReceiver.start();
    place = new AskedPlace();
    await place.listen();
  });
  afterAll(async () => {
    await receiver.close();
    await place.close();
  });
  afterEach(async () => {
    await service?.close();
    service = undefined;
    receiver.clear();
  });

  async function traced(env: NodeJS.ProcessEnv = {}, choices: ServiceChoices = {}): Promise<TestService> {
    const own = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint, ...env };
    service = await startService({ database, env: own, ...choices });
    return service;
  }

  /** Stops the service, which delivers what it has not delivered yet. */
  async function spans(): Promise<ReceivedSpan[]> {
    await service?.close();
    service = undefined;
    return receiver.spans;
  }

  function live(running: TestService, headers: Record<string, string>): Promise<Response> {
    return fetch(running.url('/health/live'), { headers });
  }

  it('has a span for each request of a sign-in, and within it what was asked of the database and of the hash', async () => {
    const running = await traced({}, { realPasswordHasher: true });
    const { client, alice, browser } = await aSignInReadyToHappen(running);
    await new BareClient(running, client).signIn(browser, alice);
    const logged = running.logs.entries.find(({ route, method }) => route === '/sign-in' && method === 'POST');
    const all = await spans();
    const signIn = all.find(({ name }) => name === 'POST /sign-in');
    expect(signIn).toMatchObject({
      kind: 2,
      parentSpanId: '',
      status: 0,
      attributes: {
        'http.request.method': 'POST',
        'http.route': '/sign-in',
        'http.response.status_code': 303,
        'url.scheme': 'http',
        'gatehouse.request_id': logged?.['requestId'],
      },
    });
    expect(logged?.['traceId']).toBe(signIn?.traceId);
    const within = all.filter(({ parentSpanId }) => parentSpanId === signIn?.spanId);
    expect(within.every(({ traceId }) => traceId === signIn?.traceId)).toBe(true);
    const hash = within.find(({ name }) => name === 'password-hash');
    expect(hash).toMatchObject({ kind: 1, attributes: {} });
    expect(hash?.nanoseconds).toBeGreaterThan(1_000_000n);
    expect(within.find(({ name }) => name === 'INSERT session')).toMatchObject({
      kind: 3,
      attributes: { 'db.system.name': kind, 'db.operation.name': 'INSERT', 'db.collection.name': 'session' },
    });
    expect(within.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['SELECT user', 'SELECT password', 'COMMIT']),
    );
    const names = all.filter(({ kind: of }) => of === 2).map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        'GET /oauth2/authorize',
        'GET /sign-in',
        'POST /sign-in',
        'POST /consent',
        'POST /oauth2/token',
      ]),
    );
    // Nothing but the first span of a trace has no parent, and every other has one that is there.
    const ids = new Set(all.map(({ spanId }) => spanId));
    expect(all.filter(({ parentSpanId }) => parentSpanId !== '' && !ids.has(parentSpanId))).toEqual([]);
    expect(all.filter(({ parentSpanId, kind: of }) => parentSpanId === '' && of !== 2)).toEqual([]);
  });

  it('says nothing of anybody, and no value', async () => {
    const running = await traced({}, { realPasswordHasher: true });
    const { client, alice, browser } = await aSignInReadyToHappen(running);
    const signedIn = await new BareClient(running, client).signIn(browser, alice, { scope: 'openid offline_access' });
    await new BareClient(running, client).refresh(signedIn.refreshToken);
    await fetch(running.url(`/no/such/${signedIn.accessToken}?token=${signedIn.accessToken}`));
    expect((await spans()).length).toBeGreaterThan(20);
    const { accessToken, refreshToken, idToken, code, state, nonce, verifier } = signedIn;
    const cookies = browser.cookies.all.map(({ value }) => value);
    const person = [alice.id, alice.username, alice.password, alice.claims.email ?? alice.username];
    const secrets = [accessToken, refreshToken, idToken, code, state, nonce, verifier, client.clientSecret ?? code];
    for (const said of [...person, ...secrets, ...cookies, '127.0.0.1', 'argon2id']) {
      expect(said.length).toBeGreaterThan(2);
      expect(receiver.text).not.toContain(said);
    }
  });

  it('goes on with the trace of whoever asks, and lets whoever is asked go on with it (W3C Trace Context §3)', async () => {
    const running = await traced({ ...place.env });
    const { scopes } = await anApi(running);
    const made = await aMachine(running, scopes, {
      tokenEndpointAuthMethod: 'private_key_jwt',
      jwksUri: place.jwksUri(),
    });
    const client = { ...made, privateKey: await place.rotate('first') };
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      ...(await assertionParameters(running, client)),
    }).toString();
    const answer = await post(running, '/oauth2/token', body, { traceparent: `00-${TRACE}-${CALLER}-01` });
    expect(answer.status).toBe(200);
    const all = await spans();
    const token = all.find(({ name }) => name === 'POST /oauth2/token');
    expect(token).toMatchObject({ traceId: TRACE, parentSpanId: CALLER });
    const outgoing = all.find(({ name, kind: of }) => name === 'GET' && of === 3);
    expect(outgoing).toMatchObject({
      traceId: TRACE,
      parentSpanId: token?.spanId,
      attributes: { 'http.request.method': 'GET', 'server.address': 'localhost', 'http.response.status_code': 200 },
    });
    expect(place.traceparent).toBe(`00-${TRACE}-${outgoing?.spanId ?? ''}-01`);
  });

  it.each([
    ['is nonsense', 'nonsense'],
    ['is of zeros', `00-${'0'.repeat(32)}-${CALLER}-01`],
    ['is cut', `00-${TRACE}-01`],
    ['is endless', `00-${TRACE}-${CALLER}-01${'-x'.repeat(500)}`],
  ])('begins a trace of its own where that of the caller %s (W3C Trace Context §2.2)', async (_title, traceparent) => {
    expect((await live(await traced(), { traceparent })).status).toBe(200);
    const [span, ...more] = await spans();
    expect(more).toEqual([]);
    expect(span).toMatchObject({ name: 'GET /health/live', parentSpanId: '' });
    expect(span?.traceId).not.toBe(TRACE);
  });

  it('leaves out what the caller does not trace, unless another sampler is chosen', async () => {
    const traceparent = `00-${TRACE}-${CALLER}-00`;
    await live(await traced(), { traceparent });
    expect(await spans()).toEqual([]);
    await live(await traced({ OTEL_TRACES_SAMPLER: 'always_on' }), { traceparent });
    expect(await spans()).toMatchObject([{ traceId: TRACE, parentSpanId: CALLER }]);
    receiver.clear();
    await live(await traced({ OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0' }), {});
    expect(await spans()).toEqual([]);
  });

  it('says who it is by the standard names, and sends the headers that the receiver wants', async () => {
    const running = await traced({
      OTEL_SERVICE_NAME: 'sign-in-service',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test,team=a%2Cb,service.name=other',
      OTEL_EXPORTER_OTLP_HEADERS: 'api-key=let%20me%20in',
    });
    await live(running, {});
    expect(await spans()).toHaveLength(1);
    expect(receiver.resource).toMatchObject({
      'service.name': 'sign-in-service',
      'deployment.environment.name': 'test',
      team: 'a,b',
    });
    expect(receiver.deliveries[0]).toMatchObject({
      path: '/v1/traces',
      headers: { 'api-key': 'let me in', 'content-type': 'application/x-protobuf' },
    });
  });

  it('marks what went wrong here, not what a client did wrong', async () => {
    const running = await traced();
    await fetch(running.url('/no/such/page'));
    await aBrowser(running).visit(running.url('/oauth2/authorize'));
    const all = (await spans()).filter(({ kind: of }) => of === 2);
    expect(all).toMatchObject([
      { name: 'GET', status: 0, attributes: { 'http.response.status_code': 404 } },
      { name: 'GET /oauth2/authorize', status: 0, attributes: { 'http.response.status_code': 400 } },
    ]);
    expect(all[0]?.attributes).not.toHaveProperty('http.route');
  });

  it.each([
    ['is away', async () => ({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${await freePort()}` }), 200],
    ['never answers', () => Promise.resolve({}), 0],
    ['refuses', () => Promise.resolve({}), 403],
  ])('holds nobody up while the receiver %s, and stops in time all the same', async (_title, env, status) => {
    receiver.status = status;
    const running = await traced(await env());
    const { client, alice, browser } = await aSignInReadyToHappen(running);
    await new BareClient(running, client).signIn(browser, alice);
    const { logs } = running;
    const stopping = performance.now();
    await spans();
    expect(performance.now() - stopping).toBeLessThan(8000);
    const told = logs.entries.filter(({ msg }) => String(msg).startsWith('traces are'));
    expect(told.length).toBeLessThanOrEqual(1);
    if (status === 403) expect(told).toMatchObject([{ level: 'warn' }]);
  });

  it('does not trace where it is switched off', async () => {
    for (const env of [{ OTEL_SDK_DISABLED: 'true' }, { OTEL_TRACES_EXPORTER: 'none' }]) {
      await live(await traced(env), { traceparent: `00-${TRACE}-${CALLER}-01` });
      expect(await spans()).toEqual([]);
    }
  });
});
