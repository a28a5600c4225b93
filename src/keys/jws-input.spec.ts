import { describe, expect, it } from 'vitest';
import { parseJws } from './jws-input.js';
import { parseJsonObject } from './strict-json.js';

const encode = (text: string) => Buffer.from(text, 'utf8').toString('base64url');
const jws = (header: object | string, claims: object | string = {}, signature = 'c2ln') =>
  [header, claims].map((part) => encode(typeof part === 'string' ? part : JSON.stringify(part))).join('.') +
  `.${signature}`;
const ACCEPTED = { algorithms: ['ES256', 'EdDSA'], typ: ['JWT', undefined] };
const detail = (token: string, accepted = ACCEPTED) => {
  const parsed = parseJws(token, accepted);
  return parsed.ok ? undefined : parsed.detail;
};

describe('a compact JWS from others', () => {
  it('is taken apart', () => {
    expect(parseJws(jws({ alg: 'ES256', kid: 'k', typ: 'JWT' }, { sub: 'a' }), ACCEPTED)).toEqual({
      ok: true,
      input: { alg: 'ES256', kid: 'k', claims: { sub: 'a' } },
    });
  });

  const good = jws({ alg: 'ES256' });
  it.each([
    ['two segments', good.split('.').slice(0, 2).join('.')],
    ['four segments', `${good}.x`],
    ['no signature', good.replace(/\.[^.]*$/, '.')],
    ['padding', `${good}=`],
    ['white space', ` ${good}`],
    ['a line break', `${good}\n`],
    ['base64 of the other alphabet', jws({ alg: 'ES256' }, {}, 'a+/b')],
    ['nothing', ''],
  ])('is refused with %s (RFC 7515 §5.2)', (_title, token) => {
    expect(detail(token)).toBe('not three segments of base64url');
  });

  it('is refused when an encoding is not the only one of its bytes (RFC 7515 §2)', () => {
    expect([detail(jws({ alg: 'ES256' }, {}, 'AA')), detail(jws({ alg: 'ES256' }, {}, 'AB'))]).toEqual([
      undefined,
      'not three segments of base64url',
    ]);
  });

  it.each([
    ['none', 'none'],
    ['None', 'None'],
    ['NONE', 'NONE'],
    ['a symmetric algorithm, even a listed one', 'HS256'],
    ['an algorithm that is not listed', 'RS256'],
    ['the algorithm in other letters', 'es256'],
    ['a list', ['ES256']],
    ['nothing', undefined],
  ])('is refused when alg is %s (RFC 8725 §3.1)', (_title, alg) => {
    const accepted = { ...ACCEPTED, algorithms: ['ES256', 'none', 'HS256'] };
    expect(detail(jws({ alg }), accepted)).toBe('the algorithm is not accepted here');
  });

  it('may call EdDSA by either name (RFC 9864 §2.2)', () => {
    expect([detail(jws({ alg: 'EdDSA' })), detail(jws({ alg: 'Ed25519' }))]).toEqual([undefined, undefined]);
  });

  it('is refused with critical extensions, whatever they are (RFC 7515 §4.1.11)', () => {
    for (const crit of [['exp'], [], 'exp', null]) {
      expect(detail(jws({ alg: 'ES256', crit }))).toBe('the header has critical extensions');
    }
  });

  it('is refused when its payload is not encoded (RFC 7797 §3)', () => {
    expect(detail(jws({ alg: 'ES256', b64: false }))).toBe('the payload is not encoded');
  });

  it.each([
    ['at+jwt', ['at+jwt'], true],
    ['AT+JWT', ['at+jwt'], true],
    ['application/at+jwt', ['at+jwt'], true],
    ['JWT', ['at+jwt'], false],
    [undefined, ['at+jwt'], false],
    [undefined, [undefined], true],
    [7, ['at+jwt', undefined], false],
  ])('of type %s is told apart where %j are expected (RFC 8725 §3.11)', (typ, expected, accepted) => {
    const answer = detail(jws({ alg: 'ES256', typ }), { ...ACCEPTED, typ: expected });
    expect(answer).toBe(accepted ? undefined : 'the type is not accepted here');
  });

  it('is refused with a header of more than 4 KiB', () => {
    const filler = (length: number) => jws(`{"alg":"ES256","x":"${'x'.repeat(length - 22)}"}`);
    expect([detail(filler(4096)), detail(filler(4097))]).toEqual([undefined, 'the header is longer than 4 KiB']);
  });

  it('is refused when a member is named twice, in header or payload (RFC 8725 §2.4)', () => {
    expect(detail(jws('{"alg":"ES256","alg":"ES256"}'))).toMatch(/^the header is not/);
    expect(detail(jws({ alg: 'ES256' }, '{"sub":"a","\\u0073ub":"b"}'))).toMatch(/^the payload is not/);
  });

  it('is refused when its key id is not a text', () => {
    expect(detail(jws({ alg: 'ES256', kid: 1 }))).toBe('the key id is not a text');
  });
});

describe('strict JSON', () => {
  const read = (text: string | Uint8Array) => parseJsonObject(typeof text === 'string' ? Buffer.from(text) : text);

  it.each([
    '{"a":1,"a":1}',
    '{"x":{"a":1,"a":2}}',
    '[1]',
    'null',
    '"a"',
    '1',
    '',
    '{',
    '{"a":1}x',
    '{"a":[{"b":1,"c":"}","b":2}]}',
    '\ufeff{}',
  ])('refuses %s', (text) => {
    expect(read(text)).toBeUndefined();
  });

  it.each([
    '{}',
    '{"a":{"a":1},"b":{"a":1}}',
    '{"a":"a\\":","b":["a","a",{"a":1}]}',
    ' { "a" : 1 , "b" : "x : y" } ',
    '{"__proto__":1,"constructor":2}',
    '{"\\\\":1,"\\"":2}',
  ])('reads %s as JSON does', (text) => {
    expect(read(text)).toEqual(JSON.parse(text));
  });

  it('refuses what is not UTF-8, and nesting without end', () => {
    expect(read(Uint8Array.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]))).toBeUndefined();
    expect(() => read(`{"a":${'['.repeat(200_000)}`)).not.toThrow();
  });
});
