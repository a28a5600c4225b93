import { describe, expect, it } from 'vitest';
import { claimProblems } from './claim-rules.js';
import { standardClaims, type StandardClaims } from './standard-claims.js';

const alice = {
  username: 'alice',
  updatedAt: new Date('2026-05-03T10:00:00.900Z'),
  claims: {
    name: 'Alice Liddell',
    given_name: 'Alice',
    birthdate: '1852-05-04',
    email: 'alice@corp.example',
    address: { locality: 'Oxford', country: 'GB' },
  },
} as const;

describe('the claims that scopes release', () => {
  it('of profile are those of OIDC Core §5.4, with what is not known left out', () => {
    expect(standardClaims(alice, ['openid', 'profile'])).toEqual({
      name: 'Alice Liddell',
      given_name: 'Alice',
      birthdate: '1852-05-04',
      preferred_username: 'alice',
      updated_at: 1_777_802_400,
    });
  });

  it('of email say whether it is verified with a boolean (OIDC Core §5.1)', () => {
    expect(standardClaims(alice, ['email'])).toEqual({ email: 'alice@corp.example', email_verified: false });
    const claims = { ...alice.claims, email_verified: true };
    expect(standardClaims({ ...alice, claims }, ['email'])).toMatchObject({ email_verified: true });
  });

  it('leave out whether an absent number is verified (OIDC Core §5.3.2)', () => {
    expect(standardClaims(alice, ['phone'])).toEqual({});
  });

  it('of address are one object (OIDC Core §5.1.1)', () => {
    expect(standardClaims(alice, ['address'])).toEqual({ address: { locality: 'Oxford', country: 'GB' } });
  });

  it('are none for scopes that release none, whatever they are called', () => {
    expect(standardClaims(alice, ['openid', 'offline_access', 'expenses:read', 'constructor', '__proto__'])).toEqual(
      {},
    );
  });
});

describe('the values that claims can have (OIDC Core §5.1)', () => {
  it.each<StandardClaims>([
    { birthdate: '1990' },
    { birthdate: '0000-02-29' },
    { birthdate: '2000-02-29' },
    { zoneinfo: 'Europe/Paris' },
    { zoneinfo: 'Etc/GMT+1' },
    { locale: 'en-US' },
    { locale: 'zh_CN' },
    { phone_number: '+1 (604) 555-1234;ext=5678' },
    { phone_number: '+442071838750', phone_number_verified: true },
    { website: 'http://alice.example/' },
    { picture: 'https://cdn.example/a.png?s=1' },
    { address: { formatted: 'Christ Church\nOxford' } },
  ])('take %j', (claims) => {
    expect(claimProblems(claims)).toEqual([]);
  });

  it.each<[string, StandardClaims]>([
    ['#/name', { name: '' }],
    ['#/name', { name: 'a\nb' }],
    ['#/given_name', { given_name: 'a'.repeat(256) }],
    ['#/email', { email: 'alice' }],
    ['#/profile', { profile: 'javascript:alert(1)' }],
    ['#/picture', { picture: 'data:image/png,x' }],
    ['#/website', { website: 'alice.example' }],
    ['#/birthdate', { birthdate: '1990-13-01' }],
    ['#/birthdate', { birthdate: '2001-02-29' }],
    ['#/birthdate', { birthdate: '4.5.1852' }],
    ['#/birthdate', { birthdate: '0000' }],
    ['#/zoneinfo', { zoneinfo: 'Paris' }],
    ['#/zoneinfo', { zoneinfo: '+01:00' }],
    ['#/locale', { locale: 'english (us)' }],
    ['#/phone_number', { phone_number: 'call me' }],
    ['#/phone_number', { phone_number: '+()' }],
    ['#/phone_number', { phone_number: '1'.repeat(16) }],
    ['#/address', { address: {} }],
    ['#/address/region', { address: { locality: 'x', region: '' } }],
    ['#/email_verified', { email_verified: true }],
    ['#/phone_number_verified', { phone_number_verified: true }],
  ])('refuse at %s: %j', (pointer, claims) => {
    expect(claimProblems(claims).map((problem) => problem.pointer)).toEqual([pointer]);
  });
});
