import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type CompanySettings } from './company-settings.js';
import { settingsProblems } from './settings-rules.js';

describe('what the settings may be', () => {
  it('includes what holds by default', () => {
    expect(settingsProblems(DEFAULT_SETTINGS)).toEqual([]);
  });

  it.each<[Partial<CompanySettings>, string[]]>([
    [{ termsVersion: '2026-11', termsUri: 'https://acme.example/terms' }, []],
    [{ termsUri: 'https://acme.example/terms' }, []],
    [{ termsVersion: '2026-11' }, ['#/terms_uri']],
    [{ termsVersion: '1', termsUri: 'http://acme.example/terms' }, ['#/terms_uri']],
    [{ termsVersion: 'of today', termsUri: 'https://acme.example/' }, ['#/terms_version']],
    [{ termsVersion: 'x'.repeat(65), termsUri: 'javascript:alert(1)' }, ['#/terms_version', '#/terms_uri']],
    [{ invitationDays: 91 }, ['#/invitation_days']],
    [{ unusedAccessDays: 6, unusedAccessNoticeDays: 0 }, ['#/unused_access_days', '#/unused_access_notice_days']],
    [{ unusedAccess: 'remove', unusedAccessDays: 7, unusedAccessNoticeDays: 90 }, []],
    [{ secondFactorKinds: [] }, ['#/second_factor_kinds']],
    [{ secondFactorKinds: ['recovery_codes'] }, ['#/second_factor_kinds']],
    [{ secondFactorKinds: ['totp', 'recovery_codes'] }, []],
  ])('with %j has faults at %j', (changes, pointers) => {
    expect(settingsProblems({ ...DEFAULT_SETTINGS, ...changes }).map(({ pointer }) => pointer)).toEqual(pointers);
  });

  it('excludes numbers out of their range, each by its own member', () => {
    const problem = { pointer: '#/password_min_length', detail: 'must be from 8 to 64' };
    expect(settingsProblems({ ...DEFAULT_SETTINGS, passwordMinLength: 7 })).toEqual([problem]);
    expect(settingsProblems({ ...DEFAULT_SETTINGS, passwordMinLength: 65 })).toEqual([problem]);
  });
});
