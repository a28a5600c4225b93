import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ClientsService } from '#clients/index.js';
import { aClient, type GivenClient } from '../support/given.js';
import { BareClient } from '../support/bare-client.js';
import { aVisitor, signIn } from './support/chromium.js';
import { setStage } from './support/stage.js';

describe('signing out at applications in a browser', () => {
  const stage = setStage();
  // Takes requests and never answers them.
  const stuck = createServer((request, response) => {
    if (request.url?.startsWith('/callback') === true) response.end('signed in');
  });
  let stuckClient: GivenClient;

  beforeAll(async () => {
    await new Promise<void>((resolve) => stuck.listen(0, 'localhost', resolve));
    const origin = `http://localhost:${(stuck.address() as AddressInfo).port}`;
    stuckClient = await aClient(stage.service, {
      redirectUris: [`${origin}/callback`],
      frontchannelLogoutUri: `${origin}/out`,
    });
  });
  afterAll(async () => {
    stuck.closeAllConnections();
    await new Promise((resolve) => stuck.close(resolve));
  });
  beforeEach(async () => {
    const { service, site } = stage;
    await service.app.get(ClientsService, { strict: false }).update(site.client.clientId, {
      frontchannelLogoutUri: `${site.origin}/out?kept=1`,
      frontchannelLogoutSessionRequired: true,
    });
  });

  async function signedIn(page: Page): Promise<void> {
    const { site, alice } = stage;
    await page.goto(site.start());
    await signIn(page, alice);
    await page.click('#consent-allow');
    await page.waitForURL(`${site.origin}/callback**`);
  }

  /** Confirms the sign-out, and answers what was asked of the application until the browser is back there. */
  async function signedOut(page: Page): Promise<string[]> {
    const { site } = stage;
    const asked: string[] = [];
    page.on('requestfinished', (request) => asked.push(request.url()));
    await page.goto(site.signOut);
    await page.click('#logout-confirm');
    await page.waitForURL(`${site.origin}/goodbye?state=bye`);
    return asked.filter((url) => /\/(?:out|goodbye)\?/.test(url));
  }

  it('loads the frame with issuer and session, and then goes on (OIDC Front-Channel Logout §2, §3)', async () => {
    const { visitor, site, service } = stage;
    await signedIn(visitor.page);
    const asked = await signedOut(visitor.page);
    const session = new URLSearchParams({ iss: service.issuer, sid: site.last().claims?.['sid'] as string });
    const out = `${site.origin}/out?kept=1&${session.toString()}`;
    expect(asked).toEqual([out, `${site.origin}/goodbye?state=bye`]);
  });

  it('goes on when an application does not answer', async () => {
    const { visitor, site } = stage;
    const { page } = visitor;
    await signedIn(page);
    await page.goto(new BareClient(stage.service, stuckClient).request().url);
    await page.click('#consent-allow');
    await page.waitForURL(/\/callback\?/);
    expect((await signedOut(page)).at(-1)).toBe(`${site.origin}/goodbye?state=bye`);
  });

  it('goes on without scripts', async () => {
    const visitor = await aVisitor(stage.browser, { javaScriptEnabled: false });
    await signedIn(visitor.page);
    const asked = await signedOut(visitor.page);
    expect(asked.map((url) => new URL(url).pathname)).toEqual(['/out', '/goodbye']);
    await visitor.close();
  });
});
