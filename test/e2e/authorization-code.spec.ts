import { decodeJwt } from 'jose';
import { expect, it } from 'vitest';
import { BareClient, userinfo } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aClient, aPublicClient, aSignInReadyToHappen, aUser } from '../support/given.js';
import { RelyingParty } from '../support/relying-party.js';
import { signIn, throughEveryPage } from '../support/signing-in.js';

onEveryDatabase('the authorization code grant', (running) => {
  it('signs a user in through a standard library, from discovery to userinfo (OIDC Core §3.1)', async () => {
    const { client, alice, browser } = await aSignInReadyToHappen(running.service);
    const rp = await RelyingParty.of(running.service, client);
    const session = await rp.signIn(browser, alice, { scope: 'openid profile email' });
    expect(session.claims).toMatchObject({ iss: running.service.issuer, sub: alice.id, aud: client.clientId });
    expect(await rp.userinfo(session)).toMatchObject({
      sub: alice.id,
      name: alice.claims.name,
      email: alice.claims.email,
    });
  });

  it('asks for a sign-in, then for consent, and then answers the redirect URI with code, state and iss (RFC 6749 §4.1.2, RFC 9207 §2)', async () => {
    const { client, alice, browser } = await aSignInReadyToHappen(running.service);
    const bare = new BareClient(running.service, client);
    const sent = bare.request({ scope: 'openid email' });
    const page = await browser.visit(sent.url, { site: 'cross-site' });
    expect(page.status).toBe(200);
    expect(page.html.text('#sign-in')).toBe('Sign in');
    const consent = await signIn(browser, page, alice);
    expect(consent.html.has('#consent-allow')).toBe(true);
    expect(consent.html.words).toContain('Travel Desk');
    const { leftFor, hops } = await browser.submit(consent, '#consent-allow');
    expect(leftFor?.href.startsWith(`${client.redirectUri}?`)).toBe(true);
    expect(Object.fromEntries(leftFor?.searchParams ?? [])).toEqual({
      code: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/) as string,
      state: sent.state,
      iss: running.service.issuer,
    });
    expect(hops.map(({ status }) => status)).toEqual([303, 303]);
  });

  it('answers the token request as RFC 6749 §5.1 says, with an ID token (OIDC Core §3.1.3.3)', async () => {
    const { client, alice, browser } = await aSignInReadyToHappen(running.service);
    const bare = new BareClient(running.service, client);
    const { response, nonce, idToken } = await bare.signIn(browser, alice, { scope: 'openid email' });
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('pragma')).toBe('no-cache');
    expect(response.body).toEqual({
      access_token: expect.any(String) as string,
      token_type: 'Bearer',
      expires_in: 600,
      scope: 'openid email',
      refresh_token: expect.any(String) as string,
      id_token: expect.any(String) as string,
    });
    expect(decodeJwt(idToken)).toMatchObject({ nonce, sub: alice.id, acr: '1', amr: ['pwd'] });
  });

  it('keeps a long state byte for byte, and the query of the redirect URI (RFC 6749 §3.1.2, §4.1.2)', async () => {
    const redirectUri = 'https://rp.example/cb?tenant=a%20b&x=%C3%A9';
    const { client, alice, browser } = await aSignInReadyToHappen(running.service, { redirectUris: [redirectUri] });
    const bare = new BareClient(running.service, client);
    const state = `${'a+b c%20&=?/#\\"~'.repeat(8)}end`;
    const { leftFor } = await bare.ask(browser, alice, { state });
    expect(leftFor?.href.startsWith(`${redirectUri}&`)).toBe(true);
    expect(leftFor?.searchParams.get('state')).toBe(state);
    expect(leftFor?.searchParams.get('tenant')).toBe('a b');
  });

  it('needs neither state nor nonce, and returns none that was not sent (OIDC Core §3.1.2.1)', async () => {
    const { client, alice, browser } = await aSignInReadyToHappen(running.service);
    const bare = new BareClient(running.service, client);
    const { answer, idToken } = await bare.signIn(browser, alice, { state: undefined, nonce: undefined });
    expect(answer).not.toHaveProperty('state');
    expect(decodeJwt(idToken)).not.toHaveProperty('nonce');
  });

  it('gives no ID token without openid, and no userinfo (OIDC Core §3.1.2.1, RFC 6750 §3.1)', async () => {
    const { client, alice, browser } = await aSignInReadyToHappen(running.service);
    const bare = new BareClient(running.service, client);
    const { response, accessToken } = await bare.signIn(browser, alice, { scope: 'email' });
    expect(response.body).not.toHaveProperty('id_token');
    expect(response.body['scope']).toBe('email');
    const refused = await userinfo(running.service, accessToken);
    expect(refused.status).toBe(403);
    expect(refused.headers.get('www-authenticate')).toContain('error="insufficient_scope"');
  });

  it('refuses a code that was redeemed and ends the whole grant (RFC 6749 §4.1.2)', async () => {
    const { client, alice, browser } = await aSignInReadyToHappen(running.service);
    const bare = new BareClient(running.service, client);
    const signedIn = await bare.signIn(browser, alice);
    expect((await bare.userinfo(signedIn.accessToken)).status).toBe(200);
    const again = await bare.redeem(signedIn);
    expect(again).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    expect((await bare.userinfo(signedIn.accessToken)).status).toBe(401);
    expect((await bare.introspect(signedIn.accessToken)).body).toEqual({ active: false });
    expect(await bare.refresh(signedIn.refreshToken)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    expect(running.service.logs.text).toContain('code was redeemed before');
  });

  it('lets exactly one of 20 parallel redemptions through (RFC 6749 §4.1.2)', async () => {
    const { client, alice, browser } = await aSignInReadyToHappen(running.service);
    const bare = new BareClient(running.service, client);
    const obtained = await bare.obtainCode(browser, alice);
    const answers = await Promise.all(Array.from({ length: 20 }, () => bare.redeem(obtained)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ body }) => body['error'] === 'invalid_grant')).toHaveLength(19);
  });

  it('ends a code after 60 seconds (RFC 6749 §4.1.2)', async () => {
    const { client, alice, browser } = await aSignInReadyToHappen(running.service);
    const bare = new BareClient(running.service, client);
    const [inTime, late] = [await bare.obtainCode(browser, alice), await bare.obtainCode(browser, alice)];
    running.service.clock.advance('59s');
    expect((await bare.redeem(inTime)).status).toBe(200);
    running.service.clock.advance('1s');
    expect(await bare.redeem(late)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it('ends a code sooner where the client record says so', async () => {
    const { client, alice, browser } = await aSignInReadyToHappen(running.service, { authorizationCodeLifetime: 10 });
    const bare = new BareClient(running.service, client);
    const obtained = await bare.obtainCode(browser, alice);
    running.service.clock.advance('11s');
    expect((await bare.redeem(obtained)).body['error']).toBe('invalid_grant');
  });

  it('refuses the code of another client, without burning it for its own (RFC 6749 §4.1.3)', async () => {
    const { client, alice, browser } = await aSignInReadyToHappen(running.service);
    const [bare, thief] = [
      new BareClient(running.service, client),
      new BareClient(running.service, await aClient(running.service)),
    ];
    const obtained = await bare.obtainCode(browser, alice);
    expect(await thief.redeem(obtained)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    expect((await bare.redeem(obtained)).status).toBe(200);
  });

  it('burns a code after 5 failed attempts (RFC 9700 §4.5.3)', async () => {
    const { client, alice, browser } = await aSignInReadyToHappen(running.service);
    const bare = new BareClient(running.service, client);
    const obtained = await bare.obtainCode(browser, alice);
    for (let attempt = 0; attempt < 5; attempt++) {
      const wrong = await bare.redeem(obtained, { code_verifier: 'w'.repeat(43) });
      expect(wrong.body['error']).toBe('invalid_grant');
    }
    expect(await bare.redeem(obtained)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it.each([
    ['missing', undefined],
    ['another registered one', 'https://rp.example/other'],
    ['with a query', 'https://rp.example/callback?a=b'],
    ['in another case', 'https://rp.example/Callback'],
  ])('refuses a redemption whose redirect_uri is %s (RFC 6749 §4.1.3)', async (_, redirectUri) => {
    const redirectUris = ['https://rp.example/callback', 'https://rp.example/other'];
    const { client, alice, browser } = await aSignInReadyToHappen(running.service, { redirectUris });
    const bare = new BareClient(running.service, client);
    const obtained = await bare.obtainCode(browser, alice);
    const refused = await bare.redeem(obtained, { redirect_uri: redirectUri });
    expect(refused).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it('gives no refresh token to a client without that grant (RFC 6749 §1.5)', async () => {
    const { client, alice, browser } = await aSignInReadyToHappen(running.service, {
      grantTypes: ['authorization_code'],
    });
    const { response } = await new BareClient(running.service, client).signIn(browser, alice);
    expect(response.body).not.toHaveProperty('refresh_token');
  });

  it('refuses a client that is not registered for the grant (RFC 6749 §5.2)', async () => {
    const bare = new BareClient(
      running.service,
      await aClient(running.service, { redirectUris: [], grantTypes: ['client_credentials'], scope: [] }),
    );
    const refused = await bare.token({
      grant_type: 'authorization_code',
      code: 'x',
      redirect_uri: 'https://rp.example/',
    });
    expect(refused).toMatchObject({ status: 400, body: { error: 'unauthorized_client' } });
  });

  it('serves public clients by client_id and verifier alone (RFC 6749 §3.2.1)', async () => {
    const client = await aPublicClient(running.service);
    const [alice, browser] = [await aUser(running.service), aBrowser(running.service)];
    const { response } = await new BareClient(running.service, client).signIn(browser, alice);
    expect(response.status).toBe(200);
  });

  it('reads a request by POST like one by GET (OIDC Core §3.1.2.1)', async () => {
    const { client, alice, browser } = await aSignInReadyToHappen(running.service);
    const bare = new BareClient(running.service, client);
    await bare.signIn(browser, alice);
    const { parameters, state } = bare.request();
    const posted = await browser.post(running.service.url('/oauth2/authorize'), parameters as Record<string, string>, {
      site: 'cross-site',
    });
    expect(posted.hops.map(({ status }) => status)[0]).toBe(303);
    expect((await throughEveryPage(browser, posted, alice)).answer).toMatchObject({
      state,
      code: expect.any(String) as string,
    });
    expect(posted.leftFor).toBeDefined(); // the Lax cookies came back with the GET, so nobody signed in again
  });

  it('ends the interaction with the answer: going on in a second tab is told that it is finished', async () => {
    const { client, alice, browser } = await aSignInReadyToHappen(running.service);
    const bare = new BareClient(running.service, client);
    const page = await browser.visit(bare.request().url);
    const interaction = page.url.searchParams.get('interaction') ?? '';
    await throughEveryPage(browser, page, alice);
    const second = await browser.visit(running.service.url(`/oauth2/authorize/${interaction}`));
    expect(second).toMatchObject({ leftFor: undefined, status: 400 });
    expect(second.html.words).toContain('finished');
  });

  it('goes on after Back: neither the page from the history nor a fresh one is a dead end', async () => {
    const { client, alice, browser } = await aSignInReadyToHappen(running.service);
    const fromHistory = await browser.visit(new BareClient(running.service, client).request().url);
    await signIn(browser, fromHistory, alice);
    const fresh = await browser.visit(fromHistory.url);
    expect(fresh.status).toBe(200);
    let consent = fresh;
    for (const page of [fresh, fromHistory]) {
      consent = await signIn(browser, page, alice);
      expect(consent.html.has('#consent-allow')).toBe(true);
    }
    expect((await browser.submit(consent, '#consent-allow')).answer).toHaveProperty('code');
  });

  it('answers only the browser that asked, however the link travels (RFC 9700 §4.7)', async () => {
    const { client, alice, browser } = await aSignInReadyToHappen(running.service);
    const page = await browser.visit(new BareClient(running.service, client).request().url);
    const other = await aBrowser(running.service).visit(page.url);
    expect(other.status).toBe(400);
    expect(other.html.has('#sign-in')).toBe(false);
    expect((await throughEveryPage(browser, page, alice)).leftFor).toBeDefined();
  });

  it('waits half an hour for each step and no longer', async () => {
    const { client, alice, browser } = await aSignInReadyToHappen(running.service);
    const bare = new BareClient(running.service, client);
    const page = await browser.visit(bare.request().url);
    running.service.clock.advance('29m');
    const consent = await signIn(browser, page, alice);
    running.service.clock.advance('29m');
    expect((await browser.submit(consent, '#consent-allow')).leftFor).toBeDefined();
    const another = await browser.visit(bare.request({ prompt: 'login' }).url);
    running.service.clock.advance('31m');
    const late = await signIn(browser, another, alice);
    expect(late).toMatchObject({ leftFor: undefined, status: 400 });
    expect(late.html.words).toContain('too long');
  });

  it('sends access_denied when the user cancels, and says nothing else (RFC 6749 §4.1.2.1)', async () => {
    const { client, browser } = await aSignInReadyToHappen(running.service);
    const sent = new BareClient(running.service, client).request();
    const page = await browser.visit(sent.url);
    const { answer } = await browser.submit(page, '#cancel');
    expect(answer).toEqual({
      error: 'access_denied',
      error_description: expect.stringMatching(/^[\x20-\x21\x23-\x5B\x5D-\x7E]+$/) as string,
      state: sent.state,
      iss: running.service.issuer,
    });
  });
});
