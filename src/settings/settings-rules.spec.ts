import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from './company-settings.js';
import { settingsProblems } from './settings-rules.js';

describe('what the settings may be', () => {
  it('includes what holds by default', () => {
    expect(settingsProblems(DEFAULT_SETTINGS)).toEqual([]);
  });

  it('excludes numbers out of their range, each by its own member', () => {
    const problem = { pointer: '#/password_min_length', detail: 'must be from 8 to 64' };
    expect(settingsProblems({ ...DEFAULT_SETTINGS, passwordMinLength: 7 })).toEqual([problem]);
    expect(settingsProblems({ ...DEFAULT_SETTINGS, passwordMinLength: 65 })).toEqual([problem]);
  });
});
