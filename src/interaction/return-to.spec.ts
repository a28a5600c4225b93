import { describe, expect, it } from 'vitest';
import { ownPath } from './return-to.js';

describe('ownPath (RFC 9700 §4.11)', () => {
  it.each([
    ['/account', '/account'],
    ['/account/sessions?a=b', '/account/sessions?a=b'],
    ['/account#part', '/account'],
    ['/a/../account', '/account'],
    ['/%2F%2Fevil.example', '/%2F%2Fevil.example'],
    ['/', '/'],
  ])('%s leads to %s', (value, path) => {
    expect(ownPath(value, '')).toBe(path);
  });

  it.each([
    undefined,
    '',
    'account',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    'https://evil.example/',
    'javascript:alert(1)',
    '/a\\b',
    '/..//evil.example',
    '/.//evil.example',
    '/\t/evil.example',
    ' /account',
    '/account\r\nset-cookie: a=b',
    '/käse',
    `/${'a'.repeat(2048)}`,
  ])('%j leads nowhere', (value) => {
    expect(ownPath(value, '')).toBeUndefined();
  });

  it.each([
    ['/auth', '/auth'],
    ['/auth/account', '/auth/account'],
    ['/authority', undefined],
    ['/auth/../other', undefined],
    ['/account', undefined],
  ])('below the issuer path /auth, %s leads to %s', (value, path) => {
    expect(ownPath(value, '/auth')).toBe(path);
  });
});
