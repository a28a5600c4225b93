import { describe, expect, it } from 'vitest';
import { redirectUriProblem, webUriProblem } from './uri-rules.js';

const production = { development: false };
const development = { development: true };
const web = { applicationType: 'web', tokenEndpointAuthMethod: 'client_secret_basic', redirectUris: [] } as const;
const native = { applicationType: 'native', tokenEndpointAuthMethod: 'none', redirectUris: [] } as const;

describe('registering a redirect URI', () => {
  it.each([
    'https://app.example/cb',
    'https://app.example/cb?tenant=1&x=%20',
    'https://app.example:8443/',
    'https://app.example',
    'https://xn--bcher-kva.example/cb',
    'https://[2001:db8::1]/cb',
    'https://app.example:443/cb',
  ])('takes an https URL for a web client (OIDC Registration §2): %s', (uri) => {
    expect(redirectUriProblem(uri, web, production)).toBeUndefined();
  });

  it.each([
    '',
    '/cb',
    '//app.example/cb',
    'app.example/cb',
    'https://',
    'https:///cb',
    'https:/app.example/cb',
    'https:app.example/cb',
    'https://app.example/cb#',
    'https://app.example/cb#fragment',
    'https://user@app.example/cb',
    'https://user:pass@app.example/cb',
    'https://app.example@evil.example/cb',
    'https://app.example\\@evil.example/cb',
    'https://app.example/c b',
    'https://app.example/cb\n',
    'https://app.example/\tcb',
    'https://app.example/cb\u0000',
    'https://bücher.example/cb',
    'https://app.example/ü',
    'https://*.example/cb',
    'https://app.example/*',
    'https://app.example/a/../cb',
    'https://app.example/./cb',
    'https://app.example/..',
    'https://app.example/a/%2e%2E/cb',
    'https://app.example/%2e/cb',
    'https://app.example/.%2e/cb',
    'https://app.example./cb',
    // CSP Level 3 §2.3: in a policy these would end the source or begin another directive
    'https://app.example;sandbox/cb',
    "https://'none'.example/cb",
    'https://app.example,evil.example/cb',
    'https://app.example&evil.example/cb',
    'https://app.example/%zz',
    'https://app.example/%',
    'https://app.example/<script>',
    'https://app.example/"',
    'https://app.example:/cb',
    'https://app.example:99999/cb',
    'https://app.example:08443/cb',
    'https://0x7f.1/cb',
    'https://127.1/cb',
    'https://%61pp.example/cb',
    `https://app.example/${'a'.repeat(2048)}`,
  ])('refuses what is not a plain absolute URI (RFC 6749 §3.1.2): %j', (uri) => {
    expect(redirectUriProblem(uri, web, production)).toEqual(expect.any(String));
    expect(redirectUriProblem(uri, native, production)).toEqual(expect.any(String));
  });

  it.each([
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:https://app.example/1',
    'about:blank',
    'ws://app.example/cb',
    'wss://app.example/cb',
    'ftp://app.example/cb',
    'view-source:https://app.example/',
    'mailto:a@b.example',
    'myapp:/cb',
    'com.example.app:cb',
    'http://app.example/cb',
  ])('refuses the scheme for every kind of client (RFC 8252 §8.4): %s', (uri) => {
    expect(redirectUriProblem(uri, web, development)).toEqual(expect.any(String));
    expect(redirectUriProblem(uri, native, development)).toEqual(expect.any(String));
  });

  it.each([
    'http://127.0.0.1/cb',
    'http://127.0.0.1:49152/cb',
    'http://[::1]/cb',
    'com.example.app:/cb',
    'com.example.app://cb',
  ])(
    'takes loopback literals and reversed domain names for a native client (RFC 8252 §7.1, RFC 8252 §7.3): %s',
    (uri) => {
      expect(redirectUriProblem(uri, native, production)).toBeUndefined();
    },
  );

  it.each(['http://localhost:3001/cb', 'http://app.localhost/cb', 'http://127.0.0.1:3001/cb'])(
    'lets a web client have plain http only to this machine and only in development: %s',
    (uri) => {
      expect(redirectUriProblem(uri, web, development)).toBeUndefined();
      expect(redirectUriProblem(uri, web, production)).toEqual(expect.any(String));
    },
  );

  it('takes localhost only from a public client that is local throughout (RFC 8252 §8.3)', () => {
    const uri = 'http://localhost:8400/cb';
    expect(
      redirectUriProblem(uri, { ...native, redirectUris: [uri, 'http://127.0.0.1/cb'] }, production),
    ).toBeUndefined();
    expect(
      redirectUriProblem(uri, { ...native, redirectUris: [uri, 'https://app.example/cb'] }, production),
    ).toBeDefined();
    const confidential = { ...native, tokenEndpointAuthMethod: 'client_secret_basic', redirectUris: [uri] } as const;
    expect(redirectUriProblem(uri, confidential, production)).toBeDefined();
  });
});

describe('registering another URI of a client', () => {
  it('takes https, and plain http to this machine in development (OIDC Registration §2)', () => {
    expect(webUriProblem('https://app.example/logo.png', production)).toBeUndefined();
    expect(webUriProblem('http://localhost:3001/', development)).toBeUndefined();
    expect(webUriProblem('http://localhost:3001/', production)).toBeDefined();
    expect(webUriProblem('com.example.app:/x', development)).toBeDefined();
  });
});
