import { expect, it } from 'vitest';
import { BareClient, secret, s256 } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aPublicClient, aSignInReadyToHappen, aUser } from '../support/given.js';

onEveryDatabase('proof key for code exchange', (running) => {
  it.each([
    ['no challenge', { code_challenge: undefined, code_challenge_method: undefined }],
    ['no method, which means plain', { code_challenge_method: undefined }],
    ['plain', { code_challenge_method: 'plain' }],
    ['a method in another case', { code_challenge_method: 's256' }],
    ['a method without a challenge', { code_challenge: undefined }],
    ['a challenge of 42 characters', { code_challenge: 'a'.repeat(42) }],
    ['a challenge of 44 characters', { code_challenge: 'a'.repeat(44) }],
    ['a padded challenge', { code_challenge: `${'a'.repeat(42)}=` }],
    ['a challenge that is not base64url', { code_challenge: `${'a'.repeat(42)}+` }],
  ])('refuses a request with %s (RFC 7636 §4.4.1, RFC 9700 §2.1.1)', async (_, wish) => {
    const { client, alice, browser } = await aSignInReadyToHappen(running.service);
    const { answer } = await new BareClient(running.service, client).ask(browser, alice, wish);
    expect(answer).toMatchObject({ error: 'invalid_request', iss: running.service.issuer });
    expect(answer).not.toHaveProperty('code');
  });

  it('is needed by public clients whatever they send (RFC 9700 §2.1.1)', async () => {
    const bare = new BareClient(running.service, await aPublicClient(running.service));
    const without = { code_challenge: undefined, code_challenge_method: undefined };
    const { answer } = await bare.ask(aBrowser(running.service), await aUser(running.service), without);
    expect(answer['error']).toBe('invalid_request');
  });

  it.each([
    ['missing', undefined],
    ['wrong', 'w'.repeat(43)],
    ['the challenge itself', 'challenge'],
    ['too short', 'w'.repeat(42)],
    ['full of other characters', 'ä'.repeat(43)],
  ])('refuses a redemption whose verifier is %s (RFC 7636 §4.6)', async (_, verifier) => {
    const { client, alice, browser } = await aSignInReadyToHappen(running.service);
    const bare = new BareClient(running.service, client);
    const obtained = await bare.obtainCode(browser, alice);
    const sent = verifier === 'challenge' ? s256(obtained.verifier) : verifier;
    expect(await bare.redeem(obtained, { code_verifier: sent })).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    });
  });

  it('takes verifiers of 43 to 128 characters of the unreserved set (RFC 7636 §4.1)', async () => {
    const { client, alice, browser } = await aSignInReadyToHappen(running.service);
    const bare = new BareClient(running.service, client);
    for (const verifier of ['v'.repeat(43), `~._-${'9'.repeat(124)}`]) {
      const obtained = await bare.obtainCode(browser, alice, { code_challenge: s256(verifier) });
      expect((await bare.redeem({ ...obtained, verifier })).status).toBe(200);
    }
  });

  it('refuses a verifier for a code without challenge: somebody removed it (RFC 9700 §4.8.2)', async () => {
    const { client, alice, browser } = await aSignInReadyToHappen(running.service, { requirePkce: false });
    const bare = new BareClient(running.service, client);
    const without = { code_challenge: undefined, code_challenge_method: undefined };
    const obtained = await bare.obtainCode(browser, alice, without);
    const refused = await bare.redeem(obtained, { code_verifier: secret() });
    expect(refused).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it('may be left out, or used, by a confidential client whose record says so (RFC 9700 §2.1.1)', async () => {
    const { client, alice, browser } = await aSignInReadyToHappen(running.service, { requirePkce: false });
    const bare = new BareClient(running.service, client);
    await bare.signIn(browser, alice, { code_challenge: undefined, code_challenge_method: undefined });
    const obtained = await bare.obtainCode(browser, alice);
    expect((await bare.redeem(obtained, { code_verifier: undefined })).body['error']).toBe('invalid_grant');
  });
});
