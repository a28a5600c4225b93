import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { BareClient } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aClient, aSignInReadyToHappen, aUser } from '../support/given.js';
import { AdminApi } from '../support/admin-api.js';
import { signIn, signOut } from '../support/signing-in.js';
import { startService } from '../support/start-service.js';
import { UserAgent } from '../support/user-agent.js';

const COOKIE = 'gatehouse-op-state';
const SILENT = { prompt: 'none' };

/** What the check-session page would say to a page of the client (OIDC Session Management §3.2). */
function answerTo(sessionState: string | undefined, clientId: string, browser: UserAgent): string {
  const [digest, salt = ''] = (sessionState ?? '').split('.');
  const opState = browser.cookies.find(COOKIE)?.value ?? '';
  const expected = createHash('sha256').update(`${clientId} https://rp.example ${opState} ${salt}`).digest('hex');
  return digest === expected ? 'unchanged' : 'changed';
}

onEveryDatabase(
  'session management',
  (running) => {
    async function aSignedInUser() {
      const { client, alice, browser } = await aSignInReadyToHappen(running.service);
      const bare = new BareClient(running.service, client);
      const { answer } = await bare.obtainCode(browser, alice);
      return { bare, alice, browser, clientId: client.clientId, state: answer['session_state'] };
    }

    describe('session_state (OIDC Session Management §2, §3.2)', () => {
      it('comes with every answer, is salted anew each time, and stays good while nothing changes', async () => {
        const { bare, browser, clientId, state } = await aSignedInUser();
        expect(state).toMatch(/^[0-9a-f]{64}\.[\w-]{22}$/);
        expect(answerTo(state, clientId, browser)).toBe('unchanged');
        const { answer } = await browser.visit(bare.request(SILENT).url);
        expect(answer['code']).toBeDefined();
        expect(answer['session_state']).not.toBe(state);
        expect(answerTo(answer['session_state'], clientId, browser)).toBe('unchanged');
        expect(answerTo(state, clientId, browser)).toBe('unchanged');
      });

      it('comes with errors, and in the mode of the answer', async () => {
        const { bare, browser, clientId } = await aSignedInUser();
        const refused = await browser.visit(bare.request({ ...SILENT, prompt: 'none login' }).url);
        expect(refused.answer).toMatchObject({ error: 'invalid_request' });
        expect(answerTo(refused.answer['session_state'], clientId, browser)).toBe('unchanged');
        const form = await browser.visit(bare.request({ ...SILENT, response_mode: 'form_post' }).url);
        const field = form.html.tags.find(({ attributes }) => attributes.get('name') === 'session_state');
        expect(answerTo(field?.attributes.get('value'), clientId, browser)).toBe('unchanged');
        const stranger = aBrowser(running.service);
        const { answer } = await stranger.visit(bare.request(SILENT).url);
        expect(answer['error']).toBe('login_required');
        expect(answerTo(answer['session_state'], clientId, stranger)).toBe('unchanged');
      });

      it.each([
        [
          'the user signs out',
          async (browser: UserAgent) => {
            await signOut(browser, running.service);
          },
        ],
        [
          'the user signs in again',
          async (browser: UserAgent, { bare, alice }: Awaited<ReturnType<typeof aSignedInUser>>) => {
            await signIn(browser, await browser.visit(bare.request({ prompt: 'login' }).url), alice);
          },
        ],
        [
          'somebody else signs in',
          async (browser: UserAgent, { bare }: Awaited<ReturnType<typeof aSignedInUser>>) => {
            const bob = await aUser(running.service);
            await signIn(browser, await browser.visit(bare.request({ prompt: 'login' }).url), bob);
          },
        ],
      ])('is changed when %s', async (_title, act) => {
        const story = await aSignedInUser();
        await act(story.browser, story);
        expect(answerTo(story.state, story.clientId, story.browser)).toBe('changed');
      });

      it('is changed for a browser whose session ended elsewhere, as soon as it comes back', async () => {
        const { bare, alice, browser, clientId, state } = await aSignedInUser();
        const api = await AdminApi.of(running.service);
        for (const { id } of await api.all('/sessions', { user_id: alice.id }))
          await api.delete(`/sessions/${String(id)}`);
        const { answer } = await browser.visit(bare.request(SILENT).url);
        expect(answer['error']).toBe('login_required');
        expect(browser.cookies.find(COOKIE)).toBeUndefined();
        expect(answerTo(state, clientId, browser)).toBe('changed');
      });

      it('is not lost to a frame of another site, which brings no session cookie', async () => {
        const { bare, browser, clientId, state } = await aSignedInUser();
        const session = browser.cookies.find('gatehouse-session');
        browser.cookies.forget('gatehouse-session');
        const headers = { 'sec-fetch-dest': 'iframe' };
        const { answer } = await browser.visit(bare.request(SILENT).url, { site: 'cross-site', headers });
        expect(answer['error']).toBe('login_required');
        expect(session).toBeDefined();
        expect(answerTo(state, clientId, browser)).toBe('unchanged');
      });
    });

    it('keeps its state in a cookie for scripts that leads to no session (§3.2)', async () => {
      const { browser } = await aSignedInUser();
      const [state, session] = [browser.cookies.find(COOKIE), browser.cookies.find('gatehouse-session')];
      expect(state?.line).not.toMatch(/HttpOnly|Max-Age|Secure/i);
      expect(state?.line).toMatch(/; Path=\/(;|$)/);
      expect(state?.value).toMatch(/^[\w-]{43}$/);
      expect(state?.value).not.toBe(session?.value);
      const planted = aBrowser(running.service);
      planted.cookies.take(new URL(running.service.issuer), [`gatehouse-session=${state?.value}; Path=/`]);
      expect((await planted.visit(running.service.url('/account'))).url.pathname).toBe('/sign-in');
    });

    it('has a page that anybody may frame, and no other page is (§3.3)', async () => {
      const document = (await (await fetch(running.service.url('/.well-known/openid-configuration'))).json()) as {
        check_session_iframe: string;
      };
      expect(document.check_session_iframe).toBe(`${running.service.issuer}/oauth2/check-session`);
      const page = await fetch(document.check_session_iframe);
      const policy = page.headers.get('content-security-policy') ?? '';
      expect([page.status, page.headers.get('x-frame-options')]).toEqual([200, null]);
      expect(policy).toContain('frame-ancestors *');
      expect(policy).toContain("default-src 'none'");
      const nonce = /script-src 'nonce-([\w-]+)'/.exec(policy)?.[1];
      expect(await page.text()).toContain(`<script nonce="${nonce}">`);
      const other = await fetch(running.service.url('/oauth2/logout'));
      expect(other.headers.get('x-frame-options')).toBe('DENY');
      expect(other.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect((await fetch(document.check_session_iframe, { method: 'POST' })).status).toBe(405);
    });

    it('says nothing of applications without pages', async () => {
      const redirectUri = 'com.example.app:/cb';
      const native = await aClient(running.service, {
        redirectUris: [redirectUri],
        applicationType: 'native',
        tokenEndpointAuthMethod: 'none',
      });
      const { answer } = await new BareClient(running.service, native).obtainCode(
        aBrowser(running.service),
        await aUser(running.service),
      );
      expect(answer).not.toHaveProperty('session_state');
    });
  },
  { env: { SESSION_MANAGEMENT: 'on' } },
);

onEveryDatabase('without session management', (running) => {
  it('there is no page, no state and no cookie', async () => {
    const { client, alice, browser } = await aSignInReadyToHappen(running.service);
    const { answer } = await new BareClient(running.service, client).obtainCode(browser, alice);
    expect(answer).not.toHaveProperty('session_state');
    expect(browser.cookies.find(COOKIE)).toBeUndefined();
    expect((await fetch(running.service.url('/oauth2/check-session'))).status).toBe(404);
    const document: unknown = await (await fetch(running.service.url('/.well-known/openid-configuration'))).json();
    expect(document).not.toHaveProperty('check_session_iframe');
  });
});

describe('session management on an https issuer', () => {
  it('has a cookie that frames of other sites get (RFC 6265bis §5.6)', async () => {
    let port = 0;
    const service = await startService({
      env: (free) => {
        port = free;
        const SECRET_KEYS = Buffer.alloc(32, 5).toString('base64url');
        return { ISSUER: 'https://login.test', SECRET_KEYS, SESSION_MANAGEMENT: 'on', TRUST_PROXY: '127.0.0.1' };
      },
    });
    try {
      const { client, alice } = await aSignInReadyToHappen(service);
      const headers = { 'x-forwarded-proto': 'https' };
      const browser = new UserAgent(service.issuer, { connectTo: `http://127.0.0.1:${port}`, headers });
      const bare = new BareClient(service, client);
      const { answer } = await bare.obtainCode(browser, alice);
      const cookie = browser.cookies.find(COOKIE);
      expect(cookie?.name).toBe(`__Host-${COOKIE}`);
      expect(cookie?.line).toMatch(/; SameSite=None; Secure$/);
      expect(answerTo(answer['session_state'], client.clientId, browser)).toBe('unchanged');
    } finally {
      await service.close();
    }
  });
});
