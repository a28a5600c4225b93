import { describe, expect, it } from 'vitest';
import { assurance } from './assurance.js';

describe('assurance (OIDC Core §2)', () => {
  it.each([
    [[], '0'],
    [['pwd'], '1'],
  ])('the methods %j amount to acr %s', (amr, acr) => {
    expect(assurance(amr)).toBe(acr);
  });
});
