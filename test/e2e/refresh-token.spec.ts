import { decodeJwt } from 'jose';
import { expect, it } from 'vitest';
import type { ClientMetadataInput } from '#clients/index.js';
import { UsersService } from '#users/index.js';
import { BareClient, type Answer, type SignedIn } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aClient, aPublicClient, aSignInReadyToHappen, aUser, type GivenUser } from '../support/given.js';
import { signOut } from '../support/signing-in.js';
import type { UserAgent } from '../support/user-agent.js';

const REFUSED = { status: 400, body: { error: 'invalid_grant' } };

onEveryDatabase('refresh tokens', (running) => {
  interface Story {
    readonly bare: BareClient;
    readonly alice: GivenUser;
    readonly browser: UserAgent;
    readonly tokens: SignedIn;
  }

  async function aSignedInUser(wish: ClientMetadataInput = {}, scope = 'openid email offline_access'): Promise<Story> {
    const { client, alice, browser } = await aSignInReadyToHappen(running.service, wish);
    const bare = new BareClient(running.service, client);
    const forever = { consent: { duration: 'forever' } };
    return { bare, alice, browser, tokens: await bare.signIn(browser, alice, { scope }, forever) };
  }

  const refreshTokenOf = ({ body }: Answer): string => String(body['refresh_token']);

  it('is replaced at each use, and the new one works (RFC 6749 §6, RFC 9700 §4.14.2)', async () => {
    const { bare, tokens } = await aSignedInUser();
    const first = await bare.refresh(tokens.refreshToken);
    expect(first.status).toBe(200);
    expect(first.headers.get('cache-control')).toBe('no-store');
    expect(first.body).toMatchObject({ token_type: 'Bearer', expires_in: 600, scope: 'openid email offline_access' });
    expect(refreshTokenOf(first)).not.toBe(tokens.refreshToken);
    expect(refreshTokenOf(first).length).toBeGreaterThanOrEqual(43);
    const second = await bare.refresh(refreshTokenOf(first));
    expect(second.status).toBe(200);
    expect((await bare.userinfo(String(second.body['access_token']))).status).toBe(200);
  });

  it('comes with an ID token of the same sign-in, with a new iat and without nonce (OIDC Core §12.2)', async () => {
    const { bare, tokens } = await aSignedInUser();
    running.service.clock.advance('5s');
    const { body } = await bare.refresh(tokens.refreshToken);
    const [before, after] = [decodeJwt(tokens.idToken), decodeJwt(String(body['id_token']))];
    for (const claim of ['iss', 'sub', 'aud', 'auth_time', 'sid']) expect(after[claim]).toEqual(before[claim]);
    expect(after.iat).toBe((before.iat ?? 0) + 5);
    expect(after).not.toHaveProperty('nonce');
  });

  it('ends the whole family when a superseded one comes back later (RFC 9700 §4.14.2)', async () => {
    const { bare, tokens } = await aSignedInUser();
    const rotated = await bare.refresh(tokens.refreshToken);
    running.service.clock.advance('11s');
    expect(await bare.refresh(tokens.refreshToken)).toMatchObject(REFUSED);
    expect(await bare.refresh(refreshTokenOf(rotated))).toMatchObject(REFUSED);
    expect((await bare.userinfo(tokens.accessToken)).status).toBe(401);
    expect((await bare.userinfo(String(rotated.body['access_token']))).status).toBe(401);
    expect(running.service.logs.text).toContain('refresh token was used before');
  });

  it('yields the same successor again within ten seconds, to an honest client that lost the answer', async () => {
    const { bare, tokens } = await aSignedInUser();
    const lost = await bare.refresh(tokens.refreshToken);
    running.service.clock.advance('9s');
    const repeated = await bare.refresh(tokens.refreshToken);
    expect(repeated.status).toBe(200);
    expect(refreshTokenOf(repeated)).toBe(refreshTokenOf(lost));
    expect(repeated.body['scope']).toBe(lost.body['scope']);
    expect((await bare.refresh(refreshTokenOf(repeated))).status).toBe(200);
  });

  it('is reuse even within ten seconds once the successor was used', async () => {
    const { bare, tokens } = await aSignedInUser();
    const first = await bare.refresh(tokens.refreshToken);
    const second = await bare.refresh(refreshTokenOf(first));
    expect(second.status).toBe(200);
    expect(await bare.refresh(tokens.refreshToken)).toMatchObject(REFUSED);
    expect(await bare.refresh(refreshTokenOf(second))).toMatchObject(REFUSED);
  });

  it('gives 20 parallel refreshes of one token one and the same successor (RFC 9700 §4.14.2)', async () => {
    const { bare, tokens } = await aSignedInUser();
    const answers = await Promise.all(Array.from({ length: 20 }, () => bare.refresh(tokens.refreshToken)));
    expect(answers.map(({ status }) => status)).toEqual(Array<number>(20).fill(200));
    const [successor, ...others] = new Set(answers.map(refreshTokenOf));
    expect(others).toEqual([]);
    expect((await bare.refresh(successor ?? '')).status).toBe(200);
  });

  it('rotates for public clients (RFC 9700 §4.14.2)', async () => {
    const bare = new BareClient(running.service, await aPublicClient(running.service));
    const { refreshToken } = await bare.signIn(aBrowser(running.service), await aUser(running.service));
    const rotated = await bare.refresh(refreshToken);
    expect(rotated.status).toBe(200);
    expect(refreshTokenOf(rotated)).not.toBe(refreshToken);
  });

  it('stays the same for a confidential client whose record says static (RFC 9700 §4.14.2)', async () => {
    const { bare, tokens } = await aSignedInUser({ refreshTokenRotation: 'static' });
    for (let use = 0; use < 3; use++) {
      running.service.clock.advance('1m');
      const again = await bare.refresh(tokens.refreshToken);
      expect(again.status).toBe(200);
      expect(refreshTokenOf(again)).toBe(tokens.refreshToken);
    }
  });

  it.each(['rotate', 'static'] as const)('ends after 30 days without use (%s)', async (refreshTokenRotation) => {
    const { bare, tokens } = await aSignedInUser({ refreshTokenRotation });
    running.service.clock.advance('29d');
    const used = await bare.refresh(tokens.refreshToken);
    expect(used.status).toBe(200);
    running.service.clock.advance('29d');
    const usedAgain = await bare.refresh(refreshTokenOf(used));
    expect(usedAgain.status).toBe(200);
    running.service.clock.advance('30d');
    expect(await bare.refresh(refreshTokenOf(usedAgain))).toMatchObject(REFUSED);
  });

  it.each(['rotate', 'static'] as const)('ends after 90 days however it is used (%s)', async (refreshTokenRotation) => {
    const { bare, tokens } = await aSignedInUser({ refreshTokenRotation });
    let refreshToken = tokens.refreshToken;
    for (let days = 0; days < 80; days += 20) {
      running.service.clock.advance('20d');
      refreshToken = refreshTokenOf(await bare.refresh(refreshToken));
    }
    running.service.clock.advance('9d');
    refreshToken = refreshTokenOf(await bare.refresh(refreshToken));
    running.service.clock.advance('1d');
    expect(await bare.refresh(refreshToken)).toMatchObject(REFUSED);
  });

  it('ends after 24 hours for a browser client (OAuth 2.0 for Browser-Based Applications)', async () => {
    const client = await aClient(running.service, { profile: 'browser' });
    const bare = new BareClient(running.service, client);
    const scope = 'openid offline_access';
    const { refreshToken } = await bare.signIn(aBrowser(running.service), await aUser(running.service), { scope });
    running.service.clock.advance('23h');
    const used = await bare.refresh(refreshToken);
    expect(used.status).toBe(200);
    running.service.clock.advance('1h');
    expect(await bare.refresh(refreshTokenOf(used))).toMatchObject(REFUSED);
  });

  it('lives as long as the client record says', async () => {
    const { bare, tokens } = await aSignedInUser({ refreshTokenIdleLifetime: 60, refreshTokenLifetime: 100 });
    running.service.clock.advance('59s');
    const used = await bare.refresh(tokens.refreshToken);
    expect(used.status).toBe(200);
    running.service.clock.advance('41s');
    expect(await bare.refresh(refreshTokenOf(used))).toMatchObject(REFUSED);
  });

  it('may be used for less, and the next one is good for all again (RFC 6749 §6)', async () => {
    const { bare, tokens } = await aSignedInUser();
    const narrowed = await bare.refresh(tokens.refreshToken, { scope: 'email' });
    expect(narrowed.body).toMatchObject({ scope: 'email' });
    expect(narrowed.body).not.toHaveProperty('id_token');
    expect((await bare.introspect(String(narrowed.body['access_token']))).body).toMatchObject({ scope: 'email' });
    const whole = await bare.refresh(refreshTokenOf(narrowed));
    expect(whole.body['scope']).toBe('openid email offline_access');
  });

  it.each(['openid email phone', 'admin', 'openid  nonsense'])(
    'is never good for more than was granted: %s (RFC 6749 §6)',
    async (scope) => {
      const { bare, tokens } = await aSignedInUser();
      expect(await bare.refresh(tokens.refreshToken, { scope })).toMatchObject({
        status: 400,
        body: { error: 'invalid_scope' },
      });
      expect((await bare.refresh(tokens.refreshToken)).status).toBe(200); // it was not used up
    },
  );

  it('belongs to its client; the attempt of another does no harm (RFC 6749 §6)', async () => {
    const { bare, tokens } = await aSignedInUser();
    const other = new BareClient(running.service, await aClient(running.service));
    expect(await other.refresh(tokens.refreshToken)).toMatchObject(REFUSED);
    expect((await bare.refresh(tokens.refreshToken)).status).toBe(200);
  });

  it.each([
    ['cut short', (value: string) => value.slice(0, -1)],
    ['made longer', (value: string) => `${value}A`],
    ['in another case', (value: string) => value.toUpperCase()],
    ['with another last character', (value: string) => value.slice(0, -1) + (value.endsWith('A') ? 'Q' : 'A')],
    ['with a space behind', (value: string) => `${value} `],
    ['of another family', (value: string) => `${value.slice(0, 35)}${value[35] === '0' ? '1' : '0'}${value.slice(36)}`],
    ['nothing like one', () => 'not-a-token'],
  ])('is refused when it is %s', async (_, change) => {
    const { bare, tokens } = await aSignedInUser();
    expect(await bare.refresh(change(tokens.refreshToken))).toMatchObject(REFUSED);
    expect((await bare.refresh(tokens.refreshToken)).status).toBe(200);
  });

  it('ends with the session when offline_access was not granted (OIDC Core §11)', async () => {
    const { bare, browser, tokens } = await aSignedInUser({}, 'openid email');
    const used = await bare.refresh(tokens.refreshToken);
    expect(used.status).toBe(200);
    expect((await signOut(browser, running.service)).html.words).toContain('You have signed out');
    expect(await bare.refresh(refreshTokenOf(used))).toMatchObject(REFUSED);
    expect((await bare.userinfo(tokens.accessToken)).status).toBe(401);
  });

  it('ends with a session that nobody used for 8 hours, likewise', async () => {
    const { bare, tokens } = await aSignedInUser({}, 'openid email');
    running.service.clock.advance('8h');
    expect(await bare.refresh(tokens.refreshToken)).toMatchObject(REFUSED);
  });

  it('outlives the session with offline_access (OIDC Core §11)', async () => {
    const { bare, browser, tokens } = await aSignedInUser();
    await signOut(browser, running.service);
    const used = await bare.refresh(tokens.refreshToken);
    expect(used.status).toBe(200);
    expect((await bare.userinfo(String(used.body['access_token']))).status).toBe(200);
  });

  it('ends with a disabled user and does not come back', async () => {
    const { bare, alice, tokens } = await aSignedInUser();
    const users = running.service.app.get(UsersService, { strict: false });
    await users.update(alice.id, { status: 'disabled' });
    expect(await bare.refresh(tokens.refreshToken)).toMatchObject(REFUSED);
    await users.update(alice.id, { status: 'active' });
    expect(await bare.refresh(tokens.refreshToken)).toMatchObject(REFUSED);
  });

  it('is refused to a client that may not refresh any more (RFC 6749 §5.2)', async () => {
    const bare = new BareClient(
      running.service,
      await aClient(running.service, { grantTypes: ['authorization_code'] }),
    );
    expect(await bare.refresh('anything')).toMatchObject({ status: 400, body: { error: 'unauthorized_client' } });
  });

  it('must be there (RFC 6749 §5.2)', async () => {
    const bare = new BareClient(running.service, await aClient(running.service));
    const missing = await bare.token({ grant_type: 'refresh_token' });
    expect(missing).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
  });
});
