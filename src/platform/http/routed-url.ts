const OAUTH_METADATA = '/.well-known/oauth-authorization-server';
/** Documents about a whole site, which are at its root whatever the path of the issuer is (RFC 8615 §3). */
const OF_THE_SITE = ['change-password', 'passkey-endpoints', 'security.txt', 'webauthn'].map(
  (name) => `/.well-known/${name}`,
);
const NOWHERE = '/.outside-the-issuer';

/**
 * The URL that our routes are written for: without the issuer's path.
 * RFC 8414 §3.1 puts that path behind the well-known part of its document instead.
 */
export function routedUrl(url: string, basePath: string): string {
  if (basePath === '') return url;
  const [path = '', ...query] = url.split('?');
  const rest = query.length === 0 ? '' : `?${query.join('?')}`;
  if (path === OAUTH_METADATA + basePath) return OAUTH_METADATA + rest;
  if (OF_THE_SITE.includes(path)) return path + rest;
  if (path === basePath) return `/${rest}`;
  const below = path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : NOWHERE;
  return (below === OAUTH_METADATA ? NOWHERE : below) + rest;
}
