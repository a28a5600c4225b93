import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ClientsService } from '#clients/index.js';
import { freePort, startService, type TestService } from '../support/start-service.js';
import { aVisitor, signIn, startChromium } from './support/chromium.js';

const file = (path: string): string => fileURLToPath(new URL(`../../examples/${path}`, import.meta.url));
const ALICE = { username: 'alice', password: 'alice-demo-password' };

describe('the demonstration: its seed, and the application that signs in through passport-oauth2', () => {
  let service: TestService;
  let browser: Browser;
  let application: ChildProcess;
  let origin: string;

  beforeAll(async () => {
    [service, browser] = await Promise.all([
      startService({ env: { SEED_FILE: file('demo/seed.yaml') } }),
      startChromium(),
    ]);
    origin = `http://localhost:${await freePort()}`;
    // The seed says port 3001, which somebody may be using on this machine.
    await service.app.get(ClientsService, { strict: false }).update('demo-app', {
      redirectUris: [`${origin}/callback`],
      postLogoutRedirectUris: [`${origin}/`],
    });
    application = spawn(process.execPath, [file('relying-party/server.js')], {
      env: { ...process.env, ISSUER: service.issuer, ORIGIN: origin, PORT: new URL(origin).port },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (application.stdout !== null) await once(application.stdout, 'data');
  });
  afterAll(async () => {
    application.kill();
    await browser.close();
    await service.close();
  });

  it('signs alice in, shows her claims and tokens, refreshes, calls the API and signs out', async () => {
    const { page, complaints, close } = await aVisitor(browser);
    await page.goto(origin);
    await page.click('#sign-in');
    await signIn(page, ALICE);
    // The required scope of the API is shown without a box, the optional one has one.
    expect(await page.locator('.scope', { hasText: 'Read your notes' }).locator('input').count()).toBe(0);
    await page.uncheck('input[name=scope][value="notes:write"]');
    await page.click('#consent-allow');
    await page.waitForURL(`${origin}/`);
    expect(await page.textContent('#greeting')).toBe('Hello, Alice');
    const names = await page.locator('#user-info dt').allInnerTexts();
    expect(names).toEqual(
      expect.arrayContaining(['sub', 'name', 'email', 'email_verified', 'address', 'phone_number', 'updated_at']),
    );
    expect(await page.locator('details').allInnerTexts()).toHaveLength(3);

    await page.click('#read-notes');
    expect(await page.textContent('#note')).toContain('answered 200');
    await page.click('#add-note');
    expect(await page.textContent('#note')).toContain('answered 403');
    await page.click('#refresh');
    expect(await page.textContent('#note')).toContain('The tokens are new');

    await page.click('#sign-out');
    await page.click('#logout-confirm');
    await page.waitForURL(`${origin}/`);
    expect(await page.textContent('h1')).toBe('Welcome');
    expect(complaints).toEqual([]);
    await close();
  });

  it('says so when the user denies', async () => {
    const { page, close } = await aVisitor(browser);
    await page.goto(`${origin}/sign-in?prompt=consent`);
    await signIn(page, ALICE);
    await page.click('#consent-deny');
    await page.waitForURL(`${origin}/**`);
    expect(await page.locator('main').innerText()).toContain('You said no');
    await close();
  });
});
