import { expect, it } from 'vitest';
import { answerOf } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aSignInReadyToHappen } from '../support/given.js';
import { RelyingParty } from '../support/relying-party.js';
import { signOut } from '../support/signing-in.js';

onEveryDatabase(
  'an issuer with a path',
  (running) => {
    const get = async (url: string) => answerOf(await fetch(url));

    it('puts one document behind the path and the other before it (OIDC Discovery §4, RFC 8414 §3.1)', async () => {
      const { issuer } = running.service;
      const { origin } = new URL(issuer);
      const [suffixed, inserted] = [
        await get(`${issuer}/.well-known/openid-configuration`),
        await get(`${origin}/.well-known/oauth-authorization-server/company/login`),
      ];
      expect([suffixed.status, inserted.status]).toEqual([200, 200]);
      expect(suffixed.body['issuer']).toBe(issuer);
      expect(inserted.text).toBe(suffixed.text);
      for (const [name, value] of Object.entries(suffixed.body)) {
        if (name.endsWith('_endpoint') || name === 'jwks_uri')
          expect(String(value).startsWith(`${issuer}/oauth2/`)).toBe(true);
      }
    });

    it('is nowhere else (RFC 8414 §3.1)', async () => {
      const { origin } = new URL(running.service.issuer);
      for (const path of [
        '/.well-known/openid-configuration',
        '/oauth2/jwks',
        '/company/oauth2/jwks',
        '/sign-in',
        '/',
      ]) {
        expect([path, (await get(`${origin}${path}`)).status]).toEqual([path, 404]);
      }
      expect((await get(`${running.service.issuer}/.well-known/oauth-authorization-server`)).status).toBe(404);
    });

    it('signs users in and out, every page and form below the path', async () => {
      const { client, alice, browser } = await aSignInReadyToHappen(running.service);
      const rp = await RelyingParty.of(running.service, client);
      const session = await rp.signIn(browser, alice, { scope: 'openid email' });
      expect(session.claims.iss).toBe(running.service.issuer);
      expect(await rp.userinfo(session)).toMatchObject({ email: alice.claims.email });
      const account = await browser.visit(`${running.service.issuer}/account/applications`);
      expect([account.status, account.url.pathname]).toEqual([200, '/company/login/account/applications']);
      expect((await signOut(browser, running.service)).html.words).toContain('You have signed out');
    });
  },
  { env: (port) => ({ ISSUER: `http://127.0.0.1:${port}/company/login` }) },
);
