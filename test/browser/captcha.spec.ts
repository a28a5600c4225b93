import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CaptchaService } from '../support/captcha-service.js';
import { check } from './support/axe.js';
import { signIn } from './support/chromium.js';
import { setStage } from './support/stage.js';

describe('the question whether a person sits there, in a browser', () => {
  const env: Record<string, string | undefined> = {};
  let fake: CaptchaService;
  beforeAll(async () => {
    fake = await CaptchaService.start('the-secret-of-this-site');
    Object.assign(env, fake.env);
  });
  const stage = setStage({ env });
  afterAll(() => fake.close());

  it('comes after failures, is answered by the script of its service, and lets the right password through', async () => {
    const { visitor, site, alice } = stage;
    const { page } = visitor;
    await page.goto(site.start());
    for (let tries = 0; tries < 3; tries++) {
      await signIn(page, { ...alice, password: 'a wrong one' });
      await page.waitForSelector('#form-error');
    }
    expect(fake.asked).toEqual([]);
    await page.waitForSelector('[name=cf-turnstile-response]', { state: 'attached' });
    await check(page, 'Sign in');
    await signIn(page, alice);
    await page.waitForSelector('#consent-allow');
    expect(fake.asked.map((asked) => asked.get('secret'))).toEqual(['the-secret-of-this-site']);
  });
});
