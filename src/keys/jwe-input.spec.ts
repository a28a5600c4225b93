import { describe, expect, it } from 'vitest';
import { isEncrypted, parseJwe } from './jwe-input.js';
import type { AcceptedJwe } from './jwe-input.js';

const encode = (text: string) => Buffer.from(text, 'utf8').toString('base64url');
const jwe = (header: object | string, rest = 'a2V5.aXY.Y2lwaGVy.dGFn') =>
  `${encode(typeof header === 'string' ? header : JSON.stringify(header))}.${rest}`;
const ACCEPTED: AcceptedJwe = {
  algorithms: ['RSA-OAEP-256', 'ECDH-ES'],
  encryptions: ['A128GCM', 'A256GCM'],
  cty: ['JWT'],
};
const HEADER = { alg: 'ECDH-ES', enc: 'A128GCM' };
const detail = (token: string, accepted = ACCEPTED) => {
  const parsed = parseJwe(token, accepted);
  return parsed.ok ? undefined : parsed.detail;
};

describe('a compact JWE from others', () => {
  it('is taken apart', () => {
    expect(parseJwe(jwe({ ...HEADER, kid: 'k', cty: 'JWT' }), ACCEPTED)).toEqual({
      ok: true,
      input: { alg: 'ECDH-ES', enc: 'A128GCM', kid: 'k' },
    });
  });

  it('is told from a signed token by its five segments (RFC 7516 §9)', () => {
    expect(['a.b.c', 'a.b.c.d.e', '....', 'a.b.c.d', ''].map(isEncrypted)).toEqual([false, true, true, false, false]);
  });

  it('may have no wrapped key, where the key is agreed on directly (RFC 7516 §5.1)', () => {
    expect(detail(jwe(HEADER, '.aXY.Y2lwaGVy.dGFn'))).toBeUndefined();
  });

  const good = jwe(HEADER);
  it.each([
    ['three segments', good.split('.').slice(0, 3).join('.')],
    ['six segments', `${good}.x`],
    ['no header', jwe('').replace(/^[^.]*/, '')],
    ['no initialization vector', jwe(HEADER, 'a2V5..Y2lwaGVy.dGFn')],
    ['no content', jwe(HEADER, 'a2V5.aXY..dGFn')],
    ['no authentication tag', jwe(HEADER, 'a2V5.aXY.Y2lwaGVy.')],
    ['padding', `${good}=`],
    ['white space', ` ${good}`],
    ['base64 of the other alphabet', jwe(HEADER, 'a+/5.aXY.Y2lwaGVy.dGFn')],
    ['nothing', ''],
  ])('is refused with %s (RFC 7516 §5.2)', (_title, token) => {
    expect(detail(token)).toBe('not five segments of base64url');
  });

  it.each([
    ['RSA1_5', 'RSA1_5'],
    ['a password', 'PBES2-HS256+A128KW'],
    ['a shared key', 'dir'],
    ['none', 'none'],
    ['an algorithm that is not listed', 'ECDH-ES+A128KW'],
    ['the algorithm in other letters', 'ecdh-es'],
    ['a list', ['ECDH-ES']],
    ['nothing', undefined],
  ])('is refused when alg is %s (RFC 8725 §3.2)', (_title, alg) => {
    const algorithms = [...ACCEPTED.algorithms, 'RSA1_5', 'PBES2-HS256+A128KW', 'dir'] as AcceptedJwe['algorithms'];
    expect(detail(jwe({ ...HEADER, alg }), { ...ACCEPTED, algorithms })).toBe(
      'the algorithm that wraps the key is not accepted here',
    );
  });

  it.each(['A192GCM', 'a128gcm', 'none', 1, undefined])('is refused when enc is %j (RFC 7518 §5.1)', (enc) => {
    expect(detail(jwe({ ...HEADER, enc }))).toBe('the algorithm that encrypts the content is not accepted here');
  });

  it.each([
    ['compression (RFC 8725 §3.6)', { zip: 'DEF' }, 'the content is compressed'],
    ['critical extensions (RFC 7516 §4.1.13)', { crit: ['exp'] }, 'the header has critical extensions'],
    ['a key id that is no text', { kid: 7 }, 'the key id is not a text'],
    ['content of another type (RFC 7516 §4.1.12)', { cty: 'text/plain' }, 'the content is of another type'],
    ['a content type that is no text', { cty: ['JWT'] }, 'the content is of another type'],
    ['a header beyond 4 KiB', { extra: 'x'.repeat(4096) }, 'the header is longer than 4 KiB'],
  ])('is refused with %s', (_title, more, why) => {
    expect(detail(jwe({ ...HEADER, ...more }))).toBe(why);
  });

  it.each(['[]', '"x"', '{', '{"alg":"ECDH-ES","alg":"ECDH-ES","enc":"A128GCM"}'])(
    'is refused when its header is %s (RFC 8725 §2.4)',
    (header) => {
      expect(detail(jwe(header))).toBe('the header is not a JSON object with distinct members');
    },
  );
});
