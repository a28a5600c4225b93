import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '#settings/index.js';
import { minimumLength } from './password-length.js';

describe('the fewest characters of a password', () => {
  it('are 15 where the password is all that is asked, and 8 beside a required second factor', () => {
    expect(minimumLength('chosen', DEFAULT_SETTINGS)).toBe(15);
    expect(minimumLength('chosen', { ...DEFAULT_SETTINGS, secondFactor: 'off' })).toBe(15);
    expect(minimumLength('chosen', { ...DEFAULT_SETTINGS, secondFactor: 'required' })).toBe(8);
  });

  it('are what administrators decide, for whoever chooses their own', () => {
    const decided = { ...DEFAULT_SETTINGS, passwordMinLength: 20, passwordMinLengthWithSecondFactor: 10 };
    expect(minimumLength('chosen', decided)).toBe(20);
    expect(minimumLength('chosen', { ...decided, secondFactor: 'required' })).toBe(10);
    expect(minimumLength('assigned', decided)).toBe(8);
  });
});
