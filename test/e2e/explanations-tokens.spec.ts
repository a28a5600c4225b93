import { expect, it } from 'vitest';
import { GroupsService } from '#users/index.js';
import { AdminApi } from '../support/admin-api.js';
import { BareClient } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { Explainer } from '../support/explained.js';
import {
  aBrowser,
  aClient,
  aMachine,
  anApi,
  aPublicClient,
  aSignInReadyToHappen,
  aUser,
  uniqueName,
} from '../support/given.js';
import { signOut } from '../support/signing-in.js';

onEveryDatabase('what a support code tells of a code or a token that was refused', (running) => {
  const explainer = new Explainer(() => running.service);

  async function aCode(wish: Parameters<typeof aClient>[1] = {}) {
    const { client, alice, browser } = await aSignInReadyToHappen(running.service, wish);
    const bare = new BareClient(running.service, client);
    return { bare, alice, browser, obtained: await bare.obtainCode(browser, alice) };
  }

  it('whose verifier does not fit (RFC 7636 §4.6)', async () => {
    const { bare, obtained } = await aCode();
    const verifier = 'v'.repeat(43);
    const mismatch = await explainer.of(await bare.redeem({ ...obtained, verifier }));
    expect(mismatch).toMatchObject({
      client_id: bare.client.clientId,
      error: 'invalid_grant',
      clause: 'RFC 7636 §4.6',
      explanation: 'The code_verifier does not fit the code_challenge: it is that of another request.',
    });
    expect(JSON.stringify(mismatch)).not.toContain(verifier);
    expect(await explainer.words(await bare.redeem(obtained, { code_verifier: 'short' }))).toBe(
      'The code_verifier has 5 characters; it must have 43 to 128.',
    );
    expect(await explainer.words(await bare.redeem(obtained, { code_verifier: undefined }))).toBe(
      'The code_verifier is missing; the authorization request had a code_challenge.',
    );
  });

  it('whose code had no challenge (RFC 9700 §4.8.2)', async () => {
    const { client, alice, browser } = await aSignInReadyToHappen(running.service, { requirePkce: false });
    const bare = new BareClient(running.service, client);
    const plain = { code_challenge: undefined, code_challenge_method: undefined };
    const obtained = await bare.obtainCode(browser, alice, plain);
    expect(await explainer.words(await bare.redeem(obtained, { code_verifier: 'v'.repeat(43) }))).toBe(
      'A code_verifier was sent although the authorization request had no code_challenge.',
    );
  });

  it('which expired, was used before, or was never there (RFC 6749 §4.1.2)', async () => {
    const { bare, alice, browser, obtained } = await aCode();
    expect(await explainer.words(await bare.redeem({ ...obtained, code: 'x' }))).toBe(
      'There is no such code: it was never issued here, or it is long gone.',
    );
    expect((await bare.redeem(obtained)).status).toBe(200);
    expect(await explainer.words(await bare.redeem(obtained))).toBe(
      'The code was redeemed before; what it yielded has ended.',
    );
    const late = await bare.obtainCode(browser, alice);
    running.service.clock.advance('61s');
    expect(await explainer.words(await bare.redeem(late))).toBe('The code has expired.');
  });

  it('of another client, or another redirect_uri (RFC 6749 §4.1.3)', async () => {
    const { bare, obtained } = await aCode();
    const other = new BareClient(running.service, await aClient(running.service));
    expect(await explainer.words(await other.redeem(obtained))).toBe(
      'The code was issued to another client than the one that redeems it.',
    );
    expect(await explainer.words(await bare.redeem(obtained, { redirect_uri: 'https://rp.example/other' }))).toBe(
      'The redirect_uri https://rp.example/other differs at character 20 from https://rp.example/callback of the authorization request.',
    );
    expect(await explainer.words(await bare.redeem(obtained, { redirect_uri: undefined }))).toBe(
      'The redirect_uri is missing; the authorization request had https://rp.example/callback.',
    );
  });

  it('a refresh token that was used, has expired, or is unknown or another client’s (RFC 6749 §6)', async () => {
    const { client, alice, browser } = await aSignInReadyToHappen(running.service, { refreshTokenLifetime: 3600 });
    const bare = new BareClient(running.service, client);
    const scope = 'openid offline_access';
    const { refreshToken } = await bare.signIn(browser, alice, { scope });
    expect(await explainer.words(await bare.refresh('no-such-token'))).toBe(
      'There is no such refresh token: it was never issued here, or it is long gone.',
    );
    const other = new BareClient(running.service, await aClient(running.service));
    expect(await explainer.words(await other.refresh(refreshToken))).toBe("The refresh token is another client's.");
    const { body } = await bare.refresh(refreshToken);
    await bare.refresh(String(body['refresh_token']));
    expect(await explainer.words(await bare.refresh(refreshToken))).toBe(
      'The refresh token was used before and has a successor; all that came of it has ended.',
    );
    const { refreshToken: late } = await bare.signIn(browser, alice, { scope });
    running.service.clock.advance('2h');
    expect(await explainer.words(await bare.refresh(late))).toBe('The refresh token has expired.');
  });

  it('a refresh token whose user signed out or left the group, or which was revoked', async () => {
    const { client, alice, browser } = await aSignInReadyToHappen(running.service);
    const bare = new BareClient(running.service, client);
    const online = await bare.signIn(browser, alice);
    await signOut(browser, running.service);
    const ended = 'What the user granted has ended: it was revoked or withdrawn, or it ran out.';
    expect(await explainer.words(await bare.refresh(online.refreshToken))).toBe(ended);
    const bob = await aUser(running.service);
    const offline = await bare.signIn(aBrowser(running.service), bob, { scope: 'openid offline_access' });
    await bare.revoke(offline.refreshToken);
    expect(await explainer.words(await bare.refresh(offline.refreshToken))).toBe(ended);
    const carol = await aUser(running.service);
    const hers = await bare.signIn(aBrowser(running.service), carol, { scope: 'openid offline_access' });
    const api = await AdminApi.of(running.service, ['clients:write']);
    const group = uniqueName('payroll');
    await running.service.app.get(GroupsService, { strict: false }).create({ name: group });
    const narrowed = await api.patch(`/clients/${client.clientId}`, { allowed_groups: [group] });
    expect([narrowed.status, narrowed.text]).toEqual([200, expect.any(String)]);
    expect(await explainer.words(await bare.refresh(hers.refreshToken))).toBe(
      `The user is not in a group that may use the client any more: ${group}.`,
    );
  });

  it('a grant type or scope that the client may not use (RFC 6749 §5.2)', async () => {
    const orders = await anApi(running.service);
    const machine = new BareClient(running.service, await aMachine(running.service, orders.scopes));
    expect(await explainer.words(await machine.refresh('x'))).toBe(
      'The grant_type is refresh_token; the client is registered for client_credentials.',
    );
    expect(await explainer.words(await machine.token({ grant_type: 'password' }))).toMatch(
      /^The grant_type is password; this service knows authorization_code, /,
    );
    expect(await explainer.words(await machine.token({}))).toBe('The parameter grant_type is missing.');
    expect(await explainer.words(await machine.ownToken({ scope: 'openid' }))).toBe(
      `The client asked for openid, which is beyond what is open to it here: ${orders.scopes.join(', ')}.`,
    );
    expect(await explainer.words(await machine.ownToken({ resource: 'https://x.example/api?hush' }))).toBe(
      `The resource https://x.example/api is unknown, or the client may ask for no scope of it; open to it: ${orders.identifier}.`,
    );
    expect(await explainer.words(await machine.ownToken({ resource: [orders.identifier, 'https://x.example'] }))).toBe(
      `A token is for one resource, and several are meant: ${orders.identifier}, https://x.example. Name one with the resource parameter.`,
    );
    const open = await aPublicClient(running.service, { scope: [...orders.scopes] });
    expect(await explainer.words(await new BareClient(running.service, open).ownToken())).toMatch(
      /^The grant_type is client_credentials; the client is registered for /,
    );
  });

  it('a wider scope than was granted, or a resource beyond it (RFC 6749 §6, RFC 8707 §2.2)', async () => {
    const { client, alice, browser } = await aSignInReadyToHappen(running.service);
    const bare = new BareClient(running.service, client);
    const { refreshToken } = await bare.signIn(browser, alice, { scope: 'openid' });
    expect(await explainer.words(await bare.refresh(refreshToken, { scope: 'openid email' }))).toBe(
      'The client asked for email, which is beyond what is open to it here: openid.',
    );
    expect(await explainer.words(await bare.refresh(refreshToken, { resource: 'https://x.example/api' }))).toBe(
      'The resource https://x.example/api is unknown, or the client may ask for no scope of it.',
    );
  });
});
