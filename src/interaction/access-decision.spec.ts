import { describe, expect, it } from 'vitest';
import { accessDecision, mayGrant } from './access-decision.js';

const client = { status: 'active' } as const;
const alice = { status: 'active', groups: ['staff'], effectiveGroups: ['staff'] } as const;

describe('who may grant what', () => {
  it('keeps the scopes of the admin API for administrators (RFC 9700 §2.3)', () => {
    expect(mayGrant({ groups: ['administrators'] }, 'users:write')).toBe(true);
    expect(mayGrant({ groups: ['staff'] }, 'users:write')).toBe(false);
    expect(mayGrant({ groups: [] }, 'openid')).toBe(true);
  });

  it('is decided for each scope, and needs at least one', () => {
    expect(accessDecision(client, alice, ['openid', 'users:write'])).toMatchObject({
      allowed: true,
      grantable: ['openid'],
    });
    const refused = accessDecision(client, alice, ['users:write']);
    expect(refused).toMatchObject({ allowed: false, grantable: [] });
    expect(refused.rules.filter(({ holds }) => !holds)).toEqual([{ rule: 'scope', holds: false }]);
  });

  it('takes nobody for an administrator who is one only by way of another group', () => {
    const nested = { ...alice, effectiveGroups: ['staff', 'administrators'] };
    expect(accessDecision(client, nested, ['users:write']).allowed).toBe(false);
  });

  it('names every rule that does not hold', () => {
    const decision = accessDecision({ status: 'disabled', allowedGroups: [] }, { ...alice, status: 'disabled' }, []);
    expect(decision.rules.map(({ rule, holds }) => [rule, holds])).toEqual([
      ['client_active', false],
      ['user_active', false],
      ['group', false],
      ['scope', false],
    ]);
  });
});
