import { describe, expect, it } from 'vitest';
import { routedUrl } from './routed-url.js';

describe('the URL that routes see', () => {
  it('is what came, for an issuer without a path', () => {
    expect(routedUrl('/facts?a=/b?c', '')).toBe('/facts?a=/b?c');
  });

  it.each([
    ['/sso/facts?a=b?c', '/facts?a=b?c'],
    ['/sso', '/'],
    ['/sso?a', '/?a'],
    ['/sso/', '/'],
    ['/.well-known/oauth-authorization-server/sso', '/.well-known/oauth-authorization-server'],
    ['/.well-known/oauth-authorization-server/sso?x', '/.well-known/oauth-authorization-server?x'],
    ['/sso/.well-known/openid-configuration', '/.well-known/openid-configuration'],
  ])('of %s is %s (RFC 8414 §3.1)', (url, routed) => {
    expect(routedUrl(url, '/sso')).toBe(routed);
  });

  it.each(['change-password', 'passkey-endpoints', 'security.txt', 'webauthn'])(
    'of the site’s %s is the same at the root and below the issuer (RFC 8615 §3)',
    (name) => {
      expect(routedUrl(`/.well-known/${name}?a`, '/sso')).toBe(`/.well-known/${name}?a`);
      expect(routedUrl(`/sso/.well-known/${name}`, '/sso')).toBe(`/.well-known/${name}`);
    },
  );

  it.each([
    '/',
    '/facts',
    '/ssofacts',
    '/SSO/facts',
    '/.well-known/oauth-authorization-server',
    '/.well-known/oauth-authorization-server/other',
    '/sso/.well-known/oauth-authorization-server',
  ])('of %s is nothing', (url) => {
    expect(routedUrl(url, '/sso')).toBe('/.outside-the-issuer');
  });
});
