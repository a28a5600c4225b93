import { describe, expect, it } from 'vitest';
import { BareClient } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aUser, CALLBACK } from '../support/given.js';
import { givenFrom, manageItself, registerItself, selfRegistered, sendable } from '../support/self-registered.js';
import { signIn, signOut } from '../support/signing-in.js';
import type { Visit } from '../support/user-agent.js';

const SCRIPT = '"><script>alert(1)</script><img src=x onerror=alert(1)>';

/** Places that lead somewhere else than they seem to, or run something. */
const BAD_URIS: readonly string[] = [
  'javascript:alert(1)',
  'JaVaScRiPt://rp.example/%0aalert(1)',
  'data:text/html,x',
  'vbscript:x',
  'file:///etc/passwd',
  'blob:https://rp.example/x',
  'https://rp.example"onload="x',
  "https://rp.example/'><script>",
  'https://rp.example;script-src *',
  'https://rp.example,evil.example/',
  'https://*.example/',
  'https://rp.example\\@evil.example/',
  'https://user:password@rp.example/',
  'https://rp.example/a b',
  'https://rp.example/\r\nset-cookie: a=b',
  'https://rp.example/x#y',
  'https://rp.example/../x',
  'https://',
  '//rp.example/',
  '/account',
  'http://rp.example/',
];

const SINGLE = [
  'client_uri',
  'logo_uri',
  'policy_uri',
  'tos_uri',
  'jwks_uri',
  'initiate_login_uri',
  'backchannel_logout_uri',
  'frontchannel_logout_uri',
  'sector_identifier_uri',
];
const LISTS = ['redirect_uris', 'post_logout_redirect_uris', 'request_uris'];

/** What only the company decides. */
const NOT_ITS_OWN: Readonly<Record<string, unknown>> = {
  first_party: true,
  consent: 'skip',
  vetted: true,
  status: 'active',
  self_registered: false,
  require_pkce: false,
  access_token_lifetime: 999_999,
  refresh_token_rotation: 'static',
  allowed_groups: ['administrators'],
  client_id: 'gatehouse',
  client_secret: 'x'.repeat(64),
};

