import { request as httpRequest } from 'node:http';
import { expect, it } from 'vitest';
import { ClientsService } from '#clients/index.js';
import { AdminApi, faultsOf, JSON_TYPE, PATCH_TYPE, pointersOf, type CallWish } from '../support/admin-api.js';
import type { AdminContract } from '../support/admin-contract.js';
import { answerOf, BareClient, type Answer } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aMachine, anApi, aSignInReadyToHappen, uniqueName } from '../support/given.js';

interface Operation {
  readonly title: string;
  readonly method: string;
  readonly path: string;
  readonly scope: string;
  readonly takesBody: boolean;
  readonly bodyOptional: boolean;
}

/** Every operation of the document, at an address where nothing is. */
function operationsOf({ document }: AdminContract): Operation[] {
  return Object.entries(document.paths).flatMap(([pattern, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      title: `${method.toUpperCase()} ${pattern}`,
      method: method.toUpperCase(),
      path: pattern.replace('/api/v1', '').replaceAll(/\{\w+\}/g, 'nothing-here'),
      scope: operation.security[0]?.['accessToken']?.[0] ?? '',
      takesBody: operation.requestBody !== undefined,
      bodyOptional: operation.requestBody?.required !== true,
    })),
  );
}

/** A body that no check before authorization would refuse. */
function aBodyFor({ takesBody }: Operation): CallWish {
  return takesBody ? { body: '{}', type: JSON_TYPE } : {};
}

