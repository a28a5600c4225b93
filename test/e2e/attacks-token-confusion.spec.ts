import { describe, expect, it } from 'vitest';
import { ClientsService, type Client } from '#clients/index.js';
import { LogoutTokens } from '../../src/protocol/logout/logout-token.js';
import { assertion, BareClient, encoded, post, userinfo, type Parameters } from '../support/bare-client.js';
import { onEveryDatabase, type Running } from '../support/every-database.js';
import { aBrowser, aClient, aKeyHolder, aUser, type GivenClient } from '../support/given.js';
import { requestObject } from '../support/request-object.js';

const JWT_BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** What each place takes. */
const TAKEN: Readonly<Record<string, readonly string[]>> = {
  client_assertion: ['assertion', 'assertion that is any JWT'],
  request: ['request object', 'request object that is any JWT'],
  'id_token_hint of a request': ['ID token'],
  'id_token_hint of a sign-out': ['ID token'],
  userinfo: ['access token'],
  introspection: ['access token'],
  administration: [],
};

onEveryDatabase('a token of one purpose in the place of another (RFC 8725 §3.11, §3.12)', (running: Running) => {
  const keys = () => aKeyHolder(running.service, { userinfoSignedResponseAlg: 'ES256' });
  const secret = () =>
    aClient(running.service, {
      tokenEndpointAuthMethod: 'client_secret_jwt',
      idTokenSignedResponseAlg: 'HS256',
      userinfoSignedResponseAlg: 'HS256',
    });

  const status = async (path: string, token: string): Promise<number> =>
    (await fetch(running.service.url(path), { headers: { authorization: `Bearer ${token}` } })).status;
  const signInPage = async (parameters: Parameters): Promise<boolean> => {
    const url = running.service.url(`/oauth2/authorize?${encoded(parameters)}`);
    return (await aBrowser(running.service).visit(url, { site: 'cross-site' })).html.has('#password');
  };

  /** Every kind of token that a client can come by or make, each new. */
  function kindsOf(client: GivenClient): Readonly<Record<string, () => Promise<string>>> {
    const { service } = running;
    const bare = new BareClient(service, client);
    const tokens = async () => bare.signIn(aBrowser(service), await aUser(service));
    const key = client.privateKey ?? new TextEncoder().encode(client.clientSecret);
    const symmetric = client.privateKey === undefined ? { alg: 'HS256', kid: undefined } : {};
    const object = (typ: string) =>
      requestObject(service, client, bare.request().parameters, { key, header: { ...symmetric, typ } });
    return {
      assertion: () => assertion(service, client, { header: { typ: 'client-authentication+jwt' } }),
      'assertion that is any JWT': () => assertion(service, client, { header: { typ: 'JWT' } }),
      'request object': () => object('oauth-authz-req+jwt'),
      'request object that is any JWT': () => object('JWT'),
      'ID token': async () => (await tokens()).idToken,
      'access token': async () => (await tokens()).accessToken,
      'userinfo JWT': async () => (await userinfo(service, (await tokens()).accessToken)).text,
      'logout token': async () => {
        const record = await service.app.get(ClientsService, { strict: false }).find(client.clientId);
        const makers = service.app.get(LogoutTokens, { strict: false });
        return makers.make(record as Client, { sub: client.clientId, sid: client.clientId });
      },
    };
  }

  /** Whether each place takes a token. */
  function placesFor(client: GivenClient): Readonly<Record<string, (token: string) => Promise<boolean>>> {
    const bare = new BareClient(running.service, client);
    const { clientId: client_id } = client;
    return {
      client_assertion: async (client_assertion) => {
        const form = encoded({ token: 'x', client_assertion, client_assertion_type: JWT_BEARER });
        return (await post(running.service, '/oauth2/introspect', form)).status === 200;
      },
      request: (request) => signInPage({ client_id, request }),
      'id_token_hint of a request': (id_token_hint) => signInPage(bare.request({ id_token_hint }).parameters),
      'id_token_hint of a sign-out': async (id_token_hint) => {
        const url = running.service.url(`/oauth2/logout?${encoded({ id_token_hint })}`);
        return (await aBrowser(running.service).visit(url)).status === 200;
      },
      userinfo: async (token) => (await status('/oauth2/userinfo', token)) === 200,
      introspection: async (token) => (await bare.introspect(token)).body['active'] === true,
      administration: async (token) => (await status('/api/v1/clients', token)) !== 401,
    };
  }

  describe.each([
    ['signed by keys', keys, []],
    // nobody signs a request with a secret here
    ['signed by the secret that both know', secret, ['request object', 'request object that is any JWT']],
  ] as const)('%s', (_how, aSigner, never) => {
    it.each(Object.entries(TAKEN))('is taken as %s only where it is %j', async (place, taken) => {
      const client = await aSigner();
      const takes = placesFor(client)[place];
      const expected = taken.filter((kind) => !never.some((one) => one === kind));
      const found: string[] = [];
      for (const [kind, make] of Object.entries(kindsOf(client))) if (await takes?.(await make())) found.push(kind);
      expect(found).toEqual(expected);
    });

    it.each(Object.entries(TAKEN))(
      'is not taken as %s from another client, save for what names no client',
      async (place) => {
        const [client, other] = [await aSigner(), await aSigner()];
        const takes = placesFor(other)[place];
        const found: string[] = [];
        for (const [kind, make] of Object.entries(kindsOf(client))) if (await takes?.(await make())) found.push(kind);
        const bearers = ['client_assertion', 'id_token_hint of a sign-out', 'userinfo'];
        expect(found).toEqual(bearers.includes(place) ? TAKEN[place] : []);
      },
    );
  });
});
