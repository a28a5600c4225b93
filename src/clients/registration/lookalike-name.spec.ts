import { describe, expect, it } from 'vitest';
import { looksLike } from './lookalike-name.js';

describe('names that can be taken for one another (RFC 7591 §5)', () => {
  it.each([
    ['Travel Desk', 'travel desk'],
    ['Travel Desk', 'Travel-Desk'],
    ['Travel Desk', 'Тravel Dеsk'],
    ['Travel Desk', 'Travel\u200b Desk'],
    ['Travel Desk', 'Trávél Désk'],
    ['Travel Desk', 'Ｔｒａｖｅｌ Ｄｅｓｋ'],
    ['Payroll', 'Payro11'],
    ['Payroll', 'PayroIl'],
  ])('%s and %s', (one, other) => {
    expect(looksLike(one, other)).toBe(true);
  });

  it.each([
    ['Travel Desk', 'Travel Desks'],
    ['Payroll', 'Payrolls'],
    ['财务', '差旅'],
    ['', ''],
    ['—', '!'],
  ])('but not “%s” and “%s”', (one, other) => {
    expect(looksLike(one, other)).toBe(false);
  });
});
