import * as oidc from 'openid-client';
import { expect, it } from 'vitest';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aClient, aUser, type ClientWish } from '../support/given.js';
import { RelyingParty } from '../support/relying-party.js';
import { throughEveryPage } from '../support/signing-in.js';
import type { Visit } from '../support/user-agent.js';

const HYBRID: ClientWish = {
  requirePkce: false,
  grantTypes: ['authorization_code', 'implicit'],
  responseTypes: ['code', 'code id_token', 'id_token'],
};

/** What the library is given: the address that the browser was sent to, or the form that it posted there. */
function arrivedAt({ leftFor, html }: Visit, redirectUri: string): URL | Request {
  if (leftFor !== undefined) return leftFor;
  const body = new URLSearchParams();
  for (const { name, attributes } of html.tags) {
    if (name === 'input') body.append(attributes.get('name') ?? '', attributes.get('value') ?? '');
  }
  return new Request(redirectUri, { method: 'POST', body });
}

onEveryDatabase('openid-client, tokens from the authorization endpoint', (running) => {
  async function ask(responseType: string, responseMode: string, prepare: (config: oidc.Configuration) => void) {
    const { service } = running;
    const [client, alice] = [await aClient(service, HYBRID), await aUser(service)];
    const { config } = await RelyingParty.of(service, client);
    prepare(config);
    const [state, nonce] = [oidc.randomState(), oidc.randomNonce()];
    const url = oidc.buildAuthorizationUrl(config, {
      redirect_uri: client.redirectUri,
      scope: 'openid email',
      response_mode: responseMode,
      state,
      nonce,
    });
    expect(url.searchParams.get('response_type')).toBe(responseType);
    const browser = aBrowser(service);
    const visit = await throughEveryPage(browser, await browser.visit(url, { site: 'cross-site' }), alice);
    return { config, alice, state, nonce, answer: arrivedAt(visit, client.redirectUri) };
  }

  it.each(['fragment', 'form_post'])(
    'takes a code and an ID token by %s, and redeems the code (OIDC Core §3.3, OAuth Form Post §2)',
    async (mode) => {
      const asked = await ask('code id_token', mode, oidc.useCodeIdTokenResponseType);
      const checks = { expectedState: asked.state, expectedNonce: asked.nonce, idTokenExpected: true };
      const tokens = await oidc.authorizationCodeGrant(asked.config, asked.answer, checks);
      expect(tokens.claims()?.sub).toBe(asked.alice.id);
      const told = await oidc.fetchUserInfo(asked.config, tokens.access_token, asked.alice.id);
      expect(told.email).toBe(asked.alice.claims.email);
    },
  );

  it.each(['fragment', 'form_post'])(
    'takes an ID token alone by %s, with the claims of the scope (OIDC Core §3.2, §5.4)',
    async (mode) => {
      const asked = await ask('id_token', mode, oidc.useIdTokenResponseType);
      const claims = await oidc.implicitAuthentication(asked.config, asked.answer, asked.nonce, {
        expectedState: asked.state,
      });
      expect(claims).toMatchObject({ sub: asked.alice.id, email: asked.alice.claims.email });
    },
  );

  it('takes a code alone by form_post (OAuth Form Post §2)', async () => {
    const asked = await ask('code', 'form_post', () => undefined);
    const checks = { expectedState: asked.state, expectedNonce: asked.nonce, idTokenExpected: true };
    const tokens = await oidc.authorizationCodeGrant(asked.config, asked.answer, checks);
    expect(tokens.claims()?.sub).toBe(asked.alice.id);
  });
});
