import { describe, expect, it } from 'vitest';
import { accessRules, mayUse } from './client-access.js';

const alice = { status: 'active', effectiveGroups: ['sales', 'staff'] } as const;
const open = { status: 'active' } as const;

describe('who may use a client', () => {
  it('is everybody, the members of some groups, or nobody', () => {
    expect(mayUse(open, alice)).toBe(true);
    expect(mayUse({ ...open, allowedGroups: ['board', 'staff'] }, alice)).toBe(true);
    expect(mayUse({ ...open, allowedGroups: ['board'] }, alice)).toBe(false);
    expect(mayUse({ ...open, allowedGroups: [] }, alice)).toBe(false);
  });

  it('is nobody while the client is disabled, and no one who is', () => {
    expect(mayUse({ status: 'disabled' }, alice)).toBe(false);
    expect(mayUse(open, { ...alice, status: 'disabled' })).toBe(false);
  });

  it('is said rule by rule, with the groups that let somebody in', () => {
    expect(accessRules({ ...open, allowedGroups: ['staff', 'board', 'sales'] }, alice)).toEqual([
      { rule: 'client_active', holds: true },
      { rule: 'user_active', holds: true },
      { rule: 'group', holds: true, via: ['staff', 'sales'] },
    ]);
    expect(accessRules(open, { status: 'disabled', effectiveGroups: [] })).toEqual([
      { rule: 'client_active', holds: true },
      { rule: 'user_active', holds: false },
      { rule: 'group', holds: true, via: [] },
    ]);
  });
});