onEveryDatabase('the admin API as a whole', (running) => {
  const expectProblem = (answer: Answer, status: number): void => {
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.body).toMatchObject({ status, title: expect.any(String) as string });
    expect(answer.body['request_id']).toBe(answer.headers.get('x-request-id'));
  };

  it('lets nobody in without an access token (RFC 6750 §3)', async () => {
    const api = await AdminApi.of(running.service);
    const operations = operationsOf(api.contract);
    expect(operations.length).toBeGreaterThan(30);
    for (const operation of operations) {
      for (const authorization of [null, 'Basic YTpi']) {
        const answer = await api.send(operation.method, operation.path, { ...aBodyFor(operation), authorization });
        expectProblem(answer, 401);
        expect(answer.headers.get('www-authenticate'), operation.title).toBe('Bearer realm="gatehouse"');
      }
    }
  });

  it('says invalid_token of one that is not good here, whatever is wrong with it (RFC 6750 §3.1)', async () => {
    const api = await AdminApi.of(running.service);
    const { client, alice, browser } = await aSignInReadyToHappen(running.service);
    const userToken = await new BareClient(running.service, client).signIn(browser, alice);
    const other = await anApi(running.service);
    const foreign = await aMachine(running.service, other.scopes, { defaultResource: other.identifier });
    const forOther = await new BareClient(running.service, foreign).ownToken();
    const good = await api.token();
    const tokens = ['x', 'a.b.c', `${good}x`, good.slice(0, -6), userToken.accessToken, userToken.idToken];
    for (const token of [...tokens, String(forOther.body['access_token'])]) {
      const answer = await api.send('GET', '/clients', { authorization: `Bearer ${token}` });
      expectProblem(answer, 401);
      expect(answer.headers.get('www-authenticate')).toContain('error="invalid_token"');
    }
  });

  it('refuses a token that has run out', async () => {
    const api = await AdminApi.of(running.service);
    const authorization = `Bearer ${await api.token()}`;
    expect((await api.send('GET', '/keys', { authorization })).status).toBe(200);
    running.service.clock.advance('601s');
    expectProblem(await api.send('GET', '/keys', { authorization }), 401);
  });

  it('takes the scheme in any case, and nothing malformed (RFC 9110 §11.1, RFC 6750 §3.1)', async () => {
    const api = await AdminApi.of(running.service);
    expect((await api.send('GET', '/keys', { authorization: `bEARER  ${await api.token()}` })).status).toBe(200);
    for (const [path, authorization] of [
      ['/keys', 'Bearer'],
      ['/keys', 'Bearer a b'],
      ['/keys', 'Bearer "a"'],
      [`/keys?access_token=${await api.token()}`, null],
    ] as const) {
      const answer = await api.send('GET', path, { authorization });
      expectProblem(answer, 400);
      expect(answer.headers.get('www-authenticate')).toContain('error="invalid_request"');
    }
  });

  it('needs for each operation exactly the scope that its description names (RFC 6750 §3.1)', async () => {
    const everything = await AdminApi.of(running.service);
    const operations = operationsOf(everything.contract);
    for (const scope of new Set(operations.map((operation) => operation.scope))) {
      const api = await AdminApi.of(running.service, [scope]);
      await api.token();
      // Those of the same part of the API, and one of each other part.
      const firsts = new Map(operations.map((operation) => [operation.scope, operation]));
      const near = operations.filter((operation) => operation.scope.split(':')[0] === scope.split(':')[0]);
      const tried = [...new Set([...near, ...firsts.values()])].map(async (operation) => {
        if (operation.path === '/keys/rotate' && operation.scope === scope) return;
        const answer = await api.send(operation.method, operation.path, aBodyFor(operation));
        if (operation.scope === scope) {
          expect([200, 201, 204, 404, 422], `${operation.title} with ${scope}`).toContain(answer.status);
        } else {
          expectProblem(answer, 403);
          const challenge = answer.headers.get('www-authenticate') ?? '';
          expect(challenge).toContain('error="insufficient_scope"');
          expect(challenge).toContain(`scope="${operation.scope}"`);
        }
      });
      await Promise.all(tried);
    }
  });

  it('answers 404 for what is not there, also where the address is no id at all', async () => {
    const api = await AdminApi.of(running.service);
    const named = operationsOf(api.contract).filter(({ path }) => path.includes('nothing-here'));
    await api.token();
    for (const operation of named) {
      const tried = ['nothing-here', '%00', '..%2Fx', '%27%20OR%201%3D1', 'é'.repeat(200), 'x'.repeat(4000)].map(
        async (id) => {
          const path = operation.path.replaceAll('nothing-here', id);
          expectProblem(await api.send(operation.method, path, aBodyFor(operation)), 404);
        },
      );
      await Promise.all(tried);
    }
  });

  it.each(['/', '/none', '/clients/', '/users/x/y/z'])('answers 404 for the unknown path %s', async (path) => {
    const api = await AdminApi.of(running.service);
    expectProblem(await api.get(path), 404);
  });

  it('answers 405 with Allow for a method that a path does not have (RFC 9110 §15.5.6)', async () => {
    const api = await AdminApi.of(running.service);
    const paths = new Map<string, string[]>();
    for (const { path, method } of operationsOf(api.contract)) paths.set(path, [...(paths.get(path) ?? []), method]);
    for (const [path, own] of paths) {
      // POST /jobs/revocations is one thing, and what GET reads there is the job of that name.
      const methods = /^\/jobs\/[a-z]/.test(path) ? [...new Set([...own, 'GET'])] : own;
      for (const method of [
        'PUT',
        'OPTIONS',
        ...['GET', 'POST', 'PATCH', 'DELETE'].filter((one) => !methods.includes(one)),
      ]) {
        // keys/rotate is a path of its own, but no other method of it exists.
        const answer = await api.send(method, path);
        expectProblem(answer, 405);
        const allowed = (answer.headers.get('allow') ?? '').split(', ');
        expect(allowed.filter((one) => one !== 'HEAD').sort(), path).toEqual([...methods].sort());
      }
    }
  });

  it('answers HEAD as GET without the body, under the same rules (RFC 9110 §9.3.2)', async () => {
    const api = await AdminApi.of(running.service);
    const head = (authorization?: string): Promise<Response> =>
      fetch(running.service.url('/api/v1/keys'), {
        method: 'HEAD',
        ...(authorization === undefined ? {} : { headers: { authorization } }),
      });
    expect((await head()).status).toBe(401);
    const answer = await head(`Bearer ${await api.token()}`);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe('');
  });

  it('reads JSON only, and says which media types would do (RFC 9110 §15.5.16)', async () => {
    const api = await AdminApi.of(running.service);
    for (const operation of operationsOf(api.contract).filter(({ takesBody }) => takesBody)) {
      const group = await api.made('/groups', { name: uniqueName('group') });
      const path = operation.path.replaceAll('nothing-here', String(group['id']));
      for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'application/xml', undefined]) {
        const answer = await api.send(operation.method, path, { body: '{}', ...(type === undefined ? {} : { type }) });
        expectProblem(answer, 415);
        expect(answer.headers.get('accept'), operation.title).toContain(JSON_TYPE);
        expect(answer.headers.get('accept')?.includes(PATCH_TYPE)).toBe(operation.method === 'PATCH');
      }
      if (operation.method !== 'POST') continue;
      expectProblem(await api.send('POST', path, { body: '{}', type: PATCH_TYPE }), 415);
    }
  });

  it.each(['{', '{"name":"a",}', '{"name":"a"} {}', "{'name':'a'}", '\u0000', '{"name":"a","name"}', 'NaN'])(
    'refuses a body that is no JSON with 400: %j',
    async (body) => {
      const api = await AdminApi.of(running.service);
      for (const operation of operationsOf(api.contract).filter(({ takesBody }) => takesBody)) {
        expectProblem(await api.send(operation.method, operation.path, { body, type: JSON_TYPE }), 400);
      }
    },
  );

  it('refuses bytes that are no UTF-8, and a member __proto__ at any depth, with 400', async () => {
    const api = await AdminApi.of(running.service);
    for (const body of ['{"__proto__":{"name":"a"}}', '{"name":"a","x":[{"__proto__":1}]}']) {
      expectProblem(await api.send('POST', '/groups', { body, type: JSON_TYPE }), 400);
    }
    const response = await fetch(running.service.url('/api/v1/groups'), {
      method: 'POST',
      headers: { 'content-type': JSON_TYPE, authorization: `Bearer ${await api.token()}` },
      body: Buffer.from('{"name":"caf\xe9"}', 'latin1'),
    });
    expectProblem(await answerOf(response), 400);
  });

  it.each(['[]', '"x"', '1', 'true', 'null', '[{"name":"a"}]'])(
    'refuses a body that is JSON but no object with 422: %s',
    async (body) => {
      const api = await AdminApi.of(running.service);
      for (const path of ['/clients', '/users', '/groups', '/resources', '/scopes', '/keys/rotate']) {
        const answer = await api.send('POST', path, { body, type: JSON_TYPE });
        expectProblem(answer, 422);
        expect(pointersOf(answer)).toEqual(['#']);
      }
      const group = await api.made('/groups', { name: uniqueName('group') });
      const patched = await api.send('PATCH', `/groups/${String(group['id'])}`, { body, type: PATCH_TYPE });
      expectProblem(patched, 422);
      expect(pointersOf(patched)).toEqual(['#']);
    },
  );

  it('takes members by their own names only: those of every object are unknown like any other', async () => {
    const api = await AdminApi.of(running.service);
    const names = ['constructor', 'toString', 'hasOwnProperty', 'valueOf', 'isPrototypeOf'];
    const answer = await api.post('/groups', {
      name: uniqueName('group'),
      ...Object.fromEntries(names.map((name) => [name, {}])),
    });
    expectProblem(answer, 422);
    expect(pointersOf(answer)).toEqual(names.map((name) => `#/${name}`).sort());
  });

  it('escapes what is unusual in a pointer (RFC 6901 §3, §6)', async () => {
    const api = await AdminApi.of(running.service);
    const answer = await api.post('/groups', { name: uniqueName('group'), 'a/b~c é%': 1 });
    expect(pointersOf(answer)).toEqual([`#/${encodeURIComponent('a~1b~0c é%')}`]);
    expect(faultsOf(answer)[0]?.detail).toBe('is not a member that is known here');
  });

  it('reads up to 64 KiB, and answers 413 beyond (RFC 9110 §15.5.14)', async () => {
    const api = await AdminApi.of(running.service);
    const body = (length: number): string => {
      const start = `{"name":"${uniqueName('group')}","description":"`;
      return `${start}${'d'.repeat(length - start.length - 2)}"}`;
    };
    expectProblem(await api.send('POST', '/groups', { body: body(64 * 1024), type: JSON_TYPE }), 422);
    expectProblem(await api.send('POST', '/groups', { body: body(64 * 1024 + 1), type: JSON_TYPE }), 413);
    const group = await api.made('/groups', { name: uniqueName('group') });
    const path = `/groups/${String(group['id'])}`;
    expectProblem(await api.send('PATCH', path, { body: body(64 * 1024 + 1), type: PATCH_TYPE }), 413);
  });

  it('holds no body against an operation that takes none', async () => {
    const api = await AdminApi.of(running.service);
    const group = await api.made('/groups', { name: uniqueName('group') });
    const status = await new Promise<number | undefined>((resolve, reject) => {
      void api.token().then((token) => {
        const headers = { authorization: `Bearer ${token}`, 'content-length': '0' };
        const url = running.service.url(`/api/v1/groups/${String(group['id'])}`);
        const sent = httpRequest(url, { method: 'DELETE', headers }, (response) => {
          response.resume().on('end', () => {
            resolve(response.statusCode);
          });
        });
        sent.on('error', reject).end();
      }, reject);
    });
    expect(status).toBe(204);
  });

  it('is closed to scripts of other origins', async () => {
    const api = await AdminApi.of(running.service);
    const response = await fetch(running.service.url('/api/v1/keys'), {
      headers: { authorization: `Bearer ${await api.token()}`, origin: 'https://spa.example' },
    });
    expect(response.status).toBe(200);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('is closed at once to a client that is disabled or whose record is gone', async () => {
    const api = await AdminApi.of(running.service);
    const authorization = `Bearer ${await api.token()}`;
    const clients = running.service.app.get(ClientsService, { strict: false });
    await clients.update(api.machine.client.clientId, { status: 'disabled' });
    expectProblem(await api.send('GET', '/keys', { authorization }), 401);
    await clients.update(api.machine.client.clientId, { status: 'active' });
    await clients.delete(api.machine.client.clientId);
    expectProblem(await api.send('GET', '/keys', { authorization }), 401);
  });
});
