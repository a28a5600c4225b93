import { describe, expect, it } from 'vitest';
import { SCOPE_OF_CLAIM, STANDARD_SCOPES } from '#standards/oidc.js';
import { LOCALES } from './negotiate-locale.js';
import { claimTitle, scopeText } from './scope-texts.js';

const ADMIN = [
  'clients',
  'users',
  'groups',
  'scopes',
  'resources',
  'consents',
  'grants',
  'sessions',
  'keys',
  'audit-events',
];

describe('scopeText', () => {
  it.each(LOCALES.flatMap((locale) => STANDARD_SCOPES.map((name) => ({ name, locale }))))(
    'has words for $name in $locale (OIDC Core §5.4, §11)',
    ({ name, locale }) => {
      const text = scopeText(name, locale);
      expect(text?.title).toBeTruthy();
      expect(text?.description).toBeTruthy();
    },
  );

  it.each(ADMIN)('has words for the admin scopes of %s, different for reading and writing', (resource) => {
    for (const locale of LOCALES) {
      const titles = [scopeText(`${resource}:read`, locale)?.title, scopeText(`${resource}:write`, locale)?.title];
      expect(new Set(titles.filter((title) => title !== undefined)).size).toBe(2);
    }
  });

  it.each([
    'expenses:read',
    'clients:delete',
    'metrics:write',
    'jobs:write',
    'toString',
    'constructor:read',
    'Clients:read',
    '',
  ])('knows nothing of %s', (name) => {
    expect(scopeText(name, 'en')).toBeUndefined();
  });

  it('speaks to people without jargon', () => {
    for (const name of STANDARD_SCOPES) {
      const { title = '', description = '' } = scopeText(name, 'en') ?? {};
      expect(`${title} ${description}`).not.toMatch(/\b(scope|client|grant|token|claim)\b/i);
    }
  });
});

describe('claimTitle', () => {
  const claims = [...SCOPE_OF_CLAIM.keys()].filter((name) => name !== 'sub');

  it.each(LOCALES)('has words of its own for every claim in %s (OIDC Core §5.1)', (locale) => {
    const titles = claims.map((name) => claimTitle(name, locale));
    expect(new Set(titles).size).toBe(claims.length);
    for (const name of claims) expect(titles).not.toContain(name);
  });

  it.each(['toString', 'constructor', 'unheard_of', ''])('has only the name itself for %s', (name) => {
    expect(claimTitle(name, 'en')).toBe(name);
  });
});
