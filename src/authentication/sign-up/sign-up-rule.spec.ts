import { describe, expect, it } from 'vitest';
import { isOutsideDomains, mayMakeAccount } from './sign-up-rule.js';

const domains = { mode: 'domains', domains: ['corp.example', 'Sub.corp.example'] } as const;

describe('mayMakeAccount', () => {
  it.each([
    ['a@corp.example', true],
    ['a@CORP.example', true],
    ['a@sub.corp.example', true],
    ['a@other.corp.example', false],
    ['a@notcorp.example', false],
    ['a@corp.example.evil.example', false],
    ['corp.example@evil.example', false],
    ['a@b@corp.example', true],
  ])('with domains, %s: %s', (address, expected) => {
    expect(mayMakeAccount(domains, address)).toBe(expected);
    expect(isOutsideDomains(domains, address)).toBe(!expected);
  });

  it.each([
    ['open', true],
    ['invite', false],
    ['off', false],
  ] as const)('%s: %s for everybody, and no address is told apart', (mode, expected) => {
    expect(mayMakeAccount({ mode }, 'a@corp.example')).toBe(expected);
    expect(isOutsideDomains({ mode }, 'a@corp.example')).toBe(false);
  });
});
