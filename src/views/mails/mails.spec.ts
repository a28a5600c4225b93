import { describe, expect, it } from 'vitest';
import { BrandingSettings } from '#platform/config/index.js';
import { Clock } from '#platform/crypto/index.js';
import { CompanyAssets } from '../company-assets.js';
import { MailViews } from '../mail-views.service.js';
import type { Locale } from '../messages/index.js';
import { acmeIssuer } from '../sample-parts.spec-support.js';
import { addressInUseMail, changeEmailMail, verifyEmailMail } from './confirm-address.mail.js';
import { invitationMail } from './invitation.mail.js';
import type { MailTemplate } from './mail.js';
import { accountDeletedMail } from './account-deleted.mail.js';
import { emailChangedMail, factorChangedMail, newDeviceMail, passwordChangedMail } from './notices.mail.js';
import { directoryPasswordMail, resetPasswordMail } from './reset-password.mail.js';
import { secretExpiresMail } from './secret-expires.mail.js';
import { signUpExistingMail, signUpMail } from './sign-up.mail.js';
import { unusedAccessMail } from './unused-access.mail.js';
import { webhookDisabledMail } from './webhook-disabled.mail.js';

const NOW = new Date('2026-11-22T14:05:00Z');

class StoppedClock extends Clock {
  now(): Date {
    return NOW;
  }
}

function acmeMails(companyName = 'Acme'): MailViews {
  const branding = new BrandingSettings({ companyName, color: '#1f5f8c' });
  return new MailViews(acmeIssuer, branding, new CompanyAssets(branding), new StoppedClock());
}

const happening = { at: NOW, userAgent: 'Mozilla/5.0 (X11; Linux) Firefox/140.0', address: '203.0.113.7' };
const path = '/not-me?token=T';
const link = { path: '/there?token=T', lifetimeSeconds: 1800 };

interface Sample {
  readonly template: MailTemplate<never>;
  readonly model: object;
}

const sample = <M extends object>(template: MailTemplate<M>, model: M): Sample => ({ template, model });

const SAMPLES: readonly Sample[] = [
  sample(signUpMail, link),
  sample(signUpExistingMail, { path: '/sign-in' }),
  sample(invitationMail, { path: '/there?token=T', expiresAt: NOW, name: 'Alice' }),
  sample(verifyEmailMail, link),
  sample(changeEmailMail, link),
  sample(addressInUseMail, {}),
  sample(resetPasswordMail, link),
  sample(resetPasswordMail, { ...link, secured: true }),
  sample(directoryPasswordMail, {}),
  sample(directoryPasswordMail, { secured: true }),
  ...(['client_secret', 'identity_provider_secret'] as const).map((kind) =>
    sample(secretExpiresMail, { kind, name: 'Travel Desk', clientId: 'travel-desk', expiresAt: NOW }),
  ),
  ...(['tls_certificate', 'trusted_certificate', 'directory_certificate'] as const).map((kind) =>
    sample(secretExpiresMail, { kind, name: 'TLS_CERT_FILE', expiresAt: NOW }),
  ),
  sample(accountDeletedMail, { by: 'user', happening }),
  sample(accountDeletedMail, { by: 'administrator', happening: { at: NOW } }),
  sample(unusedAccessMail, {
    applications: [
      { name: 'Wiki', all: true, since: NOW },
      { name: 'Travel Desk', all: false, since: NOW },
    ],
    removedOn: NOW,
  }),
  sample(webhookDisabledMail, { host: 'hooks.example', because: 'gone' }),
  sample(passwordChangedMail, { happening, path }),
  sample(emailChangedMail, { happening, path }),
  sample(newDeviceMail, { happening: { ...happening, place: 'Paris' }, path }),
  sample(factorChangedMail, { happening, path, change: 'added', factor: 'passkey' }),
  sample(factorChangedMail, { happening, path, change: 'removed', factor: 'of the future' }),
];

describe('every mail', () => {
  const cases = SAMPLES.flatMap((each) =>
    (['en', 'zh-CN'] as const).map((locale): [string, Locale, Sample] => [each.template.name, locale, each]),
  );

  it.each(cases)('%s in %s says the same as text and as HTML, with absolute links of ours', (_, locale, each) => {
    const { subject, text, html } = acmeMails().render(each.template, each.model as never, locale);
    expect(subject).not.toMatch(/[\r\n]/);
    expect(subject.length).toBeGreaterThan(3);
    const lines = text.split('\n').filter((line) => line.trim() !== '' && line !== '-- ');
    const words = html.replace(/<[^>]+>/g, '').replaceAll('&#39;', "'");
    for (const line of lines) {
      for (const part of line.split(/: |:$/)) expect(words, part).toContain(part.trim());
    }
    expect(html).toContain(`lang="${locale}"`);
    for (const [href] of `${text} ${html}`.matchAll(/https?:\/\/[^\s"<]+/g)) {
      expect(href).toMatch(/^https:\/\/acme\.test\/login/);
    }
    expect(html).not.toMatch(/<script|<link|<img|javascript:/);
    expect(`${subject}${text}${html}`).not.toContain('undefined');
  });

  it.each(['en', 'zh-CN'] as const)('has words of its own in %s', (locale) => {
    const subjects = SAMPLES.map(({ template, model }) => acmeMails().render(template, model as never, locale).subject);
    const chinese = subjects.filter((subject) => /\p{Script=Han}/u.test(subject));
    expect(chinese).toHaveLength(locale === 'en' ? 0 : subjects.length);
  });
});

describe('what people supplied', () => {
  const name = 'Eve</p><script>alert(1)</script>\r\nBcc: all@acme.example\u202e <a href="https://evil.example">';

  it('is text in HTML, and on one line (RFC 5322 §2.2)', () => {
    const model = { path: '/there', expiresAt: NOW, name };
    const { html, text } = acmeMails().render(invitationMail, model, 'en');
    expect(html).not.toContain('<script');
    expect(html).not.toContain('href="https://evil.example"');
    expect(html).toContain('Eve&lt;/p>');
    expect(text).toContain('Hello Eve</p><script>alert(1)</script> Bcc: all@acme.example <a href');
    expect(text).not.toContain('\r');
    expect(text).not.toContain('\u202e');
  });

  it('adds no header by way of the subject', () => {
    const { subject } = acmeMails('Acme\r\nBcc: all@acme.example').render(signUpMail, link, 'en');
    expect(subject).toBe('Make your Acme Bcc: all@acme.example account');
  });
});
