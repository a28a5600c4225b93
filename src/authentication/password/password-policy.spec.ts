import { beforeAll, describe, expect, it } from 'vitest';
import { CommonPasswords } from './common-passwords.js';
import { canonicalPassword, isTooLong, passwordProblem, type PasswordBounds } from './password-policy.js';

const owner = { username: 'alice.liddell', email: 'alice@acme.example' };

let bounds: PasswordBounds;
beforeAll(async () => {
  bounds = { least: 8, common: await new CommonPasswords().words() };
});

describe('passwordProblem', () => {
  it.each([
    ['', 'too-short'],
    ['x7Kp2qw', 'too-short'],
    ['😀'.repeat(7), 'too-short'],
    ['x'.repeat(129), 'too-long'],
    ['x7'.repeat(10_000), 'too-long'],
    ['Alice.Liddell', 'too-similar'],
    ['ALICE@acme.example', 'too-similar'],
    ['aaaaaaaaaa', 'too-common'],
    ['abababab', 'too-common'],
    ['12345678', 'too-common'],
    ['87654321', 'too-common'],
    ['1234567890123', 'too-common'],
    ['abcdefgh', 'too-common'],
    ['QwertyUiop', 'too-common'],
    ['1qaz2wsx', 'too-common'],
    ['Password', 'too-common'],
    ['password123!', 'too-common'],
    ['123letmein', 'too-common'],
    ['ｐａｓｓｗｏｒｄ', 'too-common'],
    ['secretsecret', 'too-common'],
    ['iloveyou2', 'too-common'],
    ['Gatehouse2026!', 'too-common'],
    ['michelle1987', 'too-common'],
    ['1qazxsw23edcvfr4', 'too-common'],
    ['mailcreated5240', 'too-common'],
  ])('%j is %s', (password, problem) => {
    expect(passwordProblem(password, owner, bounds)).toBe(problem);
  });

  it.each([
    'correct horse',
    'alice-demo-password',
    'lowercase',
    '93847261',
    '密码密码密码密码一二',
    'x7Kp2qw9',
    'x7k'.repeat(42),
    'alice.liddell.2',
  ])('%j may be chosen: there are no composition rules', (password) => {
    expect(passwordProblem(password, owner, bounds)).toBeUndefined();
  });
});

describe('the list of common passwords', () => {
  it('has tens of thousands of them and needs no network', () => {
    expect(bounds.common.size).toBeGreaterThan(49_000);
  });

  it('is not all there is to length', () => {
    expect(passwordProblem('correct horse', owner, { ...bounds, least: 15 })).toBe('too-short');
  });
});

describe('canonicalPassword', () => {
  it('makes the two ways to type an accent the same password', () => {
    expect(canonicalPassword('caf\u0065\u0301 au lait')).toBe(canonicalPassword('caf\u00e9 au lait'));
  });
});

describe('isTooLong', () => {
  it('counts characters, not bytes or halves', () => {
    expect(isTooLong('😀'.repeat(128))).toBe(false);
    expect(isTooLong('😀'.repeat(129))).toBe(true);
  });
});
