import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CaptchaService } from '../support/captcha-service.js';
import { press } from '../support/form.js';
import { aBrowser, aUser, uniqueName } from '../support/given.js';
import { startService, type TestService } from '../support/start-service.js';
import type { UserAgent, Visit } from '../support/user-agent.js';

let fake: CaptchaService;

beforeAll(async () => {
  fake = await CaptchaService.start('the-secret-of-this-site');
});
afterAll(() => fake.close());
beforeEach(() => {
  fake.asked.length = 0;
  fake.broken = undefined;
  fake.hostname = undefined;
});

describe.each(['admit', 'refuse'])('a CAPTCHA with CAPTCHA_ON_OUTAGE=%s', (onOutage) => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService({
      env: { ...fake.env, CAPTCHA_ON_OUTAGE: onOutage, TRUST_PROXY: '127.0.0.1' },
    });
  });
  afterAll(() => service.close());

  let last = 0;
  const browserSomewhere = (): UserAgent => aBrowser(service, { 'x-forwarded-for': `198.20.0.${++last}` });

  /** Signs in, with the answer that the script of the service would have put into the form. */
  async function attempt(username: string, password: string, answer?: string, browser = browserSomewhere()) {
    const page = await browser.visit('/sign-in');
    const { action, entries } = press(page.html, '#sign-in', { username, password });
    const more = answer === undefined ? [] : [['cf-turnstile-response', answer] as const];
    return browser.post(new URL(action, page.url), [...entries, ...more]);
  }

  const isAsked = (page: Visit) => page.html.source.includes('data-sitekey="the-site-key"');

  async function failed(times = 3) {
    const alice = await aUser(service);
    let page: Visit | undefined;
    for (let time = 0; time < times; time++) page = await attempt(alice.username, uniqueName('wrong'));
    return { alice, page };
  }

  it('is shown only after failures, and widens the policy of the page only then (RFC 9700 §4.16)', async () => {
    const before = await browserSomewhere().visit('/sign-in');
    expect(isAsked(before)).toBe(false);
    expect(before.headers.get('content-security-policy')).not.toContain(fake.origin);
    const { page } = await failed(2);
    expect(page && isAsked(page)).toBe(false);
    const { page: after } = await failed(3);
    expect(after && isAsked(after)).toBe(true);
    const policy = after?.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(new RegExp(`script-src [^;]*${fake.origin}/api\\.js`));
    expect(policy).toMatch(new RegExp(`frame-src ${fake.origin}`));
  });

  it('is the same for a name that nobody has', async () => {
    const name = uniqueName('nobody');
    for (let time = 0; time < 3; time++) await attempt(name, uniqueName('wrong'));
    const unknown = await attempt(name, 'wrong');
    const { alice } = await failed();
    const known = await attempt(alice.username, 'wrong');
    expect([unknown.status, isAsked(unknown)]).toEqual([known.status, isAsked(known)]);
    expect(unknown.html.text('#form-error')).toBe(known.html.text('#form-error'));
  });

  it('must be answered: without it, or with an answer of a program or one used before, no password is looked at', async () => {
    const { alice } = await failed();
    for (const answer of [undefined, '', 'program-1']) {
      const page = await attempt(alice.username, alice.password, answer);
      expect([page.status, page.html.text('#form-error')]).toEqual([
        422,
        'After several failed tries, show that you are a person: answer the question below, then sign in.',
      ]);
    }
    const answer = uniqueName('person');
    expect((await attempt(alice.username, 'wrong', answer)).html.text('#form-error')).toContain("don't match");
    expect((await attempt(alice.username, alice.password, answer)).status).toBe(422);
    expect((await attempt(alice.username, alice.password, uniqueName('person'))).url.pathname).toBe('/account');
    const sent = fake.asked.at(-1);
    expect([sent?.get('secret'), sent?.get('remoteip')]).toEqual([
      'the-secret-of-this-site',
      expect.stringMatching(/^198\.20\./),
    ]);
    expect(service.logs.text).not.toContain('the-secret-of-this-site');
  });

  it('counts only where it was answered', async () => {
    const { alice } = await failed();
    fake.hostname = 'elsewhere.example';
    expect((await attempt(alice.username, alice.password, uniqueName('person'))).status).toBe(422);
    fake.hostname = new URL(service.issuer).hostname;
    expect((await attempt(alice.username, alice.password, uniqueName('person'))).url.pathname).toBe('/account');
  });

  it.each([
    ['an error', { status: 500, body: '{}' }],
    ['no verdict', { status: 200, body: 'null' }],
    ['no JSON', { status: 200, body: '<html>' }],
  ])('that the service answers with %s is decided by the setting', async (_, broken) => {
    const { alice } = await failed();
    fake.broken = broken;
    const page = await attempt(alice.username, alice.password, uniqueName('person'));
    expect(page.status).toBe(onOutage === 'admit' ? 200 : 422);
    expect(service.logs.text).toContain('the CAPTCHA service does not answer');
  });
});
