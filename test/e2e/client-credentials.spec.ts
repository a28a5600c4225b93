import { decodeJwt, decodeProtectedHeader } from 'jose';
import { expect, it } from 'vitest';
import { BareClient } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aClient, aMachine, anApi, aPublicClient } from '../support/given.js';
import { RelyingParty } from '../support/relying-party.js';

onEveryDatabase('the client credentials grant', (running) => {
  it('gives a client an access token of its own and nothing else (RFC 6749 §4.4.3)', async () => {
    const api = await anApi(running.service);
    const bare = new BareClient(running.service, await aMachine(running.service, api.scopes));
    const { body, headers } = await bare.ownToken();
    expect(body).toEqual({
      access_token: expect.any(String) as string,
      token_type: 'Bearer',
      expires_in: 600,
      scope: api.scopes.join(' '),
    });
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('names the client as subject of the token (RFC 9068 §2.2)', async () => {
    const api = await anApi(running.service);
    const client = await aMachine(running.service, api.scopes);
    const { body } = await new BareClient(running.service, client).ownToken();
    const token = String(body['access_token']);
    expect(decodeProtectedHeader(token)).toMatchObject({ typ: 'at+jwt', alg: 'ES256' });
    const claims = decodeJwt(token);
    expect(claims).toMatchObject({ sub: client.clientId, client_id: client.clientId, aud: api.identifier });
    expect(claims).not.toHaveProperty('auth_time');
  });

  it('serves openid-client', async () => {
    const api = await anApi(running.service);
    const rp = await RelyingParty.of(running.service, await aMachine(running.service, api.scopes));
    const [scope = ''] = api.scopes;
    expect(await rp.ownToken({ scope })).toMatchObject({ scope, token_type: 'bearer' });
  });

  it('narrows to the scope that is asked, in whatever order (RFC 6749 §3.3)', async () => {
    const { scopes } = await anApi(running.service);
    const bare = new BareClient(running.service, await aMachine(running.service, scopes));
    const [read = '', write = ''] = scopes;
    expect((await bare.ownToken({ scope: read })).body['scope']).toBe(read);
    expect((await bare.ownToken({ scope: ` ${write}  ${read} ${write} ` })).status).toBe(200);
  });

  it('refuses when one scope is not allowed (RFC 6749 §4.4)', async () => {
    const [own, other] = [await anApi(running.service), await anApi(running.service)];
    const bare = new BareClient(running.service, await aMachine(running.service, own.scopes));
    for (const scope of [`${own.scopes[0] ?? ''} ${other.scopes[0] ?? ''}`, 'nonsense', 'ö', 'a"b']) {
      expect(await bare.ownToken({ scope })).toMatchObject({ status: 400, body: { error: 'invalid_scope' } });
    }
  });

  it('refuses scopes that are about users', async () => {
    const { scopes } = await anApi(running.service);
    const bare = new BareClient(running.service, await aMachine(running.service, ['openid', 'email', ...scopes]));
    expect((await bare.ownToken({ scope: `openid ${scopes[0] ?? ''}` })).body['error']).toBe('invalid_scope');
    expect((await bare.ownToken()).body['scope']).toBe(scopes.join(' '));
  });

  it('is for one resource: the one named, the default one, the only one (RFC 8707 §2)', async () => {
    const [orders, stock] = [await anApi(running.service), await anApi(running.service)];
    const scope = [...orders.scopes, ...stock.scopes];
    const plain = new BareClient(running.service, await aMachine(running.service, scope));
    expect(await plain.ownToken()).toMatchObject({ status: 400, body: { error: 'invalid_target' } });
    const named = await plain.ownToken({ resource: stock.identifier });
    expect(named.body['scope']).toBe(stock.scopes.join(' '));
    expect(decodeJwt(String(named.body['access_token'])).aud).toBe(stock.identifier);
    const implied = await plain.ownToken({ scope: orders.scopes[0] });
    expect(decodeJwt(String(implied.body['access_token'])).aud).toBe(orders.identifier);
    const withDefault = await aMachine(running.service, scope, { defaultResource: orders.identifier });
    expect((await new BareClient(running.service, withDefault).ownToken()).body['scope']).toBe(orders.scopes.join(' '));
  });

  it.each(['https://nobody.example/api', 'not a uri', 'https://orders.example/api#part', '/relative'])(
    'refuses the resource %s (RFC 8707 §2)',
    async (resource) => {
      const { scopes } = await anApi(running.service);
      const bare = new BareClient(running.service, await aMachine(running.service, scopes));
      expect(await bare.ownToken({ resource })).toMatchObject({ status: 400, body: { error: 'invalid_target' } });
    },
  );

  it('refuses a resource of which the client has no scope, and several at once (RFC 8707 §2)', async () => {
    const [orders, stock] = [await anApi(running.service), await anApi(running.service)];
    const bare = new BareClient(running.service, await aMachine(running.service, orders.scopes));
    for (const resource of [stock.identifier, [orders.identifier, stock.identifier]]) {
      expect(await bare.ownToken({ resource })).toMatchObject({ status: 400, body: { error: 'invalid_target' } });
    }
    expect((await bare.ownToken({ resource: [orders.identifier, orders.identifier] })).status).toBe(200);
  });

  it('refuses a scope that does not belong to the resource that is named', async () => {
    const [orders, stock] = [await anApi(running.service), await anApi(running.service)];
    const bare = new BareClient(running.service, await aMachine(running.service, [...orders.scopes, ...stock.scopes]));
    const refused = await bare.ownToken({ resource: orders.identifier, scope: stock.scopes[0] });
    expect(refused.status).toBe(400);
    expect(['invalid_scope', 'invalid_target']).toContain(refused.body['error']);
  });

  it('is not for public clients, nor for others without the grant (RFC 6749 §4.4, §5.2)', async () => {
    for (const client of [await aPublicClient(running.service), await aClient(running.service)]) {
      const refused = await new BareClient(running.service, client).ownToken();
      expect(refused).toMatchObject({ status: 400, body: { error: 'unauthorized_client' } });
    }
  });

  it('gives no token for userinfo (OIDC Core §5.3.1)', async () => {
    const { scopes } = await anApi(running.service);
    const bare = new BareClient(running.service, await aMachine(running.service, scopes));
    const token = String((await bare.ownToken()).body['access_token']);
    const refused = await bare.userinfo(token);
    expect(refused.status).toBe(401);
    expect(refused.headers.get('www-authenticate')).toContain('error="invalid_token"');
  });

  it('lives as long as the client record says', async () => {
    const { scopes } = await anApi(running.service);
    const client = await aMachine(running.service, scopes, { accessTokenLifetime: 90 });
    const bare = new BareClient(running.service, client);
    const { body } = await bare.ownToken();
    expect(body['expires_in']).toBe(90);
    running.service.clock.advance('89s');
    expect((await bare.introspect(String(body['access_token']))).body['active']).toBe(true);
    running.service.clock.advance('1s');
    expect((await bare.introspect(String(body['access_token']))).body).toEqual({ active: false });
  });
});
