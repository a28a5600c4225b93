import { expect, it } from 'vitest';
import { RecoveryCodes } from '#authentication/index.js';
import { BareClient } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aSignInReadyToHappen, aUser } from '../support/given.js';
import { downloadOwnData } from '../support/own-data-file.js';
import { signIn } from '../support/signing-in.js';

const EXPORT = '/account/export';

onEveryDatabase('the own data', (running) => {
  it('asks strangers to sign in, by GET and POST', async () => {
    const stranger = aBrowser(running.service);
    expect((await stranger.visit(EXPORT)).url.pathname).toBe('/sign-in');
    expect((await stranger.post(EXPORT, { csrf: 'x' })).url.pathname).toBe('/sign-in');
  });

  it('is one file with all that is kept, and no secret', async () => {
    const { client, alice, browser } = await aSignInReadyToHappen(running.service, { clientName: 'Travel Desk' });
    await new BareClient(running.service, client).signIn(browser, alice, { scope: 'openid email' });
    const codes = await running.service.app.get(RecoveryCodes, { strict: false }).renew(alice.id);
    const answer = await downloadOwnData(browser, await browser.visit(EXPORT));
    expect([answer.status, answer.headers.get('content-disposition')]).toEqual([
      200,
      'attachment; filename="account.json"',
    ]);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const text = await answer.text();
    const data = JSON.parse(text) as Record<string, unknown>;
    expect(data).toMatchObject({
      issuer: running.service.issuer,
      profile: { id: alice.id, username: alice.username, claims: alice.claims, groups: [] },
      password: { set: true },
      recovery_codes: { unused: codes.length },
      sessions: [
        {
          amr: ['pwd'],
          address: '127.0.0.1',
          applications: [{ client_id: client.clientId, name: 'Travel Desk' }],
        },
      ],
      applications: [{ client_id: client.clientId, name: 'Travel Desk', allowed_by: 'user' }],
      linked_sign_ins: [],
      passkeys: [],
    });
    expect(data['history']).toEqual(
      expect.arrayContaining([expect.objectContaining({ name: 'user.signed_in', by: 'user', address: '127.0.0.1' })]),
    );
    for (const secret of [alice.password, ...codes, '$argon2']) expect(text).not.toContain(secret);
  });

  it('is handed out right after a sign-in only, and to forms of its own page only (RFC 9700 §4.7)', async () => {
    const [alice, browser] = [await aUser(running.service), aBrowser(running.service)];
    const page = await signIn(browser, await browser.visit(EXPORT), alice);
    expect((await browser.post(EXPORT, { csrf: 'forged' })).status).toBe(400);
    running.service.clock.advance('6m');
    const asked = await downloadOwnData(browser, page);
    expect([asked.status, asked.headers.get('location')]).toEqual([
      303,
      '/sign-in?return_to=%2Faccount%2Fexport&again=1',
    ]);
  });
});
