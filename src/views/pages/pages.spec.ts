import { describe, expect, it } from 'vitest';
import { CATALOGUES } from '../messages/index.js';
import { LOCALES } from '../negotiate-locale.js';
import { consent, SAMPLE_PAGES } from '../sample-pages.spec-support.js';
import { account, acmeViews, client, form, hostileClient } from '../sample-parts.spec-support.js';
import { SAMPLE_FACTOR_PAGES } from '../sample-factor-pages.spec-support.js';
import { ApiDocsPage } from './admin/api-docs.page.js';
import { SetUpPage } from './admin/set-up.page.js';
import { ConsentPage } from './interaction/consent.page.js';
import { SelectAccountPage } from './interaction/select-account.page.js';
import { SignInPage, type SignInModel } from './interaction/sign-in.page.js';
import { ErrorPage } from './protocol/error.page.js';
import { LogoutConfirmPage } from './protocol/logout-confirm.page.js';
import { SigningOutPage } from './protocol/signing-out.page.js';
import { SignedOutPage } from './protocol/signed-out.page.js';

const views = acmeViews();
const cases = LOCALES.flatMap((locale) =>
  [...SAMPLE_PAGES, ...SAMPLE_FACTOR_PAGES].map(([name, render]) => ({ name, locale, html: render(views, locale) })),
);
const signIn = (model: Partial<SignInModel> = {}) =>
  views.render(SignInPage, { ...form, canCancel: true, ...model }, 'en');
const count = (html: string, text: string) => html.split(text).length - 1;