onEveryDatabase(
  'attacks by clients that register themselves (RFC 7591 §5, RFC 9700 §4.11, §4.15, §4.16)',
  (running) => {
    const policyOf = ({ headers }: Visit): string => headers.get('content-security-policy') ?? '';

    /** Nothing on a page is anybody else's: no script, no handler, no source from outside. */
    const expectHarmless = (page: Visit): void => {
      const { tags } = page.html;
      expect(tags.filter(({ name }) => name === 'script').every(({ attributes }) => attributes.has('nonce'))).toBe(
        true,
      );
      const handlers = tags.flatMap(({ attributes }) => [...attributes.keys()].filter((name) => name.startsWith('on')));
      expect(handlers).toEqual([]);
      const links = tags.map(({ attributes }) => attributes.get('href') ?? '');
      expect(links.filter((href) => /^(?!https?:|\/(?!\/)|#|$)/.test(href))).toEqual([]);
      expect(policyOf(page)).toMatch(/^default-src 'none'/);
      expect(policyOf(page)).not.toMatch(/unsafe|\*|evil/);
    };

    it.each([...SINGLE, ...LISTS])('%s leads nowhere but to a web page of somebody', async (member) => {
      const taken: string[] = [];
      for (const uri of BAD_URIS) {
        // The fragment of a request_uri is no part of the place (OIDC Core §6.2).
        if (member === 'request_uris' && uri.includes('#')) continue;
        const { status } = await registerItself(running.service, { [member]: LISTS.includes(member) ? [uri] : uri });
        if (status !== 400) taken.push(uri);
      }
      expect(taken).toEqual([]);
    });

    it('a frame of a sign-out is of an origin that the client has already (OIDC Front-Channel Logout §2)', async () => {
      for (const frontchannel_logout_uri of [
        running.service.issuer,
        'https://rp.example:8443/',
        'https://evil.example/',
      ]) {
        expect((await registerItself(running.service, { frontchannel_logout_uri })).status).toBe(400);
      }
    });

    it('a name is a text on every page and in every header, whatever is in it', async () => {
      const frontchannel_logout_uri = "https://rp.example/out?a='%22%3E%3Cscript%3E;script-src";
      const answer = await selfRegistered(running.service, { client_name: SCRIPT, frontchannel_logout_uri });
      const bare = new BareClient(running.service, givenFrom(answer));
      const [browser, alice] = [aBrowser(running.service), await aUser(running.service)];
      const page = await browser.visit(bare.request({ login_hint: SCRIPT, ui_locales: SCRIPT }).url);
      expectHarmless(page);
      const consent = await signIn(browser, page, alice);
      expectHarmless(consent);
      expect(consent.html.words).toContain('<script>alert(1)</script>');
      expect((await browser.submit(consent, '#consent-allow')).answer).toHaveProperty('code');
      expectHarmless(await browser.visit('/account/applications'));
      const frames = await signOut(browser, running.service);
      expectHarmless(frames);
      const [frame] = frames.html.tags.filter(({ name }) => name === 'iframe');
      expect(frame?.attributes.get('src')).toBe(frontchannel_logout_uri);
      expect(frame?.attributes.get('sandbox')).toBe('allow-scripts allow-same-origin');
      expect(policyOf(frames).match(/frame-src [^;]*/)?.[0]).toBe('frame-src https://rp.example');
    });

    it('nothing is taken that the company decides, when it registers or later (RFC 7591 §2, RFC 7592 §2.2)', async () => {
      const answer = await selfRegistered(running.service, NOT_ITS_OWN);
      expect(answer['client_id']).not.toBe('gatehouse');
      expect(answer['client_secret']).not.toBe('x'.repeat(64));
      const { client_id: _id, client_secret: _secret, ...others } = NOT_ITS_OWN;
      const changed = await manageItself(answer, 'PUT', { ...sendable(answer), ...others });
      expect(changed.status).toBe(200);
      const bare = new BareClient(running.service, givenFrom({ ...answer, ...changed.body }));
      const [browser, alice] = [aBrowser(running.service), await aUser(running.service)];
      const consent = await signIn(browser, await browser.visit(bare.request().url), alice);
      expect(consent.html.has('#consent-allow')).toBe(true);
    });

    describe('a registration access token', () => {
      it('opens the record of its own client alone, in no other place (RFC 7592 §2)', async () => {
        const [own, other] = [await selfRegistered(running.service), await selfRegistered(running.service)];
        const token = own['registration_access_token'];
        for (const method of ['GET', 'DELETE', 'PUT']) {
          const body = method === 'PUT' ? { ...sendable(other) } : undefined;
          const { status } = await manageItself({ ...other, registration_access_token: token }, method, body);
          expect([method, status]).toEqual([method, 401]);
        }
        const headers = { authorization: `Bearer ${String(token)}` };
        for (const path of ['/oauth2/userinfo', '/api/v1/clients']) {
          expect((await fetch(running.service.url(path), { headers })).status).toBe(401);
        }
        expect((await manageItself(other, 'GET')).status).toBe(200);
      });

      it('turns a record into that of no other client (RFC 7592 §2.2)', async () => {
        const [own, other] = [await selfRegistered(running.service), await selfRegistered(running.service)];
        const body = { ...sendable(own), client_id: other['client_id'], redirect_uris: ['https://evil.example/cb'] };
        expect((await manageItself(own, 'PUT', body)).status).toBe(400);
        expect((await manageItself(other, 'GET')).body['redirect_uris']).toEqual([CALLBACK]);
      });
    });
  },
  { env: { CLIENT_REGISTRATION: 'open', CLIENT_REGISTRATION_RATE: '10000' } },
);
