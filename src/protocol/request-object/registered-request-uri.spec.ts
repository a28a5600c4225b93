import { describe, expect, it } from 'vitest';
import { isRegisteredRequestUri } from './registered-request-uri.js';

const client = { requestUris: ['https://rp.example/requests/1#c2hh', 'https://rp.example/requests?id=2'] };

describe('isRegisteredRequestUri', () => {
  it.each([
    'https://rp.example/requests/1#c2hh',
    'https://rp.example/requests/1#another-version',
    'https://rp.example/requests/1',
    'https://rp.example/requests?id=2',
    'https://rp.example/requests?id=2#x#y',
  ])('takes %s: a fragment is no part of the place (OIDC Core §6.2)', (uri) => {
    expect(isRegisteredRequestUri(uri, client)).toBe(true);
  });

  it.each([
    'https://rp.example/requests/2',
    'https://rp.example/requests/1/',
    'https://rp.example/requests/1?x',
    'https://RP.example/requests/1',
    'https://rp.example:443/requests/1',
    'https://rp.example/requests/../requests/1',
    'https://rp.example/requests/%31',
    'http://rp.example/requests/1',
    'https://rp.example@evil.example/requests/1',
    'https://rp.example/requests',
    ' https://rp.example/requests/1',
    'urn:ietf:params:oauth:request_uri:6esc_11ACC5bwc014ltc14eY22c',
    '#c2hh',
    '',
  ])('refuses %s (RFC 9101 §10.4)', (uri) => {
    expect(isRegisteredRequestUri(uri, client)).toBe(false);
  });

  it('refuses everything of a client without any, and what is not https even where it stands', () => {
    expect(isRegisteredRequestUri('', { requestUris: [] })).toBe(false);
    expect(isRegisteredRequestUri('http://rp.example/r', { requestUris: ['http://rp.example/r'] })).toBe(false);
  });
});
