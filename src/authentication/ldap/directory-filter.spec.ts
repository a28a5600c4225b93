import { FilterParser } from 'ldapts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LOGIN } from './directory.js';
import { escaped, filled, isFilter } from './directory-filter.js';

const FILTER = `(&(objectClass=person)(|(uid=${LOGIN})(mail=${LOGIN})))`;

describe('a filter with what somebody typed in it (RFC 4515 §3)', () => {
  it('escapes what would mean something', () => {
    expect(escaped('a*b(c)d\\e\0')).toBe('a\\2ab\\28c\\29d\\5ce\\00');
    expect(escaped('Ämter 马 $&')).toBe('Ämter 马 $&');
  });

  it('has the same form whatever is typed', () => {
    const shape = (text: string) => FilterParser.parseString(text).constructor.name;
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (typed) => {
        const text = filled(FILTER, LOGIN, typed);
        expect(shape(text)).toBe(shape(FILTER));
        expect(text.match(/[()]/g)).toHaveLength(10);
        expect(text).not.toContain('*');
      }),
    );
  });

  it('is one only with the place and a right form', () => {
    expect(isFilter(FILTER, LOGIN)).toBe(true);
    for (const wrong of ['', '(uid=x)', `(uid=${LOGIN}`, `uid${LOGIN}`])
      expect(isFilter(wrong, LOGIN), wrong).toBe(false);
  });
});
