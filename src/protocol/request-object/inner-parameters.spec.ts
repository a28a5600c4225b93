import { describe, expect, it } from 'vitest';
import { innerParameters } from './inner-parameters.js';

const entries = (claims: object) => {
  const inner = innerParameters(claims as Record<string, unknown>);
  return inner.ok ? inner.parameters.entries : inner.detail;
};
const json = (text: string) => JSON.parse(text) as object;

describe('innerParameters', () => {
  it('leaves out what the object says of itself (RFC 9101 §4)', () => {
    const own = { iss: 'c', sub: 'x', aud: 'https://op.example', exp: 2, nbf: 1, iat: 1, jti: 'j' };
    expect(entries({ ...own, client_id: 'c', scope: 'openid' })).toEqual([
      ['client_id', 'c'],
      ['scope', 'openid'],
    ]);
  });

  it.each<[object, [string, string][]]>([
    [{ max_age: 86_400 }, [['max_age', '86400']]],
    [{ max_age: '86400' }, [['max_age', '86400']]],
    [{ claims: { userinfo: { name: null } } }, [['claims', '{"userinfo":{"name":null}}']]],
    [{ claims: '{"userinfo":{}}' }, [['claims', '{"userinfo":{}}']]],
    [{ authorization_details: [{ type: 'x' }] }, [['authorization_details', '[{"type":"x"}]']]],
    [{ resource: 'https://a.example' }, [['resource', 'https://a.example']]],
    [
      { resource: ['https://a.example', 'https://b.example'] },
      [
        ['resource', 'https://a.example'],
        ['resource', 'https://b.example'],
      ],
    ],
    [{ resource: [] }, []],
    [{ state: '' }, []],
    [{ unknown: true, other: null, third: 1.5 }, []],
    [{ login_hint: 'zoë 登' }, [['login_hint', 'zoë 登']]],
  ])('reads %j as a form would have it (RFC 9101 §4, OIDC Core §6.1)', (claims, expected) => {
    expect(entries(claims)).toEqual(expected);
  });

  it.each<[object, string]>([
    [{ state: 5 }, 'state is of the wrong type'],
    [{ scope: ['openid'] }, 'scope is of the wrong type'],
    [{ prompt: true }, 'prompt is of the wrong type'],
    [{ nonce: null }, 'nonce is of the wrong type'],
    [{ redirect_uri: { uri: 'https://rp.example' } }, 'redirect_uri is of the wrong type'],
    [{ client_id: 1 }, 'client_id is of the wrong type'],
    [{ max_age: true }, 'max_age is of the wrong type'],
    [{ max_age: 1.5 }, 'max_age is of the wrong type'],
    [{ max_age: 1e300 }, 'max_age is of the wrong type'],
    [{ claims: false }, 'claims is of the wrong type'],
    [{ resource: ['https://a.example', 1] }, 'resource is of the wrong type'],
    [{ resource: { a: 1 } }, 'resource is of the wrong type'],
    [{ login_hint: 'a\0b' }, 'login_hint is of the wrong type'],
    [{ nonce: 'a\ud800b' }, 'nonce is of the wrong type'],
    [{ 'x\u00e9"': '\0' }, 'x?" is of the wrong type'],
  ])('refuses %j instead of guessing (RFC 9101 §4)', (claims, why) => {
    expect(entries(claims)).toBe(why);
  });

  it('takes names for opaque, those of prototypes too', () => {
    expect(entries(json('{"__proto__":"x","constructor":"y"}'))).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
  });

  it('refuses more members than a form may have', () => {
    const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`p${at}`, 'x']));
    expect(entries(many(100))).toHaveLength(100);
    expect(entries(many(101))).toBe('more than 100 parameters');
  });

  it('leaves lengths to the rules for all parameters, and cuts nothing', () => {
    const inner = innerParameters({ state: 's'.repeat(2049) });
    expect(inner.ok && inner.parameters.overlong).toEqual(['state']);
  });
});
