import { describe, expect, it } from 'vitest';
import { isAttainable, meets, statedAcr } from './acr-request.js';
import { assurance, satisfies } from './assurance.js';
import { attainable } from './sign-in-methods.js';

describe('assurance (OIDC Core §2, RFC 8176 §2)', () => {
  it.each([
    [[], '0'],
    [['pwd'], '1'],
    [['otp'], '1'],
    [['swk'], '1'],
    [['user'], '1'],
    [['pwd', 'user'], '1'],
    [['pwd', 'pwd'], '1'],
    [['pwd', 'unknown'], '1'],
    [['pwd', 'otp'], '2'],
    [['pwd', 'hwk'], '2'],
    [['mfa'], '2'],
    [['otp', 'mfa'], '2'],
    [['hwk', 'user'], 'phr'],
    [['swk', 'user'], 'phr'],
    [['pwd', 'hwk', 'user', 'mfa'], 'phr'],
  ])('the methods %j amount to acr %s', (amr, acr) => {
    expect(assurance(amr)).toBe(acr);
  });
});

describe('satisfies', () => {
  it.each([
    ['0', '0', true],
    ['0', '1', false],
    ['1', '1', true],
    ['1', '2', false],
    ['2', '1', true],
    ['2', 'phr', false],
    ['phr', '1', true],
    ['phr', '2', true],
    ['phr', 'phr', true],
    ['phr', 'urn:unknown', false],
    ['phr', '', false],
    ['unknown', '0', false],
  ])('a sign-in of acr %s where %s is wanted: %s', (performed, wanted, expected) => {
    expect(satisfies(performed, wanted)).toBe(expected);
  });
});

describe('what the ways to sign in can reach (OIDC Discovery §3)', () => {
  it.each([
    [[['pwd']], ['1']],
    [
      [['pwd'], ['pwd', 'otp']],
      ['1', '2'],
    ],
    [
      [['pwd'], ['hwk', 'user']],
      ['1', '2', 'phr'],
    ],
    [[], []],
  ])('%j: %j', (ways, expected) => {
    expect(attainable(ways)).toEqual(expected);
  });

  it.each([
    [['1'], true],
    [['2'], true],
    [['phr'], false],
    [['phr', 'urn:x', '2'], true],
    [['urn:x'], false],
    [[], false],
  ])('decides whether %j can be met where one and two factors are possible', (values, expected) => {
    expect(isAttainable({ values, essential: false }, ['1', '2'])).toBe(expected);
  });
});

describe('an acr that is asked for (OIDC Core §5.5.1.1)', () => {
  it('is met by any of the values, whatever their order', () => {
    expect(meets('1', { values: ['phr', '1'], essential: false })).toBe(true);
    expect(meets('2', { values: ['1'], essential: true })).toBe(true);
    expect(meets('1', { values: ['2', 'phr'], essential: true })).toBe(false);
  });

  it.each([
    ['2', undefined, '2'],
    ['2', { values: ['1'], essential: false }, '2'],
    ['2', { values: ['1', '2'], essential: true }, '2'],
    ['2', { values: ['phr', '1'], essential: true }, '1'],
    ['1', { values: ['2'], essential: true }, '1'],
  ])('after a sign-in of %s and the request %j the tokens state %s', (performed, asked, expected) => {
    expect(statedAcr(performed, asked)).toBe(expected);
  });
});
