import { expect, it } from 'vitest';
import { onEveryDatabase } from '../support/every-database.js';
import {
  aBrowser,
  aClient,
  aKeyHolder,
  aMachine,
  anApi,
  aPublicClient,
  aSignInReadyToHappen,
  aUser,
} from '../support/given.js';
import { RelyingParty } from '../support/relying-party.js';

onEveryDatabase('openid-client', (running) => {
  it.each(['client_secret_basic', 'client_secret_post', 'client_secret_jwt', 'none', 'private_key_jwt'] as const)(
    'signs users in, refreshes, introspects and revokes with %s',
    async (method) => {
      const { service } = running;
      const client =
        method === 'private_key_jwt'
          ? await aKeyHolder(service)
          : await aClient(service, { tokenEndpointAuthMethod: method });
      const [rp, alice] = [await RelyingParty.of(service, client), await aUser(service)];
      const session = await rp.signIn(aBrowser(service), alice, { scope: 'openid email offline_access' });
      expect(session.tokens.expires_in).toBe(600);
      expect(await rp.userinfo(session)).toMatchObject({ sub: alice.id, email: alice.claims.email });
      const refreshed = await rp.refresh(session.tokens.refresh_token ?? '');
      expect(refreshed.claims()?.sub).toBe(alice.id);
      if (method !== 'none') {
        expect(await rp.introspect(refreshed.access_token)).toMatchObject({ active: true, sub: alice.id });
      }
      await rp.revoke(refreshed.refresh_token ?? '');
      await expect(rp.refresh(refreshed.refresh_token ?? '')).rejects.toMatchObject({ error: 'invalid_grant' });
    },
  );

  it.each(['RS256', 'PS256', 'ES256', 'EdDSA'] as const)('accepts an ID token signed with %s', async (alg) => {
    const { client, alice, browser } = await aSignInReadyToHappen(running.service, { idTokenSignedResponseAlg: alg });
    const rp = await RelyingParty.of(running.service, client, { id_token_signed_response_alg: alg });
    expect((await rp.signIn(browser, alice)).claims.sub).toBe(alice.id);
  });

  it('gets a token of its own', async () => {
    const api = await anApi(running.service);
    const rp = await RelyingParty.of(running.service, await aMachine(running.service, api.scopes));
    expect(await rp.ownToken({ resource: api.identifier })).toMatchObject({ scope: api.scopes.join(' ') });
  });

  it('understands our refusals (RFC 6749 §5.2)', async () => {
    const rp = await RelyingParty.of(running.service, await aPublicClient(running.service));
    await expect(rp.refresh('nonsense')).rejects.toMatchObject({ error: 'invalid_grant', status: 400 });
  });
});
