import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellsOf, COLUMNS, userFrom } from './csv-cells.js';

const names = COLUMNS.map(({ name }) => name);

describe('the cells of a user', () => {
  it('never begin like a formula (OWASP, CSV injection)', () => {
    for (const text of ['=1+1', '+44 20', '-2', '@SUM(A1)', '\tx', '\rx', "'=x", "''+x"]) {
      const [cell = ''] = cellsOf(
        { name: text },
        COLUMNS.filter(({ name }) => name === 'name'),
      );
      expect(cell).toBe(`'${text}`);
      expect(userFrom(['name'], [cell])).toEqual({ name: text });
    }
  });

  it('are plain where nothing is in danger', () => {
    const user = { username: 'bob', email_verified: true, groups: ['a', 'b c'], address: { locality: 'Paris' } };
    const cells = new Map(cellsOf(user, COLUMNS).map((cell, at) => [names[at], cell] as const));
    expect([cells.get('username'), cells.get('email_verified'), cells.get('groups')]).toEqual(['bob', 'true', 'a;b c']);
    expect(cells.get('address.locality')).toBe('Paris');
    expect(cells.get('name')).toBe('');
  });

  it('keep what is no value of its member, for whoever checks', () => {
    expect(userFrom(['email_verified', 'groups', 'shoe_size'], ['yes', '["a"', '44'])).toEqual({
      email_verified: 'yes',
      groups: '["a"',
      shoe_size: '44',
    });
  });

  it('read a column __proto__ as a member of that name', () => {
    const user = userFrom(['__proto__', 'username'], ['x', 'bob']);
    expect(Object.keys(user)).toEqual(['__proto__', 'username']);
    expect(Object.getPrototypeOf(user)).toBe(Object.prototype);
  });

  it('say the same user again', () => {
    const text = fc.string({ minLength: 1, unit: 'grapheme' });
    const user = fc.record(
      {
        username: text,
        name: text,
        email_verified: fc.boolean(),
        groups: fc.array(text, { minLength: 1 }),
        address: fc.record({ locality: text }),
        attributes: fc.dictionary(fc.constantFrom('a', 'b'), fc.oneof(text, fc.integer()), { minKeys: 1 }),
      },
      { requiredKeys: ['username'] },
    );
    fc.assert(
      fc.property(user, (given) => {
        expect(userFrom(names, cellsOf(given, COLUMNS))).toEqual(given);
      }),
    );
  });
});
