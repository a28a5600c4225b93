import * as oidc from 'openid-client';
import { expect, it } from 'vitest';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aKeyHolder, anApi, aUser } from '../support/given.js';
import { RelyingParty } from '../support/relying-party.js';
import { throughEveryPage } from '../support/signing-in.js';

onEveryDatabase('request objects of openid-client', (running) => {
  it.each(['RS256', 'PS256', 'ES256', 'EdDSA'])('signed with %s are understood (RFC 9101 §5.1)', async (algorithm) => {
    const { service } = running;
    const [one, two] = [await anApi(service), await anApi(service)];
    const scope = ['openid', ...one.scopes, ...two.scopes];
    const client = await aKeyHolder(service, { algorithm, scope, requireSignedRequestObject: true });
    // The clock of the service stands still since its start, and no object comes from the future.
    const clockSkew = service.clock.epochSeconds() - Math.floor(Date.now() / 1000);
    const { config } = await RelyingParty.of(service, client, { [oidc.clockSkew]: clockSkew });
    const [verifier, state, nonce] = [oidc.randomPKCECodeVerifier(), oidc.randomState(), oidc.randomNonce()];
    const parameters = new URLSearchParams({
      redirect_uri: client.redirectUri,
      scope: scope.join(' '),
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      max_age: '600',
      claims: JSON.stringify({ userinfo: { name: null } }),
      state,
      nonce,
    });
    for (const { identifier } of [one, two]) parameters.append('resource', identifier);
    const key = { key: client.privateKey, kid: 'first' };
    const url = await oidc.buildAuthorizationUrlWithJAR(config, parameters, key);
    expect([...url.searchParams.keys()].sort()).toEqual(['client_id', 'request']);
    const browser = aBrowser(service);
    const visit = await throughEveryPage(
      browser,
      await browser.visit(url, { site: 'cross-site' }),
      await aUser(service),
    );
    const checks = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, maxAge: 600 };
    const tokens = await oidc.authorizationCodeGrant(config, visit.leftFor ?? url, checks, {
      resource: one.identifier,
    });
    expect(tokens.scope?.split(' ')).toEqual(expect.arrayContaining([...one.scopes]));
  });
});
