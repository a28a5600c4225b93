import { describe, expect, it } from 'vitest';
import { redirectUriMatches } from './redirect-uri.js';

const REGISTERED = [
  'https://app.example/cb?a=1',
  'com.example.app:/cb',
  'http://127.0.0.1/cb',
  'http://[::1]:4000/cb?x=y',
  'http://localhost:3001/cb',
];

describe('matching a redirect URI with the registered ones', () => {
  it.each(REGISTERED)('takes the very string that is registered (RFC 9700 §2.1): %s', (uri) => {
    expect(redirectUriMatches(REGISTERED, uri)).toBe(true);
  });

  it.each(['http://127.0.0.1:5123/cb', 'http://127.0.0.1:65535/cb', 'http://[::1]/cb?x=y', 'http://[::1]:9/cb?x=y'])(
    'lets a loopback address literal have any port (RFC 8252 §7.3): %s',
    (uri) => {
      expect(redirectUriMatches(REGISTERED, uri)).toBe(true);
    },
  );

  it.each([
    'https://app.example/cb',
    'https://app.example/cb?a=1&b=2',
    'https://app.example/cb?a=1#',
    'https://app.example/cb/?a=1',
    'https://app.example/CB?a=1',
    'https://APP.example/cb?a=1',
    'HTTPS://app.example/cb?a=1',
    'https://app.example:443/cb?a=1',
    'https://app.example./cb?a=1',
    'https://app.example/x/../cb?a=1',
    'https://app.example/%63b?a=1',
    'https://app.example@evil.example/cb?a=1',
    'https://evil.example/https://app.example/cb?a=1',
    'http://app.example/cb?a=1',
    'com.example.app:/cb/',
    'com.example.app://cb',
    'http://127.0.0.1:5123/cb/',
    'http://127.0.0.1:5123/cb?x=y',
    'http://127.0.0.1:5123/',
    'http://127.0.0.1:5123@evil.example/cb',
    'http://127.0.0.1.evil.example/cb',
    'http://127.0.0.1:65536/cb',
    'http://127.0.0.1:/cb',
    'http://127.0.0.2:5123/cb',
    'https://127.0.0.1:5123/cb',
    'http://[::1]:9/cb',
    'http://localhost:3002/cb',
    'http://localhost/cb',
    '',
    ' https://app.example/cb?a=1',
  ])('refuses everything else: %s', (uri) => {
    expect(redirectUriMatches(REGISTERED, uri)).toBe(false);
  });
});
