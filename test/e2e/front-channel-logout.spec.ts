import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { ClientsService } from '#clients/index.js';
import { BareClient } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aClient, aUser, CALLBACK, type ClientWish } from '../support/given.js';
import { signOut } from '../support/signing-in.js';
import type { UserAgent, Visit } from '../support/user-agent.js';

const GOODBYE = 'https://rp.example/goodbye';
const OUT = 'https://rp.example/out';

onEveryDatabase('front-channel logout', (running) => {
  const aFramedClient = async (wish: ClientWish = {}) =>
    new BareClient(
      running.service,
      await aClient(running.service, {
        frontchannelLogoutUri: OUT,
        frontchannelLogoutSessionRequired: true,
        postLogoutRedirectUris: [GOODBYE],
        ...wish,
      }),
    );

  async function aSignedInUser(wish: ClientWish = {}) {
    const [bare, alice, browser] = [await aFramedClient(wish), await aUser(running.service), aBrowser(running.service)];
    const tokens = await bare.signIn(browser, alice);
    return { bare, alice, browser, tokens, sid: String(decodeJwt(tokens.idToken)['sid']) };
  }

  const framesOf = (page: Visit) =>
    page.html.tags.filter(({ name }) => name === 'iframe').map(({ attributes }) => attributes.get('src'));
  const wayOn = (page: Visit) => page.html.find('continue')?.attributes.get('href');
  const policyOf = (page: Visit) => page.headers.get('content-security-policy') ?? '';
  const isSignedIn = async (browser: UserAgent, bare: BareClient) =>
    (await browser.visit(bare.request({ prompt: 'none' }).url)).answer['error'] !== 'login_required';

  describe('the page after the confirmation', () => {
    it('frames the client with issuer and session, and goes on to it (OIDC Front-Channel Logout §2, §3)', async () => {
      const { bare, browser, tokens, sid } = await aSignedInUser();
      const query = { id_token_hint: tokens.idToken, post_logout_redirect_uri: GOODBYE, state: 'a b' };
      const page = await signOut(browser, running.service, query);
      expect([page.status, page.leftFor]).toEqual([200, undefined]);
      const frames = framesOf(page);
      expect(frames).toEqual([`${OUT}?${new URLSearchParams({ iss: running.service.issuer, sid }).toString()}`]);
      expect(wayOn(page)).toBe(`${GOODBYE}?state=a+b`);
      expect(await isSignedIn(browser, bare)).toBe(false);
    });

    it('goes on without scripts too, after a few seconds', async () => {
      const { browser, tokens } = await aSignedInUser();
      const query = { id_token_hint: tokens.idToken, post_logout_redirect_uri: GOODBYE };
      const page = await signOut(browser, running.service, query);
      const refresh = page.html.tags.find(({ attributes }) => attributes.get('http-equiv') === 'refresh');
      expect(refresh?.attributes.get('content')).toBe(`4;url=${GOODBYE}`);
      expect(page.html.source.slice(0, refresh?.start)).toMatch(/<noscript>$/);
      expect(wayOn(page)).toBe(GOODBYE);
    });

    it('may frame the origins of these clients alone, and run its own script alone (RFC 9700 §4.16)', async () => {
      const { alice, browser } = await aSignedInUser();
      const other = {
        frontchannelLogoutUri: 'https://b.example:8443/out',
        redirectUris: ['https://b.example:8443/cb'],
      };
      await (await aFramedClient(other)).signIn(browser, alice);
      const page = await signOut(browser, running.service);
      const policy = policyOf(page).split('; ');
      const [, sources = ''] = /^frame-src (.*)$/.exec(policy.find((one) => one.startsWith('frame-src')) ?? '') ?? [];
      expect(sources.split(' ').sort()).toEqual(['https://b.example:8443', 'https://rp.example']);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy.find((one) => one.startsWith('script-src'))).toMatch(/^script-src 'nonce-[\w-]{22}'$/);
      expect(page.headers.get('cache-control')).toBe('no-store');
      const again = await aSignedInUser();
      expect(policyOf(await signOut(again.browser, running.service))).not.toBe(policyOf(page));
    });

    it('has a frame for each client of the session that wants one, and keeps their queries', async () => {
      const { alice, browser, sid } = await aSignedInUser({ frontchannelLogoutUri: `${OUT}?a=b%20c` });
      await (
        await aFramedClient({ frontchannelLogoutUri: `${OUT}/2`, frontchannelLogoutSessionRequired: false })
      ).signIn(browser, alice);
      await new BareClient(running.service, await aClient(running.service)).signIn(browser, alice);
      await (
        await aFramedClient({ frontchannelLogoutUri: `${OUT}/elsewhere` })
      ).signIn(aBrowser(running.service), alice);
      const page = await signOut(browser, running.service);
      const session = new URLSearchParams({ iss: running.service.issuer, sid }).toString();
      expect(framesOf(page).sort()).toEqual([`${OUT}/2`, `${OUT}?a=b%20c&${session}`]);
    });

    it('leads to our own page where the client asked for no other', async () => {
      const { bare, browser } = await aSignedInUser({ clientName: 'Travel Desk', clientUri: 'https://rp.example/' });
      const page = await signOut(browser, running.service, { client_id: bare.client.clientId, ui_locales: 'zh-CN' });
      const next = wayOn(page) ?? '';
      expect(new URL(next, running.service.issuer).pathname).toBe('/oauth2/logout');
      const end = await browser.visit(new URL(next, page.url));
      expect([end.status, end.html.words]).toEqual([200, expect.stringContaining('你已退出登录')]);
      expect(end.html.words).toContain('Travel Desk');
    });
  });

  describe('there is no such page', () => {
    it('for a session without such clients: the browser goes on at once', async () => {
      const { browser, bare, alice } = await aSignedInUser();
      const plain = await aClient(running.service, { postLogoutRedirectUris: [GOODBYE] });
      const other = aBrowser(running.service);
      const tokens = await new BareClient(running.service, plain).signIn(other, alice);
      const query = { id_token_hint: tokens.idToken, post_logout_redirect_uri: GOODBYE };
      expect((await signOut(other, running.service, query)).leftFor?.href).toBe(GOODBYE);
      expect(await isSignedIn(browser, bare)).toBe(true);
    });

    it('for a client that was disabled', async () => {
      const { browser, bare } = await aSignedInUser();
      await running.service.app
        .get(ClientsService, { strict: false })
        .update(bare.client.clientId, { status: 'disabled' });
      expect(framesOf(await signOut(browser, running.service))).toEqual([]);
    });

    it('without a session, nor before the user confirmed', async () => {
      const { browser, tokens } = await aSignedInUser();
      const query = new URLSearchParams({
        id_token_hint: tokens.idToken,
        post_logout_redirect_uri: GOODBYE,
      }).toString();
      const asked = await browser.visit(running.service.url(`/oauth2/logout?${query}`));
      expect([asked.html.has('#logout-confirm'), framesOf(asked)]).toEqual([true, []]);
      const stranger = await aBrowser(running.service).visit(running.service.url(`/oauth2/logout?${query}`));
      expect(stranger.leftFor?.href).toBe(GOODBYE);
    });
  });

  it('is announced in the metadata (OIDC Front-Channel Logout §3)', async () => {
    const document: unknown = await (await fetch(running.service.url('/.well-known/openid-configuration'))).json();
    expect(document).toMatchObject({
      frontchannel_logout_supported: true,
      frontchannel_logout_session_supported: true,
    });
  });

  it('is for addresses on an origin of the client (OIDC Front-Channel Logout §2)', () => {
    const registered = running.service.app
      .get(ClientsService, { strict: false })
      .problems({ redirectUris: [CALLBACK], frontchannelLogoutUri: 'https://elsewhere.example/out' });
    expect(registered.map(({ pointer }) => pointer)).toEqual(['#/frontchannel_logout_uri']);
  });
});
