import { describe, expect, it } from 'vitest';
import { InvalidRequest } from '../errors/oauth-error.js';
import { OAuthParameters, spaceDelimited } from './oauth-parameters.js';

const parameters = (...entries: [string, string][]) => new OAuthParameters(entries);

describe('OAuthParameters', () => {
  it('treats a parameter without a value as absent (RFC 6749 §3.1)', () => {
    expect(parameters(['state', '']).get('state')).toBeUndefined();
    expect(parameters(['state', ''], ['state', 'x']).get('state')).toBe('x');
  });

  it('names what is repeated, and counts it as absent (RFC 6749 §3.1)', () => {
    const repeated = parameters(['scope', 'a'], ['scope', 'a']);
    expect(repeated.repeated).toEqual(['scope']);
    expect(repeated.get('scope')).toBeUndefined();
    expect(() => {
      repeated.checkSyntax();
    }).toThrow(InvalidRequest);
  });

  it('lets resource repeat (RFC 8707 §2)', () => {
    const both = parameters(['resource', 'https://a.example'], ['resource', 'https://b.example']);
    expect(both.repeated).toEqual([]);
    expect(both.list('resource')).toEqual(['https://a.example', 'https://b.example']);
  });

  it.each(['scope[]', 'a[b]', '__proto__', 'constructor', 'toString'])('takes %s for an opaque name', (name) => {
    const odd = parameters([name, 'x']);
    expect(odd.get(name)).toBe('x');
    expect(odd.get('scope')).toBeUndefined();
    expect(odd.overlong).toEqual([]);
  });

  it('refuses what is too long instead of cutting it', () => {
    expect(parameters(['state', 'x'.repeat(2048)]).overlong).toEqual([]);
    expect(parameters(['state', 'x'.repeat(2049)]).overlong).toEqual(['state']);
  });

  it.each(['\u0000', '\n', '\u007f', 'é', '中'])(
    'refuses %j where only visible characters may stand (RFC 6749 App. A)',
    (text) => {
      expect(() => {
        parameters(['state', `a${text}`]).checkVisible('state');
      }).toThrow('state has characters');
    },
  );

  it('says which parameter is missing', () => {
    expect(() => parameters().require('code')).toThrow('code is missing');
  });
});

describe('spaceDelimited', () => {
  it.each([
    ['openid email', ['openid', 'email']],
    [' openid  email openid ', ['openid', 'email']],
    ['openid\temail', ['openid\temail']],
    ['', []],
    [undefined, []],
  ])('splits %j at single spaces and collapses repeats (RFC 6749 §3.3)', (value, items) => {
    expect(spaceDelimited(value)).toEqual(items);
  });
});
