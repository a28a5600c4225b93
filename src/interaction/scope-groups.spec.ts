import { describe, expect, it } from 'vitest';
import { FIRST_PRESENTATION } from '#resources/index.js';
import { consentOffer } from './consent-offer.js';
import { aClient, aUser } from './given.spec-support.js';
import { scopeGroups, titleOf, type ScopeFacts } from './scope-groups.js';

const facts: ScopeFacts = {
  user: aUser({
    claims: {
      name: 'Alice Liddell',
      email: 'alice@acme.example',
      address: { street_address: '1 Folly Bridge', postal_code: 'OX1', locality: 'Oxford' },
    },
  }),
  locale: 'en',
  scopes: [
    { name: 'expenses:read', title: 'Read your expense reports', description: 'All of them' },
    { name: 'expenses:write', title: 'Hand in expense reports', description: '' },
  ].map((scope) => ({
    ...FIRST_PRESENTATION,
    ...scope,
    resourceIdentifier: 'https://expenses.test',
    builtIn: false,
    createdAt: new Date(0),
    updatedAt: new Date(0),
  })),
  resources: [{ identifier: 'https://expenses.test', name: 'Expenses' }],
};

function groups(scope: string[], optionalScope: string[] = [], ticked: string[] = [], claims: string[] = []) {
  const namedClaims = claims.map((name) => ({ name, essential: false }));
  const request = { scope, namedClaims, redirectUri: 'https://rp.test/cb' };
  const offer = consentOffer(aClient({ optionalScope }), request, [], { reason: 'scope not approved' });
  return scopeGroups(offer, new Set(ticked), facts);
}

describe('scopeGroups', () => {
  it('puts everything where people look for it, in a fixed order', () => {
    const shown = groups(['offline_access', 'expenses:write', 'email', 'expenses:read', 'openid', 'profile']);
    expect(shown.map(({ kind, resourceName, scopes }) => [kind, resourceName, scopes.map(({ name }) => name)])).toEqual(
      [
        ['identity', undefined, ['openid', 'profile', 'email']],
        ['resource', 'Expenses', ['expenses:read']],
        ['act', 'Expenses', ['expenses:write']],
        ['offline', undefined, ['offline_access']],
      ],
    );
  });

  it('shows the values that would be released (OIDC Core §5.4), and none where nothing is known', () => {
    const [identity] = groups(['openid', 'profile', 'email', 'address', 'phone']);
    expect(identity?.scopes.map(({ name, value }) => [name, value])).toEqual([
      ['openid', undefined],
      ['profile', 'Alice Liddell'],
      ['email', 'alice@acme.example'],
      ['address', '1 Folly Bridge, OX1 Oxford'],
      ['phone', undefined],
    ]);
  });

  it('shows a single claim under who you are, with its words and value (OIDC Core §5.5)', () => {
    const claims = ['email', 'email_verified', 'address', 'birthdate'];
    const [identity, ...others] = groups(['openid'], ['email'], [], claims);
    expect([identity?.kind, others]).toEqual(['identity', []]);
    expect(identity?.scopes.slice(1).map(({ title, value, required }) => [title, value, required])).toEqual([
      ['Your postal address', '1 Folly Bridge, OX1 Oxford', true],
      ['Your birthday', undefined, true],
      ['Your e-mail address', 'alice@acme.example', false],
      ['Whether your e-mail address has been confirmed', undefined, false],
    ]);
  });

  it('ticks what is required and what the user has ticked', () => {
    const [identity] = groups(['openid', 'email', 'phone'], ['email', 'phone'], ['phone']);
    expect(identity?.scopes.map(({ name, required, ticked }) => [name, required, ticked])).toEqual([
      ['openid', true, true],
      ['email', false, false],
      ['phone', false, true],
    ]);
  });
});

describe('titleOf', () => {
  it("has words for standard scopes, the company's for its own, and the name where there are none", () => {
    expect(titleOf('openid', facts)).not.toBe('openid');
    expect(titleOf('expenses:read', facts)).toBe('Read your expense reports');
    expect(titleOf('gone', facts)).toBe('gone');
  });
});
