import { describe, expect, it } from 'vitest';
import { mayGrant, mayUse } from './grantable-scope.js';

describe('who may grant what', () => {
  it('keeps the scopes of the admin API for administrators (RFC 9700 §2.3)', () => {
    expect(mayGrant({ groups: ['administrators'] }, 'users:write')).toBe(true);
    expect(mayGrant({ groups: ['staff'] }, 'users:write')).toBe(false);
    expect(mayGrant({ groups: [] }, 'openid')).toBe(true);
  });

  it('lets everybody use a client unless its record names groups', () => {
    expect(mayUse({}, { effectiveGroups: [] })).toBe(true);
    expect(mayUse({ allowedGroups: ['a', 'b'] }, { effectiveGroups: ['b'] })).toBe(true);
    expect(mayUse({ allowedGroups: ['a'] }, { effectiveGroups: ['b'] })).toBe(false);
    expect(mayUse({ allowedGroups: [] }, { effectiveGroups: ['b'] })).toBe(false);
  });
});
