import { describe, expect, it } from 'vitest';
import { canonicalName, groupNameProblem, isEmailAddress, typedName, usernameProblem } from './username.js';

describe('canonical names', () => {
  it.each([
    ['Alice', 'alice'],
    ['ＡＬＩＣＥ', 'alice'],
    ['ﬁona', 'fiona'],
    ['Z\u0065\u0301', 'z\u00e9'],
    ['Bob@CORP.example', 'bob@corp.example'],
  ])('take %j for %j', (written, canonical) => {
    expect(canonicalName(written)).toBe(canonical);
  });

  it.each(['İstanbul', 'ΑΣ', 'ǅ', '\u1e9b\u0323', 'Å'])('of a canonical name are itself: %s', (written) => {
    expect(canonicalName(canonicalName(written))).toBe(canonicalName(written));
  });

  it('of what somebody typed forgive spaces around it', () => {
    expect(typedName('  Alice ')).toBe('alice');
  });

  it.each(['', '   ', 'a'.repeat(256), 'a'.repeat(600), 'al\0ice'])('find nobody who typed %j', (typed) => {
    expect(typedName(typed)).toBeUndefined();
  });
});

describe('user and group names', () => {
  it.each(['alice', 'Алиса', '爱丽丝', 'alice.liddell@corp.example', 'a'.repeat(255)])('take %s', (name) => {
    expect(usernameProblem(name)).toBeUndefined();
  });

  it.each(['', ' alice', 'alice ', 'a\nb', 'a\u202eb', 'a\u200bb', 'a'.repeat(256), '\ufdfa'.repeat(20)])(
    'refuse %j',
    (name) => {
      expect(usernameProblem(name)).toEqual(expect.any(String));
    },
  );

  it('of groups are shorter', () => {
    expect(groupNameProblem('a'.repeat(128))).toBeUndefined();
    expect(groupNameProblem('a'.repeat(129))).toEqual(expect.any(String));
  });
});

describe('e-mail addresses', () => {
  it.each(['alice@corp.example', "o'neil+tag@mail.corp.example", 'alice@localhost', 'алиса@почта.example'])(
    'take %s',
    (text) => {
      expect(isEmailAddress(text)).toBe(true);
    },
  );

  it.each([
    '',
    'alice',
    'alice@',
    '@corp.example',
    'a@b@c',
    'a b@corp.example',
    'alice@corp..example',
    'alice@corp.example\r\nBcc: x@y.example',
    '"a"@corp.example',
    'Alice <alice@corp.example>',
    `${'a'.repeat(65)}@corp.example`,
    `a@${'b'.repeat(260)}`,
  ])('refuse %j', (text) => {
    expect(isEmailAddress(text)).toBe(false);
  });
});
