import * as oidc from 'openid-client';
import { expect, it } from 'vitest';
import { AdminApi } from '../support/admin-api.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aUser, CALLBACK, type GivenClient } from '../support/given.js';
import { RelyingParty } from '../support/relying-party.js';

const PLAIN_HTTP = { execute: [oidc.allowInsecureRequests] };

onEveryDatabase(
  'openid-client, dynamic registration',
  (running) => {
    it.each([
      ['client_secret_basic', oidc.ClientSecretBasic],
      ['client_secret_post', oidc.ClientSecretPost],
      ['none', oidc.None],
    ] as const)('registers with %s and signs users in (RFC 7591 §3)', async (method, authentication) => {
      const { service } = running;
      const api = await AdminApi.of(service);
      const made = await api.made('/initial-access-tokens', { max_uses: 1 });
      const config = await oidc.dynamicClientRegistration(
        new URL(service.issuer),
        { redirect_uris: [CALLBACK], token_endpoint_auth_method: method, client_name: 'Trip Planner' },
        method === 'none' ? authentication() : undefined,
        { ...PLAIN_HTTP, initialAccessToken: String(made['initial_access_token']) },
      );
      const registered = config.clientMetadata();
      const client: GivenClient = {
        clientId: registered.client_id,
        redirectUri: CALLBACK,
        method,
        ...(registered.client_secret === undefined ? {} : { clientSecret: registered.client_secret }),
      };
      const [rp, alice] = [await RelyingParty.of(service, client), await aUser(service)];
      const { claims } = await rp.signIn(aBrowser(service), alice, { scope: 'openid email' });
      expect(claims.sub).toBe(alice.id);
    });

    it('understands why it may not register (RFC 7591 §3.2.2)', async () => {
      const attempt = oidc.dynamicClientRegistration(
        new URL(running.service.issuer),
        { redirect_uris: [CALLBACK] },
        undefined,
        PLAIN_HTTP,
      );
      await expect(attempt).rejects.toThrow();
    });
  },
  { env: { CLIENT_REGISTRATION: 'token' } },
);
