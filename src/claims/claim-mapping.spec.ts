import { describe, expect, it } from 'vitest';
import { claimValue, mappingsFor, type ClaimMapping, type ClaimMappingInput } from './claim-mapping.js';
import { claimMappingProblems } from './claim-mapping-rules.js';

const user = { effectiveGroups: ['app-admins', 'app-users', 'staff'], attributes: { floor: 3, teams: ['a', 'b'] } };

describe('what a mapped claim says', () => {
  it('is an attribute, groups by choice, a value for members, or always the same', () => {
    expect(claimValue({ kind: 'attribute', attribute: 'floor' }, user)).toBe(3);
    expect(claimValue({ kind: 'attribute', attribute: 'teams' }, user)).toEqual(['a', 'b']);
    expect(claimValue({ kind: 'groups', groups: 'all' }, user)).toEqual(user.effectiveGroups);
    expect(claimValue({ kind: 'groups', groups: 'prefixed', prefix: 'app-' }, user)).toEqual([
      'app-admins',
      'app-users',
    ]);
    expect(claimValue({ kind: 'groups', groups: 'assigned' }, user, ['staff', 'board'])).toEqual(['staff']);
    expect(claimValue({ kind: 'group', group: 'staff', value: 'yes' }, user)).toBe('yes');
    expect(claimValue({ kind: 'constant', value: { a: 1 } }, undefined)).toEqual({ a: 1 });
  });

  it('is nothing where there is nothing to say (OIDC Core §5.3.2)', () => {
    expect(claimValue({ kind: 'attribute', attribute: 'badge' }, user)).toBeUndefined();
    expect(claimValue({ kind: 'attribute', attribute: 'constructor' }, user)).toBeUndefined();
    expect(claimValue({ kind: 'groups', groups: 'assigned' }, user)).toBeUndefined();
    expect(claimValue({ kind: 'group', group: 'board', value: 'yes' }, user)).toBeUndefined();
    expect(claimValue({ kind: 'groups', groups: 'all' }, undefined)).toBeUndefined();
  });

  it('is for a client what is mapped for it, else what is mapped for every client', () => {
    const mapping = (id: string, clientId: string | null, scope = 'openid'): ClaimMapping => ({
      ...{ id, clientId, scope, claim: 'groups', includeIn: ['userinfo'] },
      ...{ source: { kind: 'constant', value: id }, createdAt: new Date(0), updatedAt: new Date(0) },
    });
    const all = [mapping('every', null), mapping('other scope', null, 'staff'), mapping('own', 'a'), mapping('b', 'b')];
    expect(mappingsFor(all, 'a').map(({ id }) => id)).toEqual(['other scope', 'own']);
    expect(mappingsFor(all, 'c').map(({ id }) => id)).toEqual(['every', 'other scope']);
  });
});

describe('what may be mapped', () => {
  const mapping = (changes: Partial<ClaimMappingInput>): ClaimMappingInput => ({
    ...{ claim: 'department', scope: 'openid', clientId: null, includeIn: ['userinfo'] },
    ...{ source: { kind: 'constant', value: 1 } },
    ...changes,
  });

  it('is any claim without a meaning of its own', () => {
    for (const claim of ['department', 'https://acme.example/claims/floor', 'groups', 'roles']) {
      expect(claimMappingProblems(mapping({ claim }))).toEqual([]);
    }
  });

  it.each([
    ...[
      'iss',
      'sub',
      'aud',
      'exp',
      'nbf',
      'iat',
      'jti',
      'nonce',
      'acr',
      'amr',
      'azp',
      'auth_time',
      'at_hash',
      'c_hash',
    ],
    ...['s_hash', 'sid', 'client_id', 'scope', 'cnf', 'act', 'may_act', 'events', 'grant_id', 'active', 'token_type'],
    ...['username', 'authorization_details', '_claim_names', '__proto__', 'email', 'email_verified', 'name', 'address'],
  ])('is never %s (RFC 7519 §4.1, OIDC Core §2, RFC 7662 §2.2)', (claim) => {
    expect(claimMappingProblems(mapping({ claim })).map(({ pointer }) => pointer)).toEqual(['#/claim']);
  });

  it.each<[string, Partial<ClaimMappingInput>, string]>([
    ['a claim with a space', { claim: 'a b' }, '#/claim'],
    ['a claim without a name', { claim: '' }, '#/claim'],
    ['a claim that goes nowhere', { includeIn: [] }, '#/include_in'],
    ['no attribute', { source: { kind: 'attribute', attribute: '' } }, '#/attribute'],
    ['no prefix', { source: { kind: 'groups', groups: 'prefixed' } }, '#/prefix'],
    ['no group', { source: { kind: 'group', group: '', value: 1 } }, '#/group'],
    ['no value', { source: { kind: 'constant', value: undefined } }, '#/value'],
    ['a value that is too long', { source: { kind: 'constant', value: 'x'.repeat(2049) } }, '#/value'],
  ])('is not %s', (_, changes, pointer) => {
    expect(claimMappingProblems(mapping(changes)).map((problem) => problem.pointer)).toEqual([pointer]);
  });
});