describe.each(cases)('page $name in $locale', ({ html, locale }) => {
  it('says its language and has one heading of the first level', () => {
    expect(html).toMatch(new RegExp(`^<!DOCTYPE html><html lang="${locale}" dir="ltr">`));
    expect(html.match(/<h1[ >]/g)).toHaveLength(1);
    expect(html).toMatch(/<title>\S[^<]*Acme<\/title>/);
  });

  it('needs nothing but its style sheet: no script but that of passkeys, no inline style, no handler', () => {
    const without = html.replace(
      /<script src="https:\/\/acme\.test\/login\/assets\/passkey\.\w{16}\.js" defer><\/script>/,
      '',
    );
    expect(without).not.toMatch(/<script|<style|\sstyle=|\son[a-z]+="/i);
    expect(html).toMatch(/<link rel="stylesheet" href="\/login\/assets\/style\.[A-Za-z0-9]{16}\.css"\/>/);
  });

  it('leaves no word out', () => {
    expect(html).not.toMatch(/undefined|\[object|NaN|Invalid Date|\bnull\b/);
    expect(html).not.toMatch(/<(h1|h2|h3|p|label|button|legend|summary)[^>]*><\/\1>/);
  });

  it('uses each id once, and only ids that exist', () => {
    const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const used = [...html.matchAll(/\s(?:for|aria-describedby|form)="([^"]+)"/g)].flatMap(([, list]) =>
      (list ?? '').split(' '),
    );
    expect(ids).toEqual(expect.arrayContaining(used));
  });

  it('stays under 30 KB and posts every form with its token', () => {
    expect(Buffer.byteLength(html)).toBeLessThan(30_000);
    expect(count(html, '<form method="post"')).toBe(count(html, '<input type="hidden" name="csrf" value="csrf-token"'));
  });
});

describe('the two languages', () => {
  it('differ in every text', () => {
    const texts = (value: unknown): string[] =>
      typeof value === 'string'
        ? [value]
        : typeof value === 'object' && value !== null
          ? Object.values(value).flatMap(texts)
          : [];
    const english = new Set(texts(CATALOGUES.en));
    expect(texts(CATALOGUES['zh-CN']).filter((text) => english.has(text))).toEqual(['ltr']);
  });
});

describe('sign-in page', () => {
  it('carries the ids, names and words that scripts rely on', () => {
    const html = signIn({ username: 'alice', client });
    expect(html).toContain('<h1>Sign in</h1>');
    expect(html).toMatch(/<input[^>]*id="username"[^>]*name="username"[^>]*value="alice"/);
    expect(html).toMatch(/<input type="password"[^>]*id="password"[^>]*name="password"/);
    expect(html).toMatch(/<button type="submit"[^>]*id="sign-in" name="action" value="sign-in"/);
    expect(html).toMatch(/<button type="submit"[^>]*id="cancel" name="action" value="cancel" formnovalidate/i);
  });

  it('signs in on Enter: the first button of the form is not Cancel', () => {
    const html = signIn();
    expect(html.indexOf('id="sign-in"')).toBeLessThan(html.indexOf('id="cancel"'));
  });

  it('offers Cancel only where there is something to go back to', () => {
    expect(signIn({ canCancel: false })).not.toContain('id="cancel"');
  });

  it('never puts a password back', () => {
    const html = signIn({ username: 'alice', error: { kind: 'refused' } });
    expect(html).not.toMatch(/<input type="password"[^>]*value=/);
  });

  it('says the same for every refused attempt, in a summary that takes the focus', () => {
    const html = signIn({ username: 'alice', error: { kind: 'refused' } });
    expect(html).toMatch(/id="form-error"[^>]*role="alert" tabindex="-1" autofocus/i);
    expect(html).toContain("That password and name don't match an account here.");
    expect(count(html, 'autofocus')).toBe(1);
  });

  it('says how long to wait', () => {
    expect(signIn({ error: { kind: 'throttled', retryAfterSeconds: 290 } })).toContain('Try again in 5 minutes.');
    const chinese = views.render(
      SignInPage,
      { ...form, canCancel: true, error: { kind: 'throttled', retryAfterSeconds: 290 } },
      'zh-CN',
    );
    expect(chinese).toContain('5分钟');
  });

  it('points at the field that is missing', () => {
    const html = signIn({ username: 'alice', error: { kind: 'missing' } });
    expect(html).toMatch(/id="password"[^>]*aria-invalid="true" aria-describedby="password-error"/);
    expect(html).not.toContain('username-error');
  });

  it('keeps the fixed words on a fresh sign-in', () => {
    expect(signIn({ reason: 'again', username: 'alice' })).toContain('Sign in again');
  });

  it('links a client by https only and shows its name as text', () => {
    const html = signIn({ client: hostileClient });
    expect(html).toContain('<bdi>&lt;script>alert(1)&lt;/script></bdi>');
    expect(html).not.toMatch(/\u202E|<img src=x|javascript:|http:\/\/|data:text|elsewhere\.example/);
  });
});

describe('consent page', () => {
  const html = views.render(ConsentPage, consent, 'en');

  it('names the client, its host and owner, and the account in use', () => {
    for (const text of ['Travel Desk', 'travel.acme.example', 'Finance IT', 'Alice Liddell', 'alice@acme.example']) {
      expect(html).toContain(text);
    }
  });

  it('gives a box to optional scopes only, ticked as asked', () => {
    const boxes = [...html.matchAll(/<input type="checkbox" name="scope" value="([^"]+)"( checked)?/g)];
    expect(boxes.map(([, name, ticked]) => [name, ticked !== undefined])).toEqual([
      ['email', true],
      ['read', false],
      ['send', true],
      ['offline_access', true],
    ]);
  });

  it('offers Deny as a button of the same kind as Allow', () => {
    expect(html).toContain('<button type="submit" class="button" id="consent-deny" name="decision" value="deny"');
    expect(html).toContain(
      '<button type="submit" class="button primary" id="consent-allow" name="decision" value="allow"',
    );
  });

  it('keeps the change of account out of the form that decides', () => {
    expect(html).toMatch(
      /<button type="submit" form="switch-account" id="use-another-account"[^>]*name="action" value="use-another-account"/,
    );
    expect(html).toMatch(/<form method="post"[^>]*id="switch-account"/);
  });

  it('offers the durations, or posts the only one unseen', () => {
    expect(html.match(/<input type="radio" name="duration"/g)).toHaveLength(3);
    expect(html).toContain('until I take it back');
    const one = views.render(ConsentPage, { ...consent, durations: consent.durations.slice(1, 2) }, 'en');
    expect(one).toContain('<input type="hidden" name="duration" value="once"');
    expect(one).not.toContain('type="radio"');
  });

  it('folds earlier approvals away with their day', () => {
    expect(html).toMatch(
      /<details[^>]*><summary>Already allowed on <time datetime="2026-05-03T10:00:00.000Z"[^>]*>3 May 2026<\/time> \(1\)/i,
    );
    const none = views.render(ConsentPage, { ...consent, alreadyApproved: [] }, 'en');
    expect(none).not.toContain('<details');
  });

  it('warns of a client that nobody has checked', () => {
    const words = 'Nobody at Acme has checked this application.';
    expect(html).not.toContain(words);
    expect(views.render(ConsentPage, { ...consent, client: hostileClient }, 'en')).toContain(words);
  });
});

describe('other pages', () => {
  it('lets the user choose an account', () => {
    const html = views.render(SelectAccountPage, { ...form, account, client }, 'en');
    expect(html).toMatch(/name="account" value="current"/);
    expect(html).toMatch(/id="use-another-account"[^>]*name="account" value="another"/);
  });

  it('asks before signing out and says when it is done', () => {
    const asks = views.render(LogoutConfirmPage, { ...form, account }, 'en');
    expect(asks).toMatch(/id="logout-confirm" name="action" value="confirm"/);
    expect(asks).toMatch(/id="logout-cancel" name="action" value="cancel"/);
    const done = views.render(SignedOutPage, { signInUrl: '/login/sign-in', client: hostileClient }, 'en');
    expect(done).toContain('You have signed out');
    expect(done).not.toContain('javascript:');
  });

  it('signs out at applications in frames, and goes on with and without scripts (OIDC Front-Channel Logout §3)', () => {
    const frames = ['https://a.example/out?x=1&y="', 'https://b.example/out'];
    const html = views.render(
      SigningOutPage,
      { frames, continueUrl: 'https://a.example/bye?s=1', nonce: 'n0nce' },
      'en',
    );
    expect(count(html, '<iframe src="https://a.example/out?x=1&amp;y=&quot;"')).toBe(1);
    expect(count(html, '<iframe')).toBe(2);
    expect(html).toContain(
      '<noscript><meta http-equiv="refresh" content="4;url=https://a.example/bye?s=1"/></noscript>',
    );
    expect(html).toMatch(/<a id="continue" [^>]*href="https:\/\/a\.example\/bye\?s=1"/);
    expect(count(html, '<script')).toBe(1);
    expect(html).toContain('<script nonce="n0nce">');
    expect(/<script[^>]*>([^]*)<\/script>/.exec(html)?.[1]).not.toMatch(/=>|\b(?:const|let|async|await)\b|\?\.|`/);
  });

  it('shows developers the OAuth error, escaped, and everyone the support code', () => {
    const html = views.render(
      ErrorPage,
      { kind: 'client', error: 'invalid_request', description: 'redirect_uri <b>', supportCode: 'abc' },
      'en',
    );
    expect(html).toContain('<code id="error-code">invalid_request</code>');
    expect(html).toContain('<dd id="error-description">redirect_uri &lt;b></dd>');
    expect(html).toContain('<code id="support-code">abc</code>');
  });

  it('leads on only to safe addresses', () => {
    const to = (continueUrl: string) =>
      views.render(ErrorPage, { kind: 'expired', supportCode: 'abc', continueUrl, continueName: 'Travel Desk' }, 'en');
    expect(to('https://travel.acme.example/')).toContain('href="https://travel.acme.example/"');
    expect(to('javascript:alert(1)')).not.toContain('Go to');
    expect(to('//elsewhere.example/')).not.toContain('Go to');
  });

  it('stands each fault of the set-up form beside its field', () => {
    const html = views.render(SetUpPage, { ...form, error: [{ field: 'email', kind: 'taken' }] }, 'en');
    expect(html).toContain('<p class="fault" id="email-error">There is an account with it already.</p>');
    expect(html).toContain('1 thing needs another look.');
    expect(html).toMatch(/id="set-up"/);
  });

  it('reads an OpenAPI document out to people', () => {
    const [, render] = SAMPLE_PAGES.find(([name]) => name === 'api-docs')!;
    const html = render(views, 'en');
    expect(html).toMatch(/<summary><span class="method get">GET<\/span> <code>\/clients<\/code>/);
    expect(html).toContain('<code>clients:read</code>');
    expect(html).toContain('<a href="#schema-Client">Client</a>');
    expect(html).toContain('Send <code>Authorization</code>.');
    const empty = { openapi: '3.1.0', info: { title: 'Nothing', version: '1' }, paths: {} };
    expect(views.render(ApiDocsPage, { document: empty }, 'en')).toContain('describes no operations yet');
  });
});
