import { PostedForm } from '#platform/http/index.js';
import { describe, expect, it } from 'vitest';
import { signInDecision } from './sign-in-form.js';

const posted = (...entries: [string, string][]) => signInDecision(new PostedForm(entries));

describe('signInDecision', () => {
  it('signs in with the button or without', () => {
    const expected = { action: 'sign-in', username: 'alice', password: ' pass word ' };
    expect(posted(['username', ' alice '], ['password', ' pass word '])).toEqual(expected);
    expect(posted(['username', 'alice'], ['password', ' pass word '], ['action', 'sign-in'])).toEqual(expected);
  });

  it('cancels although nothing is filled in', () => {
    expect(posted(['username', ''], ['password', ''], ['action', 'cancel'])).toEqual({ action: 'cancel' });
  });

  it.each([
    [[['username', 'alice']]],
    [
      [
        ['username', 'alice'],
        ['password', ''],
      ],
    ],
    [
      [
        ['username', 'alice'],
        ['password', 'a'],
        ['password', 'b'],
      ],
    ],
  ] as [string, string][][][])('asks for what is missing or unclear in %j', (entries) => {
    expect(posted(...entries)).toEqual({ action: 'incomplete', missing: 'missing', username: 'alice' });
  });

  it('asks for the name when there is only a password', () => {
    expect(posted(['username', '  '], ['password', 'secret'])).toEqual({
      action: 'incomplete',
      missing: 'missing',
      username: '',
    });
  });

  it('is answered with a passkey alone, and tells when no script has made one', () => {
    expect(posted(['action', 'passkey'], ['username', ''], ['passkey', '{}'])).toEqual({
      action: 'passkey',
      answer: '{}',
    });
    expect(posted(['action', 'passkey'], ['username', 'alice'], ['passkey', ''])).toEqual({
      action: 'incomplete',
      missing: 'scripts',
      username: 'alice',
    });
  });
});
