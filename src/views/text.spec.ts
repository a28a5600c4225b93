import { describe, expect, it } from 'vitest';
import { httpsLink, onwardLink, ownPath, plainText } from './text.js';

describe('plainText', () => {
  it.each([
    ['direction characters', 'a\u202Eb\u2066c\u200Fd', 'abcd'],
    ['control characters', 'a\u0000b\u0007c\u009Fd', 'abcd'],
    ['invisible characters', 'pay\u200Bpal\u00AD\u2060\uFE0F', 'paypal\uFE0F'],
    ['line breaks and other white space', ' a\r\n\tb\u2028c\u3164d ', 'a b c d'],
    ['lone surrogates and private characters', 'a\uD800b\uE000c', 'abc'],
    ['tag characters', 'a\u{E0041}b', 'ab'],
  ])('removes %s', (_, text, expected) => {
    expect(plainText(text)).toBe(expected);
  });

  it('keeps what scripts need: joiners, accents, emoji', () => {
    expect(plainText('می\u200Cخواهم Ünï 👩\u200D💻')).toBe('می\u200Cخواهم Ünï 👩\u200D💻');
  });

  it('cuts towers of accents and long texts, never inside a character', () => {
    expect(plainText(`a${'\u0301'.repeat(50)}`)).toHaveLength(5);
    expect(plainText('😀'.repeat(300), 10)).toBe(`${'😀'.repeat(9)}…`);
    expect(plainText('x'.repeat(200))).toHaveLength(200);
  });
});

describe('links', () => {
  it.each([
    'javascript:alert(1)',
    'http://x.example/',
    'data:,x',
    'https://user:pass@x.example/',
    '/path',
    'x',
    undefined,
  ])('httpsLink refuses %s', (address) => {
    expect(httpsLink(address)).toBeUndefined();
  });

  it('httpsLink returns what it was given, in its normal form', () => {
    expect(httpsLink('https://x.example/a"b')).toBe('https://x.example/a%22b');
  });

  it.each(['//x.example', '/\\x.example', 'https://x.example', '/a\\b', '/a b', ''])(
    'ownPath refuses %s',
    (address) => {
      expect(ownPath(address)).toBeUndefined();
    },
  );

  it('onwardLink takes own paths, https and this machine', () => {
    expect(onwardLink('/account')).toBe('/account');
    expect(onwardLink('https://x.example')).toBe('https://x.example/');
    expect(onwardLink('http://localhost:3001/')).toBe('http://localhost:3001/');
    expect(onwardLink('http://127.0.0.1:3001/')).toBe('http://127.0.0.1:3001/');
    expect(onwardLink('http://x.example/')).toBeUndefined();
    expect(onwardLink('com.example.app:/callback')).toBeUndefined();
  });
});
