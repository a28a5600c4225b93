import { expect, it } from 'vitest';
import { AdminApi, faultsOf, type Json } from '../support/admin-api.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aClient, aMachine } from '../support/given.js';

onEveryDatabase('configurations to copy over REST', (running) => {
  const listOf = ({ body }: { body: Json }, name: string) => (body[name] as Json[]).map(({ library }) => library);

  it('are those that suit the client, made from its record and this service, without its secret', async () => {
    const api = await AdminApi.of(running.service, ['clients:read']);
    const { clientId, clientSecret = '', redirectUri } = await aClient(running.service);
    const answer = await api.get(`/clients/${clientId}/configuration`);
    expect(answer.status).toBe(200);
    expect(listOf(answer, 'configurations')).toContain('openid-client');
    expect(listOf(answer, 'unsuitable')).toEqual(expect.arrayContaining(['curl', 'oidc-client-ts', 'appauth-ios']));
    for (const { text } of answer.body['configurations'] as Json[]) {
      expect(text).toContain(running.service.issuer);
      expect(text).toContain(clientId);
      expect(text).toMatch(/GATEHOUSE_CLIENT_SECRET|OAUTH2_PROXY_CLIENT_SECRET/);
    }
    expect(answer.text).toContain(redirectUri);
    expect(answer.text).not.toContain(clientSecret);
  });

  it('follow the record', async () => {
    const api = await AdminApi.of(running.service);
    const { clientId } = await aMachine(running.service, []);
    const path = `/clients/${clientId}/configuration`;
    expect(listOf(await api.get(path), 'configurations')).toContain('curl');
    await api.patch(`/clients/${clientId}`, { token_endpoint_auth_method: 'client_secret_post' });
    const [curl] = (await api.get(path, { library: 'curl' })).body['configurations'] as Json[];
    expect(curl?.['text']).toContain('client_secret=$GATEHOUSE_CLIENT_SECRET');
  });

  it('are refused for a library that is unknown or does not suit, saying why, and for nobody', async () => {
    const api = await AdminApi.of(running.service);
    const { clientId } = await aClient(running.service);
    const ask = (library: string) => api.get(`/clients/${clientId}/configuration`, { library });
    expect(faultsOf(await ask('cobol'))).toEqual([
      { pointer: '#/library', detail: 'is not the id of a library that is known here' },
    ]);
    expect(faultsOf(await ask('curl'))).toEqual([
      { pointer: '#/library', detail: 'is for machine applications, and this is a web one' },
    ]);
    expect((await api.get('/clients/nobody/configuration')).status).toBe(404);
  });
});
