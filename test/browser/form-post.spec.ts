import { describe, expect, it } from 'vitest';
import { signIn } from './support/chromium.js';
import { setStage } from './support/stage.js';

const FORM_POST = { response_mode: 'form_post' };

describe('an answer by form', () => {
  const stage = setStage();

  it('reaches the client by itself, with the code and with every error (OAuth Form Post §2)', async () => {
    const { visitor, site, alice } = stage;
    const { page } = visitor;
    await page.goto(site.start({ ...FORM_POST, prompt: 'none' }));
    await page.waitForSelector('#outcome');
    expect(page.url()).toBe(`${site.origin}/callback`);
    expect(site.last()).toEqual({ error: 'login_required' });

    await page.goto(site.start(FORM_POST));
    await signIn(page, alice);
    await page.click('#consent-deny');
    await page.waitForSelector('#outcome');
    expect(page.url()).toBe(`${site.origin}/callback`);
    expect(site.last()).toEqual({ error: 'access_denied' });

    await page.goto(site.start(FORM_POST));
    await page.click('#consent-allow');
    await page.waitForSelector('#outcome');
    expect(page.url()).toBe(`${site.origin}/callback`);
    expect(await page.textContent('#outcome')).toBe('signed in');
  });
});

describe('an answer by form, without JavaScript', () => {
  const stage = setStage({ browser: { javaScriptEnabled: false } });

  it('reaches the client by the button, with the code and with every error (OAuth Form Post §2)', async () => {
    const { visitor, site, alice } = stage;
    const { page } = visitor;
    await page.goto(site.start({ ...FORM_POST, prompt: 'none' }));
    await page.click('#continue');
    await page.waitForSelector('#outcome');
    expect(site.last()).toEqual({ error: 'login_required' });

    await page.goto(site.start(FORM_POST));
    await signIn(page, alice);
    await page.click('#consent-allow');
    await page.click('#continue');
    await page.waitForSelector('#outcome');
    expect(page.url()).toBe(`${site.origin}/callback`);
    expect(await page.textContent('#outcome')).toBe('signed in');
  });
});
