import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseForm } from './form-body.js';

/** The text as Node hands out a URL: one character per byte. */
const onTheWire = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

describe('a form or query (RFC 6749 App. B)', () => {
  it('keeps order and repetition, and never nests', () => {
    expect(parseForm('a=1&a=2&b[]=3&c[d]=4&__proto__=5&constructor=6')).toEqual({
      ok: true,
      entries: [
        ['a', '1'],
        ['a', '2'],
        ['b[]', '3'],
        ['c[d]', '4'],
        ['__proto__', '5'],
        ['constructor', '6'],
      ],
    });
  });

  it.each<[string, [string, string][]]>([
    ['', []],
    ['&&', []],
    ['a', [['a', '']]],
    ['a=', [['a', '']]],
    ['=b', [['', 'b']]],
    ['a=b=c', [['a', 'b=c']]],
    ['a+b=c+d', [['a b', 'c d']]],
    ['a=%2B%26%3D%25', [['a', '+&=%']]],
    ['a=%e4%bd%a0', [['a', '你']]],
    ['a=%EF%BB%BFx', [['a', '\ufeffx']]],
    [onTheWire('a=你'), [['a', '你']]],
  ])('reads %j', (raw, entries) => {
    expect(parseForm(raw)).toEqual({ ok: true, entries });
  });

  it.each(['a=%', 'a=%4', 'a=%zz', '%=1', 'a=%ff', 'a=%c3%28', 'a=%ed%a0%80', 'a=%c0%80', 'a=\xff', 'a=你'])(
    'refuses the encoding of %j',
    (raw) => {
      expect(parseForm(raw)).toMatchObject({ ok: false });
    },
  );

  it.each(['a=%00', '%00=a', 'a=b\0'])('refuses NUL in %j', (raw) => {
    expect(parseForm(raw)).toMatchObject({ ok: false });
  });

  it('takes 100 parameters and no more', () => {
    expect(parseForm(Array(100).fill('a=1').join('&'))).toMatchObject({ ok: true });
    expect(parseForm(Array(101).fill('a=1').join('&'))).toMatchObject({ ok: false });
  });

  it('reads back whatever a browser writes', () => {
    const text = fc.string({ unit: 'binary' }).filter((value) => !value.includes('\0'));
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { maxLength: 20 }), (entries) => {
        const written = new URLSearchParams(entries).toString();
        const read = parseForm(written);
        // URLSearchParams writes an entry without name and value as "=".
        expect(read).toEqual({ ok: true, entries });
      }),
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (raw) => {
        expect(typeof parseForm(raw).ok).toBe('boolean');
      }),
    );
  });
});
